mod keeping;
mod kills;
mod redaction;
mod searching;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{HistoryEntry, HistoryPage, HistoryQuery, HistoryStore, Recording};
use crate::collection::CollectionId;
use crate::database::Database;
use crate::http::{Exchange, ExchangeId, SpooledBody};
use crate::operation::{Door, SendContext};
use crate::tenant::Stage;

/// A history in a folder of its own.
struct Fixture {
    folder: TempDir,
    store: HistoryStore,
}

/// What an exchange of the tests is like.
struct Sent<'a> {
    url: &'a str,
    tenant: Option<&'a str>,
    stage: Option<Stage>,
    door: Door,
    status: Option<u16>,
    request: &'a str,
    answer: &'a str,
    minutes_ago: i64,
    took_ms: f64,
    path: &'a str,
}

impl Default for Sent<'_> {
    fn default() -> Self {
        Self {
            url: "https://acme-dev.it-cpi.example/http/orders",
            tenant: Some("acme-dev"),
            stage: Some(Stage::Dev),
            door: Door::Terminal,
            status: Some(200),
            request: "{}",
            answer: "{}",
            minutes_ago: 1,
            took_ms: 20.0,
            path: "",
        }
    }
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&folder.path().join("sluice.db")).unwrap();
        let store = HistoryStore::new(database, folder.path().join("bodies")).unwrap();
        Self { folder, store }
    }

    /// The same folder as another program sees it.
    fn again(&self) -> HistoryStore {
        let database = Database::open(&self.folder.path().join("sluice.db")).unwrap();
        HistoryStore::new(database, self.folder.path().join("bodies")).unwrap()
    }

    fn keep(&self, sent: &Sent<'_>) -> ExchangeId {
        let exchange = exchange(sent);
        keep(&self.store, sent, &exchange);
        exchange.id
    }

    fn page(&self, text: &str) -> HistoryPage {
        let query = HistoryQuery { text: text.to_owned(), ..HistoryQuery::default() };
        self.store.search(&query).unwrap()
    }

    /// What a query finds, newest first.
    fn found(&self, text: &str) -> Vec<ExchangeId> {
        let page = self.page(text);
        assert_eq!(page.count as usize, page.entries.len(), "{text}");
        page.entries.iter().map(|entry| entry.id).collect()
    }

    fn entry(&self, id: ExchangeId) -> HistoryEntry {
        self.store.entry(id).unwrap().expect("it is kept")
    }

    fn files(&self) -> Vec<String> {
        let Ok(files) = std::fs::read_dir(self.folder.path().join("bodies")) else { return Vec::new() };
        files.flatten().map(|file| file.file_name().into_string().unwrap()).collect()
    }
}

fn keep(store: &HistoryStore, sent: &Sent<'_>, exchange: &Exchange) {
    let body = SpooledBody::of(sent.answer.as_bytes().to_vec());
    let context = SendContext {
        collection: CollectionId::nil(),
        path: sent.path.to_owned(),
        variables: Vec::new(),
        environment: None,
    };
    let context = Some(&context).filter(|context| !context.path.is_empty());
    let (door, stage) = (sent.door, sent.stage);
    store.record(&Recording { exchange, body: Ok(&body), size: body.size(), door, stage, context }).unwrap();
}

/// An exchange as it was recorded, out of JSON: the types read what they write.
fn exchange(sent: &Sent<'_>) -> Exchange {
    let began = Timestamp::now() - SignedDuration::from_mins(sent.minutes_ago);
    let received = sent.status.map(|status| {
        json!({"status": status, "reason": "", "version": "HTTP/1.1", "content_type": "application/json",
            "headers": [{"name": "sap_messageprocessinglogid", "value": [{"kind": "text", "text": "AGsFkchjn3qQNv_oy5tvWn5STq6V"}]}],
            "content_encoding": null, "wire_size": sent.answer.len(), "body_size": sent.answer.len(), "complete": true})
    });
    let call = json!({"purpose": "request", "reason": "Your request.", "start_ms": 0.0, "received": received,
        "sent": {"method": "POST", "url": sent.url, "headers": [], "body_size": sent.request.len()},
        "phases": {"total_ms": sent.took_ms}, "tls": null, "remote_address": null, "failure": null});
    let failure: Value = match sent.status {
        Some(_) => Value::Null,
        None => {
            json!({"code": "connect_failed", "message": "Nobody answered.", "hint": null, "detail": null})
        }
    };
    serde_json::from_value(json!({
        "id": ExchangeId::new_v4(), "tenant": sent.tenant, "key": null, "url": sent.url, "started_at": began.to_string(),
        "request": {"method": "POST", "url": "/http/orders", "body": {"kind": "json", "text": sent.request}},
        "took_ms": sent.took_ms, "calls": [call], "failure": failure, "refusal": null, "of_the_future": {"a": 1},
    }))
    .unwrap()
}
