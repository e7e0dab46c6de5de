//! A body made ready to be shown.

mod json;
mod language;
mod text;
mod xml;

use std::io;

use super::spool::SpooledBody;
use super::view::{BodyForm, BodyLanguage, BodyView};

/// Most of a body that is shown, before and after indenting.
const MOST: usize = 2 * 1024 * 1024;

/// An indented text.
#[derive(Debug, PartialEq, Eq)]
struct Pretty {
    text: String,
    cut: bool,
}

/// Where and why a text cannot be indented.
#[derive(Debug, PartialEq, Eq)]
struct Broken {
    at: usize,
    why: String,
}

impl Broken {
    fn new(at: usize, why: impl Into<String>) -> Self {
        Self { at, why: why.into() }
    }

    fn note(&self, what: &str, text: &str) -> String {
        let before = text.get(..self.at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("Not indented: this is no valid {what}. {} in line {line}, column {column}.", self.why)
    }
}

/// The view of a body with this `Content-Type`.
pub async fn render(body: &SpooledBody, content_type: Option<&str>, form: BodyForm) -> io::Result<BodyView> {
    let bytes = body.read(MOST).await?;
    let cut = body.size() > bytes.len() as u64;
    let size = body.size();
    // Indenting two MiB takes milliseconds: too long for a thread that serves connections.
    let content_type = content_type.map(str::to_owned);
    let view = move || view(&bytes, content_type.as_deref(), form, cut, size);
    if size < 64 * 1024 {
        return Ok(view());
    }
    tokio::task::spawn_blocking(view).await.map_err(io::Error::other)
}

fn view(bytes: &[u8], content_type: Option<&str>, form: BodyForm, cut: bool, size: u64) -> BodyView {
    let guess = language::of(bytes, content_type);
    let mut view =
        BodyView { text: String::new(), language: guess.language, pretty: false, note: None, size, cut };
    if guess.language == BodyLanguage::Binary {
        view.cut = false;
        return view;
    }
    view.text = text::decode(bytes, content_type, guess.language, cut);
    if form == BodyForm::Pretty {
        indent(&mut view, guess.declared);
    }
    if view.cut && view.note.is_none() {
        view.note = Some("Only the beginning is shown. Save the body to a file to get all of it.".to_owned());
    }
    view
}

fn indent(view: &mut BodyView, declared: bool) {
    let (what, pretty) = match view.language {
        BodyLanguage::Json => ("JSON", json::pretty(&view.text, view.cut, MOST)),
        BodyLanguage::Xml => ("XML", xml::pretty(&view.text, view.cut, MOST)),
        _ => return,
    };
    match pretty {
        Ok(pretty) => {
            view.text = pretty.text;
            view.cut |= pretty.cut;
            view.pretty = true;
        }
        Err(broken) if declared => view.note = Some(broken.note(what, &view.text)),
        // It only looked like it.
        Err(_) => view.language = BodyLanguage::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(bytes: &[u8], content_type: &str, form: BodyForm) -> BodyView {
        view(bytes, Some(content_type).filter(|given| !given.is_empty()), form, false, bytes.len() as u64)
    }

    #[test]
    fn languages_are_told_by_type_and_by_looking() {
        for (bytes, content_type, expected) in [
            (&b"{\"a\":1}"[..], "application/problem+json; charset=utf-8", BodyLanguage::Json),
            (b"{\"a\":1}", "", BodyLanguage::Json),
            (b"{\"a\":1}", "text/plain", BodyLanguage::Json),
            (b"[2026-01-01] started", "text/plain", BodyLanguage::Text),
            (b"<a/>", "application/soap+xml", BodyLanguage::Xml),
            (b" <?xml version='1.0'?><a/>", "", BodyLanguage::Xml),
            (b"<!DOCTYPE html><p>", "", BodyLanguage::Html),
            (b"<html>", "text/html;charset=utf-8", BodyLanguage::Html),
            (b"\x89PNG\r\n\x1a\n\0\0", "image/png", BodyLanguage::Binary),
            (b"a\0b\0\x01\x02", "application/json", BodyLanguage::Binary),
            (b"plain", "application/octet-stream", BodyLanguage::Text),
            (b"", "", BodyLanguage::Text),
        ] {
            let view = shown(bytes, content_type, BodyForm::Pretty);
            assert_eq!(view.language, expected, "{content_type} {:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn charsets_are_decoded() {
        for (bytes, content_type) in [
            ("grün".as_bytes(), "text/plain; charset=utf-8"),
            (b"gr\xfcn", "text/plain; charset=ISO-8859-1"),
            (b"gr\xfcn", "text/plain; charset=\"windows-1252\""),
            (b"gr\xfcn", "text/plain"),
            (b"\xef\xbb\xbfgr\xc3\xbcn", "text/plain"),
            (b"\xff\xfeg\0r\0\xfc\0n\0", "text/plain"),
            (b"\xfe\xff\0g\0r\0\xfc\0n", ""),
        ] {
            assert_eq!(shown(bytes, content_type, BodyForm::Raw).text, "grün", "{content_type}");
        }
        let xml = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>gr\xfcn</a>";
        assert!(shown(xml, "application/xml", BodyForm::Raw).text.contains("grün"));
    }

    #[test]
    fn broken_text_stays_as_it_came_with_its_place() {
        let view = shown(b"{\n  \"a\": tru\n}", "application/json", BodyForm::Pretty);
        assert!(!view.pretty && view.text == "{\n  \"a\": tru\n}");
        assert!(view.note.unwrap().contains("line 2, column 8"));
        let view = shown(b"<a>\n<b></a>", "text/xml", BodyForm::Pretty);
        assert!(view.note.unwrap().contains("line 2"));
    }

    #[tokio::test]
    async fn a_large_body_is_cut_and_says_so() {
        let text = format!("[{}1]", "1,".repeat(MOST));
        let view = render(&SpooledBody::of(text), Some("application/json"), BodyForm::Pretty).await.unwrap();
        assert!(view.cut && view.pretty && view.note.is_some());
        assert!(view.text.len() < MOST + 100 && view.text.starts_with("[\n  1,\n  1,"));
    }

    #[test]
    fn hostile_depth_is_harmless() {
        let deep = "[".repeat(500_000);
        let view = view(deep.as_bytes(), Some("application/json"), BodyForm::Pretty, true, 1_000_000);
        assert!(view.cut && view.text.len() < MOST + 10_000);
        let deep = "<a>".repeat(500_000);
        let view = shown(deep.as_bytes(), "text/xml", BodyForm::Pretty);
        assert!(view.text.len() < MOST + 2_000_000);
    }
}
