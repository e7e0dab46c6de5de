//! Nothing writes to production unasked.

use crate::support::{ENTER, Home, Tenant, Window, css, id};

#[tokio::test(flavor = "multi_thread")]
async fn a_post_to_production_asks_first_and_enter_cancels() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-prod", "prod").await;
    window.address("POST", "/http/echo").await;
    let question = css("[role='alertdialog']");
    window.click(&id("send")).await;
    window.shows(&question, "Send this POST to production?").await;
    let cancel = css("[role='alertdialog'] button:focus");
    window.shows(&cancel, "Cancel").await;
    window.press(&cancel, ENTER).await;
    window.gone(&question).await;
    assert!(tenant.runs("/http/echo").is_empty(), "nothing is sent without a yes");
    window.click(&id("send")).await;
    window.click(&id("guard-send")).await;
    window.shows(&id("status"), "200 OK").await;
    assert_eq!(tenant.runs("/http/echo"), ["POST"]);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_from_production_does_not_ask() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-prod", "prod").await;
    window.address("GET", "/http/echo").await;
    window.send("200 OK").await;
    assert_eq!(tenant.runs("/http/echo"), ["GET"]);
    window.close().await;
}
