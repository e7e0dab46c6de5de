//! What the window calls through the dispatcher: imports that are tested before they are saved, changes, drafts, settings.

use std::io::Write as _;
use std::time::Duration;

use serde_json::{Value, json};
use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::{Door, KeyText, RequestSend, dispatch};
use sluice_core::secret::Secret;
use sluice_core::workbench::{Options, SandboxKey, Storage, Workbench};

use crate::support::shared;

fn open(storage: Storage) -> Workbench {
    let keyring_patience = Duration::from_secs(10);
    Workbench::open(Options {
        door: sluice_core::operation::Door::Window,
        storage,
        keyring_patience,
        authorities: Vec::new(),
        process: std::collections::BTreeMap::new(),
    })
    .expect("it opens")
}

async fn attach(workbench: &Workbench) -> Value {
    let key =
        |name: &str| SandboxKey { name: name.to_owned(), text: Secret::new(shared().key(name).to_string()) };
    let keys = vec![key("secret"), key("certificate"), key("api-secret")];
    let tenant =
        workbench.sandbox_attach(shared().sandbox.authority_pem(), keys).await.expect("it is attached");
    serde_json::to_value(tenant).expect("JSON")
}

async fn call(workbench: &Workbench, name: &str, input: Value) -> Result<Value> {
    dispatch(workbench, Door::Window, name, input).await
}

async fn refused(workbench: &Workbench, name: &str, input: Value) -> Error {
    call(workbench, name, input).await.expect_err("it is refused")
}

#[tokio::test]
async fn the_sandbox_is_three_calls_away_from_an_answer() {
    let workbench = open(Storage::Memory);
    let tenant = attach(&workbench).await;
    assert_eq!(tenant["stage"], "sandbox");
    assert_eq!(tenant["keys"].as_array().map(Vec::len), Some(3));
    let token = call(&workbench, "token_fetch", json!({ "tenant": "sandbox" })).await.expect("a token");
    assert!(
        token["roles"].as_array().is_some_and(|roles| roles.contains(&json!("ESBMessaging.send"))),
        "{token}"
    );
    assert_eq!(token["cached"], false);
    let peeked = call(&workbench, "token_peek", json!({ "tenant": "sandbox", "key": "secret" })).await;
    assert_eq!(peeked.expect("the same token")["cached"], true);
    let again = attach(&workbench).await;
    assert_eq!(again["keys"].as_array().map(Vec::len), Some(3), "starting it again replaces it");
}

#[tokio::test]
async fn a_key_is_tested_before_it_is_saved_and_its_health_is_shown_after() {
    let workbench = open(Storage::Memory);
    attach(&workbench).await;
    let read = |name: &str| {
        let text = Secret::new(shared().key(name).to_string());
        let workbench = workbench.clone();
        async move { workbench.key_read(KeyText { text }).await.expect("it is read").id }
    };
    let revoked = read("revoked-secret").await;
    assert_eq!(refused(&workbench, "key_test", json!({ "import": revoked })).await.code, Code::TokenRefused);
    let good = read("secret-second").await;
    call(&workbench, "key_test", json!({ "import": good })).await.expect("a token");
    let save = json!({ "import": good, "tenant": "acme-dev", "stage": "dev", "hold_for_run": true });
    let key = call(&workbench, "key_save", save.clone()).await.expect("it is saved");
    assert_eq!(key["custody"], "run");
    assert_eq!(refused(&workbench, "key_save", save).await.code, Code::NotFound, "an import is saved once");
    call(&workbench, "key_discard", json!({ "import": revoked })).await.expect("it is forgotten");

    call(&workbench, "token_fetch", json!({ "tenant": "acme-dev" })).await.expect("a token");
    let tenants = call(&workbench, "tenant_list", Value::Null).await.expect("tenants");
    let acme = tenants.as_array().and_then(|all| all.iter().find(|tenant| tenant["name"] == "acme-dev"));
    assert_eq!(acme.expect("it is listed")["keys"][0]["health"]["state"], "good");
    assert!(call(&workbench, "key_read", json!({ "text": "{}" })).await.is_err(), "not at this door");
}

