use std::io;
use std::sync::Mutex;

use super::*;
use crate::body::{BodyKind, Source};

const JSON: &str = "application/json";

#[test]
fn character_sets_become_text_with_places_that_are_right() {
    let utf16 = |text: &str, big: bool| {
        let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(unit).collect::<Vec<u8>>()
    };
    let text = "\u{feff}{\"grün\":\n\"😀\", oops}";
    for (bytes, content_type, charset) in [
        (text.as_bytes().to_vec(), JSON, "UTF-8"),
        (utf16(text, false), JSON, "UTF-16LE"),
        (utf16(text, true), "", "UTF-16BE"),
        (b"{\"gr\xfcn\":\n\"x\", oops}".to_vec(), "application/json; charset=iso-8859-1", "windows-1252"),
        (b"{\"gr\xfcn\":\n\"x\", oops}".to_vec(), JSON, "windows-1252"),
    ] {
        let body = opened(bytes, if content_type.is_empty() { JSON } else { content_type });
        let rows = all_rows(&body, BodyForm::Pretty);
        let facts = body.facts(BodyForm::Pretty);
        assert_eq!(facts.charset.as_deref(), Some(charset));
        assert_eq!((facts.indexed, facts.whole), (facts.size, true));
        assert!(text_of(&rows[1]).starts_with("  \"grün\": "), "{rows:?}");
        let trouble = facts.trouble.unwrap();
        assert_eq!((trouble.line, trouble.column, trouble.row), (2, 6, 2), "{charset}");
    }
    let xml = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>gr\xfcn</a>";
    assert_eq!(text_of(&all_rows(&opened(*xml, "text/xml"), BodyForm::Pretty)[1]), "<a>grün</a>");
}

#[test]
fn what_is_no_utf8_is_replaced_and_places_stay_right() {
    let mut bytes = b"[\"".to_vec();
    bytes.extend(b"x".repeat(70_000));
    bytes.extend(b"\xff\xc3(\xe2\x82\"]");
    let body = opened(bytes.clone(), "application/json; charset=utf-8");
    let rows = all_rows(&body, BodyForm::Pretty);
    assert_eq!(wait(&body, BodyForm::Pretty).trouble, None);
    assert!(joined(&rows).ends_with("x\u{fffd}\u{fffd}(\u{fffd}\"\n]"));
    let paren = bytes.iter().position(|byte| *byte == b'(').unwrap() as u64;
    let place = body.place_of(BodyForm::Pretty, paren).unwrap();
    let row = text_of(&rows[usize::try_from(place.row).unwrap()]);
    assert_eq!(row.chars().nth(place.column as usize), Some('('));
    let wild = vec![0x80; 50_000];
    let rows = all_rows(&opened(wild, "text/plain; charset=utf-8"), BodyForm::Raw);
    assert_eq!(rows.len(), 50);
}

#[test]
fn text_cut_within_a_character_is_text() {
    let rows = all_rows(&opened(&b"gr\xc3"[..], "text/plain;charset=utf-8"), BodyForm::Raw);
    assert_eq!(text_of(&rows[0]), "gr\u{fffd}");
}

#[test]
fn empty_and_blank_bodies_have_no_trouble_with_json() {
    for (text, rows) in [("", 0), ("  \n ", 0)] {
        let facts = wait(&opened(text, JSON), BodyForm::Pretty);
        assert_eq!((facts.rows, facts.trouble), (rows, None));
    }
    let body = opened("", "");
    assert!(body.rows(BodyForm::Raw, 0, 10).unwrap().rows.is_empty());
    assert!(body.rows(BodyForm::Hex, 0, 10).unwrap().rows.is_empty());
    assert_eq!(body.line(BodyForm::Raw, 7).unwrap().row, 0);
    assert_eq!(body.place(BodyForm::Raw, 3, 3).unwrap().path, None);
    assert_eq!(body.offset_of_row(BodyForm::Raw, 3).unwrap(), 0);
    assert_eq!(wait(&opened("", "text/xml"), BodyForm::Pretty).trouble, None);
}

