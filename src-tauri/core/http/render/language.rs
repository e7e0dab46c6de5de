//! What a body is: by its `Content-Type`, else by looking at it.

use crate::http::view::BodyLanguage;

/// As much as is looked at.
const LOOKED_AT: usize = 4096;

/// A language and whether the server named it.
pub(super) struct Guess {
    pub(super) language: BodyLanguage,
    pub(super) declared: bool,
}

/// The language of a body that begins so.
pub(super) fn of(bytes: &[u8], content_type: Option<&str>) -> Guess {
    let beginning = &bytes[..bytes.len().min(LOOKED_AT)];
    if is_binary(beginning) {
        return Guess { language: BodyLanguage::Binary, declared: false };
    }
    match content_type.and_then(declared) {
        Some(language) => Guess { language, declared: true },
        None => Guess { language: sniffed(beginning), declared: false },
    }
}

/// `text/plain` and unspecific types say too little: many flows answer JSON and XML under them.
fn declared(content_type: &str) -> Option<BodyLanguage> {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/')?;
    match (kind, subtype) {
        ("text", "html") | ("application", "xhtml+xml") => Some(BodyLanguage::Html),
        (_, "json") => Some(BodyLanguage::Json),
        (_, "xml" | "xsl") => Some(BodyLanguage::Xml),
        (_, subtype) if subtype.ends_with("+json") => Some(BodyLanguage::Json),
        (_, subtype) if subtype.ends_with("+xml") => Some(BodyLanguage::Xml),
        ("text", subtype) if subtype != "plain" => Some(BodyLanguage::Text),
        _ => None,
    }
}

fn is_binary(beginning: &[u8]) -> bool {
    if beginning.starts_with(&[0xff, 0xfe]) || beginning.starts_with(&[0xfe, 0xff]) {
        return false;
    }
    if beginning.starts_with(b"%PDF-") || beginning.starts_with(b"PK\x03\x04") || beginning.contains(&0) {
        return true;
    }
    let controls = beginning.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)).count();
    controls * 20 > beginning.len()
}

fn sniffed(beginning: &[u8]) -> BodyLanguage {
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning).trim_ascii_start();
    let starts = |with: &str| {
        beginning.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
    };
    match beginning {
        [b'{' | b'[', ..] => BodyLanguage::Json,
        _ if starts("<!doctype html") || starts("<html") => BodyLanguage::Html,
        [b'<', b'?' | b'!' | b'a'..=b'z' | b'A'..=b'Z' | b'_', ..] => BodyLanguage::Xml,
        _ => BodyLanguage::Text,
    }
}
