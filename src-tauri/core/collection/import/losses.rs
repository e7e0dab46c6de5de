//! What could not be carried over, collected while a source is walked.

use serde_json::Value;

use crate::collection::Loss;

/// Deeper nesting than any collection people make; importers stop there instead of exhausting the stack.
pub(super) const DEEPEST: usize = 40;

/// The losses found so far, and the item that is being read.
#[derive(Default)]
pub(super) struct Losses {
    place: Vec<String>,
    found: Vec<Loss>,
}

impl Losses {
    /// Reads an item; what is noted meanwhile carries its name.
    pub(super) fn within<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.place.push(name.to_owned());
        let read = read(self);
        self.place.pop();
        read
    }

    /// Notes a loss of the item that is being read, once.
    pub(super) fn note(&mut self, what: impl Into<String>) {
        let place = if self.place.is_empty() { "Collection".to_owned() } else { self.place.join(" / ") };
        let loss = Loss { place, what: what.into() };
        if !self.found.contains(&loss) {
            self.found.push(loss);
        }
    }

    /// How many folders are open.
    pub(super) const fn depth(&self) -> usize {
        self.place.len()
    }

    /// Everything noted.
    pub(super) fn finish(self) -> Vec<Loss> {
        self.found
    }
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

/// The list under a key; empty when there is none.
pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
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
