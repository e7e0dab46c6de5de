//! External certificates: choosing their private key with the system's dialog.

use std::path::Path;

use sluice_sandbox::{KeyName, PASSPHRASE};

use crate::support::{Home, Place, Tenant, Window, css, id};

async fn choose(window: &Window, opener: &Place, file: &Path) {
    window.choose(opener, "^Choose the private key", file).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_key_file_opens_with_its_passphrase_and_makes_the_key_work() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let file = home.file("acme.p12", tenant.companion(".p12"));
    let window = Window::open(&home).await;
    let clipboard = window.paste(&tenant.key(KeyName::External)).await;
    window.shows(&id("import-blocked"), "private key").await;
    choose(&window, &id("import-private-key"), &file).await;
    window.fill(&id("import-passphrase"), "wrong").await;
    window.click(&id("import-open")).await;
    window.shows(&css(".passphrase [role='alert']"), "does not open this file").await;
    window.fill(&id("import-passphrase"), PASSPHRASE).await;
    window.click(&id("import-open")).await;
    window.shows(&id("import-test"), "Token works").await;
    drop(clipboard);
    let everything = window.everything().await;
    assert!(!everything.contains("PRIVATE KEY"), "the page got the private key");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_certificate_is_compared_with_the_key() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let other = tenant.issued(KeyName::Certificate);
    let parts = [other.private_key_pem, other.certificate_pem].map(Option::unwrap_or_default);
    let file = home.file("other.pem", parts.concat());
    let window = Window::open(&home).await;
    let clipboard = window.paste(&tenant.key(KeyName::External)).await;
    choose(&window, &id("import-private-key"), &file).await;
    window.shows(&id("import-mismatch"), "The file does not fit this key").await;
    window.shows(&css("table.compare tr.decides"), "SHA-256").await;
    window.shows(&id("import-blocked"), "private key").await;
    drop(clipboard);
    window.close().await;
}
