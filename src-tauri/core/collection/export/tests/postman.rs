use std::path::Path;

use serde_json::{Map, Value, json};

use super::{collection, fields, item, request};
use crate::collection::export::postman::write;
use crate::collection::import::{self, postman};
use crate::collection::{Collection, FolderItem, Item, Script, ScriptPhase, files};
use crate::http::{Authorization, Body, CsrfMode};

const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

fn sent(method: &str, raw: &str, rest: Value) -> Value {
    let mut sent = json!({"method": method, "header": [], "url": {"raw": raw}});
    if let (Value::Object(sent), Value::Object(rest)) = (&mut sent, rest) {
        sent.extend(rest);
    }
    sent
}

fn credentials(kind: &str, rows: &[(&str, &str)]) -> Value {
    let rows: Vec<Value> =
        rows.iter().map(|(key, value)| json!({"key": key, "value": value, "type": "string"})).collect();
    Value::Object(Map::from_iter([("type".to_owned(), json!(kind)), (kind.to_owned(), Value::Array(rows))]))
}

fn grant() -> Value {
    credentials(
        "oauth2",
        &[
            ("grant_type", "client_credentials"),
            ("accessTokenUrl", "https://t.example/token"),
            ("clientId", "me"),
            ("clientSecret", "{{s}}"),
            ("scope", "read"),
            ("client_authentication", "body"),
            ("addTokenTo", "header"),
        ],
    )
}

fn authorizations() -> Vec<Value> {
    vec![
        json!({"type": "noauth"}),
        credentials("basic", &[("username", "anna"), ("password", "{{p}}")]),
        credentials("bearer", &[("token", "{{t}}")]),
        credentials("digest", &[("username", "anna"), ("password", "{{p}}")]),
        credentials("apikey", &[("key", "X-Key"), ("value", "{{k}}"), ("in", "query")]),
        credentials("apikey", &[("key", "X-Key"), ("value", "{{k}}"), ("in", "header")]),
        grant(),
    ]
}

fn raw(text: &str, language: &str) -> Value {
    json!({"mode": "raw", "raw": text, "options": {"raw": {"language": language}}})
}

fn bodies() -> Vec<Value> {
    vec![
        raw("{\n  \"a\": {{n}},\n  \"b\": \"# ü\"\n}", "json"),
        raw("<a>\r\n  <b/>\n</a>\n", "xml"),
        raw("  plain: text\n\ttab\n\n", "text"),
        json!({"mode": "urlencoded", "urlencoded": [
            {"key": "a", "value": "1 & 2", "description": "the a"}, {"key": "b", "value": "{{b}}", "disabled": true}]}),
        json!({"mode": "formdata", "formdata": [
            {"key": "t", "value": "x: y", "type": "text", "contentType": "text/xml"},
            {"key": "f", "type": "file", "src": "files/a b.xml"}, {"key": "off", "value": "1", "type": "text", "disabled": true}]}),
        json!({"mode": "file", "file": {"src": "files/whole.bin"}}),
    ]
}

fn events() -> Value {
    json!([
        {"listen": "prerequest", "script": {"type": "text/javascript", "exec": ["const a = \"x\";", "", "pm.environment.set('a', a);"]}},
        {"listen": "test", "script": {"type": "text/javascript", "exec": ["pm.test('# ok', () => {", "\tpm.response.to.have.status(200);", "});"]}}
    ])
}

fn create() -> Value {
    json!({"name": "Create: \"order\" / 1", "event": events(), "protocolProfileBehavior": {"followRedirects": false},
        "request": {
            "method": "POST", "description": "# Creates\n\n- one\n- two", "body": raw("{}", "json"),
            "header": [{"key": "X-A", "value": "1, 2"}, {"key": "X-Off", "value": "", "disabled": true}, {"key": "X-D", "value": "{{$guid}}", "description": "trace"}],
            "url": {"raw": "{{base}}/orders/:id/x?q=a b&%24top=5&flag=", "host": ["{{base}}"], "path": ["orders", ":id", "x"],
                "query": [{"key": "q", "value": "a b"}, {"key": "$top", "value": "5"}, {"key": "flag", "value": ""},
                    {"key": "off", "value": "no", "disabled": true, "description": "not now"}],
                "variable": [{"key": "id", "value": "47/11", "description": "which"}]}
        }, "response": []})
}

fn fixture() -> Value {
    let authorized = |(number, auth): (usize, Value)| json!({"name": format!("As {number}"), "request": sent("GET", "https://a.example:8443/x", json!({"auth": auth})), "response": []});
    let asked = json!({"raw": "https://a.example/b?wsdl#top", "query": [{"key": "wsdl", "value": null}]});
    let with_body = |(number, body): (usize, Value)| json!({"name": format!("Body {number}"), "request": sent("PUT", "", json!({"body": body, "url": asked})), "response": []});
    let authorized: Vec<Value> = authorizations().into_iter().enumerate().map(authorized).collect();
    let bodies: Vec<Value> = bodies().into_iter().enumerate().map(with_body).collect();
    json!({
        "info": {"name": "Shop \"2\": all", "description": "# Shop\n\nWith *everything*.", "schema": SCHEMA},
        "event": events(),
        "variable": [{"key": "base", "value": "https://a.example", "type": "string"}, {"key": "apiSecret", "value": "", "type": "secret"}, {"key": "n", "value": "007", "type": "string", "disabled": true}],
        "item": [
            create(),
            {"name": "Ways in", "description": "Every way", "auth": credentials("bearer", &[("token", "{{t}}")]), "event": events(),
                "variable": [{"key": "v", "value": "yes", "type": "string"}], "item": authorized},
            {"name": "Deep", "item": [{"name": "Deeper", "auth": {"type": "noauth"}, "item": bodies}]},
            {"name": "Odd method", "request": sent("PROPFIND", "{{base}}", json!({})), "response": []}
        ]
    })
}

