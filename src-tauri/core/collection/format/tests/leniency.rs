use serde_json::{Value, json};

use super::{file, read};
use crate::collection::format::{read_environment, read_folder, read_request, read_root, request_value};
use crate::http::{ApiKeyPlacement, Authorization, Body, Field, PartContent};

#[test]
fn methods_are_read_in_upper_case_and_unusual_ones_as_they_are() {
    let method = |text: &str| read(&json!({"method": text, "url": "x"})).method;
    assert_eq!([method("post"), method("GET"), method("Lock"), method("")], ["POST", "GET", "Lock", "GET"]);
}

#[test]
fn rows_are_off_by_disabled_and_by_enabled() {
    let headers = json!([
        {"name": "a", "value": "1"},
        {"name": "b", "value": "1", "disabled": true},
        {"name": "c", "value": "1", "enabled": false},
        {"name": "d", "value": "1", "enabled": true, "disabled": false},
        {"name": "e", "value": "1", "disabled": "true"}
    ]);
    let request = read(&json!({"method": "GET", "url": "x", "headers": headers}));
    let enabled: Vec<bool> = request.headers.iter().map(|header| header.enabled).collect();
    assert_eq!(enabled, [true, false, false, true, false]);
}

#[test]
fn numbers_and_truths_are_read_as_texts() {
    let headers =
        json!([{"name": 5, "value": 7.5}, {"name": "on", "value": true}, {"name": "none", "value": null}]);
    let request = read(&json!({"method": "GET", "url": 42, "headers": headers}));
    let pairs = request.headers.iter().map(|header| (header.name.as_str(), header.value.as_str()));
    assert_eq!(pairs.collect::<Vec<_>>(), [("5", "7.5"), ("on", "true"), ("none", "")]);
    assert_eq!(request.url, "42");
}

#[test]
fn empty_and_missing_sections_are_nothing() {
    let value = json!({
        "info": {"name": "A", "type": "http"},
        "http": {"method": "GET", "url": "x", "headers": null, "params": null, "body": null, "auth": null},
        "runtime": null, "settings": null, "docs": null
    });
    let read = read_request(&value).unwrap();
    assert_eq!(read.item.request.authorization, Authorization::None);
    assert_eq!(read.item.request.body, Body::None);
    assert_eq!(read.seq, None);
}

#[test]
fn headers_may_be_names_with_values_and_parameters_lists_by_type() {
    let params = json!({"query": [{"name": "q", "value": "1"}], "path": [{"name": "id", "value": 4}]});
    let request = read(&json!({"method": "GET", "url": "x", "headers": {"Accept": "a/b"}, "params": params}));
    assert_eq!(request.headers, [Field::new("Accept", "a/b")]);
    assert_eq!(request.parameters, [Field::new("q", "1")]);
    assert_eq!(request.path_parameters, [Field::new("id", "4")]);
}

#[test]
fn an_authorization_may_stand_below_its_own_name_or_under_runtime() {
    let login = Authorization::Login { username: "a".into(), password: "b".into() };
    let keys = json!({"username": "a", "password": "b"});
    for auth in [
        json!({"type": "basic", "basic": keys}),
        json!({"basic": keys}),
        json!({"mode": "basic", "basic": keys}),
    ] {
        assert_eq!(read(&json!({"method": "GET", "url": "x", "auth": auth})).authorization, login);
    }
    let mut early = file(&json!({"method": "GET", "url": "x"}));
    early["runtime"] = json!({"auth": {"type": "basic", "username": "a", "password": "b"}});
    assert_eq!(read_request(&early).unwrap().item.request.authorization, login);
}

#[test]
fn an_api_key_says_where_it_goes_in_both_words() {
    for (word, placement) in [
        ("query", ApiKeyPlacement::Query),
        ("queryparams", ApiKeyPlacement::Query),
        ("", ApiKeyPlacement::Header),
    ] {
        let auth = json!({"type": "apikey", "key": "k", "value": "v", "placement": word});
        let expected = Authorization::ApiKey { name: "k".into(), value: "v".into(), placement };
        assert_eq!(read(&json!({"method": "GET", "url": "x", "auth": auth})).authorization, expected);
    }
}

