use std::process::Command;

use serde_json::Value;

use super::{NASTY, collection, fields, item, request};
use crate::collection::export::{curl, har};
use crate::collection::import;
use crate::collection::{FolderItem, Item};
use crate::http::{Authorization, Body, Field, Part, PartContent, Request};

/// The words a POSIX shell makes of a command.
fn words(command: &str) -> Vec<String> {
    let script = format!("set -- {command}\nfor word in \"$@\"; do printf '%s\\0' \"$word\"; done");
    let output = Command::new("sh").arg("-c").arg(script).env("my_var", "filled in").output().unwrap();
    assert!(output.status.success(), "{command}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

fn nasty(text: &str) -> Request {
    let mut nasty = request("POST", "https://h.example/a");
    nasty.headers = fields(&[("X-A", text), ("Content-Type", "text/plain")]);
    nasty.authorization = Authorization::Login { username: text.replace(':', ""), password: "{{p}}".into() };
    nasty.body = Body::Text { text: text.into() };
    nasty
}

#[test]
fn a_shell_reads_the_words_that_were_meant() {
    for text in NASTY {
        let words = words(&curl::command(&nasty(text)));
        assert!(words.contains(&format!("X-A: {text}")), "{words:?}");
        let data = words.iter().position(|word| word == "--data-raw").unwrap();
        assert_eq!(words[data + 1], text);
        assert_eq!(words.iter().filter(|word| word.starts_with("--")).count(), 6);
    }
}

#[test]
fn a_script_fills_in_the_variables_of_its_shell() {
    for text in NASTY {
        let text = text.replace("{{#if x}}", "");
        let mut with = nasty(&format!("{text}{{{{my var}}}}{text}"));
        with.authorization = Authorization::None;
        let script = curl::write(&collection(vec![item("R", with)])).text;
        let (_, command) = script.split_once("\n# R\n").unwrap();
        let words = words(command.trim_end());
        assert_eq!(words.last().unwrap(), &format!("{text}filled in{text}"));
    }
}

#[test]
fn a_name_with_line_breaks_stays_a_comment() {
    let script = curl::write(&collection(vec![item("a\nrm -r x", request("GET", "https://h.example"))])).text;
    assert!(script.lines().all(|line| line.is_empty() || line.starts_with('#') || line.starts_with("curl ")));
}

/// The request in the words of a command: no tables, the query in the URL.
fn meant(mut request: Request) -> Request {
    let rows = std::mem::take(&mut request.parameters);
    for row in rows.iter().filter(|row| row.enabled) {
        let between = if request.url.contains('?') { '&' } else { '?' };
        let encoded = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
        };
        request.url = format!("{}{between}{}={}", request.url, encoded(&row.name), encoded(&row.value));
    }
    for row in std::mem::take(&mut request.path_parameters) {
        request.url = request.url.replace(&format!(":{}", row.name), &row.value);
    }
    request.headers.retain(|field| field.enabled && !field.name.eq_ignore_ascii_case("content-type"));
    request
}

#[test]
fn a_command_reads_back_as_the_same_request() {
    let part = |name: &str, content| Part {
        name: name.into(),
        content,
        content_type: Some("text/xml".into()),
        enabled: true,
    };
    let bodies = NASTY.iter().flat_map(|text| {
        let text = (*text).to_owned();
        let text_part = PartContent::Text { text: text.clone() };
        let parts = vec![part("t", text_part), part("f", PartContent::File { path: "a b;c.xml".into() })];
        [
            Body::Json { text: format!("{{\"a\": {}}}", Value::from(text.clone())) },
            Body::Xml { text: format!("<a>{text}</a>") },
            Body::Text { text: text.clone() },
            Body::Sparql { text: text.clone() },
            Body::Form { fields: fields(&[("plain", &text), (&text, "&=x")]) },
            Body::Multipart { parts },
            Body::None,
        ]
    });
    for body in bodies {
        let mut whole = request("PUT", "https://h.example/orders/:id?x=1");
        whole.path_parameters = fields(&[("id", "4711")]);
        whole.parameters = fields(&[("q", "a&b c")]);
        whole.headers = fields(&[("X-A", "it's"), ("X-Empty", "")]);
        whole.headers.push(Field { enabled: false, ..Field::new("X-Off", "1") });
        whole.authorization = Authorization::Login { username: "anna".into(), password: "{{p}}".into() };
        whole.options.timeout_ms = Some(1500);
        whole.options.follow_redirects = Some(true);
        whole.body = body;
        let command = curl::command(&whole);
        let read = import::curl::read(&command).unwrap();
        assert_eq!(meant(read), meant(whole), "{command}");
    }
}

#[test]
fn a_script_is_imported_as_the_requests_it_was_made_of() {
    let mut posted = request("POST", "https://h.example/orders?x=1");
    posted.headers = fields(&[("X-Api-Key", "{{apiKey}}"), ("X-A", "it's")]);
    posted.body = Body::Json { text: "{\"a\": \"{{order}}\"}".into() };
    posted.authorization = Authorization::Login { username: "{{user}}".into(), password: "{{pin}}".into() };
    let mut form = request("PUT", "{{runtimeUrl}}/http/form");
    form.body = Body::Form { fields: fields(&[("a", "1&2"), ("b", "c d")]) };
    let read = request("GET", "{{runtimeUrl}}/http/orders");
    let folder = FolderItem { name: "Orders".into(), ..FolderItem::default() };
    let mut whole = collection(vec![item("Create order", posted), item("Form", form)]);
    whole.items.push(Item::Folder(folder, vec![Item::Request(Box::new(item("Read order", read)))]));
    let script = curl::write(&whole).text;
    assert!(import::curl::is_script(&script));
    let again = import::curl::read_file(&script).unwrap();
    assert_eq!(again.losses, []);
    let name_of = |item: &Item| match item {
        Item::Request(item) => item.name.clone(),
        Item::Folder(..) => "a folder".to_owned(),
    };
    let names: Vec<String> = again.collection.items.iter().map(name_of).collect();
    assert_eq!(names, ["Create order", "Form", "Read order"]);
    // Scripts know no folders; the commands are the same word for word.
    let commands = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    assert_eq!(commands(&curl::write(&again.collection).text), commands(&script));
}

#[test]
fn an_archive_has_the_shape_of_har_and_reads_back() {
    let mut posted = request("POST", "https://h.example/a?x=1");
    posted.parameters = fields(&[("q", "a b")]);
    posted.headers = fields(&[("X-A", "1")]);
    posted.body = Body::Form { fields: fields(&[("a", "1&2"), ("b", "{{c}}%")]) };
    let whole = collection(vec![item("R", posted.clone())]);
    let value: Value = serde_json::from_str(&har::write(&whole).text).unwrap();
    assert_eq!(
        (&value["log"]["version"], &value["log"]["creator"]["name"]),
        (&"1.2".into(), &"Sluice".into())
    );
    let entry = &value["log"]["entries"][0];
    for required in ["startedDateTime", "time", "request", "response", "cache", "timings"] {
        assert!(entry.get(required).is_some(), "{required}");
    }
    let required =
        ["method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"];
    assert!(required.iter().all(|name| entry["request"].get(*name).is_some()));
    assert_eq!(entry["request"]["url"], "https://h.example/a?x=1&q=a%20b");
    assert_eq!(entry["request"]["queryString"][1]["value"], "a b");
    let import = import::har::read(&value).unwrap();
    let Item::Request(read) = &import.collection.items[0] else { panic!("no request") };
    assert_eq!(read.request.body, posted.body);
    assert_eq!(read.request.parameters, fields(&[("x", "1"), ("q", "a b")]));
    assert_eq!(import.losses, []);
}

#[test]
fn what_curl_would_take_for_a_file_is_left_out_and_told() {
    let mut wanted = request("POST", "https://a.example");
    wanted.headers = fields(&[("@/etc/hosts", ""), ("X-Good", "1")]);
    let part = |name: &str| Part {
        name: name.to_owned(),
        content: PartContent::Text { text: "x".to_owned() },
        content_type: None,
        enabled: true,
    };
    wanted.body = Body::Multipart { parts: vec![part("a=@/etc/hosts"), part("b=</etc/hosts"), part("good")] };
    let export = curl::write(&collection(vec![item("Send", wanted.clone())]));
    for text in [export.text, curl::command(&wanted)] {
        assert!(!text.contains("/etc/hosts"), "{text}");
        assert!(text.contains("X-Good") && text.contains("good="), "{text}");
    }
    assert_eq!(export.losses.len(), 3, "{:?}", export.losses);
}
