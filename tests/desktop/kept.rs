//! What a restart and a crash leave.

use crate::support::{ENTER, Home, Tenant, Window, css, id, label, radio};

#[tokio::test(flavor = "multi_thread")]
async fn the_theme_changes_at_once_and_is_there_after_a_restart() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.click(&id("rail-settings")).await;
    window.click(&radio("Dark")).await;
    window.find(&css("html[data-theme='dark']")).await;
    window.shows(&css("body"), "Theme: Dark").await;
    window.close().await;
    let window = Window::open(&home).await;
    window.find(&css("html[data-theme='dark']")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shorter_time_limit_holds_for_the_next_call_and_after_a_restart() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let window = Window::open(&home).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("GET", "/http/slow?seconds=60").await;
    window.click(&id("rail-settings")).await;
    window.fill(&label("Whole call, s"), "1").await;
    window.press(&label("Whole call, s"), ENTER).await;
    window.shows(&css("body"), "Time for a call changed").await;
    window.click(&id("rail-requests")).await;
    window.click(&id("send")).await;
    window.shows(&id("error-message"), "No whole answer within 1 s").await;
    window.close().await;
    let window = Window::open(&home).await;
    window.click(&id("rail-settings")).await;
    assert_eq!(window.value(&label("Whole call, s")).await, "1");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_that_are_said_to_be_kept_survive_a_crash() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.click(&id("rail-requests")).await;
    window.click(&label("New request")).await;
    window.address("PATCH", "/http/not/finished").await;
    window.json_body(r#"{"half":"#).await;
    window.shows(&css("footer"), "All edits kept").await;
    window.kill().await;
    let window = Window::open(&home).await;
    window.find(&id("url")).await;
    assert_eq!(window.value(&id("url")).await, "/http/not/finished");
    assert_eq!(window.value(&id("method")).await, "PATCH");
    window.shows(&css("[data-testid='request-body'] .cm-content"), r#"{"half":"#).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_right_before_the_window_is_closed_is_there_after_a_restart() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.click(&id("rail-requests")).await;
    window.click(&label("New request")).await;
    window.address("PATCH", "/http/the/very/last").await;
    window.quit().await;
    let window = Window::open(&home).await;
    window.find(&id("url")).await;
    assert_eq!(window.value(&id("url")).await, "/http/the/very/last");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_key_still_signs_in_after_a_restart() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let window = Window::open(&home).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("GET", "/http/whoami").await;
    window.shows(&css("footer"), "All edits kept").await;
    window.close().await;
    let window = Window::open(&home).await;
    window.send("200 OK").await;
    window.close().await;
}
