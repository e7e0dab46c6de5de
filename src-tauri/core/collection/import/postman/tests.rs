use serde_json::{Value, json};

use super::*;
use crate::collection::{Item, RequestItem, ScriptPhase};
use crate::http::{ApiKeyPlacement, Authorization, Body, ClientPlacement, Field, PartContent};

fn collection(items: &Value) -> Value {
    json!({
        "info": {"name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": items,
    })
}

fn only(request: &Value) -> (RequestItem, Vec<Loss>) {
    let import = read_collection(&collection(&json!([{"name": "R", "request": request}]))).unwrap();
    let Some(Item::Request(item)) = import.collection.items.into_iter().next() else {
        panic!("no request");
    };
    (*item, import.losses)
}

#[test]
fn folders_keep_order_and_what_they_say() {
    let value = collection(&json!([
        {"name": "B", "description": {"content": "about b"}, "item": [
            {"name": "inner", "item": [{"name": "deep", "request": "https://h.example/deep"}]},
            {"name": "second", "request": {"method": "PUT", "url": "x"}},
        ], "auth": {"type": "basic", "basic": [{"key": "username", "value": "u"}, {"key": "password", "value": "p"}]},
           "event": [{"listen": "prerequest", "script": {"exec": ["a();", "b();"]}}]},
        {"name": "A", "request": {"url": "y"}},
    ]));
    let import = read_collection(&value).unwrap();
    let [Item::Folder(folder, inner), Item::Request(last)] = import.collection.items.as_slice() else {
        panic!("order");
    };
    assert_eq!((folder.name.as_str(), folder.docs.as_str()), ("B", "about b"));
    assert_eq!(folder.authorization, Authorization::Login { username: "u".into(), password: "p".into() });
    assert_eq!(
        (folder.scripts[0].phase, folder.scripts[0].code.as_str()),
        (ScriptPhase::BeforeRequest, "a();\nb();")
    );
    assert!(matches!(inner.as_slice(), [Item::Folder(..), Item::Request(_)]));
    assert_eq!((last.name.as_str(), &last.request.authorization), ("A", &Authorization::Inherit));
    assert_eq!(import.losses, []);
}

#[test]
fn the_query_goes_to_the_table_and_a_bare_name_stays() {
    let (item, _) = only(&json!({"url": {"raw": "{{u}}/a/:id?wsdl&x=a%20b&off=1#f", "query": [
        {"key": "wsdl", "value": null}, {"key": "x", "value": "a%20b", "description": "why"},
        {"key": "off", "value": "1", "disabled": true}],
        "variable": [{"key": "id", "value": "7"}]}}));
    assert_eq!(item.request.url, "{{u}}/a/:id?wsdl#f");
    let described = Field { description: Some("why".into()), ..Field::new("x", "a b") };
    assert_eq!(item.request.parameters, [described, Field { enabled: false, ..Field::new("off", "1") }]);
    assert_eq!(item.request.path_parameters, [Field::new("id", "7")]);
}

#[test]
fn a_url_in_parts_is_put_together() {
    let (item, _) = only(
        &json!({"url": {"protocol": "https", "host": ["h", "example"], "port": "81", "path": ["a", {"value": "b"}]}}),
    );
    assert_eq!(item.request.url, "https://h.example:81/a/b");
}

#[test]
fn bodies_of_every_mode_are_read() {
    let body = |body: Value| only(&json!({"method": "POST", "url": "u", "body": body})).0.request.body;
    let raw = |language: &str| {
        body(json!({"mode": "raw", "raw": "<a/>", "options": {"raw": {"language": language}}}))
    };
    assert_eq!(raw("json"), Body::Json { text: "<a/>".into() });
    assert_eq!(raw("xml"), Body::Xml { text: "<a/>".into() });
    assert_eq!(raw("text"), Body::Text { text: "<a/>".into() });
    let form = body(json!({"mode": "urlencoded", "urlencoded": [{"key": "a", "value": "1"}]}));
    assert_eq!(form, Body::Form { fields: vec![Field::new("a", "1")] });
    assert_eq!(body(json!({"mode": "file", "file": {"src": "/f"}})), Body::File { path: "/f".into() });
    let Body::Multipart { parts } = body(json!({"mode": "formdata", "formdata": [
        {"key": "f", "type": "file", "src": ["a", "b"]}, {"key": "t", "type": "text", "value": "v", "disabled": true}]}))
    else {
        panic!("multipart");
    };
    assert_eq!(parts.len(), 3);
    assert_eq!(parts[1].content, PartContent::File { path: "b".into() });
    assert!(!parts[2].enabled);
}

#[test]
fn a_graphql_query_is_kept_as_json_and_told() {
    let (item, losses) = only(
        &json!({"url": "u", "body": {"mode": "graphql", "graphql": {"query": "{a}", "variables": "{\"b\":1}"}}}),
    );
    let Body::Json { text } = item.request.body else {
        panic!("json");
    };
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), json!({"query": "{a}", "variables": {"b": 1}}));
    assert_eq!(losses.len(), 1);
}

