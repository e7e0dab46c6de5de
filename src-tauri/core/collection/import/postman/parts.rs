//! What collections, folders and requests have in common: descriptions, variables, scripts, rows.

use serde_json::Value;

use super::super::json::{flag, list, member, some, written};
use super::{Findings, is_enabled};
use crate::collection::{Script, ScriptPhase, Variable};
use crate::http::Field;

/// The description, whether it is a text or an object with one.
pub(super) fn description(value: &Value) -> String {
    match some(value, "description") {
        Some(Value::Object(object)) => object.get("content").map(written).unwrap_or_default(),
        Some(other) => written(other),
        None => String::new(),
    }
}

fn optional_description(value: &Value) -> Option<String> {
    Some(description(value)).filter(|text| !text.is_empty())
}

/// A row of a table; none when it has neither name nor value.
pub(super) fn field(value: &Value) -> Option<Field> {
    if let Some(line) = value.as_str() {
        return header_line(line);
    }
    let name = member(value, "key");
    let value_text = member(value, "value");
    if name.is_empty() && value_text.is_empty() {
        return None;
    }
    let description = optional_description(value);
    Some(Field { name, value: value_text, enabled: is_enabled(value), description })
}

/// Header fields as a list of rows, or as the text of older versions.
pub(super) fn headers(value: Option<&Value>) -> Vec<Field> {
    match value {
        Some(Value::Array(rows)) => rows.iter().filter_map(field).collect(),
        Some(Value::String(text)) => text.lines().filter_map(header_line).collect(),
        Some(Value::Object(fields)) => {
            fields.iter().map(|(name, value)| Field::new(name, written(value))).collect()
        }
        _ => Vec::new(),
    }
}

fn header_line(line: &str) -> Option<Field> {
    let disabled = line.trim_start().strip_prefix("//");
    let (name, value) = disabled.unwrap_or(line).split_once(':')?;
    let name = name.trim();
    let enabled = disabled.is_none();
    (!name.is_empty()).then(|| Field { enabled, ..Field::new(name, value.trim()) })
}

/// A variable; none when it has no name.
pub(super) fn variable(value: &Value) -> Option<Variable> {
    let name = ["key", "id", "name"].iter().map(|name| member(value, name)).find(|name| !name.is_empty())?;
    Some(Variable {
        name,
        value: member(value, "value"),
        enabled: is_enabled(value),
        secret: member(value, "type") == "secret" || flag(value, "secret"),
        description: optional_description(value),
    })
}

/// Variables, the values of secret ones taken out.
pub(super) fn variables(rows: &[Value], place: &str, found: &mut Findings) -> Vec<Variable> {
    let mut variables: Vec<Variable> = rows.iter().filter_map(variable).collect();
    for variable in &mut variables {
        found.keep(None, place, variable);
    }
    variables
}

/// Scripts and tests, verbatim.
pub(super) fn scripts(value: &Value, place: &str, found: &mut Findings) -> Vec<Script> {
    let mut scripts = Vec::new();
    for event in list(value, "event") {
        let phase = match member(event, "listen").as_str() {
            "prerequest" => ScriptPhase::BeforeRequest,
            "test" => ScriptPhase::Tests,
            other => {
                found.lose(place, format!("The script of the event “{other}” is left out."));
                continue;
            }
        };
        let code = event.get("script").map(code).unwrap_or_default();
        if event.pointer("/script/src").is_some_and(|source| !source.is_null()) {
            found.lose(place, "A script kept outside of the file is left out.");
        }
        if code.trim().is_empty() {
            continue;
        }
        if !is_enabled(event) {
            found.lose(place, "A script that is switched off is left out.");
            continue;
        }
        scripts.push(Script { phase, code });
    }
    scripts
}

fn code(script: &Value) -> String {
    let lines = script.get("exec").unwrap_or(script);
    match lines {
        Value::Array(lines) => lines.iter().map(written).collect::<Vec<_>>().join("\n"),
        Value::String(code) => code.clone(),
        _ => String::new(),
    }
}
