//! URLs, whether written as a text or taken apart.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::super::json::{list, member, written};
use super::{is_enabled, parts};
use crate::http::Field;

/// A URL with its tables.
#[derive(Default)]
pub(super) struct Target {
    /// The URL without what the tables say.
    pub(super) text: String,
    /// The query.
    pub(super) parameters: Vec<Field>,
    /// What stands for `:name` segments.
    pub(super) path_parameters: Vec<Field>,
}

/// Reads a URL; the query goes to the table, for there it is appended again.
pub(super) fn read(value: &Value) -> Target {
    if !value.is_object() {
        return Target { text: written(value), ..Target::default() };
    }
    let raw = member(value, "raw");
    let raw = if raw.is_empty() { composed(value) } else { raw };
    let path_parameters = list(value, "variable").iter().filter_map(path_parameter).collect();
    let rows = list(value, "query");
    if rows.is_empty() {
        return Target { text: raw, parameters: Vec::new(), path_parameters };
    }
    let (base, fragment) = split_fragment(&raw);
    let mut text = base.split_once('?').map_or(base, |(base, _)| base).to_owned();
    // A name without an equals sign, as in `?wsdl`, is something else than an empty value.
    let names: Vec<String> = rows.iter().filter(|row| is_bare(row)).map(|row| member(row, "key")).collect();
    if !names.is_empty() {
        text = format!("{text}?{}", names.join("&"));
    }
    text.push_str(fragment);
    let parameters = rows.iter().filter(|row| !is_bare(row)).filter_map(parameter).collect();
    Target { text, parameters, path_parameters }
}

fn is_bare(row: &Value) -> bool {
    row.get("value").is_none_or(Value::is_null) && is_enabled(row) && !member(row, "key").is_empty()
}

fn parameter(row: &Value) -> Option<Field> {
    let field = parts::field(row)?;
    Some(Field { name: decoded(&field.name), value: decoded(&field.value), ..field })
}

/// The table holds what is meant; it is encoded when it is sent.
fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

fn path_parameter(row: &Value) -> Option<Field> {
    let name = ["key", "id", "name"].iter().map(|name| member(row, name)).find(|name| !name.is_empty())?;
    let description = Some(parts::description(row)).filter(|text| !text.is_empty());
    Some(Field { name, value: member(row, "value"), enabled: is_enabled(row), description })
}

/// A `#` inside of a variable's braces begins no fragment.
fn split_fragment(raw: &str) -> (&str, &str) {
    let mut open = 0_usize;
    for (place, sign) in raw.char_indices() {
        match sign {
            '{' => open += 1,
            '}' => open = open.saturating_sub(1),
            '#' if open == 0 => return raw.split_at(place),
            _ => {}
        }
    }
    (raw, "")
}

fn composed(value: &Value) -> String {
    let joined = |name: &str, between: &str| match value.get(name) {
        Some(Value::Array(parts)) => parts.iter().map(segment).collect::<Vec<_>>().join(between),
        Some(other) => written(other),
        None => String::new(),
    };
    let protocol = member(value, "protocol");
    let mut url = if protocol.is_empty() { String::new() } else { format!("{protocol}://") };
    url.push_str(&joined("host", "."));
    let port = member(value, "port");
    if !port.is_empty() {
        url = format!("{url}:{port}");
    }
    let path = joined("path", "/");
    if !path.is_empty() {
        url = format!("{url}/{}", path.trim_start_matches('/'));
    }
    let hash = member(value, "hash");
    if hash.is_empty() { url } else { format!("{url}#{hash}") }
}

fn segment(value: &Value) -> String {
    value.get("value").map_or_else(|| written(value), written)
}
