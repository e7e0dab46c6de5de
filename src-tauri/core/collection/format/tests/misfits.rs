use serde_json::{Value, json};

use super::file;
use crate::collection::format::{Misfit, kind, read_environment, read_folder, read_request, read_root};

fn place(value: &Value) -> String {
    read_request(value).unwrap_err().pointer
}

#[test]
fn what_is_no_request_says_why() {
    let misfit = read_request(&json!({"info": {"name": "A"}})).unwrap_err();
    assert!(misfit.message.contains("no `http` section"), "{misfit:?}");
    let misfit = read_request(&json!({"http": {}})).unwrap_err();
    assert!(misfit.message.contains("no `info` section"), "{misfit:?}");
    let misfit = read_request(&json!(["a"])).unwrap_err();
    assert_eq!(misfit.message, "A request should be keys with values, but it is a list.");
    assert_eq!(place(&Value::Null), "");
}

#[test]
fn a_wrong_shape_is_told_with_its_place() {
    assert_eq!(place(&file(&json!([]))), "/http");
    assert_eq!(place(&file(&json!({"url": "x", "headers": "a: b"}))), "/http/headers");
    assert_eq!(place(&file(&json!({"url": "x", "headers": [{"name": "a"}, "b"]}))), "/http/headers/1");
    assert_eq!(
        place(&file(&json!({"url": "x", "body": {"type": "form-urlencoded", "data": 5}}))),
        "/http/body/data"
    );
    assert_eq!(place(&file(&json!({"url": "x", "body": 5}))), "/http/body");
}

#[test]
fn a_method_or_url_that_is_no_text_is_told_with_its_place_and_never_guessed() {
    assert_eq!(place(&file(&json!({"method": {"a": "b"}, "url": "x"}))), "/http/method");
    assert_eq!(place(&file(&json!({"method": "GET", "url": [1]}))), "/http/url");
    let misfit = read_request(&file(&json!({"method": ["POST"], "url": "x"}))).unwrap_err();
    assert_eq!(misfit.message, "`method` should be a text, but it is a list.");
    assert!(misfit.hint.is_some());
}

#[test]
fn another_kind_of_item_is_no_request() {
    let graphql = json!({"info": {"name": "A", "type": "graphql"}, "http": {}});
    assert_eq!(kind(&graphql), Some("graphql"));
    assert_eq!(place(&graphql), "/info/type");
}

#[test]
fn folders_collections_and_environments_say_what_is_missing() {
    let message = |misfit: Misfit| misfit.message;
    assert!(message(read_folder(&json!({})).unwrap_err()).contains("`info`"));
    assert!(message(read_root(&json!({"a": 1})).unwrap_err()).contains("no collection"));
    assert!(message(read_environment(&json!({"a": 1})).unwrap_err()).contains("no environment"));
    assert!(message(read_environment(&json!("a")).unwrap_err()).contains("a text"));
}
