//! A Postman collection 2.1.

mod authorization;
mod url;

use serde_json::{Value, json};

use super::{Export, without_secrets};
use crate::collection::{Collection, FolderItem, Item, Loss, RequestItem, Script, ScriptPhase, Variable};
use crate::http::{Authorization, Body, CsrfMode, Field, Part, PartContent};
use authorization::authorization;
use url::url;

const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// Writes a collection as Postman 2.1 reads it; secret variables have empty values.
pub fn write(collection: &Collection) -> Export {
    let (collection, mut losses) = without_secrets(collection);
    let root = &collection.root;
    let mut value = json!({
        "info": {"name": root.name, "description": root.docs, "schema": SCHEMA},
        "item": items(&collection.items, "", &root.headers, &mut losses),
    });
    shared(&mut value, root, &root.name, &mut losses);
    // Nothing is above a collection, so saying nothing says the same.
    if root.authorization == Authorization::None
        && let Some(keys) = value.as_object_mut()
    {
        keys.remove("auth");
    }
    for environment in &collection.environments {
        let what = "A collection of Postman holds no environment.".to_owned();
        losses.push(Loss { place: environment.name.clone(), what });
    }
    let text = serde_json::to_string_pretty(&value).unwrap_or_default();
    Export { text: format!("{text}\n"), losses }
}

fn items(items: &[Item], above: &str, headers: &[Field], losses: &mut Vec<Loss>) -> Vec<Value> {
    let place = |name: &str| if above.is_empty() { name.to_owned() } else { format!("{above} / {name}") };
    let mut written = Vec::with_capacity(items.len());
    for item in items {
        written.push(match item {
            Item::Folder(folder, inner) => self::folder(folder, inner, &place(&folder.name), headers, losses),
            Item::Request(item) => request_item(item, &place(&item.name), headers, losses),
        });
    }
    written
}

fn folder(
    folder: &FolderItem,
    inner: &[Item],
    place: &str,
    above: &[Field],
    losses: &mut Vec<Loss>,
) -> Value {
    // Folders of Postman have no header fields, so the requests carry them.
    let headers = inherited(above, &folder.headers);
    let mut value = json!({"name": folder.name, "item": items(inner, place, &headers, losses)});
    if !folder.docs.is_empty() {
        value["description"] = json!(folder.docs);
    }
    shared(&mut value, folder, place, losses);
    value
}

fn inherited(above: &[Field], own: &[Field]) -> Vec<Field> {
    let said = |field: &&Field| !own.iter().any(|other| other.name.eq_ignore_ascii_case(&field.name));
    above.iter().filter(|field| field.enabled).filter(said).chain(own).cloned().collect()
}

fn shared(value: &mut Value, folder: &FolderItem, place: &str, losses: &mut Vec<Loss>) {
    if let Some(authorization) = authorization(&folder.authorization, place, losses) {
        value["auth"] = authorization;
    }
    if !folder.variables.is_empty() {
        value["variable"] = folder.variables.iter().map(variable).collect();
    }
    if !folder.scripts.is_empty() {
        value["event"] = events(&folder.scripts, place, losses);
    }
}

fn request_item(item: &RequestItem, place: &str, headers: &[Field], losses: &mut Vec<Loss>) -> Value {
    let mut value =
        json!({"name": item.name, "request": request(item, place, headers, losses), "response": []});
    if let Some(follow) = item.request.options.follow_redirects {
        value["protocolProfileBehavior"] = json!({"followRedirects": follow});
    }
    if !item.details.variables.is_empty() {
        value["variable"] = item.details.variables.iter().map(variable).collect();
    }
    if !item.details.scripts.is_empty() {
        value["event"] = events(&item.details.scripts, place, losses);
    }
    let mut lose = |what: &str| losses.push(Loss { place: place.to_owned(), what: what.to_owned() });
    if !item.details.assertions.is_empty() {
        lose("Its assertions are left out.");
    }
    if !item.details.tags.is_empty() {
        lose("Its tags are left out.");
    }
    if item.request.options.timeout_ms.is_some() || item.request.options.http1_only {
        lose("Its time limit and HTTP version are left out.");
    }
    if item.request.csrf != CsrfMode::Auto || item.request.options.any_host {
        lose("Its CSRF handling and allowed hosts are left out.");
    }
    value
}

