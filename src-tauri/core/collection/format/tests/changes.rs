use serde_json::{Value, json};

use super::file;
use crate::collection::format::{RequestFile, before_change, read_request, request_value};
use crate::http::{Authorization, Body};

fn aws() -> Value {
    json!({"type": "awsv4", "accessKeyId": "a", "secretAccessKey": "b"})
}

fn before(content: &Value, edit: impl FnOnce(&mut RequestFile)) -> Value {
    let read = read_request(content).unwrap();
    let mut edited = read.clone();
    edit(&mut edited);
    before_change(content, request_value(&read), &request_value(&edited))
}

#[test]
fn keys_of_an_authorization_go_with_its_kind() {
    let content = file(&json!({"method": "GET", "url": "x", "auth": aws()}));
    let to = |authorization| before(&content, |file| file.item.request.authorization = authorization);
    assert_eq!(to(Authorization::Bearer { key: None })["http"]["auth"], aws());
    assert_eq!(to(Authorization::None)["http"]["auth"], aws());
}

#[test]
fn another_change_leaves_them_alone() {
    let content = file(&json!({"method": "GET", "url": "x", "auth": aws()}));
    let before = before(&content, |file| file.item.name = "B".into());
    assert_eq!(before["http"]["auth"], json!({"type": "awsv4"}));
}

#[test]
fn variants_of_a_body_stay_until_it_is_edited() {
    let variants = json!([{"title": "one", "body": {"type": "text", "data": "1"}}]);
    let content = file(&json!({"method": "GET", "url": "x", "body": variants}));
    let renamed = before(&content, |file| file.item.name = "B".into());
    assert_eq!(renamed["http"]["body"], json!({"type": "text", "data": "1"}));
    let edited = before(&content, |file| file.item.request.body = Body::Text { text: "2".into() });
    assert_eq!(edited["http"]["body"], variants);
}
