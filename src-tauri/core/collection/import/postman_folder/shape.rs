//! Postman 3 in the shape of 2.1.

use serde_json::{Map, Value, json};

use super::super::json::{list, member, some};
use crate::collection::Loss;

/// What a collection, a folder or a request says beside itself.
pub(super) fn defaults(file: &Value) -> Value {
    let mut value = json!({"event": events(file)});
    if let Some(authorization) = some(file, "auth").and_then(authorization) {
        value["auth"] = authorization;
    }
    if let Some(variables) = some(file, "variables") {
        value["variable"] = rows(variables);
    }
    value
}

/// A request's file.
pub(super) fn request(file: &Value, name: &str, place: &str, losses: &mut Vec<Loss>) -> Value {
    let mut value = defaults(file);
    let own = member(file, "name");
    value["name"] = json!(if own.trim().is_empty() { name } else { own.as_str() });
    let mut url = json!({"raw": member(file, "url")});
    if let Some(query) = some(file, "queryParams") {
        url["query"] = rows(query);
    }
    if let Some(variables) = some(file, "pathVariables") {
        url["variable"] = rows(variables);
    }
    let mut sent = json!({
        "method": member(file, "method"),
        "url": url,
        "header": some(file, "headers").map(rows).unwrap_or_default(),
        "description": file.get("description").cloned().unwrap_or_default(),
    });
    if let Some(body) = some(file, "body") {
        sent["body"] = self::body(body, place, losses);
    }
    value["request"] = sent;
    if let Some(follow) = file.pointer("/settings/followRedirects").and_then(Value::as_bool) {
        value["protocolProfileBehavior"] = json!({"followRedirects": follow});
    }
    value
}

/// A table: a list of rows, or names with their values.
pub(super) fn rows(value: &Value) -> Value {
    let Value::Object(names) = value else { return if value.is_array() { value.clone() } else { json!([]) } };
    let row = |(name, value): (&String, &Value)| match value {
        Value::Object(row) => {
            let mut row = row.clone();
            row.insert("key".to_owned(), json!(name));
            Value::Object(row)
        }
        value => json!({"key": name, "value": value}),
    };
    names.iter().map(row).collect()
}

fn events(file: &Value) -> Value {
    let event = |script: &Value| {
        let before = member(script, "type").to_ascii_lowercase().contains("before");
        let listen = if before { "prerequest" } else { "test" };
        json!({"listen": listen, "script": {"exec": member(script, "code")}})
    };
    list(file, "scripts").iter().map(event).collect()
}

fn authorization(value: &Value) -> Option<Value> {
    let kind = value.as_str().map_or_else(|| member(value, "type"), str::to_owned);
    if kind.is_empty() || kind == "inherit" {
        return None;
    }
    if kind == "none" {
        return Some(json!({"type": "noauth"}));
    }
    let settings = some(value, "credentials").or_else(|| some(value, &kind)).map(rows).unwrap_or_default();
    Some(Value::Object(Map::from_iter([("type".to_owned(), json!(kind)), (kind, settings)])))
}

fn body(body: &Value, place: &str, losses: &mut Vec<Loss>) -> Value {
    let kind = [member(body, "type"), member(body, "mode")].into_iter().find(|kind| !kind.is_empty());
    let kind = kind.unwrap_or_default();
    let content = some(body, "content").or_else(|| some(body, &kind)).cloned().unwrap_or_default();
    match kind.as_str() {
        "" | "none" => Value::Null,
        "json" | "xml" | "text" | "html" | "javascript" | "raw" => {
            let language = if kind == "raw" { "text" } else { &kind };
            json!({"mode": "raw", "raw": written(&content), "options": {"raw": {"language": language}}})
        }
        "urlencoded" | "x-www-form-urlencoded" => json!({"mode": "urlencoded", "urlencoded": table(content)}),
        "formdata" | "form-data" | "multipart" => json!({"mode": "formdata", "formdata": table(content)}),
        "graphql" => json!({"mode": "graphql", "graphql": content}),
        "file" | "binary" => {
            let source = content.get("src").or_else(|| body.get("src")).unwrap_or(&content);
            json!({"mode": "file", "file": {"src": source}})
        }
        other => {
            losses.push(Loss {
                place: place.to_owned(),
                what: format!("Its body of the kind “{other}” is left out."),
            });
            Value::Null
        }
    }
}

fn table(content: Value) -> Value {
    if content.is_string() { content } else { rows(&content) }
}

/// Text as it is; content written as YAML is what it says as JSON.
fn written(content: &Value) -> String {
    match content {
        Value::Object(_) | Value::Array(_) => serde_json::to_string_pretty(content).unwrap_or_default(),
        other => super::super::json::written(other),
    }
}