#[tokio::test]
async fn the_mark_of_a_key_says_what_its_last_check_found() {
    let workbench = open(Storage::Memory);
    attach(&workbench).await;
    let good = call(&workbench, "key_check", json!({ "tenant": "sandbox", "key": "secret" })).await;
    assert_eq!(good.expect("it is checked")["light"], "green");
    let text = Secret::new(shared().key("revoked-secret").to_string());
    let read = workbench.key_read(KeyText { text }).await.expect("it is read").id;
    let save = json!({ "import": read, "tenant": "acme-old", "stage": "dev", "hold_for_run": true });
    let key = call(&workbench, "key_save", save).await.expect("it is saved");
    let name = json!({ "tenant": "acme-old", "key": key["name"] });
    let checked = call(&workbench, "key_check", name).await.expect("a bad key is no failure of the check");
    assert_eq!(checked["light"], "red");
    let tenants = call(&workbench, "tenant_list", Value::Null).await.expect("tenants");
    let health = |name: &str| {
        let tenant = tenants.as_array().and_then(|all| all.iter().find(|tenant| tenant["name"] == name));
        tenant.expect("it is listed")["keys"][0]["health"].clone()
    };
    assert_eq!(health("sandbox")["state"], "good");
    assert_eq!(health("acme-old")["state"], "bad");
    assert_eq!(health("acme-old")["reason"], checked["findings"][0]["message"]);
}

