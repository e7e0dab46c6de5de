use super::language::{Content, parse};
use super::*;
use crate::collection::{RequestItem, ScriptPhase};
use crate::http::{ApiKeyPlacement, Authorization, Body, ClientPlacement, Field, PartContent};

const ORDER: &str = r#"meta {
  name: Create order
  type: http
  seq: 2
  tags: [
    smoke
    a-b
  ]
}

post {
  url: {{runtimeUrl}}/http/orders/:id?sap-client=100
  body: multipartForm
  auth: oauth2
}

params:query {
  sap-client: 100
  @description('say "why"')
  ~"a:b \"c": x
}

params:path {
  id: 1
}

headers {
  @description('''
    two
    lines
  ''')
  X-A: '''
    multi
    }
  '''
}

auth:oauth2 {
  grant_type: client_credentials
  access_token_url: {{tokenUrl}}
  client_id: {{clientId}}
  client_secret: {{clientSecret}}
  scope: a b
  credentials_placement: body
}

body:json {
  {
    "a": "{{b}}"
  }
}

body:multipart-form {
  f: @file(a.pdf|b.pdf) @contentType(application/pdf)
  ~t: '''
    l1
    l2
  ''' @contentType(text/plain)
}

vars:pre-request {
  orderId: 4711
}

vars:post-response {
  last: res.body.id
}

assert {
  res.status: eq 200
  ~"res.body.a[\"x\"]": isDefined
}

script:pre-request {
  bru.setVar("a", 1);
  if (x) {
  }
}

tests {
  test("a", () => {
  });
}

settings {
  encodeUrl: true
  timeout: 1000
  followRedirects: false
}

docs {
  # Hi
  
  Text
}
"#;

