//! Other tools' formats at the terminal: imports with their reports, and exports.

use serde_json::{Value, json};

use crate::support::{Collection, Terminal, shared};

fn postman() -> Value {
    json!({
        "info": {
            "name": "Orders",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
        },
        "item": [
            { "name": "Checks", "item": [{
                "name": "Who am I",
                "request": { "method": "GET", "url": { "raw": "{{runtimeUrl}}/http/whoami" } },
                "event": [{ "listen": "test", "script": { "exec": ["pm.test('ok', () => {});"] } }]
            }] },
            { "name": "Read stock", "request": {
                "method": "GET",
                "header": [{ "key": "X-Stock", "value": "{{apiKey}}" }],
                "url": { "raw": "{{runtimeUrl}}/http/echo" }
            } },
            { "name": "Create order", "request": {
                "method": "POST",
                "header": [{ "key": "X-Mine", "value": "one" }, { "key": "X-Off", "value": "two", "disabled": true }],
                "body": { "mode": "raw", "raw": "{\"a\": 1}", "options": { "raw": { "language": "json" } } },
                "url": { "raw": "{{runtimeUrl}}/http/echo?a=1", "query": [{ "key": "a", "value": "1" }] },
                "auth": { "type": "basic", "basic": [
                    { "key": "username", "value": "reader" }, { "key": "password", "value": "planted-password" }
                ] }
            } }
        ],
        "auth": { "type": "oauth2", "oauth2": [
            { "key": "grant_type", "value": "client_credentials" },
            { "key": "accessTokenUrl", "value": "{{tokenUrl}}" },
            { "key": "clientId", "value": "{{clientId}}" },
            { "key": "clientSecret", "value": "{{clientSecret}}" }
        ] }
    })
}

fn environment() -> Value {
    json!({ "name": "dev", "_postman_variable_scope": "environment", "values": [
        { "key": "customer", "value": "4711", "enabled": true },
        { "key": "apiKey", "value": "planted-api-key", "type": "secret", "enabled": true }
    ] })
}

fn import(terminal: &Terminal, words: &[&str]) -> crate::support::Run {
    terminal.run(&[&["import"], words].concat())
}

#[test]
fn a_postman_collection_with_its_environment_becomes_files_that_can_be_sent() {
    let terminal = Terminal::new();
    terminal.file("orders.json", postman().to_string());
    terminal.file("dev.json", environment().to_string());
    let run =
        import(&terminal, &["orders.json", "dev.json", "--into", "orders", "--without-secrets"]).ends(0);
    assert!(run.stdout.contains("3 requests, 1 folder, 1 environment"), "{run:?}");
    assert!(run.stdout.contains("1 script"), "{run:?}");
    terminal.run(&["check", "orders"]).ends(0);
    let (key, authority) = (shared().file("secret.json"), shared().authority());
    let words =
        ["send", "orders/Checks/Who am I.yml", "--env", "dev", "--service-key", &key, "--cacert", &authority];
    let answer = terminal.run(&words).ends(0).json();
    assert_eq!(answer["clientId"], shared().key("secret")["oauth"]["clientid"]);
}

#[test]
fn secrets_of_an_import_go_to_the_keyring_and_into_no_file() {
    let terminal = Terminal::new();
    terminal.file("orders.json", postman().to_string());
    terminal.file("dev.json", environment().to_string());
    let run = import(&terminal, &["orders.json", "dev.json", "--into", "orders"]).ends(0);
    assert!(run.stdout.contains("In the keyring: "), "{run:?}");
    let collection = Collection { folder: terminal.path("orders") };
    for (file, bytes) in collection.files() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("planted-"), "{}: {text}", file.display());
    }
    let (key, authority) = (shared().file("secret.json"), shared().authority());
    let tenant = ["key", "import", &key, "--tenant", "acme-dev", "--stage", "dev"];
    terminal.run(&tenant).ends(0);
    let words = [
        "send",
        "orders/Read stock.yml",
        "--env",
        "dev",
        "--tenant",
        "acme-dev",
        "--cacert",
        &authority,
        "--json",
    ];
    let run = terminal.run(&words).ends(0);
    let body = run.json()["body"].to_string();
    assert!(body.contains("planted-api-key"), "the flow got the value: {body}");
    let record = run.json()["exchange"].to_string();
    assert!(!record.contains("planted-api-key"), "the record does not show it: {record}");
    terminal.run(&["tenant", "remove", "acme-dev", "--yes"]).ends(0);
}

