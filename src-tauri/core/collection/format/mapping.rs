use serde_json::{Map, Number, Value};

/// Keys and values in the order they are written.
#[derive(Default)]
pub(super) struct Mapping(Map<String, Value>);

impl Mapping {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    pub(super) fn with_some(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// The key unless its text is blank.
    pub(super) fn with_text(self, key: &str, text: &str) -> Self {
        if text.trim().is_empty() { self } else { self.with(key, text) }
    }

    /// The key unless its text is empty.
    pub(super) fn with_filled(self, key: &str, text: &str) -> Self {
        if text.is_empty() { self } else { self.with(key, text) }
    }

    /// The key unless its list is empty.
    pub(super) fn with_list(self, key: &str, list: Vec<Value>) -> Self {
        if list.is_empty() { self } else { self.with(key, list) }
    }

    /// `disabled: true` of an entry that does not count.
    pub(super) fn with_enabled(self, enabled: bool) -> Self {
        if enabled { self } else { self.with("disabled", true) }
    }

    /// Nothing when no key was written.
    pub(super) fn or_nothing(self) -> Option<Value> {
        (!self.0.is_empty()).then_some(Value::Object(self.0))
    }
}

impl From<Mapping> for Value {
    fn from(mapping: Mapping) -> Self {
        Self::Object(mapping.0)
    }
}

/// A place among neighbours: whole numbers without a fraction.
pub(super) fn sequence(seq: f64) -> Option<Value> {
    let text = seq.to_string();
    let whole = text.parse::<i64>().ok().map(Number::from);
    whole.or_else(|| Number::from_f64(seq)).map(Value::Number)
}
