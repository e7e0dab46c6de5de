use serde_json::json;

use super::*;

fn entry(method: &str, url: &str, rest: Value) -> Value {
    let mut request = json!({"method": method, "url": url, "headers": [
        {"name": ":authority", "value": "shop.example"}, {"name": "Sec-Fetch-Mode", "value": "cors"},
        {"name": "Accept-Encoding", "value": "gzip"}, {"name": "X-Shop", "value": "1"}]});
    if let (Value::Object(request), Value::Object(rest)) = (&mut request, rest) {
        request.extend(rest);
    }
    json!({"request": request, "response": {"status": 200, "content": {"text": "x"}}})
}

fn archive(entries: &[Value]) -> Import {
    read(&json!({"log": {"version": "1.2", "entries": entries}})).unwrap()
}

fn requests(items: &[Item]) -> Vec<&RequestItem> {
    let one = |item: &'_ Item| match item {
        Item::Request(request) => Some(request.as_ref().clone()),
        Item::Folder(..) => None,
    };
    items
        .iter()
        .filter(|item| one(item).is_some())
        .map(|item| match item {
            Item::Request(request) => request.as_ref(),
            Item::Folder(..) => unreachable!(),
        })
        .collect()
}

#[test]
fn one_host_makes_a_flat_list_in_the_order_recorded() {
    let import = archive(&[
        entry("GET", "https://shop.example/b?q=a%20b&n=1#top", json!({})),
        entry("GET", "https://shop.example/a?wsdl", json!({})),
    ]);
    let requests = requests(&import.collection.items);
    let names: Vec<&str> = requests.iter().map(|request| request.name.as_str()).collect();
    assert_eq!(names, ["GET /b", "GET /a"]);
    assert_eq!(requests[0].request.url, "https://shop.example/b");
    assert_eq!(requests[0].request.parameters, [Field::new("q", "a b"), Field::new("n", "1")]);
    assert_eq!(requests[1].request.url, "https://shop.example/a?wsdl");
    assert_eq!(requests[0].request.headers, [Field::new("X-Shop", "1")]);
}

#[test]
fn what_browsers_write_themselves_and_responses_are_summed_up() {
    let import = archive(&[
        entry("GET", "https://shop.example/", json!({})),
        entry("GET", "https://shop.example/", json!({})),
        json!({"request": {}}),
    ]);
    let told: Vec<&str> = import.losses.iter().map(|loss| loss.what.as_str()).collect();
    let expected = [
        "It has no URL and is left out.",
        "6 header fields browsers write themselves are left out.",
        "2 recorded responses are left out.",
    ];
    assert_eq!(told, expected);
}

#[test]
fn several_hosts_get_folders() {
    let import = archive(&[
        entry("GET", "https://shop.example/1", json!({})),
        entry("GET", "https://pay.example:8443/2", json!({})),
        entry("GET", "https://shop.example/3", json!({})),
    ]);
    let folders: Vec<(&str, usize)> = import
        .collection
        .items
        .iter()
        .map(|item| match item {
            Item::Folder(folder, items) => (folder.name.as_str(), items.len()),
            Item::Request(_) => ("", 0),
        })
        .collect();
    assert_eq!(folders, [("shop.example", 2), ("pay.example:8443", 1)]);
}

#[test]
fn bodies_are_read_by_their_media_type() {
    let posted = |data: Value| {
        let import = archive(&[entry("POST", "https://shop.example/", json!({"postData": data}))]);
        requests(&import.collection.items)[0].request.clone()
    };
    let json = posted(json!({"mimeType": "application/json; charset=utf-8", "text": "{}"}));
    assert_eq!(json.body, Body::Json { text: "{}".into() });
    let form = posted(json!({"mimeType": "application/x-www-form-urlencoded", "text": "a=1%262&b=x+y"}));
    assert_eq!(form.body, Body::Form { fields: vec![Field::new("a", "1&2"), Field::new("b", "x y")] });
    let form = posted(
        json!({"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "a", "value": "x%20y"}]}),
    );
    assert_eq!(form.body, Body::Form { fields: vec![Field::new("a", "x y")] });
    let parts = posted(
        json!({"mimeType": "multipart/form-data; boundary=x", "params": [{"name": "f", "fileName": "a.txt", "contentType": "text/plain"}]}),
    );
    let Body::Multipart { parts } = parts.body else { panic!("no parts") };
    assert_eq!(parts[0].content, PartContent::File { path: "a.txt".into() });
    let text = posted(json!({"mimeType": "text/csv", "text": "a;b"}));
    assert_eq!(text.headers.last().unwrap(), &Field::new("Content-Type", "text/csv"));
    assert_eq!(
        posted(json!({"mimeType": "image/png", "text": "AAAA", "encoding": "base64"})).body,
        Body::None
    );
}

#[test]
fn another_file_is_refused() {
    assert!(!is(&json!({"log": []})) && read(&json!({})).is_err());
}
