use super::exchange::Exchange;

/// Longer names are refused by some file systems.
const LONGEST: usize = 100;

/// A name for the file the body of an answer is saved to: the last part of the URL with the ending of its type.
pub fn file_name(exchange: &Exchange) -> String {
    let path = url::Url::parse(&exchange.url).map(|url| url.path().to_owned()).unwrap_or_default();
    let last = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or("body");
    let stem = safe_name(last);
    let kind = exchange.answer().and_then(|answer| answer.content_type.clone()).unwrap_or_default();
    match ending(&kind) {
        Some(ending) if !stem.to_lowercase().ends_with(&format!(".{ending}")) => format!("{stem}.{ending}"),
        _ => stem,
    }
}

/// The end of a path as a name that every file system takes; empty when nothing is left of it.
pub fn safe_name(path: &str) -> String {
    let last = path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or_default();
    let safe = |letter: char| if letter.is_alphanumeric() || "._-".contains(letter) { letter } else { '_' };
    last.trim_start_matches('.').chars().map(safe).take(LONGEST).collect()
}

fn ending(content_type: &str) -> Option<&'static str> {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_lowercase();
    match kind.as_str() {
        "application/pdf" => Some("pdf"),
        "application/zip" => Some("zip"),
        "image/jpeg" => Some("jpg"),
        "image/png" => Some("png"),
        "text/csv" => Some("csv"),
        "text/html" => Some("html"),
        "text/plain" => Some("txt"),
        kind if kind.ends_with("json") => Some("json"),
        kind if kind.ends_with("xml") => Some("xml"),
        _ => None,
    }
}
