//! The client certificates of all keys, and the warning before they end.

use sluice_sandbox::KeyName;

use crate::support::{Clipboard, Home, Notifications, Place, Tenant, Window, id, label};

fn button(words: &str) -> Place {
    Place::XPath(format!("//button[starts-with(normalize-space(), '{words}')]"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_certificate_is_told_of_in_the_status_bar_and_its_facts_are_one_click_away() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    home.add_key(&tenant, KeyName::Certificate, "acme-dev");
    home.add_key(&tenant, KeyName::ExpiredCertificate, "acme-old");
    let window = Window::open(&home).await;
    window.shows(&id("certificates-due"), "1").await;
    window.shows(&id("certificate-warning"), "acme-old has expired").await;
    window.click(&id("certificate-warning")).await;
    window.shows(&label("Client certificates"), "acme-dev").await;
    window.shows(&label("Certificate"), "presented by acme-old").await;
    window.shows(&label("Certificate"), "Renew").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_system_tells_of_an_end_once_also_over_a_restart() {
    const TOLD: &str = "The certificate of acme-old has expired";
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    home.add_key(&tenant, KeyName::ExpiredCertificate, "acme-old");
    let notifications = Notifications::listen();
    let window = Window::open(&home).await;
    window.until("the user is told", async || notifications.count(TOLD) == 1).await;
    window.close().await;
    let window = Window::open(&home).await;
    window.click(&id("certificate-warning")).await;
    window.shows(&label("Client certificates"), "acme-old").await;
    assert_eq!(notifications.count(TOLD), 1, "it was said");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_has_ended_is_renewed_in_its_place_and_the_warning_goes() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    home.add_key(&tenant, KeyName::ExpiredCertificate, "acme-dev");
    let window = Window::open(&home).await;
    window.click(&id("certificate-warning")).await;
    window.click(&button("Renew with a new service key")).await;
    let clipboard = Clipboard::holding(&tenant.key(KeyName::Certificate)).await;
    window.click(&button("Paste")).await;
    window.shows(&label("What changes"), "Client id").await;
    window.shows(&id("import-test"), "Token works").await;
    window.click(&id("import-save")).await;
    window.gone(&id("certificate-warning")).await;
    drop(clipboard);
    window.shows(&id("tenant-page"), "acme-dev").await;
    window.click(&id("tenant-call-flow")).await;
    window.address("GET", "/http/whoami").await;
    window.click(&id("send")).await;
    window.shows(&id("status"), "200").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_servers_chain_is_inspected_and_its_root_saved() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    home.add_key(&tenant, KeyName::Certificate, "acme-dev");
    let window = Window::open(&home).await;
    window.click(&id("rail-certificates")).await;
    window.click(&button("Inspect a server")).await;
    window.fill(&id("inspect-target"), &tenant.sandbox.runtime_url()).await;
    window.click(&button("Test")).await;
    window.shows(&id("inspect-found"), "TLS 1.3").await;
    window.shows(&label("Chain as the server sends it"), "until").await;
    let target = home.path().join("root.cer");
    window.choose(&button("Save the root certificate"), "^Save the root certificate", &target).await;
    window
        .until("the root is saved", async || std::fs::read(&target).is_ok_and(|der| der.starts_with(&[0x30])))
        .await;
    window.close().await;
}
