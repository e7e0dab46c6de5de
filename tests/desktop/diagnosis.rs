//! What went wrong is named, and what Sluice can mend is mended by a button.

use sluice_sandbox::KeyName;

use crate::support::{Clipboard, Home, Place, Tenant, Window, id, label, radio, tab};

fn button(words: &str) -> Place {
    Place::XPath(format!("//*[@data-testid='diagnosis']//button[starts-with(normalize-space(), '{words}')]"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_csrf_token_is_named_and_fetched_by_the_button() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("POST", "/http/orders").await;
    window.click(&tab("Auth")).await;
    window.click(&radio("Never")).await;
    window.json_body(r#"{"order":1}"#).await;
    window.send("403 Forbidden").await;
    window.shows(&id("diagnosis-title"), "CSRF").await;
    window.shows(&id("diagnosis"), "x-csrf-token: required").await;
    window.click(&button("Fetch")).await;
    window.shows(&id("status"), "201 Created").await;
    window.gone(&id("diagnosis")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_nobody_listens_at_is_named() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("GET", "/http/nobody/here").await;
    window.send("404 Not Found").await;
    window.find(&id("diagnosis-title")).await;
    window.shows(&label("Diagnosis"), "Likely causes").await;
    window.find(&button("Copy the path to look for")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_role_is_named_and_the_key_that_has_it_sends() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.click(&id("rail-tenants")).await;
    window.click(&id("add-key")).await;
    let clipboard = Clipboard::holding(&tenant.key(KeyName::SecretSecond)).await;
    window.click(&Place::XPath("//button[starts-with(normalize-space(), 'Paste')]".to_owned())).await;
    window.shows(&id("import-test"), "Token works").await;
    drop(clipboard);
    window.fill(&id("import-name"), "partner").await;
    window.click(&id("import-save")).await;
    window.find(&id("key-row-partner")).await;
    window.click(&id("rail-requests")).await;
    window.address("GET", "/http/partner").await;
    window.send("403 Forbidden").await;
    window.shows(&id("diagnosis-title"), "lack a role").await;
    window.shows(&id("diagnosis-keys"), "partner: its last token also had PartnerRole").await;
    window.click(&button("Send with partner")).await;
    window.shows(&id("status"), "200 OK").await;
    window.gone(&id("diagnosis")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_is_diagnosed_before_the_key_is_saved() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    let clipboard = window.paste(&tenant.key(KeyName::RevokedSecret)).await;
    window.shows(&id("diagnosis-title"), "does not know these credentials").await;
    drop(clipboard);
    window.find(&button("Import the current service key")).await;
    window.find(&button("Test again")).await;
    window.close().await;
}