#[test]
fn a_dry_run_writes_nothing() {
    let terminal = Terminal::new();
    terminal.file("orders.json", postman().to_string());
    let run = import(&terminal, &["orders.json", "--dry-run"]).ends(0);
    assert!(run.stdout.starts_with("Would import Orders"), "{run:?}");
    assert!(!terminal.path("orders").exists());
}

#[test]
fn a_postman_collection_comes_back_as_it_was() {
    let terminal = Terminal::new();
    terminal.file("orders.json", postman().to_string());
    import(&terminal, &["orders.json", "--into", "orders", "--without-secrets"]).ends(0);
    let back = terminal.run(&["export", "orders", "--format", "postman"]).ends(0).json();
    let sent = postman();
    assert_eq!(back["info"]["name"], "Orders");
    assert_eq!(names(&back), ["Checks", "Read stock", "Create order"], "the order stays");
    let (there, here) = (&back["item"][0]["item"][0], &sent["item"][0]["item"][0]);
    assert_eq!(there["name"], "Who am I");
    assert_eq!(there["event"][0]["listen"], "test");
    assert_eq!(there["event"][0]["script"]["exec"], here["event"][0]["script"]["exec"]);
    for place in 1..3 {
        let (there, here) = (&back["item"][place]["request"], &sent["item"][place]["request"]);
        assert_eq!(there["method"], here["method"]);
        assert_eq!(there["url"]["raw"], here["url"]["raw"]);
        assert_eq!(rows(&there["header"]), rows(&here["header"]));
        assert_eq!(rows(&there["url"]["query"]), rows(&here["url"]["query"]));
        assert_eq!(there["body"]["raw"], here["body"]["raw"]);
    }
    let auth = &back["item"][2]["request"]["auth"];
    assert_eq!(auth["type"], "basic");
    assert_eq!(entries(&auth["basic"])["username"], "reader");
    assert_eq!(entries(&auth["basic"])["password"], "{{password}}", "a variable stands for the secret");
    let above = entries(&back["auth"]["oauth2"]);
    for (name, value) in entries(&sent["auth"]["oauth2"]) {
        assert_eq!(above.get(&name), Some(&value), "{name}");
    }
}

fn names(collection: &Value) -> Vec<&str> {
    collection["item"]
        .as_array()
        .expect("as Postman writes it")
        .iter()
        .map(|item| item["name"].as_str().expect("as Postman writes it"))
        .collect()
}

/// Names, values and whether they are off.
fn rows(list: &Value) -> Vec<(Value, Value, bool)> {
    let row = |row: &Value| (row["key"].clone(), row["value"].clone(), row["disabled"] == true);
    list.as_array().into_iter().flatten().map(row).collect()
}

fn entries(list: &Value) -> std::collections::BTreeMap<String, Value> {
    let entry =
        |row: &Value| (row["key"].as_str().expect("as Postman writes it").to_owned(), row["value"].clone());
    list.as_array().expect("as Postman writes it").iter().map(entry).collect()
}

#[test]
fn a_collection_is_written_in_every_format() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    for (format, words) in [
        ("postman", "collection/v2.1.0"),
        ("curl", "curl"),
        ("hurl", "POST {{runtimeUrl}}/http/echo"),
        ("har", "\"version\": \"1.2\""),
        ("opencollection", "opencollection: 1.0.0"),
    ] {
        let run = terminal.run(&["export", &collection.path(""), "--format", format]).ends(0);
        assert!(run.stdout.contains(words), "{format}: {run:?}");
        assert!(run.stdout.contains("Create order"), "{format}: {run:?}");
    }
    let file = terminal.path("one.sh");
    let one = collection.path("Orders/Order status.yml");
    terminal.run(&["export", &one, "--format", "curl", "-o", file.to_str().unwrap()]).ends(0);
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("/http/echo/") && !text.contains("Create order"), "{text}");
}

