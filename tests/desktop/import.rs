//! Pasting keys: good ones, refused ones, and what is no key.

use sluice_sandbox::KeyName;

use crate::support::{CONTROL, Clipboard, Home, Tenant, Window, css, id, tab};

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_key_calls_a_flow_and_its_secret_never_reaches_the_page() {
    let tenant = Tenant::start().await;
    let key = tenant.issued(KeyName::Secret);
    let secret = key.client_secret().expect("this key has one");
    let window = Window::open(&Home::trusting(&tenant)).await;
    let clipboard = window.paste(&tenant.key(KeyName::Secret)).await;
    window.shows(&id("import-dialog"), "integration-flow").await;
    window.shows(&id("import-dialog"), key.client_id()).await;
    window.shows(&id("import-test"), "ESBMessaging.send").await;
    window.save_key("acme-dev", "dev").await;
    drop(clipboard);
    window.click(&id("tenant-call-flow")).await;
    window.address("POST", "/http/orders").await;
    window.json_body(r#"{"items":[]}"#).await;
    window.send("201 Created").await;
    let everything = window.everything().await;
    assert!(everything.contains(key.client_id()), "what the page got was watched");
    assert!(!everything.contains(secret), "the page got the client secret");
    assert_eq!(tenant.runs("/http/orders"), ["POST"]);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_pasted_with_the_keyboard_anywhere_outside_of_text_fields() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    let clipboard = Clipboard::holding(&tenant.key(KeyName::Secret)).await;
    window.press(&css("body"), &format!("{CONTROL}v")).await;
    window.shows(&id("import-test"), "Token works").await;
    drop(clipboard);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clipboard_is_empty_after_the_key_is_saved() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    let clipboard = window.paste(&tenant.key(KeyName::Secret)).await;
    window.shows(&id("import-test"), "Token works").await;
    window.save_key("acme-dev", "dev").await;
    window.until("the clipboard is empty", async || Clipboard::text().is_empty()).await;
    drop(clipboard);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timeline_tells_each_call_of_one_send() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("POST", "/http/orders").await;
    window.json_body(r#"{"items":[]}"#).await;
    tenant.sandbox.faults().revoke_tokens();
    window.send("201").await;
    window.click(&tab("Timeline")).await;
    let calls = css("table[aria-label='Calls']");
    for words in ["Token", "403", "CSRF", "201"] {
        window.shows(&calls, words).await;
    }
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_key_is_explained_and_can_be_saved_anyway() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    let clipboard = window.paste(&tenant.key(KeyName::RevokedSecret)).await;
    window.shows(&id("import-test"), "The token server refused").await;
    assert!(!window.text(&id("error-hint")).await.is_empty(), "the next step is said");
    drop(clipboard);
    window.shows(&id("import-save"), "Save anyway").await;
    window.save_key("acme-old", "dev").await;
    window.shows(&id("tenant-page"), "acme-old").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_is_no_key_is_named_for_what_it_is() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    let collection = r#"{"info":{"_postman_id":"1","name":"Acme","schema":
        "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[]}"#;
    let clipboard = window.paste(collection).await;
    window.shows(&id("import-dialog"), "This is no service key").await;
    window.shows(&id("error-message"), "Postman").await;
    assert!(!window.find(&id("import-save")).await.is_enabled().await.expect("it is there"));
    drop(clipboard);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_clipboard_is_said_and_a_key_can_be_pasted_then() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    drop(Clipboard::holding("about to go").await);
    window.click(&id("first-run-paste")).await;
    window.shows(&id("error-message"), "The clipboard holds no text").await;
    let clipboard = Clipboard::holding(&tenant.key(KeyName::Secret)).await;
    window.click(&id("import-paste")).await;
    window.shows(&id("import-test"), "Token works").await;
    drop(clipboard);
    window.close().await;
}
