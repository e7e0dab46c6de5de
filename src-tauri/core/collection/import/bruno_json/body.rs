use std::path::PathBuf;

use serde_json::Value;

use super::fields;
use crate::collection::import::json::{list, text, truth};
use crate::collection::import::losses::Losses;
use crate::http::{Body, Field, Part, PartContent};

/// Reads a `body` block; the second is a content type it asks for.
pub(super) fn read(body: &Value, losses: &mut Losses) -> (Body, Option<String>) {
    let mode = text(body, "mode");
    let used = used(&mode);
    note_unused(body, used, losses);
    let words = text(body, used);
    match used {
        "json" => (Body::Json { text: words }, None),
        "xml" => (Body::Xml { text: words }, None),
        "text" => (Body::Text { text: words }, None),
        "sparql" => (Body::Sparql { text: words }, None),
        "graphql" => (graphql(&body["graphql"], losses), None),
        "formUrlEncoded" => (Body::Form { fields: fields(list(body, used)) }, None),
        "multipartForm" => (Body::Multipart { parts: parts(list(body, used), losses) }, None),
        "file" => file(list(body, used), losses),
        "none" => (Body::None, None),
        _ => {
            losses.note(format!("A body of kind `{mode}` is not known and was left out."));
            (Body::None, None)
        }
    }
}

fn used(mode: &str) -> &'static str {
    match mode {
        "" | "none" => "none",
        "json" => "json",
        "xml" => "xml",
        "text" => "text",
        "sparql" => "sparql",
        "graphql" => "graphql",
        "formUrlEncoded" | "form-urlencoded" => "formUrlEncoded",
        "multipartForm" | "multipart-form" => "multipartForm",
        "file" | "binaryFile" => "file",
        _ => "?",
    }
}

fn note_unused(body: &Value, used: &str, losses: &mut Losses) {
    let Some(kinds) = body.as_object() else { return };
    for (kind, value) in kinds.iter().filter(|(kind, _)| *kind != "mode" && *kind != used) {
        let filled = match value {
            Value::String(text) => !text.trim().is_empty(),
            Value::Array(rows) => !rows.is_empty(),
            Value::Object(parts) => {
                parts.values().any(|part| part.as_str().is_some_and(|text| !text.trim().is_empty()))
            }
            _ => false,
        };
        if filled {
            losses.note(format!("The `{kind}` body, which is not the chosen one, is not kept."));
        }
    }
}

/// The JSON a GraphQL request is sent as.
fn graphql(value: &Value, losses: &mut Losses) -> Body {
    losses.note("The GraphQL query became a JSON body.");
    let query = Value::String(text(value, "query"));
    let variables = text(value, "variables");
    let text = match variables.trim() {
        "" => format!("{{\n  \"query\": {query}\n}}"),
        variables => format!("{{\n  \"query\": {query},\n  \"variables\": {variables}\n}}"),
    };
    Body::Json { text }
}

fn parts(rows: &[Value], losses: &mut Losses) -> Vec<Part> {
    let mut parts = Vec::new();
    for row in rows {
        if row.get("description").and_then(Value::as_str).is_some_and(|words| !words.is_empty()) {
            losses.note(format!("The description of the part `{}` is not kept.", text(row, "name")));
        }
        let contents = match text(row, "type").as_str() {
            "file" => files(row).into_iter().map(|path| PartContent::File { path }).collect(),
            _ => vec![PartContent::Text { text: text(row, "value") }],
        };
        parts.extend(contents.into_iter().map(|content| Part {
            name: text(row, "name"),
            content,
            content_type: Some(text(row, "contentType")).filter(|kind| !kind.is_empty()),
            enabled: truth(row, "enabled").unwrap_or(true),
        }));
    }
    parts
}

fn files(row: &Value) -> Vec<PathBuf> {
    let several = list(row, "value");
    if several.is_empty() {
        return vec![PathBuf::from(text(row, "value"))];
    }
    several.iter().filter_map(Value::as_str).map(PathBuf::from).collect()
}

fn file(choices: &[Value], losses: &mut Losses) -> (Body, Option<String>) {
    let chosen = choices.iter().find(|choice| truth(choice, "selected") == Some(true)).or(choices.first());
    let Some(chosen) = chosen else { return (Body::None, None) };
    for other in choices.iter().filter(|other| !std::ptr::eq(*other, chosen)) {
        losses.note(format!(
            "The file `{}`, which is not the chosen one, is not kept.",
            text(other, "filePath")
        ));
    }
    let kind = Some(text(chosen, "contentType")).filter(|kind| !kind.is_empty());
    (Body::File { path: PathBuf::from(text(chosen, "filePath")) }, kind)
}

/// Adds a content type unless the headers say one.
pub(super) fn with_content_type(mut headers: Vec<Field>, kind: Option<String>) -> Vec<Field> {
    let said = headers.iter().any(|field| field.enabled && field.name.eq_ignore_ascii_case("content-type"));
    if let Some(kind) = kind.filter(|_| !said) {
        headers.push(Field::new("Content-Type", kind));
    }
    headers
}
