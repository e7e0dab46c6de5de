//! Texts in quotes, and whether they need them.

use super::scalar::is_typed;
use serde_json::Value;
use std::fmt::Write as _;

/// The length, as JSON, from which a text in double quotes goes on in further lines.
const LONG: usize = 40;

/// Whether a text of one line would not be read as itself without quotes.
pub(super) fn needs_quotes(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return true };
    let lone = matches!(text, "?" | "-");
    let indicator = ["? ", "?\t", "- ", "-\t"].iter().any(|start| text.starts_with(start));
    let within = text.contains(": ") || text.contains(":\t") || text.contains(" #") || text.contains("\t#");
    "\n\t ,[]{}#&*!|>'\"%@`".contains(first)
        || lone
        || indicator
        || within
        || text.ends_with([' ', '\t', ':', '\n'])
        || text.chars().any(is_unprintable)
        || is_typed(text)
}

/// Whether a text would end a document where it begins a line.
pub(super) fn is_document_marker(text: &str) -> bool {
    ["---", "..."].iter().any(|mark| {
        text.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    })
}

/// What no plain or block text can hold; a byte order mark within is written as an escape.
pub(super) fn is_unprintable(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A text in the quotes that need the fewest escapes.
pub(super) fn quoted(text: &str) -> String {
    let single = text.contains('"') && !text.contains('\'') && !text.contains('\n');
    if single { single_quoted(text).unwrap_or_else(|| double_quoted(text)) } else { double_quoted(text) }
}

/// A text in single quotes, when they can hold it.
pub(super) fn single_quoted(text: &str) -> Option<String> {
    let holds = !text.chars().any(|c| c == '\n' || is_unprintable(c));
    holds.then(|| format!("'{}'", text.replace('\'', "''")))
}

/// A text in double quotes, on one line.
pub(super) fn double_quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// A text in double quotes that goes on in further lines once it is long; they stand `indent` in.
pub(super) fn folded(text: &str, indent: usize) -> String {
    let json = Value::String(text.to_owned()).to_string();
    if json.encode_utf16().count() < LONG {
        return double_quoted(text);
    }
    let (body, close) = text.strip_suffix('\n').map_or((text, "\""), |body| (body, "\\n\""));
    let lines: Vec<&str> = body.split('\n').collect();
    let mut out = String::from("\"");
    for (index, line) in lines.iter().enumerate() {
        let followed = index + 1 < lines.len();
        if index > 0 {
            // Reading drops the first line break of several.
            let begins = index == 1 || lines.get(index - 1).is_some_and(|above| !above.is_empty());
            out.push_str(if begins { "\n\n" } else { "\n" });
            if !line.is_empty() || !followed {
                out.extend(std::iter::repeat_n(' ', indent));
            }
        }
        let mut content = escaped(line);
        if content.ends_with(' ') && (followed || close.len() > 1) {
            content.insert(content.len() - 1, '\\');
        }
        if index > 0 && content.starts_with(' ') {
            content.insert(0, '\\');
        }
        out.push_str(&content);
    }
    out.push_str(close);
    out
}

/// A text as it stands between double quotes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            ' ' if characters.peek() == Some(&'\n') => out.push_str("\\ "),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\u{7}' => out.push_str("\\a"),
            '\u{b}' => out.push_str("\\v"),
            '\u{1b}' => out.push_str("\\e"),
            '\0' => out.push_str("\\0"),
            c if is_unprintable(c) => {
                let code = u32::from(c);
                let _ =
                    if code < 0x100 { write!(out, "\\x{code:02x}") } else { write!(out, "\\u{code:04x}") };
            }
            c => out.push(c),
        }
    }
    out
}

/// A text within `[…]` or `{…}`.
pub(super) fn flow_text(text: &str) -> String {
    let safe = !needs_quotes(text)
        && !text.contains(['\n', '[', ']', '{', '}', ',', '\t'])
        && !text.starts_with(['?', '-', ':']);
    if safe { text.to_owned() } else { quoted(text) }
}
