use serde_json::{Map, Value, json};

use super::row;
use crate::http::{Field, Request};

/// A URL in Postman's table of its parts.
pub(super) fn url(request: &Request) -> Value {
    let (base, fragment) =
        request.url.split_once('#').map_or((request.url.as_str(), ""), |(base, rest)| (base, rest));
    let (target, query) = base.split_once('?').unwrap_or((base, ""));
    let mut rows: Vec<Value> = query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
    let encoded =
        |field: &Field| Field { name: escaped(&field.name), value: escaped(&field.value), ..field.clone() };
    rows.extend(request.parameters.iter().map(encoded).map(|field| row(&field)));
    let mut raw = base.to_owned();
    for field in request.parameters.iter().filter(|field| field.enabled).map(encoded) {
        let between = if raw.contains('?') { '&' } else { '?' };
        raw.push(between);
        raw.extend([&field.name, "=", &field.value]);
    }
    if !fragment.is_empty() {
        raw = format!("{raw}#{fragment}");
    }
    let mut url = taken_apart(target);
    url.insert("raw".to_owned(), json!(raw));
    if !rows.is_empty() {
        url.insert("query".to_owned(), Value::Array(rows));
    }
    if !fragment.is_empty() {
        url.insert("hash".to_owned(), json!(fragment));
    }
    if !request.path_parameters.is_empty() {
        url.insert("variable".to_owned(), request.path_parameters.iter().map(row).collect());
    }
    Value::Object(url)
}

fn pair(pair: &str) -> Value {
    let (key, value) = pair.split_once('=').map_or((pair, None), |(key, value)| (key, Some(value)));
    json!({"key": key, "value": value})
}

/// Postman encodes blanks and the like itself, but not what would change the query.
fn escaped(text: &str) -> String {
    const CHANGING: &percent_encoding::AsciiSet =
        &percent_encoding::CONTROLS.add(b'%').add(b'&').add(b'#').add(b'+').add(b'=');
    if text.contains("{{") {
        text.to_owned()
    } else {
        percent_encoding::utf8_percent_encode(text, CHANGING).to_string()
    }
}

fn taken_apart(target: &str) -> Map<String, Value> {
    let mut url = Map::new();
    let rest = match target.split_once("://") {
        Some((protocol, rest)) => {
            url.insert("protocol".to_owned(), json!(protocol));
            rest
        }
        None => target,
    };
    let (host, path) = rest.split_once('/').map_or((rest, None), |(host, path)| (host, Some(path)));
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|digit| digit.is_ascii_digit()) => {
            (host, port)
        }
        _ => (host, ""),
    };
    let labels: Vec<&str> = if host.contains("{{") { vec![host] } else { host.split('.').collect() };
    url.insert("host".to_owned(), json!(labels));
    if !port.is_empty() {
        url.insert("port".to_owned(), json!(port));
    }
    if let Some(path) = path {
        url.insert("path".to_owned(), json!(path.split('/').collect::<Vec<_>>()));
    }
    url
}
