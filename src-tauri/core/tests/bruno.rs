//! What Sluice writes Bruno keeps, and what Bruno writes Sluice keeps: proven with Bruno's own reader and writer.
//! `./dev setup` installs them into `tests/interop`; without them there is nothing to prove.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may panic, and says why it proves nothing"
)]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use sluice_core::collection::format::{
    FolderFile, RequestFile, before_change, environment_value, folder_value, read_environment, read_folder,
    read_request, read_root, request_value, root_value,
};
use sluice_core::collection::yaml::{Document, emit};
use sluice_core::collection::{
    Assertion, Environment, FolderItem, RequestDetails, RequestItem, Script, ScriptPhase, Variable,
};
use sluice_core::http::{
    ApiKeyPlacement, Authorization, Body, ClientPlacement, CsrfMode, Field, Part, PartContent, Request,
    RequestOptions,
};

/// Bruno's reader and writer in a process of its own.
struct Bruno {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// What Bruno writes after reading a file.
struct Written {
    text: String,
    content: Value,
}

impl Bruno {
    fn start() -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/interop");
        if !folder.join("node_modules/@usebruno/filestore").exists() {
            let session = std::env::var_os("SLUICE_TEST_SESSION");
            assert_eq!(session, None, "./dev test installs Bruno's packages first");
            eprintln!("Bruno's packages are not installed; ./dev setup does it.");
            return None;
        }
        let mut node = Command::new("node");
        node.arg(folder.join("bruno.mjs")).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = node.spawn().ok()?;
        let (questions, answers) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        Some(Self { child, questions, answers })
    }

    fn writes_again(&mut self, kind: &str, text: &str) -> Written {
        writeln!(self.questions, "{}", json!({"kind": kind, "text": text})).unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer.get("error"), None, "Bruno cannot read {text}");
        Written { text: answer["text"].as_str().unwrap().to_owned(), content: answer["content"].clone() }
    }

    /// Bruno keeps every key and the keys' order.
    fn keeps(&mut self, kind: &str, value: &Value) {
        assert_eq!(self.writes_again(kind, &value.to_string()).content.to_string(), value.to_string());
    }
}

