//! Answers too large for a page, looked at like any other, and answers that arrive bit by bit.

use crate::support::{ENTER, ESCAPE, Home, Place, Tenant, Window, css, id};

const ROWS: &str = "response-body";

fn fold_of_line(line: u32) -> Place {
    css(&format!("[data-testid='response-body'] button[aria-label='Fold line {line}']"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_two_hundred_megabytes_is_searched_folded_and_gone_through_by_line() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("GET", "/http/large?bytes=200000000").await;
    window.send("200 OK").await;
    window.shows(&id(ROWS), "\"material\": \"TG-11\"").await;

    window.click(&fold_of_line(2)).await;
    window.shows(&id(ROWS), "… ").await;
    window.find(&css("[data-testid='response-body'] button[aria-label^='Unfold line 2']")).await;

    window.click(&id("body-search")).await;
    window.fill(&id("find-text"), "\"id\": \"0001500000\"").await;
    window.shows(&id("find-count"), "1 of 1").await;
    window.shows(&id(ROWS), "0001500000").await;
    window.shows(&id("body-path"), "$[1500000].id").await;

    window.click(&id("body-go-to")).await;
    window.fill(&id("go-to"), "10000000").await;
    window.press(&id("go-to"), ENTER).await;
    window.shows(&id("body-line"), "10,000,000").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_answers_of_two_hundred_megabytes_are_compared_where_they_differ() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    for size in ["200000000", "200000500"] {
        window.address("GET", &format!("/http/large?bytes={size}")).await;
        window.send("200 OK").await;
        window.shows(&id(ROWS), "\"material\": \"TG-11\"").await;
    }
    window.click(&id("rail-history")).await;
    window.find(&css("[aria-posinset='2']")).await;
    for row in ["1", "2"] {
        window.click(&css(&format!("[aria-posinset='{row}'] .history-check"))).await;
    }
    window.click(&css("[aria-label='Selection'] button")).await;
    window.shows(&css("main"), "They are large: the first 190.7 MB are the same").await;
    window.shows(&id("diff"), "TG-11").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_twenty_megabytes_is_filtered_by_a_path() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("GET", "/http/large?bytes=20000000").await;
    window.send("200 OK").await;
    window.fill(&id("filter"), "$[?@.id == '0000150000'].status").await;
    window.press(&id("filter"), ENTER).await;
    window.shows(&id("filter-count"), "1").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_shown_while_they_arrive() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("GET", "/http/chunked?count=100000&ms=100").await;
    window.click(&id("send")).await;
    window.shows(&id(ROWS), "\"event\":30").await;
    window.shows(&id("status"), "Sending").await;
    window.press(&css("body"), ESCAPE).await;
    window.shows(&id("status"), "cut off").await;
    window.shows(&id(ROWS), "\"event\":0").await;
    window.close().await;
}
