use serde_json::json;

use super::*;
use crate::collection::RequestItem;
use crate::http::{Body, Field};

fn v4(resources: &Value) -> Import {
    read(&json!({"_type": "export", "__export_format": 4, "resources": resources})).unwrap()
}

fn one(mut request: Value) -> (RequestItem, Import) {
    request["_type"] = json!("request");
    request["parentId"] = json!("wrk_1");
    request["name"] = json!("R");
    let mut import = v4(&json!([{"_id": "wrk_1", "_type": "workspace", "name": "W"}, request]));
    let Item::Request(item) = import.collection.items.remove(0) else { panic!("no request") };
    (*item, import)
}

#[test]
fn resources_find_their_folder_and_order() {
    let import = v4(&json!([
        {"_id": "req_2", "_type": "request", "parentId": "fld_1", "name": "second", "metaSortKey": 2, "url": "u"},
        {"_id": "req_1", "_type": "request", "parentId": "fld_1", "name": "first", "metaSortKey": 1, "url": "u"},
        {"_id": "fld_1", "_type": "request_group", "parentId": "wrk_1", "name": "Orders", "environment": {"a": 1}},
        {"_id": "wrk_1", "_type": "workspace", "parentId": null, "name": "Shop", "description": "about"},
        {"_id": "env_1", "_type": "environment", "parentId": "wrk_1", "name": "Base", "data": {"host": {"name": "h", "port": 80}, "l": [1]}},
        {"_id": "env_2", "_type": "environment", "parentId": "env_1", "name": "dev", "data": {"host": "{{ _.b }}"}, "color": "#112233"},
        {"_id": "jar_1", "_type": "cookie_jar", "parentId": "wrk_1", "name": "Jar", "cookies": [{"key": "a"}]},
        {"_id": "greq_1", "_type": "grpc_request", "parentId": "wrk_1", "name": "G"}
    ]));
    assert_eq!(
        (import.collection.root.name.as_str(), import.collection.root.docs.as_str()),
        ("Shop", "about")
    );
    let Item::Folder(orders, inner) = &import.collection.items[0] else { panic!() };
    assert_eq!((orders.name.as_str(), orders.variables[0].value.as_str()), ("Orders", "1"));
    let Item::Request(first) = &inner[0] else { panic!() };
    assert_eq!(first.name, "first");
    let base: Vec<(&str, &str)> =
        import.collection.root.variables.iter().map(|it| (it.name.as_str(), it.value.as_str())).collect();
    assert_eq!(base, [("host.name", "h"), ("host.port", "80"), ("l", "[1]")]);
    assert_eq!(import.collection.environments[0].variables[0].value, "{{b}}");
    assert_eq!(import.collection.environments[0].color.as_deref(), Some("#112233"));
    let told: Vec<&str> = import.losses.iter().map(|loss| loss.what.as_str()).collect();
    assert_eq!(told, ["The cookies are not kept.", "`G` of type `grpc_request` was left out."]);
}

#[test]
fn template_tags_become_variables() {
    let (item, import) = one(json!({"method": "POST", "url": "{{ _.base }}/{{host.name}}/{% uuid 'v4' %}",
        "headers": [{"name": "T", "value": "{% now 'iso-8601', '' %} {% now 'unix', '' %}"},
                    {"name": "", "value": ""}, {"name": "D", "value": "{{ _['my-name'] }}", "disabled": true}],
        "body": {"mimeType": "application/json", "text": "{\"a\": {\"b\": \"{{ _.ä }}\"}, \"x\": \"{% response 'body' %}\"}"}}));
    assert_eq!(item.request.url, "{{base}}/{{host.name}}/{{$guid}}");
    assert_eq!(item.request.headers[0].value, "{{$isoTimestamp}} {{$timestamp}}");
    assert_eq!(
        (item.request.headers[1].value.as_str(), item.request.headers[1].enabled),
        ("{{my-name}}", false)
    );
    let Body::Json { text } = &item.request.body else { panic!() };
    assert!(text.contains("\"{{ä}}\"") && text.contains("{% response 'body' %}"), "{text}");
    assert_eq!(import.losses.len(), 1);
    assert_eq!(import.losses[0].place, "R");
}

