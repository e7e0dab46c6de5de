//! Service keys: checked with a traffic light, and the parameters to create one with.

use sluice_sandbox::KeyName;

use crate::support::{Clipboard, Home, Place, Tenant, Window, css, id, label, radio};

fn button(words: &str) -> Place {
    Place::XPath(format!("//div[@role='dialog']//button[starts-with(normalize-space(), '{words}')]"))
}

/// The mark of a tenant in the list of the sidebar, when it says this.
fn mark(tenant: &str, words: &str) -> Place {
    let row = format!("//button[contains(@class, 'side-row')][contains(normalize-space(), '{tenant}')]");
    Place::XPath(format!("{row}//*[@aria-label='{words}']"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_of_all_tenants_are_checked_and_the_one_that_was_deleted_stands_first() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    home.add_key(&tenant, KeyName::Secret, "acme-dev");
    home.add_key(&tenant, KeyName::RevokedSecret, "acme-old");
    let window = Window::open(&home).await;
    window.find(&mark("acme-old", "not checked yet")).await;
    window.click(&label("Check the keys of all tenants")).await;
    window.shows(&id("key-check-progress"), "1 does not work, 1 works").await;
    let first = css("[data-testid='key-check-row'] button");
    for words in ["Does not work", "acme-old", "Bad credentials"] {
        window.shows(&first, words).await;
    }
    window.click(&first).await;
    window
        .until("the findings are open", async || {
            window
                .find(&first)
                .await
                .attr("aria-expanded")
                .await
                .is_ok_and(|open| open.as_deref() == Some("true"))
        })
        .await;
    window.click(&button("Copy report")).await;
    window
        .until("the report is copied", async || Clipboard::text().contains("Does not work: acme-old (dev)"))
        .await;
    assert!(Clipboard::text().contains("Works: acme-dev (dev)"), "{}", Clipboard::text());
    window.click(&button("Close")).await;
    window.gone(&id("key-check")).await;
    window.find(&mark("acme-old", "a key does not work")).await;
    window.find(&mark("acme-dev", "works")).await;
    let everything = window.everything().await;
    for name in [KeyName::Secret, KeyName::RevokedSecret] {
        let key = tenant.issued(name);
        assert!(!everything.contains(key.client_secret().expect("this key has one")), "{name:?}");
    }
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_checked_from_its_row_and_its_host_gets_no_credentials() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    home.add_key(&tenant, KeyName::Secret, "acme-dev");
    let window = Window::open(&home).await;
    window.click(&css(".keys button[aria-label^='Check ']")).await;
    window.shows(&id("key-check-progress"), "1 works").await;
    let findings = css(".key-check-findings");
    for words in ["Token", "Roles: ESBMessaging.send", "Host", "Plan integration-flow"] {
        window.shows(&findings, words).await;
    }
    window.click(&button("Close")).await;
    window.shows(&id("token-countdown"), ":").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_parameters_of_a_key_are_written_read_back_and_copied() {
    let tenant = Tenant::start().await;
    let window = Window::open(&Home::trusting(&tenant)).await;
    window.click(&id("first-run-no-key")).await;
    window.shows(&id("instance-json"), "ESBMessaging.send").await;
    window.click(&radio("api")).await;
    window.shows(&id("instance-json"), "MonitoringDataRead").await;
    window.shows(&id("cf-lines"), "create-service it-rt api sluice-api").await;
    window.click(&button("Read JSON")).await;
    window.fill(&id("parameters-json"), r#"{"roles": [1 2]}"#).await;
    window.click(&button("Fill the form")).await;
    window.shows(&id("error-message"), "line 1, column 14").await;
    let good =
        r#"{"roles":["OrderSender"],"grant-types":["client_credentials"],"token-validity":60,"new":1}"#;
    window.fill(&id("parameters-json"), good).await;
    window.click(&button("Fill the form")).await;
    window.shows(&id("kept-members"), "new").await;
    window.shows(&id("instance-json"), "OrderSender").await;
    window.shows(&id("parameter-problems"), "1 problem").await;
    window.fill(&label("Access token validity in seconds"), "7200").await;
    window.shows(&id("parameter-problems"), "you create both in the cockpit").await;
    window.shows(&id("findings-token-validity"), "unverified").await;
    window.click(&label("Copy the cf commands")).await;
    window
        .until("the commands are copied", async || Clipboard::text().contains(r#""token-validity":7200"#))
        .await;
    window.click(&button("Close")).await;
    window.gone(&id("service-instance")).await;
    window.close().await;
}
