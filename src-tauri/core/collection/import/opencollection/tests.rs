use serde_json::json;

use super::*;
use crate::http::Body;

#[test]
fn items_folders_and_environments_are_read() {
    let import = read(&json!({
        "opencollection": "1.0.0",
        "info": {"name": "Shop"},
        "config": {"environments": [{"name": "dev", "variables": [{"name": "u", "value": "https://x.test"}]}],
                   "clientCertificates": [{"domain": "x.test", "type": "pem"}]},
        "items": [
            {"info": {"name": "Later", "type": "http", "seq": 2}, "http": {"method": "GET", "url": "{{u}}"}},
            {"info": {"name": "Orders", "type": "folder", "seq": 1}, "request": {"headers": [{"name": "A", "value": "1"}]},
             "items": [{"info": {"name": "Create", "type": "http"}, "http": {"method": "POST", "url": "{{u}}/o",
                        "body": {"type": "json", "data": "{}"}}}]},
            {"info": {"name": "Stream", "type": "websocket"}, "websocket": {"url": "wss://x.test"}}
        ],
        "bundled": true
    }))
    .unwrap();
    assert_eq!(import.collection.root.name, "Shop");
    assert_eq!(import.collection.environments[0].variables[0].value, "https://x.test");
    let Item::Folder(orders, inner) = &import.collection.items[0] else { panic!("no folder first") };
    assert_eq!(orders.headers[0].name, "A");
    let Item::Request(create) = &inner[0] else { panic!("no request") };
    assert_eq!(create.request.body, Body::Json { text: "{}".into() });
    let places: Vec<&str> = import.losses.iter().map(|loss| loss.place.as_str()).collect();
    assert_eq!(places, ["Collection", "Stream"]);
}

#[test]
fn another_version_and_another_file_are_refused() {
    assert!(read(&json!({"opencollection": "2.0", "items": []})).err().unwrap().message.contains("2.0"));
    assert!(read(&json!({"info": {}})).is_err());
}

#[test]
fn deep_nesting_ends_with_a_note() {
    let mut value = json!({"info": {"name": "r", "type": "http"}, "http": {"url": "u"}});
    for _ in 0..300 {
        value = json!({"info": {"name": "f", "type": "folder"}, "items": [value]});
    }
    let import = read(&json!({"opencollection": "1.0.0", "info": {"name": "C"}, "items": [value]})).unwrap();
    assert!(import.losses.iter().any(|loss| loss.what.contains("nested too deeply")));
}
