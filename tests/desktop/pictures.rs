//! A picture of each view in each theme and two sizes, in `target/screenshots`, for people to look at.

use sluice_sandbox::KeyName;

use crate::support::{Clipboard, ENTER, Home, Place, Tenant, Window, css, id, item, label, tab};

/// A request whose third line stands where no line may.
const BROKEN: &str = "info:\n  name: Broken\n   type: http\n  seq: 9\n\nhttp:\n  method: GET\n  url: /x\n";

#[tokio::test(flavor = "multi_thread")]
async fn of_each_view_in_a_large_window() {
    pictures(1440, 900).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_each_view_in_a_small_window() {
    pictures(1280, 720).await;
}

async fn pictures(width: u32, height: u32) {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let window = Window::open(&home).await;
    window.resize(width, height).await;
    of_keys(&window, &tenant).await;
    of_calls(&window).await;
    of_certificates(&window).await;
    window.click(&id("rail-settings")).await;
    window.pictures("settings").await;
    window.close().await;
    let folder = home.collection();
    std::fs::write(folder.join("Checks/broken.yml"), BROKEN).expect("the temporary folder can be written to");
    let window = Window::open(&home).await;
    window.resize(width, height).await;
    window.open_row("Orders").await;
    window.open_row("Checks").await;
    window.open_request("Who am I").await;
    window.send("200 OK").await;
    window.pictures("collections").await;
    window.click(&id("broken-files")).await;
    window.find(&id("broken-problem")).await;
    window.pictures("broken-file").await;
    window.close().await;
}

async fn of_keys(window: &Window, tenant: &Tenant) {
    window.pictures("first-run").await;
    window.click(&id("first-run-no-key")).await;
    window.shows(&id("instance-json"), "roles").await;
    window.pictures("service-instance").await;
    window.click(&css("[data-testid='service-instance'] [aria-label='Close']")).await;
    let clipboard = window.paste(&tenant.key(KeyName::Certificate)).await;
    window.shows(&id("import-test"), "Token works").await;
    window.pictures("import").await;
    drop(clipboard);
    window.save_key("acme-dev", "dev").await;
    window.shows(&id("token-countdown"), ":").await;
    window.pictures("tenant").await;
    window.click(&id("check-keys")).await;
    window.find(&Place::XPath("//button[normalize-space()='Check again']".to_owned())).await;
    window.pictures("key-check").await;
    window.click(&css("[data-testid='key-check'] [aria-label='Close']")).await;
    window.click(&label("Actions of integration-flow certificate")).await;
    window.click(&item("Renew…")).await;
    let clipboard = Clipboard::holding(&tenant.key(KeyName::Secret)).await;
    window.click(&Place::XPath("//button[starts-with(normalize-space(), 'Paste')]".to_owned())).await;
    window.shows(&id("import-test"), "Token works").await;
    window.pictures("renew").await;
    drop(clipboard);
    window.click(&id("import-cancel")).await;
}

async fn of_calls(window: &Window) {
    window.click(&id("tenant-call-flow")).await;
    window.address("POST", "/http/orders").await;
    window.json_body(r#"{ "soldTo": "0010001000", "items": [] }"#).await;
    window.send("201").await;
    window.find(&id("response-body")).await;
    window.pictures("response").await;
    window.click(&tab("Timeline")).await;
    window.find(&id("call-1")).await;
    window.pictures("timeline").await;
    window.address("POST", "/http/nobody/listens/here").await;
    window.send("404").await;
    let body = "//section[@aria-label='Response']//*[@role='tab'][starts-with(normalize-space(), 'Body')]";
    window.click(&Place::XPath(body.to_owned())).await;
    window.find(&id("diagnosis")).await;
    window.pictures("diagnosis").await;
    window.click(&id("rail-history")).await;
    window.click(&id("history-row")).await;
    window.shows(&label("Preview"), "404").await;
    window.pictures("history").await;
    for row in ["1", "2"] {
        window.click(&css(&format!("[aria-posinset='{row}'] .history-check"))).await;
    }
    window.click(&css("[aria-label='Selection'] button")).await;
    window.find(&id("diff")).await;
    window.pictures("compare").await;
}

async fn of_certificates(window: &Window) {
    window.click(&id("rail-certificates")).await;
    window.find(&id("certificate-row")).await;
    window.pictures("certificates").await;
    window.click(&tab("Requests")).await;
    window.click(&id("request-new")).await;
    window.fill(&id("request-name"), "orders-dev").await;
    window.pictures("certificate-request-new").await;
    window.press(&id("request-name"), ENTER).await;
    window.find(&id("request-pem")).await;
    window.pictures("certificate-requests").await;
}
