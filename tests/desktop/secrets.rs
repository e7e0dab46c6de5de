//! Secrets that were typed into requests: moved to the keyring, never exported.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sluice_sandbox::{IssuedKey, KeyName};

use crate::support::{CONTROL, Home, Place, Tenant, Window, css, id, label, radio, tab, text};

fn dialog_button(words: &str) -> Place {
    Place::XPath(format!("//div[@role='dialog']//button[starts-with(normalize-space(), '{words}')]"))
}

/// Client id and secret of a key that may call flows.
fn login(key: &IssuedKey) -> (String, String) {
    (key.client_id().to_owned(), key.client_secret().expect("this key has one").to_owned())
}

/// The window with "Echo" of the collection open; its tenant has a key.
async fn open(tenant: &Tenant, home: &Home) -> (Window, PathBuf) {
    home.add_tenant(tenant, "acme-dev");
    let folder = home.collection();
    let window = Window::open(home).await;
    window.click(&id("rail-requests")).await;
    window.open_row("Orders").await;
    window.open_row("Checks").await;
    window.open_request("Echo").await;
    window.find(&id("url")).await;
    (window, folder)
}

fn authorization(tenant: &Tenant) -> Vec<Option<String>> {
    let calls = tenant.sandbox.journal().runs_of("/http/echo");
    calls.iter().map(|call| call.header("authorization").map(str::to_owned)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_password_moves_to_the_keyring_and_still_signs_in_after_a_restart() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let (user, password) = login(&tenant.issued(KeyName::Secret));
    let (window, folder) = open(&tenant, &home).await;
    let file = folder.join("Checks/Echo.yml");
    let before = text(&file);
    window.click(&tab("Auth")).await;
    window.click(&id("auth-login")).await;
    window.fill(&label("User name"), &user).await;
    window.fill(&label("Password"), &password).await;
    window.press(&id("url"), &format!("{CONTROL}s")).await;
    window.shows(&id("save-outcome"), "There is a secret in this").await;
    assert_eq!(text(&file), before, "nothing is written before the answer");
    window.click(&dialog_button("Move to keyring")).await;
    window.until_file(&file, "password: \"{{").await;
    window.gone(&id("unsaved")).await;
    assert!(window.value(&label("Password")).await.starts_with("{{"));
    window.send("200 OK").await;
    window.shows(&css("footer"), "All edits kept").await;
    window.close().await;

    assert_eq!(home.holds(&password), Vec::<PathBuf>::new());
    let window = Window::open(&home).await;
    window.send("200 OK").await;
    let sent = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
    assert_eq!(authorization(&tenant), [Some(sent.clone()), Some(sent)]);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_authorization_header_moves_to_the_keyring_and_goes_out_as_typed() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let (user, password) = login(&tenant.issued(KeyName::Secret));
    let secret = STANDARD.encode(format!("{user}:{password}"));
    let (window, folder) = open(&tenant, &home).await;
    window.click(&tab("Auth")).await;
    window.click(&id("auth-none")).await;
    window.field("Headers", "Header", "Authorization", &format!("Basic {secret}")).await;
    window.click(&id("save")).await;
    window.shows(&id("save-outcome"), "Authorization").await;
    window.click(&dialog_button("Move to keyring")).await;
    window.until_file(&folder.join("Checks/Echo.yml"), "Basic {{").await;
    window.send("200 OK").await;
    assert_eq!(authorization(&tenant), [Some(format!("Basic {secret}"))]);
    window.close().await;
    assert_eq!(home.holds(&secret), Vec::<PathBuf>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_the_question_writes_nothing_and_keeps_the_edit() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let (window, folder) = open(&tenant, &home).await;
    let file = folder.join("Checks/Echo.yml");
    let before = text(&file);
    window.field("Headers", "Header", "X-API-Key", "s3cr3t-of-acme").await;
    window.click(&id("save")).await;
    window.find(&id("save-outcome")).await;
    window.click(&dialog_button("Cancel")).await;
    window.gone(&id("save-outcome")).await;
    window.find(&id("unsaved")).await;
    assert_eq!(window.value(&label("Header 1 value")).await, "s3cr3t-of-acme");
    assert_eq!(text(&file), before);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exported_postman_file_has_the_requests_and_no_secret() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let (window, folder) = open(&tenant, &home).await;
    let file = folder.join("Checks/Echo.yml");
    let plain = text(&file);
    let header = "http:\n  headers:\n    - name: X-API-Key\n      value: s3cr3t-of-acme\n";
    std::fs::write(&file, plain.replacen("http:\n", header, 1)).unwrap();
    let target = home.path().join("orders.postman_collection.json");
    window.row_action("Orders", "Export").await;
    window.click(&radio("Postman collection 2.1")).await;
    window.choose(&dialog_button("Choose file"), "^Export$", &target).await;
    window.shows(&id("export-dialog"), "Secret values are never exported").await;
    let written = text(&target);
    let export: serde_json::Value = serde_json::from_str(&written).expect("it is JSON");
    assert_eq!(
        export["info"]["schema"],
        "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    );
    let names: Vec<_> =
        export["item"][0]["item"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["Who am I", "Echo"]);
    assert_eq!(export["item"][0]["item"][1]["request"]["header"][0]["key"], "X-API-Key");
    assert!(!written.contains("s3cr3t-of-acme"), "{written}");
    let (user, password) = login(&tenant.issued(KeyName::Secret));
    assert!(!written.contains(&user) && !written.contains(&password), "{written}");
    window.close().await;
}