#[test]
fn hostile_depth_is_harmless() {
    let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
    let body = opened(deep, JSON);
    let facts = wait(&body, BodyForm::Pretty);
    assert_eq!((facts.rows, facts.trouble), (1_999_999, None));
    let row = &body.rows(BodyForm::Pretty, 600_000, 1).unwrap().rows[0];
    assert_eq!((row.depth, text_of(row).len()), (600_000, 201));
    assert_eq!(body.fold(BodyForm::Pretty, 600_000).unwrap(), Some(1_999_999 - 600_001));
    assert_eq!(body.place(BodyForm::Pretty, 600_000, 0).unwrap().path, None);
    let deep = "<a>".repeat(1_000_000) + &"</a>".repeat(999_999);
    let body = opened(deep, "text/xml");
    let facts = wait(&body, BodyForm::Pretty);
    assert_eq!(facts.trouble.unwrap().column, 1);
    assert_eq!(body.fold(BodyForm::Pretty, 0).unwrap(), None);
    assert_eq!(body.fold(BodyForm::Pretty, 500).unwrap(), Some(1_999_998 - 500));
}

#[test]
fn one_line_of_twenty_megabytes_has_rows_and_places() {
    let text = format!("{{\"s\":\"{}\",\"n\":[{}1]}}", "ä\\n".repeat(2_500_000), "12345,".repeat(1_500_000));
    let body = opened(text.as_str(), JSON);
    for form in [BodyForm::Pretty, BodyForm::Raw] {
        let facts = wait(&body, form);
        assert_eq!(facts.trouble, None);
        windows_few(&body, form, facts.rows);
        let place = body.place_of(form, 15_000_000).unwrap();
        let begin = body.offset_of_row(form, place.row).unwrap();
        assert!((begin..begin + 1_003).contains(&15_000_000));
        assert_eq!(
            body.place(form, place.row, place.column).unwrap().path.unwrap().split('[').next(),
            Some("$.n")
        );
    }
}

fn windows_few(body: &OpenBody, form: BodyForm, rows: u64) {
    for from in [0, rows / 3, rows / 2, rows - 3] {
        let several = body.rows(form, from, 3).unwrap().rows;
        for (number, row) in several.iter().enumerate() {
            let alone = body.rows(form, from + number as u64, 1).unwrap().rows;
            assert_eq!(alone[0], *row);
        }
    }
}

#[test]
fn rows_are_cut_between_characters() {
    for text in
        ["ä".repeat(3_000), "x😀".repeat(2_000), "x".repeat(999) + "\r\nend", "x".repeat(1_000) + "\r\nend"]
    {
        let rows = all_rows(&opened(text.as_str(), "text/plain"), BodyForm::Raw);
        assert_eq!(joined(&rows), text.replace("\r\n", "\n"));
        assert!(rows.iter().all(|row| !text_of(row).is_empty() && text_of(row).len() <= 1_003));
    }
}

