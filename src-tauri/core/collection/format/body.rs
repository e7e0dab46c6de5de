use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Misfit;
use super::field::{field_values, read_fields};
use super::mapping::Mapping;
use super::place::{Place, chosen, is_enabled, text_of};
use crate::http::{Body, Part, PartContent};

/// Reads the body of a request; of variants the chosen one.
pub(super) fn read_body(http: &Place<'_>) -> Result<Body, Misfit> {
    let Some(body) = http.get("body") else { return Ok(Body::None) };
    if let Value::Array(variants) = body.value() {
        let variant = chosen(variants).and_then(|variant| variant.get("body"));
        return variant
            .filter(|body| body.is_object())
            .map_or(Ok(Body::None), |body| read_kind(&Place::top(body)));
    }
    if body.value().as_str() == Some("none") {
        return Ok(Body::None);
    }
    body.mapping("`body`")?;
    read_kind(&body)
}

fn read_kind(body: &Place<'_>) -> Result<Body, Misfit> {
    Ok(match body.text("type").as_str() {
        "json" => Body::Json { text: text(body) },
        "xml" => Body::Xml { text: text(body) },
        "text" => Body::Text { text: text(body) },
        "sparql" => Body::Sparql { text: text(body) },
        "form-urlencoded" => Body::Form { fields: read_fields(body, "data")? },
        "multipart-form" => Body::Multipart { parts: read_parts(body)? },
        "file" => Body::File { path: PathBuf::from(file_path(body)) },
        _ => Body::None,
    })
}

/// The text; data written as YAML instead of as a text is what it says as JSON.
fn text(body: &Place<'_>) -> String {
    match body.get("data").map(|data| data.value()) {
        Some(data @ (Value::Object(_) | Value::Array(_))) => {
            serde_json::to_string_pretty(data).unwrap_or_default()
        }
        Some(data) => text_of(data),
        None => String::new(),
    }
}

fn file_path(body: &Place<'_>) -> String {
    match body.get("data").map(|data| data.value()) {
        Some(Value::Array(files)) => {
            chosen(files).and_then(|file| file.get("filePath")).map(text_of).unwrap_or_default()
        }
        Some(Value::Object(file)) => file.get("filePath").map(text_of).unwrap_or_default(),
        Some(Value::String(path)) => path.clone(),
        _ => body.text("filePath"),
    }
}

/// One part for each file: an entry may name several.
fn read_parts(body: &Place<'_>) -> Result<Vec<Part>, Misfit> {
    let mut parts = Vec::new();
    for entry in body.list("data")? {
        let part = |content| Part {
            name: entry.text("name"),
            content,
            content_type: entry.some_text("contentType"),
            enabled: is_enabled(entry.value()),
        };
        if entry.text("type") != "file" {
            parts.push(part(PartContent::Text { text: entry.text("value") }));
            continue;
        }
        let paths = match entry.value().get("value") {
            Some(Value::Array(paths)) if !paths.is_empty() => paths.iter().map(text_of).collect(),
            Some(Value::Array(_)) => vec![String::new()],
            _ => vec![entry.text("value")],
        };
        parts.extend(paths.into_iter().map(|path| part(PartContent::File { path: PathBuf::from(path) })));
    }
    Ok(parts)
}

/// What Bruno writes for a body; nothing for none.
pub(super) fn body_value(body: &Body) -> Option<Value> {
    let text = |kind: &str, text: &str| Mapping::new().with("type", kind).with("data", text);
    let mapping = match body {
        Body::None => return None,
        Body::Json { text: json } => text("json", json),
        Body::Xml { text: xml } => text("xml", xml),
        Body::Text { text: plain } => text("text", plain),
        Body::Sparql { text: query } => text("sparql", query),
        Body::Form { fields } => {
            Mapping::new().with("type", "form-urlencoded").with_list("data", field_values(fields))
        }
        Body::Multipart { parts } => {
            Mapping::new().with("type", "multipart-form").with_list("data", part_values(parts))
        }
        Body::File { path } => {
            let file =
                Mapping::new().with("filePath", written(path)).with("contentType", "").with("selected", true);
            Mapping::new().with("type", "file").with("data", vec![Value::from(file)])
        }
    };
    Some(mapping.into())
}

/// Files that follow each other under one name are one entry, as Bruno's table makes them.
fn part_values(parts: &[Part]) -> Vec<Value> {
    let together = |one: &Part, next: &Part| {
        matches!((&one.content, &next.content), (PartContent::File { .. }, PartContent::File { .. }))
            && (&one.name, &one.content_type, one.enabled) == (&next.name, &next.content_type, next.enabled)
    };
    parts.chunk_by(together).filter_map(part_value).collect()
}

fn part_value(parts: &[Part]) -> Option<Value> {
    let first = parts.first()?;
    let files = parts.iter().filter_map(|part| match &part.content {
        PartContent::File { path } if !path.as_os_str().is_empty() => Some(Value::from(written(path))),
        _ => None,
    });
    let row = Mapping::new().with("name", first.name.as_str());
    let row = match &first.content {
        PartContent::Text { text } => row.with("type", "text").with("value", text.as_str()),
        PartContent::File { .. } => row.with("type", "file").with("value", files.collect::<Vec<_>>()),
    };
    let row = row.with_text("contentType", first.content_type.as_deref().unwrap_or_default());
    Some(row.with_enabled(first.enabled).into())
}

fn written(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