#[tokio::test]
async fn parameters_of_a_service_instance_are_written_and_read_by_the_page() {
    let workbench = open(Storage::Memory);
    let parameters =
        json!({ "text": r#"{"roles":["A.b"],"grant-types":["client_credentials"]}"#, "plan": "api" });
    let read = call(&workbench, "service_instance_read", parameters).await.expect("it is read");
    let key = json!({ "key_type": "secret", "validity": null, "key_length": null, "certificate": null,
        "pin": null, "other": {} });
    let names = json!({ "instance": "cpi", "key": "sluice", "subaccount": null });
    let forms = json!({ "instance": read["instance"], "key": key, "names": names });
    let written = call(&workbench, "service_instance_write", forms).await.expect("it is written");
    assert!(
        written["cf"][0].as_str().is_some_and(|line| line.starts_with("cf create-service it-rt api cpi -c "))
    );
    let broken = json!({ "text": "{", "plan": "api" });
    assert_eq!(refused(&workbench, "service_instance_read", broken).await.code, Code::InvalidInput);
}

#[tokio::test]
async fn tenants_and_keys_change_and_drafts_follow_a_new_name() {
    let workbench = open(Storage::Memory);
    attach(&workbench).await;
    call(&workbench, "tenant_add", json!({ "name": "acme", "stage": "dev" })).await.expect("added");
    let request = json!({ "method": "GET", "url": "/http/x" });
    let draft = json!({ "id": "6f1b2a1e-0000-4000-8000-000000000001", "position": 1.0, "title": null, "tenant": "acme", "request": request });
    call(&workbench, "draft_keep", draft).await.expect("kept");
    let change = json!({ "tenant": "acme", "name": "acme-dev", "stage": "test", "runtime_url_override": "https://flows.acme.example/" });
    let changed = call(&workbench, "tenant_change", change).await.expect("changed");
    assert_eq!(changed["runtime_url"], "https://flows.acme.example");
    let drafts = call(&workbench, "draft_list", Value::Null).await.expect("drafts");
    assert_eq!(drafts[0]["tenant"], "acme-dev");
    let taken = json!({ "tenant": "acme-dev", "name": "SANDBOX" });
    assert_eq!(refused(&workbench, "tenant_change", taken).await.code, Code::AlreadyExists);
    let bad = json!({ "tenant": "acme-dev", "runtime_url_override": "ftp://x" });
    assert_eq!(refused(&workbench, "tenant_change", bad).await.code, Code::InvalidInput);

    let basic = json!({ "tenant": "sandbox", "key": "secret", "method": "basic", "name": "renamed" });
    assert_eq!(call(&workbench, "key_change", basic).await.expect("changed")["method"], "basic");
    let granted = call(&workbench, "token_fetch", json!({ "tenant": "sandbox", "key": "renamed" })).await;
    assert_eq!(granted.expect("by Basic")["method"], "basic");
    let wrong = json!({ "tenant": "sandbox", "key": "certificate", "method": "body" });
    assert_eq!(refused(&workbench, "key_change", wrong).await.code, Code::WrongKey);
    let wrong =
        json!({ "tenant": "sandbox", "key": "renamed", "token_url": "http://plain.example/oauth/token" });
    assert_eq!(refused(&workbench, "key_change", wrong).await.code, Code::InvalidInput);
}

#[tokio::test]
async fn where_a_request_goes_is_told_before_it_is_sent() {
    let workbench = open(Storage::Memory);
    attach(&workbench).await;
    let resolve = async |tenant: Value, method: &str, url: &str| {
        let input = json!({ "tenant": tenant, "request": { "method": method, "url": url } });
        call(&workbench, "request_resolve", input).await.expect("an answer")
    };
    let path = resolve(json!("sandbox"), "POST", "/http/orders").await;
    assert_eq!(path["url"], format!("{}/http/orders", shared().sandbox.runtime_url()));
    assert_eq!(
        (&path["key"], &path["writes"], &path["problem"]),
        (&json!("secret"), &json!(true), &Value::Null)
    );
    let nobody = resolve(Value::Null, "GET", "/http/orders").await;
    assert!(!nobody["problem"].is_null());
    let secret = resolve(json!("sandbox"), "GET", "https://x.example/?access_token=abcdef123456").await;
    assert!(!secret["url"].to_string().contains("abcdef123456"), "{secret}");
}

#[tokio::test]
async fn drafts_and_settings_survive_a_restart_without_typed_secrets() {
    let folder = tempfile::tempdir().expect("a folder");
    let storage = Storage::Folder(folder.path().join("data"));
    let workbench = open(storage.clone());
    let headers = json!([
        { "name": "X-Mine", "value": "stays", "enabled": true },
        { "name": "Authorization", "value": "Bearer typed-by-hand", "enabled": true },
    ]);
    let request = json!({ "method": "POST", "url": "/http/x", "headers": headers, "body": { "kind": "json", "text": "{}" } });
    let draft = json!({ "id": "6f1b2a1e-0000-4000-8000-000000000001", "position": 1.0, "title": "T", "tenant": null, "request": request });
    call(&workbench, "draft_keep", draft.clone()).await.expect("kept");
    let mut settings = call(&workbench, "settings_get", Value::Null).await.expect("settings");
    settings["timeout_ms"] = json!(5_000);
    settings["theme"] = json!("dark");
    call(&workbench, "settings_change", settings.clone()).await.expect("changed");
    for (name, value) in [("timeout_ms", json!(0)), ("unverified_hosts", json!(["https://x/y"]))] {
        let mut bad = settings.clone();
        bad[name] = value;
        assert_eq!(refused(&workbench, "settings_change", bad).await.code, Code::InvalidInput, "{name}");
    }
    drop(workbench);

    let workbench = open(storage);
    assert_eq!(call(&workbench, "settings_get", Value::Null).await.expect("settings"), settings);
    let drafts = call(&workbench, "draft_list", Value::Null).await.expect("drafts");
    assert_eq!(drafts[0]["request"]["headers"][0]["value"], "stays");
    assert_eq!(drafts[0]["request"]["headers"][1]["value"], "", "a typed token is not written");
    call(&workbench, "draft_remove", json!({ "draft": draft["id"] })).await.expect("removed");
    assert_eq!(call(&workbench, "draft_list", Value::Null).await.expect("drafts"), json!([]));
}

#[tokio::test]
async fn an_answer_is_shown_pretty_saved_and_forgotten() {
    let workbench = open(Storage::Memory);
    attach(&workbench).await;
    let id = uuid();
    let order = json!({ "id": id, "tenant": "sandbox", "request": { "method": "GET", "url": "/http/echo" } });
    let order = serde_json::from_value(order).expect("an order");
    let exchange = workbench.send(order, &|_| {}).await.expect("it is sent");
    assert_eq!(exchange.answer().map(|answer| answer.status), Some(200));
    let view = async |form: &str| {
        let shown = json!({ "body": { "exchange": id, "part": [] }, "form": form });
        call(&workbench, "body_rows", json!({ "shown": shown, "from": 0, "count": 500 })).await.expect("rows")
    };
    let count = |view: &serde_json::Value| view["rows"].as_array().map(Vec::len);
    let (pretty, raw) = (view("pretty").await, view("raw").await);
    assert!(count(&pretty) >= count(&raw), "{pretty}");
    assert!(pretty.to_string().contains("\"kind\":\"key\",\"text\":\"\\\"method\\\"\""), "{pretty}");
    let last = exchange.calls.len() - 1;
    let revealed =
        call(&workbench, "exchange_reveal", json!({ "exchange": id, "call": last })).await.expect("headers");
    assert!(revealed.to_string().contains("Bearer eyJ"), "reveal shows the token");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("body.json");
    let save = |path: &str| {
        serde_json::from_value(json!({ "body": { "exchange": id, "part": [] }, "path": path }))
            .expect("an input")
    };
    workbench.exchange_save_body(save(path.to_str().expect("text"))).await.expect("saved");
    assert_eq!(
        std::fs::metadata(&path).expect("it is there").len(),
        exchange.answer().map_or(0, |answer| answer.body_size)
    );
    let nowhere = workbench.exchange_save_body(save("/nowhere/at/all")).await.expect_err("no such folder");
    assert_eq!(nowhere.code, Code::InvalidInput);
    call(&workbench, "exchange_forget", json!({ "exchange": id })).await.expect("forgotten");
    assert_eq!(refused(&workbench, "exchange_get", json!({ "exchange": id })).await.code, Code::NotFound);
}

#[tokio::test]
async fn a_part_of_an_answer_is_saved_under_its_own_name() {
    let workbench = open(Storage::Memory);
    attach(&workbench).await;
    let folder = tempfile::tempdir().expect("a folder");
    let archive = folder.path().join("orders.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&archive).expect("a file"));
    for (name, text) in [("orders/one.json", "{\"one\":1}"), ("../up/two <b>.txt", "two")] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("whole");
    let id = uuid();
    let request = json!({ "method": "POST", "url": "/http/mirror", "csrf": "auto",
        "headers": [{ "name": "Content-Type", "value": "application/zip", "enabled": true }],
        "body": { "kind": "file", "path": archive } });
    let order = json!({ "id": id, "tenant": "sandbox", "request": request });
    let mut order: RequestSend = serde_json::from_value(order).expect("an order");
    order.files = vec![archive];
    workbench.send(order, &|_| {}).await.expect("it is sent");
    let parts = call(&workbench, "body_parts", json!({ "exchange": id, "part": [] })).await.expect("parts");
    for (at, name, text) in [(0, "one.json", "{\"one\":1}"), (1, "two__b_.txt", "two")] {
        let body = json!({ "exchange": id, "part": [parts[at]["number"]] });
        let named = workbench.body_save_name(serde_json::from_value(body.clone()).expect("a name")).await;
        assert_eq!(named.expect("a name"), name);
        let path = folder.path().join(name);
        let save = json!({ "body": body, "path": path });
        workbench.exchange_save_body(serde_json::from_value(save).expect("an input")).await.expect("saved");
        assert_eq!(std::fs::read_to_string(&path).expect("written"), text);
    }
}

fn uuid() -> String {
    sluice_core::http::ExchangeId::new_v4().to_string()
}

#[tokio::test]
async fn starting_the_sandbox_again_leaves_what_the_user_added() {
    let workbench = open(Storage::Memory);
    call(&workbench, "tenant_add", json!({ "name": "sandbox", "stage": "dev" }))
        .await
        .expect("a tenant of one's own");
    let tenant = attach(&workbench).await;
    assert_eq!(tenant["name"], "sandbox 2", "a tenant of that name stays the user's");
    call(&workbench, "tenant_change", json!({ "tenant": "sandbox 2", "group": "Mine" }))
        .await
        .expect("changed");
    let again = attach(&workbench).await;
    assert_eq!((&again["group"], again["keys"].as_array().map(Vec::len)), (&json!("Mine"), Some(3)));
    let tenants = call(&workbench, "tenant_list", Value::Null).await.expect("tenants");
    assert_eq!(tenants.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn production_asks_in_the_core_and_a_lost_file_locks_nobody_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let storage = Storage::Folder(folder.path().join("data"));
    let authorities = folder.path().join("roots.pem");
    std::fs::write(&authorities, shared().sandbox.authority_pem()).expect("written");
    let workbench = open(storage.clone());
    attach(&workbench).await;
    call(&workbench, "tenant_change", json!({ "tenant": "sandbox", "stage": "prod" }))
        .await
        .expect("changed");
    let order = |confirmed: bool| {
        let request =
            json!({ "method": "POST", "url": "/http/echo", "body": { "kind": "json", "text": "{}" } });
        let order = json!({ "id": uuid(), "tenant": "sandbox", "request": request, "confirmed": confirmed });
        serde_json::from_value(order).expect("an order")
    };
    let refused = workbench.send(order(false), &|_| {}).await.expect_err("it asks");
    assert_eq!(refused.code, Code::ConfirmationNeeded);
    workbench.send(order(true), &|_| {}).await.expect("it is sent");

    let mut settings = call(&workbench, "settings_get", Value::Null).await.expect("settings");
    settings["proxy"] = json!({ "kind": "url", "url": "http://user:pw@proxy.example:8080", "bypass": "" });
    let told = call(&workbench, "settings_change", settings.clone()).await.expect_err("a login is refused");
    assert!(!told.to_string().contains("pw") && told.code == Code::InvalidInput);
    settings["proxy"] = json!({ "kind": "none" });
    settings["authorities"] = json!([authorities]);
    call(&workbench, "settings_change", settings).await.expect("changed");
    drop(workbench);
    std::fs::remove_file(&authorities).expect("removed");
    let workbench = open(storage);
    call(&workbench, "settings_get", Value::Null).await.expect("the settings can still be mended");
}