impl Drop for Bruno {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn request(name: &str, authorization: Authorization, body: Body) -> RequestFile {
    let request = Request {
        method: "POST".into(),
        url: "{{runtimeUrl}}/http/orders/:id".into(),
        parameters: Vec::new(),
        path_parameters: Vec::new(),
        headers: Vec::new(),
        body,
        authorization,
        csrf: CsrfMode::Auto,
        options: RequestOptions::default(),
    };
    let item = RequestItem { name: name.into(), request, details: RequestDetails::default() };
    RequestFile { item, seq: Some(1.0) }
}

fn authorizations() -> Vec<Authorization> {
    let credentials = |placement, scope: &str| Authorization::ClientCredentials {
        token_url: "{{apiTokenUrl}}".into(),
        client_id: "{{apiClientId}}".into(),
        client_secret: "{{apiClientSecret}}".into(),
        scope: scope.into(),
        placement,
    };
    let (username, password) = (String::from("anna"), String::from("{{password}}"));
    vec![
        Authorization::None,
        Authorization::Inherit,
        Authorization::Bearer { key: None },
        Authorization::Basic { key: None },
        Authorization::Login { username: username.clone(), password: password.clone() },
        Authorization::Digest { username, password },
        Authorization::Token { token: "{{token}}".into() },
        Authorization::ApiKey {
            name: "X-API-Key".into(),
            value: "{{key}}".into(),
            placement: ApiKeyPlacement::Query,
        },
        credentials(ClientPlacement::Header, ""),
        credentials(ClientPlacement::Body, "read write"),
    ]
}

fn bodies() -> Vec<Body> {
    let off = Field { enabled: false, description: Some("not now".into()), ..Field::new("b", "#2: x") };
    let text = |text: &str| PartContent::Text { text: text.into() };
    let part = |name: &str, content| Part { name: name.into(), content, content_type: None, enabled: true };
    let file = |path: &str| PartContent::File { path: path.into() };
    let xml =
        Part { content_type: Some("application/xml".into()), enabled: false, ..part("x", text("<a/>")) };
    vec![
        Body::None,
        Body::Json { text: "{\n  \"orderId\": \"4711\",\n\n  \"at\": \"{{$isoTimestamp}}\"\n}".into() },
        Body::Json { text: String::new() },
        Body::Xml { text: "<?xml version=\"1.0\"?>\n<a>ü</a>\n".into() },
        Body::Text { text: "  leading\n\ttab: #1\n\n\n".into() },
        Body::Sparql { text: "SELECT * WHERE { ?s ?p ?o }".into() },
        Body::Form { fields: vec![Field::new("a", "1"), off] },
        Body::Form { fields: Vec::new() },
        Body::Multipart {
            parts: vec![xml, part("f", file("a.txt")), part("f", file("b.txt")), part("t", text("y"))],
        },
        Body::File { path: "payloads/order.xml".into() },
    ]
}

fn full_request() -> RequestFile {
    let mut file = request("Create: order #1", Authorization::Bearer { key: None }, Body::None);
    let row = |name: &str, value: &str| Field::new(name, value);
    let request = &mut file.item.request;
    request.headers = vec![
        row("Content-Type", "application/json"),
        Field { enabled: false, description: Some("for later\nand ever".into()), ..row("X-Off", "true") },
        row("X-Number", "0123"),
        row("X-Empty", ""),
    ];
    request.parameters = vec![row("sap-client", "100"), Field { enabled: false, ..row("$top", "5") }];
    request.path_parameters = vec![row("id", "4711")];
    request.options =
        RequestOptions { timeout_ms: Some(30_000), follow_redirects: Some(false), ..Default::default() };
    file.item.details = RequestDetails {
        tags: vec!["smoke".into(), "2".into()],
        variables: vec![variable("orderId", "4711"), variable("empty", "")],
        scripts: vec![
            Script { phase: ScriptPhase::BeforeRequest, code: "const a = 1;\nconsole.log(a);".into() },
            Script { phase: ScriptPhase::Tests, code: "test('x', () => {});".into() },
        ],
        assertions: vec![assertion("eq", "200"), assertion("isDefined", "")],
        docs: "# Orders\n\nCreates one order.".into(),
    };
    file.seq = Some(1.5);
    file
}

fn assertion(operator: &str, value: &str) -> Assertion {
    Assertion {
        expression: "res.status".into(),
        operator: operator.into(),
        value: value.into(),
        enabled: true,
    }
}

fn variable(name: &str, value: &str) -> Variable {
    Variable { name: name.into(), value: value.into(), enabled: true, ..Variable::default() }
}

fn folder() -> FolderItem {
    FolderItem {
        name: "Orders".into(),
        headers: vec![Field::new("X-Folder", "orders")],
        authorization: Authorization::Inherit,
        variables: vec![variable("a", "1")],
        scripts: vec![Script { phase: ScriptPhase::AfterResponse, code: "b();".into() }],
        docs: "All about orders.\n\n- one".into(),
    }
}

fn environment() -> Environment {
    let secret =
        Variable { secret: true, description: Some("of the key".into()), ..variable("clientSecret", "") };
    let off = Variable { enabled: false, description: Some("old".into()), ..variable("old", "x: y") };
    let variables = vec![variable("tokenUrl", "https://acme.example/oauth/token"), secret, off];
    Environment { name: "acme-dev".into(), color: Some("#2f7d32".into()), variables }
}

fn requests() -> impl Iterator<Item = RequestFile> {
    let ways = authorizations().into_iter().map(|authorization| request("Way", authorization, Body::None));
    let bodies = bodies().into_iter().map(|body| request("Body", Authorization::None, body));
    ways.chain(bodies).chain([full_request()])
}

fn folders() -> impl Iterator<Item = FolderFile> {
    // Bruno cannot say that a folder sends nothing.
    let ways = authorizations().into_iter().filter(|way| *way != Authorization::None);
    ways.map(|authorization| FolderFile { item: FolderItem { authorization, ..folder() }, seq: Some(2.0) })
}

fn roots() -> impl Iterator<Item = FolderItem> {
    authorizations().into_iter().map(|authorization| FolderItem { authorization, ..folder() })
}

fn environments() -> [Environment; 2] {
    [environment(), Environment { name: "empty".into(), ..Environment::default() }]
}

#[test]
fn bruno_keeps_every_request_sluice_writes_and_sluice_reads_it_back() {
    let Some(mut bruno) = Bruno::start() else { return };
    for file in requests() {
        let value = request_value(&file);
        bruno.keeps("request", &value);
        assert_eq!(read_request(&value), Ok(file));
    }
}

#[test]
fn bruno_keeps_folders_collections_and_environments() {
    let Some(mut bruno) = Bruno::start() else { return };
    for file in folders() {
        let value = folder_value(&file);
        bruno.keeps("folder", &value);
        assert_eq!(read_folder(&value), Ok(file));
    }
    for item in roots() {
        let value = root_value(&item);
        bruno.keeps("root", &value);
        assert_eq!(read_root(&value), Ok(item));
    }
    for environment in environments() {
        let value = environment_value(&environment);
        bruno.keeps("environment", &value);
        assert_eq!(read_environment(&value), Ok(environment));
    }
}

#[test]
fn a_new_file_is_byte_for_byte_what_bruno_writes() {
    let Some(mut bruno) = Bruno::start() else { return };
    let requests = requests().map(|file| ("request", request_value(&file)));
    let folders = folders().map(|file| ("folder", folder_value(&file)));
    let roots = roots().map(|item| ("root", root_value(&item)));
    let environments = environments().map(|environment| ("environment", environment_value(&environment)));
    for (kind, value) in requests.chain(folders).chain(roots).chain(environments) {
        let text = emit(&value);
        assert_eq!(bruno.writes_again(kind, &value.to_string()).text, text);
        assert_eq!(bruno.writes_again(kind, &text).text, text);
    }
}

#[test]
fn what_bruno_writes_is_read_and_an_edit_changes_its_lines_only() {
    let Some(mut bruno) = Bruno::start() else { return };
    let written = bruno.writes_again("request", &foreign_request().to_string()).text;
    let document = Document::parse(written.as_bytes()).unwrap();
    let file = read_request(document.value()).unwrap();
    assert_eq!(changed(&document, &file, &file), written);

    let mut edited = file.clone();
    edited.item.name = "Renamed".into();
    edited.item.request.headers[0].value = "text/plain".into();
    let text = changed(&document, &file, &edited);
    let expected =
        written.replace("name: Foreign", "name: Renamed").replace("value: a/b", "value: text/plain");
    assert_eq!(text, expected);
    assert_eq!(bruno.writes_again("request", &text).text, text);

    edited.item.request.authorization = Authorization::Token { token: "{{token}}".into() };
    let text = changed(&document, &file, &edited);
    assert!(!text.contains("secretAccessKey"), "{text}");
    assert_eq!(bruno.writes_again("request", &text).text, text);
}

fn changed(document: &Document, from: &RequestFile, to: &RequestFile) -> String {
    let after = request_value(to);
    document.patched(&before_change(document.value(), request_value(from), &after), &after)
}

/// With everything the model does not hold.
fn foreign_request() -> Value {
    json!({
        "info": {"name": "Foreign", "type": "http", "seq": 3, "tags": ["a"], "description": "kept"},
        "http": {
            "method": "GET",
            "url": "https://host.example/a?x=1",
            "headers": [{"name": "Accept", "value": "a/b"}],
            "params": [{"name": "x", "value": "1", "type": "query"}],
            "auth": {"type": "awsv4", "accessKeyId": "{{id}}", "secretAccessKey": "{{key}}", "region": "eu"}
        },
        "runtime": {
            "actions": [{
                "type": "set-variable",
                "phase": "after-response",
                "selector": {"expression": "res.body.id", "method": "jsonq"},
                "variable": {"name": "id", "scope": "runtime"}
            }]
        },
        "settings": {"encodeUrl": false, "timeout": "inherit", "followRedirects": true, "maxRedirects": 9},
        "examples": [{"name": "one", "request": {"url": "x", "method": "GET"}, "response": {"status": 200}}],
        "docs": "one line"
    })
}

#[test]
fn what_a_file_left_out_is_added_when_it_is_edited() {
    let document = Document::parse(b"info:\n  name: A # mine\n  type: folder\n\ndocs: old\n").unwrap();
    let file = read_folder(document.value()).unwrap();
    let mut edited = file.clone();
    edited.item.authorization = Authorization::Token { token: "{{token}}".into() };
    edited.item.docs = "new".into();
    let after = folder_value(&edited);
    let text = document.patched(&before_change(document.value(), folder_value(&file), &after), &after);
    assert!(text.contains("name: A # mine"), "{text}");
    let again = Document::parse(text.as_bytes()).unwrap();
    assert_eq!(read_folder(again.value()), Ok(edited), "{text}");
}
