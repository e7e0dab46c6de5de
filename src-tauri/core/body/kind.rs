//! What a body is: by what it begins with, by its media type, else by looking at it.

use super::BodyKind;
use super::checkpoint::{Checkpoint, Counted};
use super::json::Json;
use super::printer::Printer;
use super::trail::Audit;
use super::xml::Xml;

/// As much as is looked at.
const LOOKED_AT: usize = 4096;

/// What a body is, and whether the server said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) kind: BodyKind,
    pub(super) declared: bool,
}

/// What a body is that begins so.
pub(super) fn of(head: &[u8], content_type: Option<&str>) -> Guess {
    let (said, beginning) = (content_type.and_then(declared), &head[..head.len().min(LOOKED_AT)]);
    if let Some(BodyKind::Multipart) = said {
        return Guess { kind: BodyKind::Multipart, declared: true };
    }
    if let Some(kind) = magic(beginning) {
        return Guess { kind, declared: said == Some(kind) };
    }
    if !says_wide(content_type) && is_binary(beginning) {
        let kind = said.filter(|kind| *kind == BodyKind::Zip).unwrap_or(BodyKind::Binary);
        return Guess { kind, declared: kind == BodyKind::Zip };
    }
    match said {
        Some(BodyKind::Image | BodyKind::Pdf | BodyKind::Zip | BodyKind::Binary) if !head.is_empty() => {
            Guess { kind: sniffed(beginning), declared: false }
        }
        Some(kind) => Guess { kind, declared: true },
        None => Guess { kind: sniffed(beginning), declared: false },
    }
}

/// What text is that only looks like something: text, when that turns out wrong at its beginning.
pub(super) fn confirmed(guess: Guess, text: &[u8], cut: bool) -> BodyKind {
    let printer = match guess.kind {
        BodyKind::Json if !guess.declared => Printer::Json(Json::new(false)),
        BodyKind::Xml if !guess.declared => Printer::Xml(Xml::new(false)),
        kind => return kind,
    };
    let (mut audit, begin) = (Audit::for_printer(&printer), Checkpoint::beginning(0, printer));
    let mut layout = begin.layout(Counted::default());
    let mut printer = begin.printer;
    let fits = printer.feed(text, 0, &mut layout, &mut audit).is_ok()
        && (cut || printer.finish(text.len() as u64, &mut audit).is_ok());
    if fits { guess.kind } else { BodyKind::Text }
}

/// `text/plain` and unspecific types say too little: many flows answer JSON and XML under them.
fn declared(content_type: &str) -> Option<BodyKind> {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/')?;
    Some(match (kind, subtype) {
        ("text", "html") | ("application", "xhtml+xml") => BodyKind::Html,
        ("text", "event-stream") => BodyKind::Events,
        ("text" | "application", "csv") => BodyKind::Csv,
        ("multipart", _) => BodyKind::Multipart,
        ("application", "pdf") => BodyKind::Pdf,
        ("application", "zip" | "x-zip-compressed" | "java-archive") => BodyKind::Zip,
        (_, "json") => BodyKind::Json,
        (_, "xml" | "xsl") => BodyKind::Xml,
        (_, subtype) if subtype.ends_with("+json") => BodyKind::Json,
        (_, subtype) if subtype.ends_with("+xml") => BodyKind::Xml,
        (_, subtype) if subtype.ends_with("+zip") => BodyKind::Zip,
        ("image", _) => BodyKind::Image,
        ("text", subtype) if subtype != "plain" => BodyKind::Text,
        _ => return None,
    })
}

/// Whether every other byte of plain text is zero.
fn says_wide(content_type: Option<&str>) -> bool {
    content_type.is_some_and(|said| said.to_ascii_lowercase().replace('"', "").contains("charset=utf-16"))
}

fn magic(beginning: &[u8]) -> Option<BodyKind> {
    const MARKS: [(&[u8], BodyKind); 9] = [
        (b"\x89PNG\r\n\x1a\n", BodyKind::Image),
        (b"\xff\xd8\xff", BodyKind::Image),
        (b"GIF87a", BodyKind::Image),
        (b"GIF89a", BodyKind::Image),
        (b"\0\0\x01\0", BodyKind::Image),
        (b"%PDF-", BodyKind::Pdf),
        (b"PK\x03\x04", BodyKind::Zip),
        (b"PK\x05\x06", BodyKind::Zip),
        (b"\x1f\x8b", BodyKind::Binary),
    ];
    if let Some((_, kind)) = MARKS.iter().find(|(mark, _)| beginning.starts_with(mark)) {
        return Some(*kind);
    }
    let webp = beginning.starts_with(b"RIFF") && beginning.get(8..12) == Some(b"WEBP");
    // "BM" alone begins many a text; a bitmap has four zero bytes behind its size.
    let bmp = beginning.starts_with(b"BM") && beginning.get(6..10) == Some(b"\0\0\0\0");
    (webp || bmp).then_some(BodyKind::Image)
}

fn is_binary(beginning: &[u8]) -> bool {
    if beginning.starts_with(&[0xff, 0xfe]) || beginning.starts_with(&[0xfe, 0xff]) {
        return false;
    }
    let controls = beginning.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)).count();
    beginning.contains(&0) || controls * 20 > beginning.len()
}

fn sniffed(beginning: &[u8]) -> BodyKind {
    let is_text = |byte: &u8| !matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff);
    let mark = beginning.iter().take(3).take_while(|byte| !is_text(byte)).count();
    if beginning[mark..].contains(&0) {
        let ascii: Vec<u8> = beginning.iter().copied().filter(is_text).collect();
        return sniffed_text(&ascii);
    }
    sniffed_text(&beginning[mark..])
}

fn sniffed_text(beginning: &[u8]) -> BodyKind {
    let beginning = beginning.trim_ascii_start();
    let starts = |with: &str| {
        beginning.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
    };
    match beginning {
        [b'{' | b'[', ..] => BodyKind::Json,
        _ if starts("<!doctype html") || starts("<html") => BodyKind::Html,
        [b'<', b'?' | b'!' | b'a'..=b'z' | b'A'..=b'Z' | b'_', ..] => BodyKind::Xml,
        _ => BodyKind::Text,
    }
}