fn files(named: &[(&str, &str)]) -> Vec<(String, String)> {
    named.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn one(text: &str) -> (RequestItem, Vec<crate::collection::Loss>) {
    let mut import = read(&files(&[("bruno.json", r#"{"name":"C"}"#), ("r.bru", text)])).unwrap();
    let Item::Request(item) = import.collection.items.remove(0) else { panic!("no request") };
    (*item, import.losses)
}

#[test]
fn a_request_keeps_everything_its_file_says() {
    let (item, losses) = one(ORDER);
    assert_eq!(item.name, "Create order");
    assert_eq!(item.details.tags, ["smoke", "a-b"]);
    assert_eq!(item.request.method, "POST");
    assert_eq!(item.request.url, "{{runtimeUrl}}/http/orders/:id");
    let odd = &item.request.parameters[1];
    assert_eq!((odd.name.as_str(), odd.enabled), ("a:b \"c", false));
    assert_eq!(odd.description.as_deref(), Some("say \"why\""));
    assert_eq!(item.request.path_parameters, [Field::new("id", "1")]);
    assert_eq!(item.request.headers[0].value, "multi\n}");
    assert_eq!(item.request.headers[0].description.as_deref(), Some("two\nlines"));
    assert_eq!(item.request.options.timeout_ms, Some(1000));
    assert_eq!(item.request.options.follow_redirects, Some(false));
    assert_eq!(item.details.docs, "# Hi\n\nText");
    assert_eq!(item.details.variables[0].value, "4711");
    assert_eq!(item.details.scripts[0].code, "bru.setVar(\"a\", 1);\nif (x) {\n}");
    assert_eq!(item.details.scripts[1].phase, ScriptPhase::Tests);
    assert_eq!(item.details.scripts[2].code, "bru.setVar(\"last\", res.body.id);");
    assert_eq!(item.details.assertions[1].expression, "res.body.a[\"x\"]");
    assert!(!item.details.assertions[1].enabled);
    assert_eq!(losses.len(), 1, "{losses:?}");
    assert!(losses[0].what.contains("`json` body"));
}

#[test]
fn parts_keep_files_and_content_types() {
    let (item, _) = one(ORDER);
    let Body::Multipart { parts } = item.request.body else { panic!() };
    assert_eq!(parts[1].content, PartContent::File { path: "b.pdf".into() });
    assert_eq!(parts[2].content, PartContent::Text { text: "l1\nl2".into() });
    assert_eq!(parts[2].content_type.as_deref(), Some("text/plain"));
    assert!(!parts[2].enabled);
}

#[test]
fn client_credentials_are_read() {
    let (item, _) = one(ORDER);
    let Authorization::ClientCredentials { token_url, placement, scope, .. } = item.request.authorization
    else {
        panic!()
    };
    assert_eq!(
        (token_url.as_str(), scope.as_str(), placement),
        ("{{tokenUrl}}", "a b", ClientPlacement::Body)
    );
}

#[test]
fn every_sendable_authorization_is_read() {
    let with = |mode: &str, block: &str| {
        one(&format!("get {{\n  url: u\n  auth: {mode}\n}}\nauth:{mode} {{\n{block}}}\n"))
            .0
            .request
            .authorization
    };
    assert_eq!(
        with("basic", "  username: u\n  password: a:b\n"),
        Authorization::Login { username: "u".into(), password: "a:b".into() }
    );
    assert_eq!(with("bearer", "  token: {{t}}\n"), Authorization::Token { token: "{{t}}".into() });
    assert_eq!(
        with("apikey", "  key: k\n  value: v\n  placement: queryparams\n"),
        Authorization::ApiKey { name: "k".into(), value: "v".into(), placement: ApiKeyPlacement::Query }
    );
    assert!(matches!(with("digest", "  username: u\n"), Authorization::Digest { .. }));
    assert_eq!(with("ntlm", "  username: u\n"), Authorization::Other { name: "ntlm".into() });
    assert_eq!(with("inherit", ""), Authorization::Inherit);
    assert_eq!(with("none", ""), Authorization::None);
}

#[test]
fn folders_and_the_collection_pass_on_what_their_files_say() {
    let import = read(&files(&[
        ("bruno.json", r#"{"version":"1","name":"Shop","type":"collection"}"#),
        (
            "collection.bru",
            "headers {\n  A: 1\n}\n\nauth {\n  mode: bearer\n}\n\nauth:bearer {\n  token: {{t}}\n}\n",
        ),
        ("orders/folder.bru", "meta {\n  name: Orders\n  seq: 2\n}\n\nvars:pre-request {\n  x: 1\n}\n"),
        ("orders/deep/b.bru", "meta {\n  name: B\n  seq: 2\n}\nget {\n  url: u\n}\n"),
        ("orders/deep/a.bru", "meta {\n  name: Z\n  seq: 1\n}\nget {\n  url: u\n}\n"),
        ("first/folder.bru", "meta {\n  name: First\n  seq: 1\n}\n"),
    ]))
    .unwrap();
    let root = &import.collection.root;
    assert_eq!(
        (root.name.as_str(), &root.authorization),
        ("Shop", &Authorization::Token { token: "{{t}}".into() })
    );
    assert_eq!(root.headers, [Field::new("A", "1")]);
    let Item::Folder(first, _) = &import.collection.items[0] else { panic!() };
    assert_eq!(first.name, "First");
    let Item::Folder(orders, inner) = &import.collection.items[1] else { panic!() };
    assert_eq!((orders.name.as_str(), &orders.authorization), ("Orders", &Authorization::Inherit));
    assert_eq!(orders.variables[0].name, "x");
    let Item::Folder(deep, requests) = &inner[0] else { panic!() };
    assert_eq!(deep.name, "deep");
    let Item::Request(z) = &requests[0] else { panic!() };
    assert_eq!(z.name, "Z");
    assert_eq!(import.losses, []);
}

#[test]
fn environments_keep_secret_names_and_long_values() {
    let import = read(&files(&[
        ("bruno.json", "{}"),
        (
            "environments/dev.bru",
            "vars {\n  @description('d')\n  a: http://x:1\n  ~m: '''\n    l1\n      l2\n  '''\n}\nvars:secret [\n  s,\n  ~s2\n]\ncolor: #00ff00\n",
        ),
    ]))
    .unwrap();
    let dev = &import.collection.environments[0];
    assert_eq!((dev.name.as_str(), dev.color.as_deref()), ("dev", Some("#00ff00")));
    assert_eq!(dev.variables[0].value, "http://x:1");
    assert_eq!(dev.variables[0].description.as_deref(), Some("d"));
    assert_eq!((dev.variables[1].value.as_str(), dev.variables[1].enabled), ("l1\n  l2", false));
    assert!(dev.variables[2].secret && dev.variables[2].enabled);
    assert_eq!((dev.variables[3].name.as_str(), dev.variables[3].enabled), ("s2", false));
}

#[test]
fn a_broken_file_is_told_with_its_line_and_keeps_its_text() {
    let (item, losses) = one("meta {\n  name: x\n}\n\nget {\n  no pair\n}\n");
    assert_eq!(item.name, "r");
    assert!(item.details.docs.contains("no pair"));
    assert_eq!(losses[0].place, "r");
    assert!(losses[0].what.starts_with("`r.bru`, line 6:"), "{losses:?}");
}

#[test]
fn unclosed_blocks_and_texts_name_the_line_they_start_on() {
    assert_eq!(parse("a {\n  b: c\n").unwrap_err().line, 1);
    assert_eq!(parse("\na {\n  b: '''\n    x\n}\n").unwrap_err().line, 3);
    assert_eq!(parse("docs {\n  x\n").unwrap_err().line, 1);
    assert_eq!(parse("???\n").unwrap_err().line, 1);
    assert_eq!(parse("tags [\n  a\n").unwrap_err().line, 1);
}

#[test]
fn windows_line_ends_and_umlauts_are_read() {
    let blocks = parse("\u{feff}docs {\r\n  ä\r\n  } ö\r\n}\r\n").unwrap();
    assert_eq!(blocks[0].content, Content::Text("ä\n} ö".into()));
}

#[test]
fn files_that_are_no_requests_and_unknown_blocks_are_told() {
    let import = read(&files(&[
        ("bruno.json", "{}"),
        ("lib.js", "x"),
        ("a.bru", "get {\n  url: u\n}\n\nnew:thing {\n  a: b\n}\n"),
        ("g.bru", "meta {\n  name: G\n  type: grpc\n}\n\ngrpc {\n  url: u\n}\n"),
    ]))
    .unwrap();
    let told: Vec<&str> = import.losses.iter().map(|loss| loss.what.as_str()).collect();
    assert!(told.iter().any(|what| what.contains("lib.js")));
    assert!(told.iter().any(|what| what.contains("new:thing")));
    assert!(told.iter().any(|what| what.contains("grpc")));
    assert_eq!(import.collection.items.len(), 1);
}

#[test]
fn very_deep_folders_end_with_a_note() {
    let path = format!("{}r.bru", "a/".repeat(5000));
    let import = read(&files(&[("bruno.json", "{}"), (&path, "get {\n  url: u\n}\n")])).unwrap();
    assert!(import.losses[0].what.contains("nested too deeply"));
}

#[test]
fn a_folder_of_something_else_is_refused() {
    let refused = read(&files(&[("a.txt", "x")])).err().unwrap();
    assert!(refused.message.contains("bruno.json"));
    assert!(!is(&files(&[("bruno.json", "{}"), ("opencollection.yml", "")])));
}
