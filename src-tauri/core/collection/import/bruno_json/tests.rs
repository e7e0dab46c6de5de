use serde_json::json;

use super::*;
use crate::collection::RequestItem;
use crate::http::{Body, PartContent};

fn only_request(request: &Value) -> (RequestItem, Import) {
    let mut import = read(&json!({
        "version": "1", "name": "C",
        "items": [{"type": "http", "name": "R", "request": request}]
    }))
    .unwrap();
    let Item::Request(item) = import.collection.items.remove(0) else { panic!("no request") };
    (*item, import)
}

#[test]
fn folders_come_first_and_requests_follow_their_numbers() {
    let import = read(&json!({
        "version": "1", "name": "C", "items": [
            {"type": "http", "name": "second", "seq": 2, "request": {"url": "u", "method": "get"}},
            {"type": "http", "name": "first", "seq": 1, "request": {"url": "u", "method": "get"}},
            {"type": "folder", "name": "F", "items": [], "root": {"docs": "about", "request": {"auth": {"mode": "none"}}}},
        ]
    }))
    .unwrap();
    let names: Vec<String> = import
        .collection
        .items
        .iter()
        .map(|item| match item {
            Item::Folder(folder, _) => folder.name.clone(),
            Item::Request(request) => request.name.clone(),
        })
        .collect();
    assert_eq!(names, ["F", "first", "second"]);
    let Item::Folder(folder, _) = &import.collection.items[0] else { panic!() };
    assert_eq!(folder.docs, "about");
    assert_eq!(folder.authorization, Authorization::None);
    assert_eq!(import.collection.root.authorization, Authorization::Inherit);
    assert_eq!(import.losses, []);
}

#[test]
fn a_query_repeated_in_the_table_is_sent_once() {
    let (item, _) = only_request(&json!({
        "method": "POST", "url": "{{u}}/a/:id?b=1&c=2#end",
        "params": [
            {"name": "b", "value": "1", "type": "query", "enabled": true},
            {"name": "c", "value": "2", "type": "query", "enabled": false},
            {"name": "id", "value": "7", "type": "path", "enabled": true}
        ]
    }));
    assert_eq!(item.request.url, "{{u}}/a/:id?c=2#end");
    assert_eq!(item.request.parameters.len(), 2);
    assert_eq!(item.request.path_parameters, [Field::new("id", "7")]);
}

#[test]
fn client_credentials_keep_their_place() {
    let (item, import) = only_request(
        &json!({"method": "GET", "url": "u", "auth": {"mode": "oauth2", "oauth2": {
        "grantType": "client_credentials", "accessTokenUrl": "{{t}}", "clientId": "i", "clientSecret": "{{s}}",
        "scope": "a b", "credentialsPlacement": "body"}}}),
    );
    assert_eq!(
        item.request.authorization,
        Authorization::ClientCredentials {
            token_url: "{{t}}".into(),
            client_id: "i".into(),
            client_secret: "{{s}}".into(),
            scope: "a b".into(),
            placement: crate::http::ClientPlacement::Body
        }
    );
    assert_eq!(import.losses, []);
}

#[test]
fn an_unknown_authorization_is_told() {
    let (item, import) =
        only_request(&json!({"url": "u", "auth": {"mode": "awsv4", "awsv4": {"profileName": "p"}}}));
    assert_eq!(item.request.authorization, Authorization::Other { name: "awsv4".into() });
    assert_eq!(import.losses[0].place, "R");
    assert!(import.losses[0].what.contains("awsv4"));
}

#[test]
fn several_files_of_a_part_become_parts_and_other_bodies_are_told() {
    let (item, import) = only_request(
        &json!({"url": "u", "body": {"mode": "multipartForm", "json": "{}", "multipartForm": [
        {"type": "file", "name": "f", "value": ["a.pdf", "b.pdf"], "enabled": true, "contentType": "application/pdf"},
        {"type": "text", "name": "t", "value": "x", "enabled": false}]}}),
    );
    let Body::Multipart { parts } = item.request.body else { panic!() };
    assert_eq!(parts.len(), 3);
    assert_eq!(parts[1].content, PartContent::File { path: "b.pdf".into() });
    assert_eq!(parts[1].content_type.as_deref(), Some("application/pdf"));
    assert!(!parts[2].enabled);
    assert!(import.losses[0].what.contains("`json` body"));
}

