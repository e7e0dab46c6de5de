//! The keyring absent: said, and never replaced silently.

use crate::support::{Home, Tenant, Window, css, id};

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_secrets_are_held_for_the_run_when_the_user_says_so() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant).with("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    let window = Window::open(&home).await;
    window.shows(&id("secrets-line"), "No keyring on this computer").await;
    window.shows(&id("keyring-state"), "No keyring").await;
    let clipboard = window.paste(&tenant.key(sluice_sandbox::KeyName::Secret)).await;
    window.shows(&id("import-test"), "Token works").await;
    window.click(&id("import-stage-dev")).await;
    window.shows(&id("import-blocked"), "for this run only").await;
    window.find(&css("[data-testid='import-hold'][aria-checked='false']")).await;
    window.click(&id("import-hold")).await;
    window.save_key("acme-dev", "dev").await;
    drop(clipboard);
    window.click(&id("tenant-call-flow")).await;
    window.address("GET", "/http/whoami").await;
    window.send("200 OK").await;
    window.close().await;
    let window = Window::open(&home).await;
    window.click(&id("rail-tenants")).await;
    window.shows(&id("tenant-page"), "held for one run only").await;
    window.close().await;
}
