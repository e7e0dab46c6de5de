//! An HTTP archive 1.2 of requests that have no answer yet.

use serde_json::{Value, json};

use super::{Export, flat, target, without_secrets};
use crate::collection::{Collection, Loss};
use crate::http::{Authorization, Body, Field, PartContent, Request};

/// Writes the requests; secrets are named, never written.
pub fn write(collection: &Collection) -> Export {
    let (collection, mut losses) = without_secrets(collection);
    let mut entries = Vec::new();
    for flat in flat::requests(&collection) {
        if flat.request.authorization != Authorization::None {
            losses
                .push(Loss { place: flat.place.clone(), what: "Its authorization is left out.".to_owned() });
        }
        entries.push(entry(&flat.request, &flat.place));
    }
    let archive = json!({"log": {
        "version": "1.2",
        "creator": {"name": "Sluice", "version": env!("CARGO_PKG_VERSION")},
        "entries": entries,
    }});
    let text = serde_json::to_string_pretty(&archive).unwrap_or_default();
    Export { text: format!("{text}\n"), losses }
}

fn entry(request: &Request, place: &str) -> Value {
    json!({
        "startedDateTime": "1970-01-01T00:00:00.000Z",
        "time": 0,
        "request": sent(request),
        "response": {"status": 0, "statusText": "", "httpVersion": "HTTP/1.1", "cookies": [], "headers": [],
            "content": {"size": 0, "mimeType": "x-unknown"}, "redirectURL": "", "headersSize": -1, "bodySize": -1},
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
        "comment": place,
    })
}

fn sent(request: &Request) -> Value {
    let url = target::url(request);
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let pairs = url::form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| json!({"name": name, "value": value}));
    let mut sent = json!({
        "method": request.method,
        "url": url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": rows(&request.headers),
        "queryString": pairs.collect::<Vec<_>>(),
        "headersSize": -1,
        "bodySize": -1,
    });
    if let Some(body) = body(&request.body) {
        sent["postData"] = body;
    }
    sent
}

fn rows(fields: &[Field]) -> Vec<Value> {
    let row = |field: &Field| json!({"name": field.name, "value": field.value});
    fields.iter().filter(|field| field.enabled).map(row).collect()
}

fn body(body: &Body) -> Option<Value> {
    let text = |text: &str, kind: &str| json!({"mimeType": kind, "text": text});
    Some(match body {
        Body::None => return None,
        Body::Json { text: body } => text(body, "application/json"),
        Body::Xml { text: body } => text(body, "application/xml"),
        Body::Text { text: body } => text(body, "text/plain"),
        Body::Sparql { text: body } => text(body, "application/sparql-query"),
        Body::Form { fields } => {
            let pair =
                |field: &Field| format!("{}={}", target::encoded(&field.name), target::encoded(&field.value));
            let pairs: Vec<String> = fields.iter().filter(|field| field.enabled).map(pair).collect();
            json!({
                "mimeType": "application/x-www-form-urlencoded",
                "params": rows(fields),
                "text": pairs.join("&"),
            })
        }
        Body::Multipart { parts } => {
            let row = |part: &crate::http::Part| match &part.content {
                PartContent::Text { text } => json!({"name": part.name, "value": text}),
                PartContent::File { path } => json!({"name": part.name, "fileName": path.to_string_lossy()}),
            };
            let rows: Vec<Value> = parts.iter().filter(|part| part.enabled).map(row).collect();
            json!({"mimeType": "multipart/form-data", "params": rows})
        }
        Body::File { path } => {
            json!({"mimeType": "application/octet-stream", "params": [], "comment": path.to_string_lossy()})
        }
    })
}