#[test]
fn graphql_is_sent_as_json() {
    let (item, _) = only_request(&json!({"url": "u", "body": {"mode": "graphql", "graphql": {
        "query": "{ a(b: \"c\") }", "variables": "{\"x\": 1}"}}}));
    let Body::Json { text } = item.request.body else { panic!() };
    let sent: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(sent, json!({"query": "{ a(b: \"c\") }", "variables": {"x": 1}}));
}

#[test]
fn assertions_scripts_and_response_variables_are_kept() {
    let (item, _) = only_request(&json!({"url": "u",
        "assertions": [{"name": "res.status", "value": "eq 200", "enabled": true},
                       {"name": "res.body", "value": "isDefined", "enabled": false},
                       {"name": "res.x", "value": "two words", "enabled": true}],
        "script": {"req": "a()", "res": "b()"}, "tests": "t()",
        "vars": {"req": [{"name": "v", "value": "1", "enabled": true}],
                 "res": [{"name": "last", "value": "res.body.id", "enabled": true}]}}));
    let said: Vec<(&str, &str)> =
        item.details.assertions.iter().map(|it| (it.operator.as_str(), it.value.as_str())).collect();
    assert_eq!(said, [("eq", "200"), ("isDefined", ""), ("eq", "two words")]);
    assert_eq!(item.details.variables[0].name, "v");
    assert_eq!(item.details.scripts.len(), 4);
    assert_eq!(item.details.scripts[3].code, "bru.setVar(\"last\", res.body.id);");
}

#[test]
fn secret_values_of_environments_leave_the_collection() {
    let import = read(&json!({"version": "1", "name": "C", "items": [], "environments": [
        {"name": "dev", "variables": [{"name": "s", "value": "hush", "secret": true, "enabled": true},
                                      {"name": "p", "value": "plain", "secret": false, "enabled": true}]}]}))
    .unwrap();
    assert_eq!(import.collection.environments[0].variables[0].value, "");
    assert_eq!(import.collection.environments[0].variables[1].value, "plain");
    assert_eq!(import.secrets[0].value.expose(), "hush");
    assert_eq!(import.secrets[0].environment.as_deref(), Some("dev"));
}

#[test]
fn items_and_settings_without_a_place_are_told() {
    let import = read(&json!({"version": "1", "name": "C",
        "items": [{"type": "js", "name": "lib.js", "fileContent": "x"}, {"type": "grpc-request", "name": "G"}],
        "brunoConfig": {"version": "1", "name": "C", "type": "collection", "ignore": ["x"],
            "proxy": {"enabled": false, "config": {"hostname": "p"}},
            "clientCertificates": {"enabled": true, "certs": [{"domain": "d"}]}}}))
    .unwrap();
    let told: Vec<&str> = import.losses.iter().map(|loss| loss.place.as_str()).collect();
    assert_eq!(told, ["lib.js", "G", "Collection"]);
    assert!(import.losses[2].what.contains("clientCertificates"));
}

#[test]
fn deep_nesting_ends_with_a_note() {
    let mut value = json!({"type": "http", "name": "deep", "request": {"url": "u"}});
    for _ in 0..500 {
        value = json!({"type": "folder", "name": "f", "items": [value]});
    }
    let import = read(&json!({"version": "1", "name": "C", "items": [value]})).unwrap();
    assert!(import.losses[0].what.contains("nested too deeply"));
}

#[test]
fn another_version_is_refused_with_a_next_step() {
    let refused = read(&json!({"version": "7", "name": "C", "items": []})).err().unwrap();
    assert!(refused.message.contains("version 7"));
    assert!(refused.hint.is_some());
    assert!(!is(&json!({"info": {}, "item": []})));
}
