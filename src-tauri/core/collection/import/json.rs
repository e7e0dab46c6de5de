//! Members of JSON of other tools, read without trusting its shape.

use serde_json::Value;

/// A value as text: numbers and truth values as written, nothing for null, JSON for the rest.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The text of a member; nothing when it is missing.
pub(super) fn member(value: &Value, name: &str) -> String {
    value.get(name).map(written).unwrap_or_default()
}

/// The elements of a member that is a list; none when it is anything else.
pub(super) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Whether a member says yes.
pub(super) fn flag(value: &Value, name: &str) -> bool {
    match value.get(name) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

/// A member that is there and says something.
pub(super) fn some<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value.get(name).filter(|member| !member.is_null())
}

/// The text under a key; numbers and booleans as they are written, anything else as empty text.
pub(super) fn text(value: &Value, key: &str) -> String {
    value.get(key).map(plain).unwrap_or_default()
}

/// A scalar as text.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

/// The first of these keys that has a text.
pub(super) fn first_text(value: &Value, keys: &[&str]) -> String {
    keys.iter().map(|key| text(value, key)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// The truth under a key, when it is one.
pub(super) fn truth(value: &Value, key: &str) -> Option<bool> {
    match value.get(key)? {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// A description, which some tools write as text and some as an object with `content`.
pub(super) fn description(value: &Value) -> Option<String> {
    let found = value.get("description")?;
    let words = found.as_str().or_else(|| found.get("content").and_then(Value::as_str))?;
    (!words.trim().is_empty()).then(|| words.to_owned())
}
