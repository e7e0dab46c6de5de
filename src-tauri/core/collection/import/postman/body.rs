//! Bodies of every mode.

use serde_json::{Value, json};

use super::super::json::{flag, list, member, some, written};
use super::{Findings, is_enabled, parts};
use crate::http::{Body, Field, Part, PartContent};

/// Reads a body; a language that has no kind of its own becomes a header field.
pub(super) fn read(value: &Value, headers: &mut Vec<Field>, place: &str, found: &mut Findings) -> Body {
    if value.as_object().is_some_and(|object| object.contains_key("mode")) && flag(value, "disabled") {
        found.lose(place, "Its body is switched off and left out.");
        return Body::None;
    }
    match member(value, "mode").as_str() {
        "raw" => raw(value, headers),
        "urlencoded" => form(value),
        "formdata" => multipart(value, place, found),
        "file" => file(value.get("file").unwrap_or(&Value::Null), place, found),
        "graphql" => graphql(value.get("graphql").unwrap_or(&Value::Null), place, found),
        "" => Body::None,
        other => {
            found.lose(place, format!("Its body of the kind “{other}” is left out."));
            Body::None
        }
    }
}

fn raw(value: &Value, headers: &mut Vec<Field>) -> Body {
    let content = member(value, "raw");
    if content.is_empty() {
        return Body::None;
    }
    let language = value.pointer("/options/raw/language").map(written).unwrap_or_default();
    let declared =
        headers.iter().find(|field| field.enabled && field.name.eq_ignore_ascii_case("content-type"));
    let declared = declared.map(|field| field.value.to_ascii_lowercase());
    match language.as_str() {
        "json" => Body::Json { text: content },
        "xml" => Body::Xml { text: content },
        "html" | "javascript" => {
            if declared.is_none() {
                let kind = if language == "html" { "text/html" } else { "application/javascript" };
                headers.push(Field::new("Content-Type", kind));
            }
            Body::Text { text: content }
        }
        _ => of_type(declared.as_deref().unwrap_or_default(), content),
    }
}

/// The kind of a text body by its media type.
pub(in super::super) fn of_type(media_type: &str, text: String) -> Body {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence.ends_with("/json") || essence.ends_with("+json") {
        return Body::Json { text };
    }
    if essence.ends_with("/xml") || essence.ends_with("+xml") {
        return Body::Xml { text };
    }
    if essence == "application/sparql-query" {
        return Body::Sparql { text };
    }
    Body::Text { text }
}

fn form(value: &Value) -> Body {
    match value.get("urlencoded") {
        Some(Value::String(text)) => {
            let pairs = url::form_urlencoded::parse(text.as_bytes());
            Body::Form { fields: pairs.map(|(name, value)| Field::new(name, value)).collect() }
        }
        _ => Body::Form { fields: list(value, "urlencoded").iter().filter_map(parts::field).collect() },
    }
}

fn multipart(value: &Value, place: &str, found: &mut Findings) -> Body {
    let rows = list(value, "formdata");
    if rows.iter().any(|row| !parts::description(row).is_empty()) {
        found.lose(place, "The descriptions of its form parts are left out.");
    }
    Body::Multipart { parts: rows.iter().flat_map(parts_of).collect() }
}

fn parts_of(row: &Value) -> Vec<Part> {
    let name = member(row, "key");
    let content_type = Some(member(row, "contentType")).filter(|kind| !kind.is_empty());
    let part = |content| Part {
        name: name.clone(),
        content,
        content_type: content_type.clone(),
        enabled: is_enabled(row),
    };
    if member(row, "type") != "file" {
        let text = member(row, "value");
        return if name.is_empty() && text.is_empty() {
            Vec::new()
        } else {
            vec![part(PartContent::Text { text })]
        };
    }
    let file = |source: &Value| part(PartContent::File { path: written(source).into() });
    match row.get("src") {
        Some(Value::Array(sources)) if !sources.is_empty() => sources.iter().map(file).collect(),
        Some(source @ Value::String(_)) => vec![file(source)],
        _ => vec![file(&Value::Null)],
    }
}

fn file(value: &Value, place: &str, found: &mut Findings) -> Body {
    if let Some(content) = some(value, "content") {
        found.lose(place, "The content of its file is kept as text.");
        return Body::Text { text: written(content) };
    }
    let source = if value.is_string() { written(value) } else { member(value, "src") };
    Body::File { path: source.into() }
}

fn graphql(value: &Value, place: &str, found: &mut Findings) -> Body {
    found.lose(place, "Its GraphQL query is kept as a JSON body.");
    let mut body =
        json!({ "query": if value.is_string() { written(value) } else { member(value, "query") } });
    let operation = member(value, "operationName");
    if !operation.is_empty() {
        body["operationName"] = Value::String(operation);
    }
    let variables = member(value, "variables");
    if !variables.trim().is_empty() {
        body["variables"] = serde_json::from_str(&variables).unwrap_or(Value::String(variables));
    }
    Body::Json { text: serde_json::to_string_pretty(&body).unwrap_or_default() }
}
