use serde_json::{Value, json};

use super::file;
use crate::collection::format::{
    FolderFile, environment_value, folder_value, read_environment, read_folder, read_request, read_root,
    request_value, root_value,
};
use crate::collection::{FolderItem, Script, ScriptPhase};

/// What Bruno 4 writes for a request with this body.
fn with_body(body: &Value) -> Value {
    let mut value = file(&json!({"method": "POST", "url": "x", "body": body}));
    value["settings"] = json!({
        "encodeUrl": true, "timeout": 0, "followRedirects": true, "maxRedirects": 5, "forwardAuthorizationHeader": true
    });
    value
}

#[test]
fn every_body_is_written_as_it_was_read() {
    let row = json!({"name": "a", "value": "1", "description": "why", "disabled": true});
    let part = json!({"name": "a", "type": "text", "value": "1", "contentType": "a/b", "disabled": true});
    let files = json!({"name": "f", "type": "file", "value": ["a.txt", "b.txt"]});
    for body in [
        json!({"type": "json", "data": "{}"}),
        json!({"type": "xml", "data": "<a/>"}),
        json!({"type": "text", "data": " a\n"}),
        json!({"type": "sparql", "data": "SELECT"}),
        json!({"type": "form-urlencoded", "data": [row]}),
        json!({"type": "form-urlencoded"}),
        json!({"type": "multipart-form", "data": [part, files]}),
        json!({"type": "multipart-form"}),
        json!({"type": "file", "data": [{"filePath": "a.bin", "contentType": "", "selected": true}]}),
    ] {
        let value = with_body(&body);
        assert_eq!(request_value(&read_request(&value).unwrap()).to_string(), value.to_string());
    }
}

#[test]
fn a_whole_request_is_written_as_it_was_read() {
    let value = json!({
        "info": {"name": "Create order", "type": "http", "seq": 1.5, "tags": ["smoke"]},
        "http": {
            "method": "POST",
            "url": "{{runtimeUrl}}/http/orders/:id?sap-client=100",
            "headers": [{"name": "A", "value": "1"}, {"name": "B", "value": "", "description": "why", "disabled": true}],
            "params": [
                {"name": "sap-client", "value": "100", "type": "query"},
                {"name": "off", "value": "1", "type": "query", "description": "why", "disabled": true},
                {"name": "id", "value": "4711", "type": "path"}
            ],
            "auth": "inherit"
        },
        "runtime": {
            "variables": [{"name": "orderId", "value": "4711"}],
            "scripts": [{"type": "before-request", "code": "a();"}, {"type": "tests", "code": "b();"}],
            "assertions": [
                {"expression": "res.status", "operator": "eq", "value": "200"},
                {"expression": "res.body", "operator": "isDefined", "disabled": true}
            ]
        },
        "settings": {
            "encodeUrl": true, "timeout": 30000, "followRedirects": false, "maxRedirects": 5,
            "forwardAuthorizationHeader": true
        },
        "docs": "Creates one order."
    });
    assert_eq!(request_value(&read_request(&value).unwrap()).to_string(), value.to_string());
}

#[test]
fn a_folder_is_written_as_it_was_read() {
    let value = json!({
        "info": {"name": "Orders", "type": "folder", "seq": 1},
        "request": {
            "headers": [{"name": "X-Folder", "value": "orders"}],
            "auth": "inherit",
            "variables": [{"name": "a", "value": "1", "description": "why", "disabled": true}],
            "scripts": [{"type": "after-response", "code": "a();"}]
        },
        "docs": {"content": "# Orders", "type": "text/markdown"}
    });
    assert_eq!(folder_value(&read_folder(&value).unwrap()).to_string(), value.to_string());
}

#[test]
fn a_collection_is_written_as_it_was_read() {
    let proxy = json!({
        "inherit": true,
        "config": {
            "protocol": "http", "hostname": "", "port": "", "auth": {"username": "", "password": ""}, "bypassProxy": ""
        }
    });
    let value = json!({
        "opencollection": "1.0.0",
        "info": {"name": "ACME"},
        "config": {"proxy": proxy},
        "request": {"auth": {"type": "bearer", "token": "{{token}}"}},
        "docs": {"content": "# ACME", "type": "text/markdown"},
        "bundled": false,
        "extensions": {}
    });
    assert_eq!(root_value(&read_root(&value).unwrap()).to_string(), value.to_string());
}

#[test]
fn an_environment_is_written_as_it_was_read_and_a_secret_has_no_value() {
    let value = json!({
        "name": "acme-dev",
        "color": "#2f7d32",
        "variables": [
            {"name": "tokenUrl", "value": "x", "disabled": true, "description": "why"},
            {"secret": true, "name": "clientSecret", "description": "in the keyring"}
        ]
    });
    assert_eq!(environment_value(&read_environment(&value).unwrap()).to_string(), value.to_string());
    let leaked = json!({"name": "a", "variables": [{"secret": true, "name": "b", "value": "geheim"}]});
    assert_eq!(read_environment(&leaked).unwrap().variables[0].value, "");
}

#[test]
fn of_scripts_for_one_moment_one_entry_is_written_since_bruno_keeps_the_last_only() {
    let script = |code: &str| Script { phase: ScriptPhase::Tests, code: code.into() };
    let item = FolderItem {
        name: "F".into(),
        scripts: vec![script("a();\n"), script(" "), script("b();")],
        ..FolderItem::default()
    };
    let value = folder_value(&FolderFile { item, seq: None });
    assert_eq!(value["request"]["scripts"], json!([{"type": "tests", "code": "a();\n\nb();"}]));
}