#[test]
fn what_was_exported_bundled_is_imported_again() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    let bundle = terminal.path("orders.yml");
    let bundle = bundle.to_str().unwrap();
    terminal.run(&["export", &collection.path(""), "--format", "opencollection", "-o", bundle]).ends(0);
    import(&terminal, &[bundle, "--into", "again"]).ends(0);
    let again = Collection { folder: terminal.path("again") };
    assert!(again.text("Orders/Order status.yml").contains("/http/echo/:order"));
    assert!(again.text("environments/dev.yml").contains("from dev"));
}

#[test]
fn what_cannot_be_imported_is_told_and_nothing_is_written() {
    let terminal = Terminal::new();
    let old =
        json!({ "info": { "name": "x", "schema": "https://schema.getpostman.com/json/collection/v1.0.0/" } });
    terminal.file("old.json", old.to_string());
    terminal.file("text.txt", "hello");
    terminal.file("broken.json", "{\"info\": ");
    terminal.file("latin.json", b"{\"name\": \"caf\xe9\"}");
    for (file, words) in [
        ("old.json", "2.1"),
        ("text.txt", "text.txt"),
        ("broken.json", "line 1"),
        ("latin.json", "UTF-8"),
        ("missing.json", "missing.json"),
    ] {
        import(&terminal, &[file, "--into", "target"]).ends(2).says(words);
        assert!(!terminal.path("target").exists(), "{file}");
    }
    let key = shared().file("secret.json");
    import(&terminal, &[&key, "--into", "target"]).ends(2).says("service key");
}

#[test]
fn an_import_never_writes_over_files() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    terminal.file("orders.json", postman().to_string());
    let before = collection.files();
    import(&terminal, &["orders.json", "--into", "orders"]).ends(2).says("orders");
    assert_eq!(before, collection.files());
}

#[test]
fn environments_alone_join_a_collection() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    let mut environment = environment();
    environment["name"] = json!("quality");
    terminal.file("quality.json", environment.to_string());
    import(&terminal, &["quality.json", "--into", "orders", "--without-secrets"]).ends(0);
    assert!(collection.text("environments/quality.yml").contains("4711"));
    assert!(!collection.text("environments/quality.yml").contains("planted"));
}

#[test]
fn a_curl_command_in_a_file_is_imported() {
    let terminal = Terminal::new();
    terminal.file(
        "call.sh",
        "curl -X PUT 'https://example.com/http/orders?a=1' \\\n  -H 'X-Mine: one' -d '{\"a\":1}'\n",
    );
    import(&terminal, &["call.sh", "--into", "orders"]).ends(0);
    let collection = Collection { folder: terminal.path("orders") };
    let text = collection.text("orders.yml");
    for said in ["method: PUT", "https://example.com/http/orders?a=1", "X-Mine", "one", "{\"a\":1}"] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn what_was_exported_as_curl_is_imported_again_and_exported_the_same() {
    let terminal = Terminal::new();
    terminal.file("orders.json", postman().to_string());
    import(&terminal, &["orders.json", "--into", "orders", "--without-secrets"]).ends(0);
    let commands = |folder: &str| {
        let script = terminal.run(&["export", folder, "--format", "curl"]).ends(0).stdout;
        let lines = script.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        (lines.map(str::to_owned).collect::<Vec<_>>(), script)
    };
    let (before, script) = commands("orders");
    terminal.file("orders.sh", script);
    let run = import(&terminal, &["orders.sh", "--into", "again"]).ends(0);
    assert!(run.stdout.contains("3 requests"), "{run:?}");
    assert_eq!(commands("again").0, before);
}

#[test]
fn an_import_fills_the_folder_one_stands_in() {
    let terminal = Terminal::new();
    let file = terminal.file("call.sh", "curl https://example.com/http/orders");
    let empty = tempfile::tempdir().unwrap();
    let words = ["import", file.to_str().unwrap(), "--into", "."];
    let done = terminal.command(&words).current_dir(empty.path()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(empty.path().join("opencollection.yml").is_file());
}
