//! Text for new values, as the `yaml` library of Bruno 4 writes it.

use super::quote::{
    double_quoted, flow_text, folded, is_document_marker, is_unprintable, needs_quotes, quoted,
};
use serde_json::{Map, Number, Value};

/// The keys Bruno sets off by a blank line.
const BLOCKS: [&str; 13] = [
    "info",
    "http",
    "graphql",
    "grpc",
    "websocket",
    "mock",
    "routes",
    "runtime",
    "settings",
    "examples",
    "docs",
    "items",
    "request",
];

/// How a file indents.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// The spaces of one step.
    pub step: usize,
    /// How far a list stands in below its key.
    pub list: usize,
}

impl Default for Layout {
    fn default() -> Self {
        Self { step: 2, list: 2 }
    }
}

/// The text of a new file: two spaces, block style, multi-line texts as `|-`, a blank line before each top-level block.
pub fn emit(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                if sets_off(key) && !out.is_empty() && !ends_blank(&out) {
                    out.push('\n');
                }
                out.push_str(&entry(key, value, 0, Layout::default()));
                out.push('\n');
            }
            return out;
        }
        Value::Array(items) if !items.is_empty() => sequence(&mut out, items, 0, Layout::default()),
        Value::String(text) if text.contains('\n') || is_document_marker(text) => {
            out.push_str(&double_quoted(text));
        }
        _ => scalar(&mut out, value, 0, 2),
    }
    out.push('\n');
    out
}

/// Whether the last line says nothing; it may belong to a text that a further line would lengthen.
fn ends_blank(out: &str) -> bool {
    out.strip_suffix('\n').and_then(|out| out.rsplit('\n').next()).is_some_and(|line| line.trim().is_empty())
}

/// Whether a top-level key begins a block with a blank line before it.
pub(super) fn sets_off(key: &str) -> bool {
    BLOCKS.contains(&key)
}

/// A key with its value; `indent` is the key's column. No line break at the end.
pub(super) fn entry(key: &str, value: &Value, indent: usize, layout: Layout) -> String {
    let mut out = key_text(key);
    out.push(':');
    after_key(&mut out, value, indent, layout);
    out
}

/// A key as it stands before its colon.
pub(super) fn key_text(key: &str) -> String {
    if key.contains('\n') || key == "<<" || needs_quotes(key) || is_document_marker(key) {
        quoted(key)
    } else {
        key.to_owned()
    }
}

/// What follows a key's colon.
pub(super) fn after_key(out: &mut String, value: &Value, indent: usize, layout: Layout) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            line(out, indent + layout.step);
            mapping(out, map, indent + layout.step, layout);
        }
        Value::Array(items) if !items.is_empty() => {
            line(out, indent + layout.list);
            sequence(out, items, indent + layout.list, layout);
        }
        _ => {
            out.push(' ');
            scalar(out, value, indent, layout.step);
        }
    }
}

/// What follows an item's dash; `indent` is the dash's column.
pub(super) fn after_dash(out: &mut String, value: &Value, indent: usize, layout: Layout) {
    out.push(' ');
    match value {
        Value::Object(map) if !map.is_empty() => mapping(out, map, indent + 2, layout),
        Value::Array(items) if !items.is_empty() => sequence(out, items, indent + 2, layout),
        _ => scalar(out, value, indent, 2),
    }
}

fn line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

fn mapping(out: &mut String, map: &Map<String, Value>, indent: usize, layout: Layout) {
    for (index, (key, value)) in map.iter().enumerate() {
        if index > 0 {
            line(out, indent);
        }
        out.push_str(&entry(key, value, indent, layout));
    }
}

pub(super) fn sequence(out: &mut String, items: &[Value], indent: usize, layout: Layout) {
    for (index, value) in items.iter().enumerate() {
        if index > 0 {
            line(out, indent);
        }
        out.push('-');
        after_dash(out, value, indent, layout);
    }
}

/// A scalar or an empty collection; lines of a text after the first stand a step in from `column`.
pub(super) fn scalar(out: &mut String, value: &Value, column: usize, step: usize) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(value) => out.push_str(&number(value)),
        Value::String(text) if text.contains('\n') => match block(text, column, step) {
            Some((header, body)) => {
                out.push_str(&header);
                out.push_str(&body);
            }
            None => out.push_str(&folded(text, column + step)),
        },
        Value::String(text) if needs_quotes(text) => out.push_str(&quoted(text)),
        Value::String(text) => out.push_str(text),
        Value::Array(_) => out.push_str("[]"),
        Value::Object(_) => out.push_str("{}"),
    }
}

/// A number as JavaScript writes it.
fn number(value: &Number) -> String {
    let Some(float) = value.as_f64().filter(|_| value.is_f64()) else { return value.to_string() };
    if float == 0.0 {
        return (if float.is_sign_negative() { "-0" } else { "0" }).to_owned();
    }
    if (1e-6..1e21).contains(&float.abs()) {
        return format!("{float}");
    }
    let text = format!("{float:e}");
    if text.contains("e-") { text } else { text.replacen('e', "e+", 1) }
}

/// A text as `|` block a step in from `column`: its header and its lines, each after a line break; none where a
/// block cannot hold it.
pub(super) fn block(text: &str, column: usize, step: usize) -> Option<(String, String)> {
    let last = text.rsplit('\n').next().unwrap_or_default();
    let dangling = text.contains('\n') && !last.is_empty() && last.trim_matches([' ', '\t']).is_empty();
    let body = text.trim_end_matches(['\n', '\t', ' ']);
    // Readers do not agree on spaces in a block that holds nothing else.
    let spaces = body.is_empty() && text.contains([' ', '\t']);
    if text.is_empty() || dangling || spaces || text.chars().any(is_unprintable) {
        return None;
    }
    let end = &text[body.len()..];
    let chomp = match end.find('\n') {
        None => "-",
        Some(place) if body.is_empty() || place + 1 != end.len() => "+",
        Some(_) => "",
    };
    let led_by_space = body.trim_start_matches('\n').starts_with(' ');
    // An indentation indicator is one digit.
    if led_by_space && step > 9 {
        return None;
    }
    let header = if led_by_space { format!("|{step}{chomp}") } else { format!("|{chomp}") };
    let pad = " ".repeat(column + step);
    let lines = text.strip_suffix('\n').unwrap_or(text);
    let mut out = String::with_capacity(lines.len() + 16);
    for (index, content) in lines.split('\n').enumerate() {
        out.push('\n');
        // The library indents a first line even where it is empty.
        if index == 0 || !content.is_empty() {
            out.push_str(&pad);
        }
        out.push_str(content);
    }
    Some((header, out))
}

/// A value in flow style, on one line.
pub(super) fn flow(value: &Value, spaced: bool) -> String {
    let wrap = |open: char, close: char, inner: Vec<String>| {
        let space = if spaced && !inner.is_empty() { " " } else { "" };
        format!("{open}{space}{}{space}{close}", inner.join(", "))
    };
    match value {
        Value::Object(map) => {
            let pair =
                |(key, value): (&String, &Value)| format!("{}: {}", flow_text(key), flow(value, spaced));
            wrap('{', '}', map.iter().map(pair).collect())
        }
        Value::Array(items) => wrap('[', ']', items.iter().map(|item| flow(item, spaced)).collect()),
        Value::String(text) => flow_text(text),
        _ => {
            let mut out = String::new();
            scalar(&mut out, value, 0, 2);
            out
        }
    }
}
