//! The keys of a mapping.

use super::super::YamlError;
use super::super::node::{Entry, Kind, Style};
use super::super::place::Places;
use super::{FEW, Key, Read, at};
use saphyr_parser::Span;
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::ops::Range;

/// The key a node is, unless its mapping has it already.
pub(super) fn new_key(
    text: &str,
    places: &Places<'_>,
    read: Read,
    entries: &[Entry],
    keys: &mut HashSet<String>,
    span: Span,
) -> Result<Key, YamlError> {
    let plain = matches!(read.node.kind, Kind::Scalar { style: Style::Plain });
    let range = read.node.range;
    let name = match (&read.value, plain) {
        (Value::String(name), _) => name.clone(),
        (Value::Array(_) | Value::Object(_), _) => {
            return Err(no_key(text, &range, span));
        }
        (Value::Null, true) if range.is_empty() => String::new(),
        (_, true) => text.get(range.clone()).unwrap_or_default().to_owned(),
        (other, false) => other.to_string(),
    };
    let merge = plain && name == "<<";
    let twice =
        if keys.is_empty() { entries.iter().any(|entry| entry.key == name) } else { keys.contains(&name) };
    if twice && !merge {
        let first = entries.iter().find(|entry| entry.key == name).map_or(0, |entry| entry.key_range.start);
        let message = format!("The key `{name}` is there already, in line {}.", places.line(first));
        let mut error = at(span, &message);
        error.hint = Some("Remove one of the two.".to_owned());
        return Err(error);
    }
    if keys.is_empty() && entries.len() >= FEW {
        keys.extend(entries.iter().map(|entry| entry.key.clone()));
    }
    if !keys.is_empty() {
        keys.insert(name.clone());
    }
    Ok(Key { text: name, range, merge })
}

fn no_key(text: &str, range: &Range<usize>, span: Span) -> YamlError {
    let variable = text.get(..range.start).is_some_and(|before| before.ends_with('{'))
        && text.get(range.start..).is_some_and(|key| key.starts_with('{'));
    if !variable {
        return at(span, "The key is a list or a mapping; only texts are keys.");
    }
    let mut error = at(span, "A value begins with `{{` and is not quoted.");
    error.hint = Some("Put the whole value into double quotes: `\"{{name}}\"`.".to_owned());
    error
}

/// The content of a mapping: its own keys, then those merged in, the earlier source first.
pub(super) fn merged(entries: &[Entry], values: Vec<Value>) -> Map<String, Value> {
    let mut map = Map::with_capacity(entries.len());
    let mut sources = Vec::new();
    for (entry, value) in entries.iter().zip(values) {
        match value {
            Value::Object(source) if entry.merge => sources.push(source),
            Value::Array(list) if entry.merge => {
                sources.extend(list.into_iter().filter_map(|item| match item {
                    Value::Object(source) => Some(source),
                    _ => None,
                }));
            }
            value => {
                map.insert(entry.key.clone(), value);
            }
        }
    }
    for (key, value) in sources.into_iter().flatten() {
        map.entry(key).or_insert(value);
    }
    map
}
