use serde_json::{Value, json};

/// A longer field is counted but not repeated.
const REPEATED_AT_MOST: usize = 4096;

/// The boundary of a multipart body.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    content_type.get(..10).filter(|kind| kind.eq_ignore_ascii_case("multipart/"))?;
    parameter(content_type, "boundary")
}

/// What a multipart body consists of.
pub(super) fn parts(body: &[u8], boundary: &str) -> Result<Vec<Value>, String> {
    let delimiter = format!("--{boundary}");
    let mut sections = split(body, delimiter.as_bytes());
    let last = sections.pop().unwrap_or_default();
    if sections.is_empty() || !last.starts_with(b"--") {
        return Err("Could not parse multipart servlet request: the last boundary is missing".to_owned());
    }
    sections.into_iter().skip(1).map(part).collect()
}

fn part(section: &[u8]) -> Result<Value, String> {
    let section = section.strip_prefix(b"\r\n").unwrap_or(section);
    let section = section.strip_suffix(b"\r\n").unwrap_or(section);
    let end = position(section, b"\r\n\r\n").ok_or("a part has no end of its headers")?;
    let (headers, content) = (String::from_utf8_lossy(&section[..end]), &section[end + 4..]);
    let header = |name: &str| {
        let mut lines = headers.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
    };
    let disposition = header("content-disposition").unwrap_or_default();
    let mut part = json!({
        "name": parameter(&disposition, "name"),
        "fileName": parameter(&disposition, "filename"),
        "contentType": header("content-type"),
        "size": content.len(),
    });
    if content.len() <= REPEATED_AT_MOST
        && let Ok(text) = std::str::from_utf8(content)
    {
        part["value"] = json!(text);
    }
    Ok(part)
}

fn parameter(header: &str, name: &str) -> Option<String> {
    let mut parameters = header.split(';').skip(1).filter_map(|parameter| parameter.trim().split_once('='));
    let (_, value) = parameters.find(|(found, _)| found.eq_ignore_ascii_case(name))?;
    Some(value.trim_matches('"').to_owned())
}

fn split<'body>(mut body: &'body [u8], delimiter: &[u8]) -> Vec<&'body [u8]> {
    let mut sections = Vec::new();
    while let Some(start) = position(body, delimiter) {
        sections.push(&body[..start]);
        body = &body[start + delimiter.len()..];
    }
    sections.push(body);
    sections
}

fn position(body: &[u8], pattern: &[u8]) -> Option<usize> {
    let first = *pattern.first()?;
    let mut from = 0;
    while let Some(offset) = body[from..].iter().position(|&byte| byte == first) {
        from += offset;
        if body[from..].starts_with(pattern) {
            return Some(from);
        }
        from += 1;
    }
    None
}
