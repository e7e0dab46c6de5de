//! Rows, folds, lines and places of a body, whatever it holds.

use serde::de::IgnoredAny;
use sluice_core::body::{BodyFacts, BodyKind, OpenBody, Row};
use sluice_core::http::BodyForm;

use super::texts::{bytes, opened, stretched, text_of, wait};

/// More rows are not compared one by one.
const MOST_ROWS: u64 = 20_000;

/// A body that is called JSON.
pub fn json(data: &[u8]) {
    let (options, text) = stretched(data);
    let body = opened(&text, "application/json");
    looked_at(&body, options);
    if body.kind() != BodyKind::Json || std::str::from_utf8(&text).is_err() {
        return;
    }
    let trouble = wait(&body, BodyForm::Pretty).trouble;
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    let whole = serde_json::from_slice::<serde_json::Value>(text);
    if whole.is_ok() {
        assert_eq!(trouble, None, "another reader finds no fault");
    }
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
    if trouble.is_none() {
        let fault = values.find_map(Result::err);
        assert!(fault.is_none(), "another reader finds a fault: {fault:?}");
    }
}

/// A body that is called XML.
pub fn xml(data: &[u8]) {
    let (options, text) = stretched(data);
    let body = opened(&text, "application/xml");
    looked_at(&body, options);
    let text = bytes(&*body.text());
    let Ok(text) = std::str::from_utf8(&text) else { return };
    let is_fine = roxmltree::Document::parse(text.trim_start_matches('\u{feff}')).is_ok();
    if body.kind() == BodyKind::Xml && is_fine {
        assert_eq!(wait(&body, BodyForm::Pretty).trouble, None, "another reader finds no fault");
    }
}

/// A body of any media type.
pub fn raw(data: &[u8]) {
    const TYPES: [&str; 8] = [
        "text/plain",
        "",
        "text/html",
        "text/csv",
        "text/plain; charset=utf-8",
        "application/octet-stream",
        "text/event-stream",
        "multipart/mixed",
    ];
    let (options, text) = stretched(data);
    let body = opened(&text, TYPES[usize::from(options) % TYPES.len()]);
    looked_at(&body, options);
    let _ = body.preview().unwrap();
}

/// All that can be asked about a body.
fn looked_at(body: &OpenBody, options: u8) {
    // The text before its rows: what is transcoded is whole then.
    let text = bytes(&*body.text());
    for form in [BodyForm::Pretty, BodyForm::Raw, BodyForm::Hex] {
        let facts = wait(body, form);
        let rows = all_rows(body, form, &facts);
        windows(body, form, &rows, options);
        for row in sample(facts.rows, options) {
            asked(body, form, row, &facts);
        }
        if form != BodyForm::Hex && rows.len() as u64 == facts.rows {
            same_text(body, form, &text, &rows);
        }
        if form == BodyForm::Pretty && body.kind() == BodyKind::Json && facts.trouble.is_none() {
            folds(body, &rows);
        }
        if let Some(trouble) = &facts.trouble {
            assert!(trouble.row <= facts.rows && trouble.line > 0 && trouble.column > 0, "{trouble:?}");
        }
    }
}

fn all_rows(body: &OpenBody, form: BodyForm, facts: &BodyFacts) -> Vec<Row> {
    let most = facts.rows.min(MOST_ROWS);
    let mut rows: Vec<Row> = Vec::new();
    while (rows.len() as u64) < most {
        let next = body.rows(form, rows.len() as u64, 500).unwrap().rows;
        assert!(!next.is_empty(), "{} of {} rows of {form:?}", rows.len(), facts.rows);
        rows.extend(next);
    }
    assert!(body.rows(form, facts.rows, 9).unwrap().rows.is_empty(), "rows behind the last");
    rows
}

fn windows(body: &OpenBody, form: BodyForm, rows: &[Row], options: u8) {
    for from in sample(rows.len() as u64, options) {
        let count = u64::from(options % 7) + 1;
        let window = body.rows(form, from, count).unwrap().rows;
        let from = usize::try_from(from).unwrap().min(rows.len());
        let to = (from + usize::try_from(count).unwrap()).min(rows.len());
        assert_eq!(window[..(to - from).min(window.len())], rows[from..to], "{form:?} {from}..{to}");
    }
}

/// A few rows from front to back and one behind them.
fn sample(rows: u64, options: u8) -> Vec<u64> {
    // Places far inside of large texts take their time.
    let steps = if rows > 500 { 2 } else { 6 };
    let mut sample: Vec<u64> = (0..=steps).map(|step| rows * step / steps).collect();
    sample.extend([1, rows.saturating_sub(1), rows.saturating_mul(u64::from(options)) / 255]);
    sample.sort_unstable();
    sample.dedup();
    sample
}

fn asked(body: &OpenBody, form: BodyForm, row: u64, facts: &BodyFacts) {
    if let Some(end) = body.fold(form, row).unwrap() {
        assert!(row < end && end < facts.rows, "{form:?}: {row} folds to {end} of {}", facts.rows);
    }
    let columns: &[u32] = if facts.rows > 500 { &[7] } else { &[0, 1, 7, 999, u32::MAX] };
    for column in columns.iter().copied() {
        assert_eq!(body.place(form, row, column).unwrap().row, row);
    }
    let offset = body.offset_of_row(form, row).unwrap();
    let place = body.place_of(form, offset).unwrap();
    assert!(place.row < facts.rows.max(1), "{place:?}");
    let has_text = body.rows(form, row, 1).unwrap().rows.iter().any(|row| !text_of(row).trim().is_empty());
    if has_text && row < facts.rows {
        assert_eq!(place.row, row, "{form:?}: byte {offset}");
    }
    body.path_at(offset).unwrap();
    let line = body.line(form, row.saturating_add(1)).unwrap();
    assert!(line.row < facts.rows.max(1), "{line:?}");
}

/// Raw is the text itself; pretty differs by white space.
fn same_text(body: &OpenBody, form: BodyForm, text: &[u8], rows: &[Row]) {
    let mark = if body.facts(form).charset.is_some() { "\u{feff}" } else { "" };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let text = text.strip_prefix(mark).unwrap_or(text);
    let mut shown = String::new();
    for (number, row) in rows.iter().enumerate() {
        if number > 0 && row.line.is_some() {
            shown.push('\n');
        }
        shown.push_str(&text_of(row));
    }
    if form == BodyForm::Raw {
        let text = text.replace("\r\n", "\n");
        let (shown, text) = (shown.trim_end_matches('\n'), text.trim_end_matches('\n'));
        let same = shown.bytes().zip(text.bytes()).take_while(|(one, other)| one == other).count();
        assert!(shown == text, "raw rows are not the text from byte {same} of {}", text.len());
        return;
    }
    let solid = |text: &str| text.split_ascii_whitespace().collect::<String>();
    assert!(solid(&shown) == solid(text), "pretty rows lost or made something");
}

/// A fold ends where the first row follows that is no deeper.
fn folds(body: &OpenBody, rows: &[Row]) {
    if rows.len() > 300 || rows.iter().any(|row| row.line.is_none()) {
        return;
    }
    for (number, row) in rows.iter().enumerate() {
        let end = body.fold(BodyForm::Pretty, number as u64).unwrap();
        let behind = rows.iter().skip(number + 1).position(|later| later.depth <= row.depth);
        let expected = behind.filter(|_| row.opens).map(|more| (number + 1 + more) as u64);
        assert_eq!(end, expected, "row {number}");
    }
}
