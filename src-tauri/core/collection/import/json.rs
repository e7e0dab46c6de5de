//! JSON of other tools, read without trusting its shape.

use serde_json::Value;

use crate::error::{Code, Error};

/// The content of a JSON text; what is wrong with it is told with its line.
pub fn parse(text: &str) -> Result<Value, Error> {
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).map_err(|error| {
        if error.to_string().contains("recursion limit") {
            return Error::new(
                Code::InvalidInput,
                "The file nests more than 128 levels deep and cannot be read",
            )
            .hint("Split it into flatter parts in the tool that wrote it, and export it again");
        }
        let place = format!("line {}, column {}", error.line(), error.column());
        Error::new(Code::InvalidInput, format!("The file is no JSON: something is wrong at {place}"))
            .hint("Export it again in the tool that wrote it")
            .detail(error.to_string())
    })
}

/// A value as text: numbers and truth values as written, nothing for null, JSON for the rest.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The text of a member; nothing when it is missing.
pub(super) fn member(value: &Value, name: &str) -> String {
    value.get(name).map(text).unwrap_or_default()
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
