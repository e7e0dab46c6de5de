//! What is wrong with a file, in words a person understands.

use super::YamlError;
use super::repair::{misplaced, tabbed_line};
use saphyr_parser::Marker;

/// A complaint of the parser, known by a part of its text, and its words here; the first that fits counts.
struct Complaint {
    parts: &'static [&'static str],
    message: &'static str,
    hint: Option<&'static str>,
}

const QUOTE: &str = "Put the value into double quotes.";

const COMPLAINTS: [Complaint; 14] = [
    Complaint {
        parts: &["mapping values are not allowed"],
        message: "A colon stands where no key can be.",
        hint: Some(
            "Put a text that holds a colon into double quotes, or check the indentation of this line.",
        ),
    },
    Complaint {
        parts: &["unknown escape", "hexadecimal number", "Unicode character escape"],
        message: "A backslash means nothing here within double quotes.",
        hint: Some("Write a backslash within double quotes as `\\\\`."),
    },
    Complaint {
        parts: &["trailing content", "quoted"],
        message: "A quote is not closed, or something follows it.",
        hint: None,
    },
    Complaint {
        parts: &["expected node content"],
        message: "A bracket or comma stands where a value must be.",
        hint: Some("Put the value into double quotes, or take the sign out."),
    },
    Complaint {
        parts: &["unknown anchor"],
        message: "An alias names an anchor that is nowhere before it.",
        hint: Some("Put a value that begins with `*` into double quotes."),
    },
    Complaint {
        parts: &["anchor or alias"],
        message: "A `&` or `*` begins a name, but none follows.",
        hint: Some(QUOTE),
    },
    Complaint {
        parts: &["recursion limit"],
        message: "This line is nested deeper than 100 levels.",
        hint: None,
    },
    Complaint {
        parts: &["simple key", "expected ':'"],
        message: "This line or the one before lacks the colon after its key.",
        hint: None,
    },
    Complaint {
        parts: &["flow", "bracket", "','", "illegal placement of ':'"],
        message: "A bracket around this line is not closed, or a comma is missing.",
        hint: None,
    },
    Complaint {
        parts: &["block scalar"],
        message: "The text block around this line is not indented as it must be.",
        hint: None,
    },
    Complaint {
        parts: &["indent", "block mapping", "block collection", "block sequence", "<document start>"],
        message: "This line is not indented like its neighbours.",
        hint: Some("Check the spaces at its start."),
    },
    Complaint {
        parts: &["cannot start any token", "unexpected character"],
        message: "A value begins with a character that has a meaning of its own in YAML.",
        hint: Some(QUOTE),
    },
    Complaint {
        parts: &["byte order mark"],
        message: "This line holds an invisible byte order mark; it may only begin a file.",
        hint: Some("Remove it, or write it as `\\ufeff` within double quotes."),
    },
    Complaint {
        parts: &["unprintable"],
        message: "This line holds a control character.",
        hint: Some("Remove it, or write it as `\\u0000` with its number within double quotes."),
    },
];

/// An error at a line and column, both from 1.
pub(super) fn fault(line: usize, column: usize, message: &str) -> YamlError {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    YamlError {
        line: count(line.max(1)),
        column: count(column.max(1)),
        message: message.to_owned(),
        hint: None,
    }
}

fn hinted(mut error: YamlError, hint: &str) -> YamlError {
    error.hint = Some(hint.to_owned());
    error
}

/// The bytes as text, or which line is no UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, YamlError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
        let column = String::from_utf8_lossy(before.get(start..).unwrap_or_default()).chars().count() + 1;
        let found = fault(line, column, "This line holds bytes that are no UTF-8.");
        hinted(found, "Save the file as UTF-8 in the editor it comes from.")
    })
}

/// The parser's complaint in the user's words.
pub(super) fn explain(text: &str, marker: Marker, info: &str) -> YamlError {
    let line = marker.line().max(1);
    if let Some((tabbed, column)) = tabbed_line(text, line) {
        let found = fault(tabbed, column, "This line is indented with a tab; YAML allows only spaces.");
        return hinted(found, "Replace the tab by two spaces.");
    }
    if info.contains("unexpected end of stream")
        || info.contains("unexpected EOF")
        || info.contains("unclosed")
    {
        return unclosed(text, marker, info);
    }
    if let Some(found) = misplaced(text, line) {
        let message = found.message();
        let hint = format!("{}.", found.step());
        return hinted(fault(found.line, found.indent + 1, &message), &hint);
    }
    let (message, hint) = plain_words(info);
    let error = fault(line, marker.col() + 1, &message);
    match hint {
        Some(hint) => hinted(error, hint),
        None => error,
    }
}

fn unclosed(text: &str, marker: Marker, info: &str) -> YamlError {
    let line = marker.line().max(1);
    let quote = info.contains("quoted");
    let what = if quote { "A quote opened" } else { "A bracket or quote opened" };
    let last = text.lines().count().max(1);
    let shown = line.min(last);
    let message = format!("{what} here or before is not closed.");
    hinted(fault(shown, marker.col() + 1, &message), "Close it, or put the whole value into double quotes.")
}

fn plain_words(info: &str) -> (String, Option<&'static str>) {
    let found = COMPLAINTS.iter().find(|complaint| complaint.parts.iter().any(|part| info.contains(part)));
    match found {
        Some(complaint) => (complaint.message.to_owned(), complaint.hint),
        None => (
            format!("This line cannot be read as YAML ({info})."),
            Some("Put the value into double quotes, or compare the line with a file that works."),
        ),
    }
}