/// The same collection in one way of saying it.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(keys) => object(keys),
        Value::Array(values) => values.iter().map(plain).collect(),
        other => other.clone(),
    }
}

fn object(keys: &Map<String, Value>) -> Value {
    let mut kept = Map::new();
    for (key, value) in keys {
        let value = match (key.as_str(), value) {
            ("exec", Value::Array(lines)) => {
                json!(lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n").trim())
            }
            ("raw", Value::String(url)) if keys.get("mode").is_none() => json!(url.replace("%24", "$")),
            // What the raw URL says already.
            ("protocol" | "host" | "path" | "port" | "hash", _) if keys.contains_key("raw") => continue,
            (_, value) => plain(value),
        };
        // A row without a value, and one with an empty value, are different things in a query.
        let empty = value == json!([]) || value == json!({}) || (value == json!("") && key == "description");
        if !empty {
            kept.insert(key.clone(), value);
        }
    }
    Value::Object(kept)
}

fn sorted(value: &Value) -> String {
    let mut lines = Vec::new();
    paths(value, "", &mut lines);
    lines.sort();
    lines.join("\n")
}

fn paths(value: &Value, above: &str, lines: &mut Vec<String>) {
    match value {
        Value::Object(keys) => {
            for (key, value) in keys {
                paths(value, &format!("{above}/{key}"), lines);
            }
        }
        Value::Array(values) if above.ends_with("/oauth2") => {
            // The order of settings says nothing.
            lines.extend(values.iter().map(|row| format!("{above}/{}={}", row["key"], row["value"])));
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                paths(value, &format!("{above}/{index}"), lines);
            }
        }
        other => lines.push(format!("{above}={other}")),
    }
}

fn written(collection: &Collection) -> Value {
    serde_json::from_str(&write(collection).text).unwrap()
}

fn same(ours: &Value, theirs: &Value) {
    let (ours, theirs) = (sorted(&plain(ours)), sorted(&plain(theirs)));
    for (ours, theirs) in ours.lines().zip(theirs.lines()) {
        assert_eq!(ours, theirs);
    }
    assert_eq!(ours, theirs);
}

fn through_files(collection: &Collection) -> Collection {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("shop");
    import::write(collection, &into).unwrap();
    load(&into)
}

fn load(folder: &Path) -> Collection {
    let loaded = files::load(folder).unwrap();
    assert_eq!(loaded.losses, []);
    loaded.collection
}

#[test]
fn a_collection_of_postman_comes_back_as_it_was() {
    let import = postman::read_collection(&fixture()).unwrap();
    assert_eq!(import.losses, []);
    same(&written(&import.collection), &fixture());
}

#[test]
fn a_collection_of_postman_comes_back_through_our_files() {
    let import = postman::read_collection(&fixture()).unwrap();
    let mut expected = fixture();
    // On disk folders stand before requests.
    if let Some(items) = expected["item"].as_array_mut() {
        items.sort_by_key(|item| item.get("item").is_none());
    }
    same(&written(&through_files(&import.collection)), &expected);
}

#[test]
fn a_root_without_authorization_stays_without() {
    let whole = collection(vec![item("R", request("GET", "https://a.example"))]);
    assert!(written(&whole).get("auth").is_none());
    assert_eq!(written(&whole)["item"][0]["request"]["auth"], json!({"type": "noauth"}));
}

#[test]
fn a_sparql_query_stays_one() {
    let mut query = request("POST", "https://a.example");
    query.body = Body::Sparql { text: "SELECT * {}".into() };
    let import = postman::read_collection(&written(&collection(vec![item("R", query.clone())]))).unwrap();
    let Item::Request(read) = &import.collection.items[0] else { panic!("no request") };
    assert_eq!(read.request.body, query.body);
}

#[test]
fn what_postman_cannot_hold_is_told() {
    let mut only = request("POST", "https://a.example");
    only.csrf = CsrfMode::Always;
    only.options.http1_only = true;
    only.authorization = Authorization::Certificate { key: None };
    let mut only = item("Only here", only);
    only.details.tags = vec!["smoke".into()];
    only.details.scripts = vec![Script { phase: ScriptPhase::AfterResponse, code: "x()".into() }];
    let export = write(&collection(vec![only]));
    assert!(export.losses.iter().all(|loss| loss.place == "Only here"));
    for word in ["tags", "CSRF", "HTTP version", "certificate", "after the response"] {
        assert!(export.losses.iter().any(|loss| loss.what.contains(word)), "{word}");
    }
}

#[test]
fn header_fields_of_folders_go_to_their_requests() {
    let mut whole = collection(Vec::new());
    whole.root.headers = fields(&[("X-Root", "1"), ("X-Both", "root")]);
    let folder =
        FolderItem { name: "F".into(), headers: fields(&[("x-both", "folder")]), ..FolderItem::default() };
    whole.items = vec![Item::Folder(
        folder,
        vec![Item::Request(Box::new(item("R", request("GET", "https://a.example"))))],
    )];
    let headers = &written(&whole)["item"][0]["item"][0]["request"]["header"];
    assert_eq!(*headers, json!([{"key": "X-Root", "value": "1"}, {"key": "x-both", "value": "folder"}]));
}
