//! Files of collections: read, written anew, patched, repaired, and understood.

use serde_json::{Value, json};
use sluice_core::collection::format::{
    environment_value, folder_value, read_environment, read_folder, read_request, read_root, request_value,
    root_value,
};
use sluice_core::collection::yaml::{Document, emit, repair};

/// A file.
pub fn run(data: &[u8]) {
    let document = match Document::parse(data) {
        Ok(document) => document,
        Err(error) => {
            assert!(error.line > 0 && error.column > 0, "{error:?}");
            let Ok(text) = std::str::from_utf8(data) else { return };
            if let Some(repair) = repair(text, &error) {
                let fixed = Document::parse(repair.text.as_bytes());
                assert!(fixed.is_ok(), "“{}” makes {:?}", repair.label, repair.text);
            }
            return;
        }
    };
    let value = document.value();
    let lines = u32::try_from(document.text().lines().count().max(1)).unwrap();
    line_numbers(&document, value, "", lines, 0);
    assert_eq!(document.patched(value, value), document.text(), "nothing changed");
    let written = emit(value);
    assert!(same(&parsed(&written), value), "written anew: {written:?}");
    for after in edits(value) {
        let patched = document.patched(value, &after);
        assert!(same(&parsed(&patched), &after), "patched to {after}: {patched:?}");
    }
    understood(value);
}

fn parsed(text: &str) -> Value {
    let read = Document::parse(text.as_bytes());
    read.unwrap_or_else(|error| panic!("{error:?}: {text:?}")).value().clone()
}

/// Whether two contents say the same: 1e3 is written as 1000.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let fits = |(name, one): (&String, &Value)| other.get(name).is_some_and(|other| same(one, other));
            one.len() == other.len() && one.iter().all(fits)
        }
        _ => one == other,
    }
}

fn line_numbers(document: &Document, value: &Value, pointer: &str, lines: u32, depth: usize) {
    let line = document.line_of(pointer);
    assert!(line.is_none_or(|line| line > 0 && line <= lines + 1), "{pointer} at {line:?} of {lines}");
    if depth > 8 {
        return;
    }
    let below = |name: &str| format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(map) => map
            .iter()
            .take(20)
            .for_each(|(name, value)| line_numbers(document, value, &below(name), lines, depth + 1)),
        Value::Array(items) => items.iter().take(20).enumerate().for_each(|(number, value)| {
            line_numbers(document, value, &below(&number.to_string()), lines, depth + 1);
        }),
        _ => {}
    }
}

/// What somebody may make of it: without its first member, with another value, with one more.
fn edits(value: &Value) -> Vec<Value> {
    let Value::Object(map) = value else { return Vec::new() };
    let mut edits = Vec::new();
    let mut more = map.clone();
    more.insert("added by nobody".to_owned(), json!({"list": [1, "two\nlines"], "empty": {}}));
    edits.push(Value::Object(more));
    if let Some(name) = map.keys().next().cloned() {
        let (mut less, mut other) = (map.clone(), map.clone());
        less.shift_remove(&name);
        other.insert(name, json!("another: # value"));
        edits.extend([Value::Object(less), Value::Object(other)]);
    }
    edits
}

/// What is understood is written so that it is understood the same way.
fn understood(value: &Value) {
    if let Ok(file) = read_request(value) {
        assert_eq!(read_request(&request_value(&file)), Ok(file));
    }
    if let Ok(file) = read_folder(value) {
        assert_eq!(read_folder(&folder_value(&file)), Ok(file));
    }
    if let Ok(root) = read_root(value) {
        assert_eq!(read_root(&root_value(&root)), Ok(root));
    }
    if let Ok(environment) = read_environment(value) {
        assert_eq!(read_environment(&environment_value(&environment)), Ok(environment));
    }
}