#[test]
fn docs_are_a_text_or_content_with_a_type() {
    for docs in [json!("# A"), json!({"content": "# A", "type": "text/markdown"})] {
        let mut request = file(&json!({"method": "GET", "url": "x"}));
        request["docs"] = docs.clone();
        assert_eq!(read_request(&request).unwrap().item.details.docs, "# A");
        assert_eq!(read_root(&json!({"opencollection": "1.0.0", "docs": docs})).unwrap().docs, "# A");
    }
}

#[test]
fn a_body_written_as_data_is_its_json() {
    let request = read(&json!({"method": "POST", "url": "x", "body": {"type": "json", "data": {"a": [1]}}}));
    assert_eq!(request.body, Body::Json { text: "{\n  \"a\": [\n    1\n  ]\n}".into() });
}

#[test]
fn of_variants_the_selected_one_counts() {
    let body = json!([
        {"title": "one", "body": {"type": "text", "data": "1"}},
        {"title": "two", "selected": true, "body": {"type": "text", "data": "2"}}
    ]);
    let request = read(&json!({"method": "POST", "url": "x", "body": body}));
    assert_eq!(request.body, Body::Text { text: "2".into() });
    let values = json!([{"title": "one", "value": "1"}, {"title": "two", "value": "2", "selected": true}]);
    let environment = json!({"name": "dev", "variables": [
        {"name": "a", "value": values},
        {"name": "b", "value": {"type": "number", "data": "5"}}
    ]});
    let variables = read_environment(&environment).unwrap().variables;
    assert_eq!([variables[0].value.as_str(), variables[1].value.as_str()], ["2", "5"]);
}

#[test]
fn an_entry_with_several_files_is_a_part_for_each() {
    let data = json!([{"name": "f", "type": "file", "value": ["a.txt", "b.txt"]}, {"name": "g", "type": "file", "value": "c"}]);
    let request =
        read(&json!({"method": "POST", "url": "x", "body": {"type": "multipart-form", "data": data}}));
    let Body::Multipart { parts } = request.body else { panic!("no parts") };
    let paths = parts.iter().map(|part| match &part.content {
        PartContent::File { path } => path.to_string_lossy().into_owned(),
        PartContent::Text { .. } => String::new(),
    });
    assert_eq!(paths.collect::<Vec<_>>(), ["a.txt", "b.txt", "c"]);
}

#[test]
fn what_is_unknown_changes_nothing_that_is_written() {
    let plain = file(&json!({"method": "GET", "url": "x"}));
    let mut odd = plain.clone();
    odd["x-other"] = json!({"a": 1});
    odd["examples"] = json!([{"name": "one"}]);
    odd["http"]["x"] = json!(1);
    odd["runtime"] = json!({"actions": [{"type": "set-variable"}]});
    odd["settings"] = json!({"encodeUrl": false, "maxRedirects": "", "timeout": "inherit"});
    let written = |value: &Value| request_value(&read_request(value).unwrap());
    assert_eq!(written(&plain), written(&odd));
}

#[test]
fn a_folder_without_authorization_asks_the_one_above_and_a_collection_sends_nothing() {
    let folder = json!({"info": {"name": "F"}});
    assert_eq!(read_folder(&folder).unwrap().item.authorization, Authorization::Inherit);
    let none = json!({"info": {"name": "F"}, "request": {"auth": "none"}});
    assert_eq!(read_folder(&none).unwrap().item.authorization, Authorization::None);
    let root = json!({"opencollection": "1.0.0", "config": {"proxy": {"config": {"port": ""}}}});
    assert_eq!(read_root(&root).unwrap().authorization, Authorization::None);
}

#[test]
fn a_limit_of_time_is_a_number_above_zero() {
    let limit = |timeout: Value| {
        let mut value = file(&json!({"method": "GET", "url": "x"}));
        value["settings"] = json!({"timeout": timeout});
        read_request(&value).unwrap().item.request.options.timeout_ms
    };
    assert_eq!(limit(json!(30_000)), Some(30_000));
    assert_eq!(limit(json!("500")), Some(500));
    assert_eq!(limit(json!(1e300)), Some(u32::MAX));
    assert_eq!([limit(json!(0)), limit(json!(-5)), limit(json!("inherit")), limit(json!(null))], [None; 4]);
}
