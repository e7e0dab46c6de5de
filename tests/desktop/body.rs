//! Answers too large for a page, looked at like any other.

use crate::support::{ENTER, Home, Tenant, Window, id};

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_twenty_megabytes_is_searched_filtered_and_gone_through_by_line() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.add_tenant(&tenant, "acme-dev", "dev").await;
    window.address("GET", "/http/large?bytes=20000000").await;
    window.send("200 OK").await;
    window.shows(&id("response-body"), "\"material\": \"TG-11\"").await;

    window.click(&id("body-search")).await;
    window.fill(&id("find-text"), "\"id\": \"0000100000\"").await;
    window.shows(&id("find-count"), "1 of 1").await;
    window.shows(&id("response-body"), "0000100000").await;
    window.shows(&id("body-path"), "$[100000].id").await;

    window.click(&id("body-go-to")).await;
    window.fill(&id("go-to"), "1000000").await;
    window.press(&id("go-to"), ENTER).await;
    window.shows(&id("body-line"), "1,000,000").await;

    window.fill(&id("filter"), "$[?@.id == '0000150000'].status").await;
    window.press(&id("filter"), ENTER).await;
    window.shows(&id("filter-count"), "1").await;
    window.close().await;
}
