use serde_json::{Map, Value};

use super::Misfit;

/// A place in a file's content and the JSON pointer that names it.
#[derive(Clone)]
pub(super) struct Place<'a> {
    value: &'a Value,
    pointer: String,
}

impl<'a> Place<'a> {
    pub(super) fn top(value: &'a Value) -> Self {
        Self { value, pointer: String::new() }
    }

    pub(super) fn value(&self) -> &'a Value {
        self.value
    }

    /// What stands under the key; a key without a value counts as absent.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        let key = key.replace('~', "~0").replace('/', "~1");
        Some(Self { value, pointer: format!("{}/{key}", self.pointer) })
    }

    /// The scalar under the key as text; empty when there is none.
    pub(super) fn text(&self, key: &str) -> String {
        self.value.get(key).map(text_of).unwrap_or_default()
    }

    /// The text under the key and nothing else, not even one with a type; empty when there is none.
    pub(super) fn plain_text(&self, key: &str) -> Result<String, Misfit> {
        let Some(place) = self.get(key) else { return Ok(String::new()) };
        if place.value.is_object() || place.value.is_array() {
            return Err(Misfit {
                message: format!("`{key}` should be a text, but it is {}.", kind_of(place.value)),
                hint: Some(format!(
                    "Write it behind `{key}:`; put it into double quotes if it begins with a bracket."
                )),
                pointer: place.pointer,
            });
        }
        Ok(text_of(place.value))
    }

    /// The scalar under the key as text, when it says anything.
    pub(super) fn some_text(&self, key: &str) -> Option<String> {
        Some(self.text(key)).filter(|text| !text.trim().is_empty())
    }

    pub(super) fn mapping(&self, what: &str) -> Result<&'a Map<String, Value>, Misfit> {
        self.value.as_object().ok_or_else(|| self.misfit(what, self.value))
    }

    /// The mapping under the key.
    pub(super) fn section(&self, key: &str) -> Result<Option<Self>, Misfit> {
        let Some(place) = self.get(key) else { return Ok(None) };
        place.mapping(&format!("`{key}`"))?;
        Ok(Some(place))
    }

    /// The entries of a list under the key.
    pub(super) fn list(&self, key: &str) -> Result<Vec<Self>, Misfit> {
        self.get(key).map_or_else(|| Ok(Vec::new()), |place| place.entries(key))
    }

    /// The entries of this list, each a mapping.
    pub(super) fn entries(&self, key: &str) -> Result<Vec<Self>, Misfit> {
        let Some(list) = self.value.as_array() else {
            return Err(Misfit {
                pointer: self.pointer.clone(),
                message: format!("`{key}` should be a list, but it is {}.", kind_of(self.value)),
                hint: Some(format!("Write each entry of `{key}` as its own item that begins with `- `.")),
            });
        };
        let places = list.iter().enumerate().filter(|(_, entry)| !entry.is_null());
        places
            .map(|(index, value)| {
                let place = Self { value, pointer: format!("{}/{index}", self.pointer) };
                place.mapping(&format!("an entry of `{key}`")).map(|_| place)
            })
            .collect()
    }

    fn misfit(&self, what: &str, value: &Value) -> Misfit {
        let hint = match value {
            Value::String(_) | Value::Number(_) | Value::Bool(_) => {
                "Check the colon and the indentation of the line."
            }
            _ => "Compare it with a file that works.",
        };
        Misfit {
            pointer: self.pointer.clone(),
            message: format!("{} should be keys with values, but it is {}.", capital(what), kind_of(value)),
            hint: Some(hint.to_owned()),
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

const fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "empty",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "keys with values",
    }
}

/// What a value says as text: scalars as they are, of a value with a type or of variants the part that counts.
pub(super) fn text_of(value: &Value) -> String {
    text_within(value, 4)
}

fn text_within(value: &Value, levels: u8) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ if levels == 0 => String::new(),
        Value::Object(keys) => ["data", "content", "value"]
            .iter()
            .find_map(|key| keys.get(*key))
            .map(|value| text_within(value, levels - 1))
            .unwrap_or_default(),
        Value::Array(variants) => {
            chosen(variants).map(|value| text_within(value, levels - 1)).unwrap_or_default()
        }
        Value::Null => String::new(),
    }
}

/// The variant that is selected, or the first.
pub(super) fn chosen(variants: &[Value]) -> Option<&Value> {
    let selected = |variant: &&Value| variant.get("selected").is_some_and(is_true);
    variants.iter().find(selected).or_else(|| variants.first())
}

/// Whether a value says yes, also as text.
pub(super) fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(truth) => *truth,
        Value::String(text) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

/// Whether an entry counts: neither `disabled: true` nor `enabled: false`.
pub(super) fn is_enabled(entry: &Value) -> bool {
    let disabled = entry.get("disabled").is_some_and(is_true);
    let enabled = entry.get("enabled").filter(|value| !value.is_null()).is_none_or(is_true);
    !disabled && enabled
}
