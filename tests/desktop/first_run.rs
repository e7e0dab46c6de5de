//! From nothing to the first answer; data that cannot be opened.

use crate::support::{Home, Window, css, id};

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_answers_after_three_clicks() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.click(&id("first-run-sandbox")).await;
    window.shows(&id("token-countdown"), ":").await;
    window.click(&id("tenant-call-flow")).await;
    window.click(&id("send")).await;
    window.shows(&id("status"), "201 Created").await;
    window.shows(&css("[data-testid='response-body']"), "salesOrder").await;
    assert_eq!(window.clicks(), 3);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_says_why_its_data_cannot_be_opened() {
    let home = Home::new();
    let file = home.file("in-the-way", "no folder");
    let home = home.with("SLUICE_DATA_DIR", file.to_str().expect("temporary paths are text"));
    let window = Window::open(&home).await;
    window.shows(&css("main"), "Sluice could not keep its data").await;
    window.shows(&id("error-message"), "in-the-way").await;
    assert!(!window.text(&id("error-hint")).await.is_empty(), "the next step is said");
    window.close().await;
}
