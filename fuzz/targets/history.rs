//! Queries over a small history.

use std::sync::OnceLock;

use serde_json::json;
use sluice_core::database::Database;
use sluice_core::history::{HistoryQuery, HistoryStore, Recording};
use sluice_core::http::SpooledBody;
use sluice_core::operation::Door;
use sluice_core::tenant::Stage;

use super::texts::folder;

/// What somebody types.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let store = store();
    let query = |text: String| HistoryQuery { text, ..HistoryQuery::default() };
    let page = store.search(&query(text.to_owned())).unwrap();
    store.facets(&query(text.to_owned())).unwrap();
    assert_eq!((page.count as usize, page.total), (page.entries.len(), ROWS));
    let [term] = page.terms.as_slice() else { return };
    let is_negated = term.field.as_ref().is_some_and(|field| field.starts_with('-'));
    if term.problem.is_some() || is_negated || text.trim().starts_with('-') || term.value.starts_with('-') {
        return;
    }
    // What a term leaves and what its opposite leaves is everything. A word at the end may go on, its opposite not.
    let is_moving = term.field.as_ref().is_some_and(|field| field == "since" || field == "before");
    if term.field.is_some() && !is_moving {
        let opposite = store.search(&query(format!("-{}", text.trim()))).unwrap();
        assert_eq!(page.count + opposite.count, ROWS, "{text:?}");
    }
}

const ROWS: u32 = 12;

fn store() -> &'static HistoryStore {
    static STORE: OnceLock<HistoryStore> = OnceLock::new();
    STORE.get_or_init(|| {
        let database = Database::open(&folder().join("sluice.db")).unwrap();
        let store = HistoryStore::new(database, folder().join("bodies")).unwrap();
        (0..ROWS).for_each(|number| keep(&store, number));
        store
    })
}

fn keep(store: &HistoryStore, number: u32) {
    let answers =
        ["{\"orderNumber\": \"PO-2026-1\"}", "<grüße>İstanbul ﬃ ß</grüße>", "plain 100% of_it \\ \"x\""];
    let answer = answers[number as usize % answers.len()];
    let status = [200, 404, 500, 201][number as usize % 4];
    let tenant = ["acme-dev", "acme-prod", "Größe & Co"].get(number as usize % 4);
    let received = (number != 5).then(|| {
        json!({"status": status, "reason": "", "version": "HTTP/1.1", "content_type": "application/json", "headers": [],
            "content_encoding": null, "wire_size": answer.len(), "body_size": answer.len(), "complete": true})
    });
    let url = format!("https://acme-{number}.example/http/orders?page={number}%20of_it");
    let call = json!({"purpose": "request", "reason": "Your request.", "start_ms": 0.0, "received": received,
        "sent": {"method": "POST", "url": url, "headers": [], "body_size": 2}, "phases": {"total_ms": 1.0},
        "tls": null, "remote_address": null, "failure": null});
    let exchange = serde_json::from_value(json!({
        "id": format!("00000000-0000-4000-8000-{number:012}"), "tenant": tenant, "key": null, "url": url,
        "started_at": format!("2026-11-{:02}T10:00:00Z", number + 1), "took_ms": f64::from(number) * 400.0,
        "request": {"method": "POST", "url": "/http/orders", "body": {"kind": "json", "text": "{}"}},
        "calls": [call], "failure": null, "refusal": null,
    }))
    .unwrap();
    let door = if number.is_multiple_of(2) { Door::Window } else { Door::Terminal };
    let stage = (!number.is_multiple_of(3)).then_some(Stage::Dev);
    let body = SpooledBody::of(answer.as_bytes().to_vec());
    store
        .record(&Recording {
            exchange: &exchange,
            body: Ok(&body),
            size: body.size(),
            door,
            stage,
            context: None,
        })
        .unwrap();
}