fn request(item: &RequestItem, place: &str, headers: &[Field], losses: &mut Vec<Loss>) -> Value {
    let request = &item.request;
    let mut headers = inherited(headers, &request.headers);
    let typed = |field: &Field| field.enabled && field.name.eq_ignore_ascii_case("content-type");
    // Postman has no such kind of body; the header field tells it when it is read again.
    if matches!(request.body, Body::Sparql { .. }) && !headers.iter().any(typed) {
        headers.push(Field::new("Content-Type", "application/sparql-query"));
    }
    let mut value = json!({
        "method": request.method,
        "header": headers.iter().map(row).collect::<Vec<_>>(),
        "url": url(request),
    });
    if let Some(body) = body(&request.body) {
        value["body"] = body;
    }
    if let Some(authorization) = authorization(&request.authorization, place, losses) {
        value["auth"] = authorization;
    }
    if !item.details.docs.is_empty() {
        value["description"] = json!(item.details.docs);
    }
    value
}

fn row(field: &Field) -> Value {
    let mut row = json!({"key": field.name, "value": field.value});
    if !field.enabled {
        row["disabled"] = json!(true);
    }
    if let Some(description) = &field.description {
        row["description"] = json!(description);
    }
    row
}

fn variable(variable: &Variable) -> Value {
    let kind = if variable.secret { "secret" } else { "string" };
    let value = if variable.secret { "" } else { &variable.value };
    let mut row = json!({"key": variable.name, "value": value, "type": kind});
    if !variable.enabled {
        row["disabled"] = json!(true);
    }
    if let Some(description) = &variable.description {
        row["description"] = json!(description);
    }
    row
}

fn events(scripts: &[Script], place: &str, losses: &mut Vec<Loss>) -> Value {
    if scripts.iter().any(|script| script.phase == ScriptPhase::AfterResponse) {
        let what =
            "Its script for after the response is written as a test, as Postman has no other.".to_owned();
        losses.push(Loss { place: place.to_owned(), what });
    }
    let event = |script: &Script| {
        let listen = if script.phase == ScriptPhase::BeforeRequest { "prerequest" } else { "test" };
        let lines: Vec<&str> = script.code.split('\n').collect();
        json!({"listen": listen, "script": {"type": "text/javascript", "exec": lines}})
    };
    scripts.iter().map(event).collect()
}

fn body(body: &Body) -> Option<Value> {
    let raw = |text: &str, language: &str| json!({"mode": "raw", "raw": text, "options": {"raw": {"language": language}}});
    Some(match body {
        Body::None => return None,
        Body::Json { text } => raw(text, "json"),
        Body::Xml { text } => raw(text, "xml"),
        Body::Text { text } | Body::Sparql { text } => raw(text, "text"),
        Body::Form { fields } => {
            json!({"mode": "urlencoded", "urlencoded": fields.iter().map(row).collect::<Vec<_>>()})
        }
        Body::Multipart { parts } => {
            json!({"mode": "formdata", "formdata": parts.iter().map(part).collect::<Vec<_>>()})
        }
        Body::File { path } => json!({"mode": "file", "file": {"src": path.to_string_lossy()}}),
    })
}

fn part(part: &Part) -> Value {
    let mut row = match &part.content {
        PartContent::Text { text } => json!({"key": part.name, "value": text, "type": "text"}),
        PartContent::File { path } => {
            json!({"key": part.name, "type": "file", "src": path.to_string_lossy()})
        }
    };
    if let Some(kind) = &part.content_type {
        row["contentType"] = json!(kind);
    }
    if !part.enabled {
        row["disabled"] = json!(true);
    }
    row
}