#[test]
fn kinds_are_told_by_bytes_type_and_looking() {
    for (bytes, content_type, kind) in [
        (&b"{\"a\":1}"[..], "application/problem+json; charset=utf-8", BodyKind::Json),
        (b"{\"a\":1}", "", BodyKind::Json),
        (b"{\"a\":1}\n{\"a\":2}", "text/plain", BodyKind::Json),
        (b"[2026-01-01] started", "text/plain", BodyKind::Text),
        (b"{not json", "application/json", BodyKind::Json),
        (b"<a/>", "application/soap+xml", BodyKind::Xml),
        (b" <?xml version='1.0'?><a/>", "", BodyKind::Xml),
        (b"<unclosed", "", BodyKind::Text),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", BodyKind::Xml),
        (b"<!DOCTYPE html><p>", "", BodyKind::Html),
        (b"<html>", "text/html;charset=utf-8", BodyKind::Html),
        (b"a;b\n1;2", "text/csv", BodyKind::Csv),
        (b"data: 1\n\n", "text/event-stream", BodyKind::Events),
        (b"\x89PNG\r\n\x1a\n\0\0", "text/plain", BodyKind::Image),
        (b"RIFF\0\0\0\0WEBP", "", BodyKind::Image),
        (b"BM\x10\0\0\0\0\0\0\0", "", BodyKind::Image),
        (b"BMW", "", BodyKind::Text),
        (b"%PDF-1.7", "application/json", BodyKind::Pdf),
        (b"PK\x03\x04\0", "", BodyKind::Zip),
        (b"--x\r\n", "multipart/mixed; boundary=x", BodyKind::Multipart),
        (b"a\0b\0\x01\x02", "application/json", BodyKind::Binary),
        (b"{\"error\":1}", "application/zip", BodyKind::Json),
        (b"plain", "application/octet-stream", BodyKind::Text),
        (b"", "", BodyKind::Text),
    ] {
        let body = opened(bytes, content_type);
        assert_eq!(body.kind(), kind, "{content_type} {:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn hex_rows_are_offset_bytes_and_characters() {
    let body = opened((0..40).collect::<Vec<u8>>(), "application/octet-stream");
    assert_eq!(body.forms(), [BodyForm::Hex, BodyForm::Raw]);
    assert_eq!(body.facts(BodyForm::Hex).rows, 3);
    let rows = body.rows(BodyForm::Hex, 1, 500).unwrap().rows;
    assert_eq!(rows.len(), 2);
    assert_eq!(
        text_of(&rows[0]),
        "00000010  10 11 12 13 14 15 16 17  18 19 1a 1b 1c 1d 1e 1f  ................"
    );
    assert_eq!(text_of(&rows[1]), "00000020  20 21 22 23 24 25 26 27                            !\"#$%&'");
    let place = body.place_of(BodyForm::Hex, 25).unwrap();
    let text = text_of(&rows[0]);
    assert_eq!((place.row, text.get(place.column as usize..).unwrap().get(..2)), (1, Some("19")));
    assert_eq!(body.line(BodyForm::Hex, 99).unwrap().row, 2);
    for offset in [39, 40, 48, u64::MAX] {
        assert_eq!(body.place_of(BodyForm::Hex, offset).unwrap().row, 2, "none behind the last");
    }
    assert_eq!(body.offset_of_row(BodyForm::Hex, 9).unwrap(), 40);
    for form in [BodyForm::Hex, BodyForm::Raw] {
        assert!(body.rows(form, u64::MAX, 500).unwrap().rows.is_empty());
        assert!(body.place(form, u64::MAX, u32::MAX).unwrap().path.is_none());
        assert_eq!(body.fold(form, u64::MAX).unwrap(), None);
    }
}

/// A body that is still arriving.
#[derive(Default)]
struct Arriving(Mutex<(Vec<u8>, bool)>);

impl Arriving {
    fn push(&self, bytes: &[u8], whole: bool) {
        let mut state = self.0.lock().unwrap();
        state.0.extend_from_slice(bytes);
        state.1 = whole;
    }
}

impl Source for Arriving {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let state = self.0.lock().unwrap();
        let from = usize::try_from(offset).unwrap().min(state.0.len());
        io::Read::read(&mut &state.0[from..], buffer)
    }

    fn size(&self) -> u64 {
        self.0.lock().unwrap().0.len() as u64
    }

    fn is_whole(&self) -> bool {
        self.0.lock().unwrap().1
    }
}

#[test]
fn a_body_is_shown_while_it_arrives() {
    for charset in ["utf-8", "utf-16le"] {
        let encoded = |text: &str| match charset {
            "utf-8" => text.as_bytes().to_vec(),
            _ => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        };
        let source = Arc::new(Arriving::default());
        source.push(&encoded("{\"a\": [1,"), false);
        let content_type = Some(format!("application/json; charset={charset}"));
        let body = OpenBody::new(source.clone(), content_type, std::env::temp_dir()).unwrap();
        while body.facts(BodyForm::Pretty).rows < 3 {
            std::thread::sleep(Duration::from_millis(1));
        }
        let facts = body.facts(BodyForm::Pretty);
        assert!(!facts.done && !facts.whole && facts.trouble.is_none());
        assert_eq!(text_of(&body.rows(BodyForm::Pretty, 2, 9).unwrap().rows[0]), "    1,");
        source.push(&encoded("2], \"b\": tr"), false);
        source.push(&encoded("ue}"), true);
        let text = joined(&all_rows(&body, BodyForm::Pretty));
        assert_eq!(text, "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": true\n}");
        assert_eq!(wait(&body, BodyForm::Pretty).trouble, None);
    }
}
