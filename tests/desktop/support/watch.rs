//! What happens in the page unseen.
//!
//! `WebKitWebDriver` has neither a console log nor scripts that run before the page. So the page is loaded once more,
//! and the script that watches is run before the program shows anything. What came even before that is the page's
//! own head: a style sheet refused there is noticed because it is missing afterwards.

use std::time::{Duration, Instant};

use fantoccini::Client;
use serde_json::Value;

const SCRIPT: &str = include_str!("watch.js");
const PATIENCE: Duration = Duration::from_mins(1);

/// Loads the page again and watches it from its beginning; needs a session that does not wait for pages.
pub async fn watch(client: &Client) {
    let since = Instant::now();
    while !reload(client).await {
        assert!(since.elapsed() < PATIENCE, "the page is always faster than the script that watches it");
    }
}

/// Whether the script ran before the program showed anything.
async fn reload(client: &Client) -> bool {
    let since = Instant::now();
    client.execute("window.isOld = true", Vec::new()).await.expect("the page takes it");
    client.refresh().await.expect("the page can be loaded again");
    loop {
        // Between two pages there is none that could answer.
        let answer = client.execute(SCRIPT, Vec::new()).await.unwrap_or_default();
        match answer.as_str() {
            Some("early") => return true,
            Some("late") => return false,
            _ => assert!(since.elapsed() < PATIENCE, "the page does not come back"),
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// What was refused by the content security policy, and what the page complained about.
pub async fn complaints(client: &Client) -> Vec<String> {
    let script = "const sheets = [...document.querySelectorAll('head > style, link[rel=stylesheet]')];
        const missing = sheets.filter((one) => one.sheet === null).map((one) => `missing: ${one.outerHTML}`);
        return [...window.watched.complaints, ...missing]";
    let told = client.execute(script, Vec::new()).await.expect("the page answers");
    let told = told.as_array().cloned().unwrap_or_default();
    told.into_iter().map(|one| one.to_string()).collect()
}

/// Everything the page has and ever got: its document, its fields, and each answer of Rust.
pub async fn everything(client: &Client) -> String {
    let script =
        "const fields = [...document.querySelectorAll('input, textarea')].map((field) => field.value);
        return [document.documentElement.outerHTML, ...fields, window.watched.received].join('\\n')";
    match client.execute(script, Vec::new()).await.expect("the page answers") {
        Value::String(text) => text,
        other => panic!("{other} is no text"),
    }
}
