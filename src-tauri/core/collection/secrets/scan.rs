use serde_json::{Map, Value};

use super::passage::{Passage, in_body, in_text};
use super::recognition::{in_url, is_literal, is_secret_row, variable_of};
use crate::collection::tree::LiteralSecret;

/// Keys whose literal value is a secret wherever they stand, with the user's word for it.
const SECRET_KEYS: [(&str, &str); 10] = [
    ("clientSecret", "client secret"),
    ("password", "password"),
    ("passphrase", "passphrase"),
    ("token", "token"),
    ("secretAccessKey", "secret access key"),
    ("sessionToken", "session token"),
    ("consumerSecret", "consumer secret"),
    ("accessTokenSecret", "access token secret"),
    ("accessToken", "access token"),
    ("clientToken", "client token"),
];

/// Mappings of names to values.
const TABLES: [&str; 4] = ["headers", "variables", "query", "path"];

/// Kinds of bodies that are one text.
const BODIES: [&str; 4] = ["json", "xml", "text", "sparql"];

/// Deeper than any file of a collection.
const MOST_LEVELS: u16 = 100;

/// The secrets a file's content says in clear text, each with the JSON pointer of its place.
pub fn in_value(value: &Value) -> Vec<(String, LiteralSecret)> {
    let mut scan = Scan { found: Vec::new() };
    scan.value(value, "", "", MOST_LEVELS);
    scan.found
}

struct Scan {
    found: Vec<(String, LiteralSecret)>,
}

impl Scan {
    fn value(&mut self, value: &Value, pointer: &str, key: &str, levels: u16) {
        let Some(levels) = levels.checked_sub(1) else { return };
        match value {
            Value::String(text) => self.text(text, pointer, key),
            Value::Array(list) => {
                for (index, entry) in list.iter().enumerate() {
                    self.value(entry, &format!("{pointer}/{index}"), "", levels);
                }
            }
            Value::Object(keys) => self.mapping(keys, pointer, key, levels),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn mapping(&mut self, keys: &Map<String, Value>, pointer: &str, table: &str, levels: u16) {
        let row = row_of(keys);
        let is_body = keys.get("type").and_then(Value::as_str).is_some_and(|kind| BODIES.contains(&kind));
        for (key, value) in keys {
            let below = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
            if is_body && key == "data" {
                self.body(value, &below);
                continue;
            }
            let text = scalar(value);
            match (row.as_ref(), text.as_deref()) {
                (Some(row), Some(text)) if key == "value" && row.keeps(text) => {
                    self.add(below, &row.place, &row.name);
                }
                (None, Some(text)) if TABLES.contains(&table) && is_secret_row(key, text) => {
                    self.add(below, key, &variable_of(key));
                }
                _ => self.value(value, &below, key, levels),
            }
        }
    }

    fn text(&mut self, text: &str, pointer: &str, key: &str) {
        if let Some((_, word)) = SECRET_KEYS.iter().find(|(name, _)| *name == key)
            && is_literal(text)
        {
            return self.add(pointer.to_owned(), word, &variable_of(key));
        }
        if key == "url" {
            let mut rest = text.to_owned();
            for (name, value) in in_url(text) {
                self.add(pointer.to_owned(), &format!("{name} in the URL"), &variable_of(&name));
                rest = rest.replacen(value, "", 1);
            }
            return self.passages(in_text(&rest), pointer);
        }
        self.passages(in_text(text), pointer);
    }

    /// Data written as YAML instead of as a text is what it says as JSON.
    fn body(&mut self, data: &Value, pointer: &str) {
        let found = match data {
            Value::String(text) => in_body(text),
            Value::Object(_) | Value::Array(_) => {
                in_body(&serde_json::to_string_pretty(data).unwrap_or_default())
            }
            _ => Vec::new(),
        };
        self.passages(found, pointer);
    }

    fn passages(&mut self, found: Vec<Passage>, pointer: &str) {
        for passage in found {
            self.add(pointer.to_owned(), &passage.place, &passage.variable);
        }
    }

    fn add(&mut self, pointer: String, place: &str, variable: &str) {
        self.found.push((pointer, LiteralSecret { place: place.to_owned(), variable: variable.to_owned() }));
    }
}

/// A row of a table: a header field, a parameter, a variable, or an API key.
struct Row {
    name: String,
    place: String,
    title: String,
    certain: bool,
}

impl Row {
    fn keeps(&self, value: &str) -> bool {
        if self.certain { is_literal(value) } else { is_secret_row(&self.title, value) }
    }
}

fn row_of(keys: &Map<String, Value>) -> Option<Row> {
    let text = |key: &str| keys.get(key).and_then(Value::as_str);
    if text("type") == Some("apikey") {
        let name = text("key").unwrap_or("apiKey");
        return Some(Row {
            name: variable_of(name),
            place: "API key".into(),
            title: name.into(),
            certain: true,
        });
    }
    let title = text("name")?;
    let certain = keys.get("secret") == Some(&Value::Bool(true));
    Some(Row { name: variable_of(title), place: title.to_owned(), title: title.to_owned(), certain })
}

/// The text of a scalar, or of a value with a type beside.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(typed) => typed.get("data").and_then(scalar_once),
        _ => None,
    }
}

fn scalar_once(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