#[test]
fn authorizations_are_read_in_both_forms() {
    let read = |auth: Value| only(&json!({"url": "u", "auth": auth})).0.request.authorization;
    assert_eq!(read(json!({"type": "noauth"})), Authorization::None);
    let token = Authorization::Token { token: "{{t}}".into() };
    assert_eq!(read(json!({"type": "bearer", "bearer": [{"key": "token", "value": "{{t}}"}]})), token);
    assert_eq!(read(json!({"type": "bearer", "bearer": {"token": "{{t}}"}})), token);
    let key =
        Authorization::ApiKey { name: "k".into(), value: "v".into(), placement: ApiKeyPlacement::Query };
    assert_eq!(read(json!({"type": "apikey", "apikey": {"key": "k", "value": "v", "in": "query"}})), key);
    let granted = Authorization::ClientCredentials {
        token_url: "t".into(),
        client_id: "i".into(),
        client_secret: "{{s}}".into(),
        scope: "x".into(),
        placement: ClientPlacement::Body,
    };
    assert_eq!(
        read(json!({"type": "oauth2", "oauth2": {"grant_type": "client_credentials", "accessTokenUrl": "t",
        "clientId": "i", "clientSecret": "{{s}}", "scope": "x", "client_authentication": "body"}})),
        granted
    );
    assert_eq!(read(json!({"type": "hawk", "hawk": []})), Authorization::Other { name: "hawk".into() });
}

#[test]
fn headers_may_be_one_text() {
    let (item, _) = only(&json!({"url": "u", "header": "A: b\nC: d:e\n// Off: x"}));
    let off = Field { enabled: false, ..Field::new("Off", "x") };
    assert_eq!(item.request.headers, [Field::new("A", "b"), Field::new("C", "d:e"), off]);
}

#[test]
fn saved_responses_are_counted() {
    let value =
        collection(&json!([{"name": "F", "item": [{"name": "R", "request": "u", "response": [{}, {}]}]}]));
    let losses = read_collection(&value).unwrap().losses;
    assert_eq!(losses, [Loss { place: "F / R".into(), what: "2 saved responses are left out.".into() }]);
}

#[test]
fn secret_variables_leave_their_value_behind() {
    let mut value = collection(&json!([]));
    value["variable"] = json!([{"key": "pw", "value": "hidden", "type": "secret"}, {"key": "n", "value": 5}]);
    let import = read_collection(&value).unwrap();
    let variables = &import.collection.root.variables;
    assert!(variables[0].secret && variables[0].value.is_empty());
    assert_eq!(variables[1].value, "5");
    assert_eq!(
        (import.secrets[0].name.as_str(), import.secrets[0].value.expose().as_str()),
        ("pw", "hidden")
    );
}

#[test]
fn environments_and_globals_are_told_apart() {
    let value = json!({"name": "dev", "values": [{"key": "a", "value": "1", "enabled": false},
        {"key": "s", "value": "x", "type": "secret"}], "_postman_variable_scope": "environment"});
    assert!(is_environment(&value) && !is_globals(&value) && !is_collection(&value));
    let Import { collection, secrets, .. } = read_environment(&value).unwrap();
    let environment = &collection.environments[0];
    assert_eq!((environment.name.as_str(), environment.variables.len()), ("dev", 2));
    assert!(!environment.variables[0].enabled && environment.variables[1].value.is_empty());
    assert_eq!(secrets[0].environment.as_deref(), Some("dev"));
    assert!(is_globals(&json!({"values": [], "_postman_variable_scope": "globals"})));
}

#[test]
fn other_versions_are_refused_by_name() {
    let first = json!({"id": "x", "name": "old", "order": [], "requests": []});
    assert!(read_collection(&first).err().unwrap().message.contains("version 1"));
    let third =
        json!({"info": {"schema": "https://schema.getpostman.com/json/collection/v3.0.0/collection.json"}});
    let error = read_collection(&third).err().unwrap();
    assert!(error.message.contains("version 3.0.0") && error.hint.unwrap().contains("v2.1"));
    for value in [Value::Null, json!([]), json!("x"), json!({}), json!({"info": null})] {
        assert!(read_collection(&value).is_err(), "{value}");
        assert!(read_environment(&value).is_err(), "{value}");
    }
}

#[test]
fn nothing_everywhere_is_survived() {
    let value = collection(
        &json!([null, {}, 7, {"item": null}, {"name": null, "request": {"url": null, "header": null,
        "body": null, "auth": null, "method": null}, "event": null, "response": null, "variable": [null]},
        {"request": {"url": {"raw": null, "query": [null], "variable": [null]}, "header": [null, 1],
         "body": {"mode": "formdata", "formdata": [null, {}]}, "auth": {"type": "basic"}}, "event": [null]}]),
    );
    let import = read_collection(&value).unwrap();
    assert_eq!(import.collection.items.len(), 2);
}

#[test]
fn too_deep_a_file_is_told_as_such() {
    let text = "{\"item\":[".repeat(100_000);
    let error = super::super::structured::parse(&text).unwrap_err().of_file("deep.json");
    assert!(error.message.contains("128 levels"), "{}", error.message);
    let mut items = json!([]);
    for _ in 0..70 {
        items = json!([{"name": "f", "item": items}]);
    }
    assert!(read_collection(&collection(&items)).err().unwrap().message.contains("64 levels"));
}

#[test]
fn ten_thousand_requests_are_read() {
    let items: Vec<Value> =
        (0..10_000).map(|index| json!({"name": index.to_string(), "request": "u"})).collect();
    assert_eq!(read_collection(&collection(&json!(items))).unwrap().collection.items.len(), 10_000);
}

#[test]
fn what_is_left_out_without_a_name_is_found_by_its_number() {
    let import = read_collection(&collection(&json!([{}, {"name": "R", "request": "x"}, {}]))).unwrap();
    let places: Vec<&str> = import.losses.iter().map(|loss| loss.place.as_str()).collect();
    assert_eq!(places, ["Item 1", "Item 3"]);
}
