//! The history: what was sent is found again, opened, sent again, noted, exported, compared and deleted.

use crate::support::{ENTER, Home, Place, Tenant, Window, css, id, label};

fn button(words: &str) -> Place {
    Place::XPath(format!("//button[starts-with(normalize-space(), '{words}')]"))
}

/// The exchange of the list whose words hold this.
fn exchange(words: &str) -> Place {
    Place::XPath(format!("//*[@data-testid='history-row'][contains(@aria-label, '{words}')]"))
}

fn chosen(words: &str) -> Place {
    Place::XPath(format!(
        "//*[@data-testid='history-row'][contains(@aria-label, '{words}')]//*[contains(@class, 'history-check')]"
    ))
}

/// A window that sent to these paths, at its history.
async fn after(tenant: &Tenant, home: &Home, calls: &[(&str, &str)]) -> Window {
    home.add_tenant(tenant, "acme-dev");
    let window = Window::open(home).await;
    window.click(&id("rail-requests")).await;
    window.click(&label("New request")).await;
    for (path, status) in calls {
        window.address("GET", path).await;
        window.send(status).await;
        window.gone(&css("[aria-label='Response'][aria-busy='true']")).await;
    }
    window.click(&id("rail-history")).await;
    window.find(&exchange(calls[0].0)).await;
    window
}

const CALLS: [(&str, &str); 3] =
    [("/http/whoami", "200 OK"), ("/http/status/503", "503 Service"), ("/http/xml", "200 OK")];

async fn search(window: &Window, words: &str) {
    // A term becomes a chip as soon as it is complete, so the field need not hold what was typed.
    window.press(&id("history-query"), &format!("{words}{ENTER}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_is_found_by_words_and_terms_opened_and_sent_again_after_a_restart() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let window = after(&tenant, &home, &CALLS).await;
    search(&window, "whoami").await;
    window.gone(&exchange("/http/xml")).await;
    window.find(&exchange("/http/whoami")).await;
    window.quit().await;

    let window = Window::open(&home).await;
    window.click(&id("rail-history")).await;
    search(&window, "status:5xx ").await;
    window.gone(&exchange("/http/whoami")).await;
    window.find(&exchange("/http/status/503")).await;
    window.click(&label("Clear the search")).await;
    window.click(&exchange("/http/whoami")).await;
    window.shows(&label("Preview"), "authenticatedBy").await;
    window.click(&button("Send again")).await;
    window.until("the flow ran again", async || tenant.runs("/http/whoami").len() == 2).await;
    window.click(&id("rail-history")).await;
    window.click(&exchange("/http/whoami")).await;
    window.click(&button("Open")).await;
    window.find(&id("url")).await;
    assert!(window.value(&id("url")).await.ends_with("/http/whoami"));
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_found_and_an_exchange_is_deleted_for_good() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let window = after(&tenant, &home, &CALLS).await;
    window.click(&exchange("/http/xml")).await;
    window.fill(&label("Note"), "for the ticket about invoices").await;
    window.press(&label("Note"), ENTER).await;
    search(&window, "invoices").await;
    window.gone(&exchange("/http/whoami")).await;
    window.click(&chosen("/http/xml")).await;
    window.click(&button("Delete")).await;
    window.gone(&exchange("/http/xml")).await;
    let forgotten = async || home.holds("ticket about invoices").is_empty();
    window.until("no file holds the note", forgotten).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn chosen_exchanges_are_exported_as_har_without_secrets() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let window = after(&tenant, &home, &CALLS).await;
    window.click(&chosen("/http/whoami")).await;
    let target = home.path().join("calls.har");
    window.choose(&button("Export as HAR"), "^Export as HAR", &target).await;
    window.until_file(&target, "/http/whoami").await;
    let har = std::fs::read_to_string(&target).unwrap();
    assert!(!har.contains("Bearer ey"), "{har}");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_exchanges_are_compared_side_by_side() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let window = after(&tenant, &home, &CALLS).await;
    window.click(&chosen("/http/whoami")).await;
    window.click(&chosen("/http/status/503")).await;
    window.click(&button("Compare")).await;
    window.shows(&label("Side A"), "/http/").await;
    window.shows(&label("Facts"), "503").await;
    window.shows(&id("diff"), "serviceKey").await;
    window.shows(&id("diff"), "reason").await;
    window.click(&label("Back to the history")).await;
    window.find(&exchange("/http/xml")).await;
    window.close().await;
}