#[test]
fn bodies_keep_their_content_type() {
    let (item, _) = one(json!({"url": "u", "body": {"mimeType": "application/soap+xml", "text": "<a/>"}}));
    assert_eq!(item.request.body, Body::Xml { text: "<a/>".into() });
    assert_eq!(item.request.headers, [Field::new("Content-Type", "application/soap+xml")]);
    let (item, _) = one(json!({"url": "u", "body": {"mimeType": "multipart/form-data", "params": [
        {"name": "f", "type": "file", "fileName": "/x.pdf"}, {"name": "t", "value": "v", "disabled": true}]}}));
    let Body::Multipart { parts } = item.request.body else { panic!() };
    assert!(parts[0].enabled && !parts[1].enabled);
    let (item, _) =
        one(json!({"url": "u", "body": {"mimeType": "application/octet-stream", "fileName": "a.bin"}}));
    assert_eq!(item.request.body, Body::File { path: "a.bin".into() });
}

#[test]
fn authorizations_are_read_or_told() {
    let with = |auth: Value| {
        let (item, import) = one(json!({"url": "u", "authentication": auth}));
        (item.request.authorization, import.losses.len())
    };
    assert_eq!(with(json!({})), (Authorization::Inherit, 0));
    assert_eq!(with(json!({"type": "none"})), (Authorization::None, 0));
    assert_eq!(
        with(json!({"type": "bearer", "token": "{{ _.t }}"})),
        (Authorization::Token { token: "{{t}}".into() }, 0)
    );
    let (oauth2, told) =
        with(json!({"type": "oauth2", "grantType": "client_credentials", "accessTokenUrl": "t",
        "clientId": "i", "clientSecret": "{{s}}", "credentialsInBody": true}));
    assert!(matches!(
        oauth2,
        Authorization::ClientCredentials { placement: crate::http::ClientPlacement::Body, .. }
    ));
    assert_eq!(told, 0);
    assert_eq!(with(json!({"type": "iam"})), (Authorization::Other { name: "iam".into() }, 1));
    assert_eq!(with(json!({"type": "basic", "username": "u", "disabled": true})), (Authorization::None, 1));
}

#[test]
fn version_5_is_a_tree_already() {
    let import = read(&json!({
        "type": "collection.insomnia.rest/5.0", "name": "Shop",
        "collection": [{"name": "Orders", "meta": {"id": "fld_1", "sortKey": 1},
            "authentication": {"type": "basic", "username": "u", "password": "{{ _.p }}"},
            "children": [{"name": "Create", "method": "POST", "url": "{{ _.u }}", "meta": {"id": "req_1", "description": "why"},
                "scripts": {"preRequest": "a()", "afterResponse": "b()"},
                "settings": {"followRedirects": "off"}}]},
            {"name": "Stream", "url": "wss://x", "meta": {"id": "ws-req_1"}}],
        "environments": {"name": "Base", "data": {"u": "x", "__insomnia_vault": {"p": "cipher"}},
            "subEnvironments": [{"name": "dev", "data": {"u": "y"}}]}
    }))
    .unwrap();
    let Item::Folder(orders, inner) = &import.collection.items[0] else { panic!() };
    assert_eq!(orders.authorization, Authorization::Login { username: "u".into(), password: "{{p}}".into() });
    let Item::Request(create) = &inner[0] else { panic!() };
    assert_eq!((create.details.scripts.len(), create.details.docs.as_str()), (2, "why"));
    assert_eq!(create.request.options.follow_redirects, Some(false));
    let vault = &import.collection.root.variables[1];
    assert_eq!((vault.name.as_str(), vault.value.as_str(), vault.secret), ("p", "", true));
    assert_eq!(import.losses.len(), 2);
}

#[test]
fn folders_in_a_circle_are_told() {
    let import = v4(&json!([
        {"_id": "wrk_1", "_type": "workspace", "name": "W"},
        {"_id": "a", "_type": "request_group", "parentId": "b", "name": "A"},
        {"_id": "b", "_type": "request_group", "parentId": "a", "name": "B"}
    ]));
    assert_eq!(import.collection.items, []);
    assert!(import.losses[0].what.contains("(2)"));
}

#[test]
fn other_versions_are_refused_with_a_next_step() {
    let old = read(&json!({"_type": "export", "__export_format": 3, "resources": []})).err().unwrap();
    assert!(old.message.contains("format 3") && old.hint.is_some());
    assert!(read(&json!({"type": "mock.insomnia.rest/5.0"})).is_err());
    assert!(!is(&json!({"type": "x"})));
}
