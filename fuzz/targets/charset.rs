//! Text in any character set becomes what a decoder makes of it at once.

use encoding_rs::{Encoding, UTF_8};
use sluice_core::http::BodyForm;

use super::texts::{bytes, opened, stretched, wait};

const LABELS: [&str; 16] = [
    "",
    "utf-8",
    "utf-16",
    "utf-16le",
    "utf-16be",
    "iso-8859-1",
    "windows-1252",
    "shift_jis",
    "euc-jp",
    "gbk",
    "gb18030",
    "big5",
    "euc-kr",
    "iso-2022-jp",
    "replacement",
    "nonsense",
];
const TYPES: [&str; 4] = ["text/plain", "application/json", "application/xml", "text/csv"];

/// A character set and a text.
pub fn run(data: &[u8]) {
    let (options, body) = stretched(data);
    let label = LABELS[usize::from(options) % LABELS.len()];
    let kind = TYPES[usize::from(options >> 4) % TYPES.len()];
    let content_type = if label.is_empty() { kind.to_owned() } else { format!("{kind}; charset={label}") };
    let open = opened(&body, &content_type);
    let text = bytes(&*open.text());
    let facts = wait(&open, BodyForm::Raw);
    wait(&open, BodyForm::Pretty);
    assert_eq!(facts.indexed, facts.size);
    let Some(charset) = facts.charset else { return };
    let encoding = Encoding::for_label_no_replacement(charset.as_bytes()).unwrap_or(encoding_rs::REPLACEMENT);
    if encoding == UTF_8 {
        assert!(text == body, "UTF-8 is as it came");
        return;
    }
    let expected = encoding.decode_with_bom_removal(&body).0;
    assert!(text == expected.as_bytes(), "{charset}: another text");
}
