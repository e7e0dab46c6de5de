use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sluice_core::database::Database;
use sluice_core::history::{HistoryQuery, HistoryStore, Recording};
use sluice_core::http::{Body, Exchange, ExchangeId, SpooledBody};
use sluice_core::operation::Door;
use sluice_core::tenant::Stage;

use super::ground::{Failure, Ground};
use super::row::{Row, judged};
use super::sample::Sample;

const WHAT: &str = "history of 100,000 exchanges";
const EXCHANGES: u32 = 100_000;
const ROUNDS: usize = 21;
/// Milliseconds.
const BAR: f64 = 50.0;
const RECORDING_BAR: f64 = 1.0;

/// What is searched for, and why it may be slow.
const QUERIES: [(&str, &str); 12] = [
    ("", "the newest"),
    ("PO-2026-11842", "a rare identifier"),
    ("PO-2026-118", "its beginning"),
    ("AGsFk", "the beginning of a message id"),
    ("material", "a word of every exchange"),
    ("mat", "the beginning of a word of every exchange"),
    ("material quantity", "two words of every exchange"),
    ("status:5xx", "a term"),
    ("tenant:acme-1* since:30d", "two terms"),
    ("material status:5xx tenant:acme-1*", "a word of every exchange, two terms"),
    ("took:>1s -material", "nothing fits"),
    ("host:nowhere", "no host fits"),
];

/// Fills a history, then lists and searches it; and what keeping one exchange costs.
pub fn rows(ground: &Ground) -> Result<Vec<Row>, Failure> {
    let folder = ground.path().join("history");
    std::fs::create_dir_all(&folder)?;
    let store = HistoryStore::new(Database::open(&folder.join("sluice.db"))?, folder.join("bodies"))?;
    let recorded = fill(&store)?;
    let begun = Instant::now();
    store.index_all()?;
    let indexing = begun.elapsed();
    let mebibytes = store.usage()?.bytes / 1024 / 1024;
    let mut rows = Vec::new();
    for (text, why) in QUERIES {
        let times = measured(|| Ok(store.search(&query(text))?.entries.len()))?;
        rows.push(row(
            &format!("“{text}”"),
            &times,
            BAR,
            format!("page of 50, {why}; {ROUNDS} runs after one"),
        ));
    }
    let facets = measured(|| Ok(store.facets(&query(""))?.tenants.len()))?;
    rows.push(row("facets", &facets, BAR, "of everything".to_owned()));
    let facets = measured(|| Ok(store.facets(&query("material status:5xx"))?.tenants.len()))?;
    rows.push(row(
        "facets “material status:5xx”",
        &facets,
        BAR,
        "a word of every exchange, one term".to_owned(),
    ));
    let method = format!(
        "one row, {EXCHANGES} times; full text behind it {:.2} ms each; {mebibytes} MiB in all",
        indexing.as_secs_f64() * 1e3 / f64::from(EXCHANGES)
    );
    rows.push(row("keeping one", &recorded, RECORDING_BAR, method));
    Ok(rows)
}

fn row(what: &str, sample: &Sample, bar: f64, method: String) -> Row {
    Row {
        what: WHAT,
        sluice: format!("{what} {}", sample.text()),
        beside: "–".to_owned(),
        ratio: "–".to_owned(),
        bar: judged(&format!("≤ {bar} ms"), sample.median() <= bar),
        method,
    }
}

fn query(text: &str) -> HistoryQuery {
    HistoryQuery { text: text.to_owned(), offset: 0, count: 50 }
}

fn measured(work: impl Fn() -> Result<usize, Failure>) -> Result<Sample, Failure> {
    let mut times = Vec::new();
    for round in 0..=ROUNDS {
        let begun = Instant::now();
        work()?;
        // The first one fills the page cache.
        if round > 0 {
            times.push(begun.elapsed());
        }
    }
    Ok(Sample::of_times(&times))
}

fn fill(store: &HistoryStore) -> Result<Sample, Failure> {
    let mut dice = Dice(0x5EED);
    let template: Exchange = serde_json::from_value(template())?;
    let now = Timestamp::now();
    let mut times: Vec<Duration> = Vec::new();
    for number in 0..EXCHANGES {
        let (exchange, answer) = generated(&template, number, now, &mut dice);
        let body = SpooledBody::of(answer);
        let recording = Recording {
            exchange: &exchange,
            body: Ok(&body),
            size: body.size(),
            door: if number % 3 == 0 { Door::Window } else { Door::Terminal },
            stage: Some(if number % 5 == 0 { Stage::Prod } else { Stage::Dev }),
            context: None,
        };
        let begun = Instant::now();
        store.record(&recording)?;
        times.push(begun.elapsed());
    }
    Ok(Sample::of_times(&times))
}

/// An exchange like those of an order interface: identifiers of its own among words that repeat.
fn generated(template: &Exchange, number: u32, now: Timestamp, dice: &mut Dice) -> (Exchange, String) {
    let mut exchange = template.clone();
    let tenant = format!("acme-{}", dice.below(20));
    exchange.id = ExchangeId::from_u128(u128::from(dice.next()) << 64 | u128::from(dice.next()));
    exchange.url = format!("https://{tenant}.it-cpi.example/http/orders/{}", dice.below(500));
    exchange.tenant = Some(tenant);
    exchange.started_at = now - SignedDuration::from_secs(i64::from(EXCHANGES - number) * 60);
    exchange.took_ms = f64::from(dice.below(900));
    exchange.request.body = Body::Json { text: format!("{{\"order\":\"PO-2026-{number:05}\"}}") };
    for call in &mut exchange.calls {
        call.sent.url.clone_from(&exchange.url);
        if let Some(received) = &mut call.received {
            received.status = if dice.below(50) == 0 { 500 } else { 200 };
        }
    }
    let items: Vec<_> = (0..6)
        .map(|_| {
            json!({"material": format!("MAT-{:05}", dice.below(100_000)), "quantity": dice.below(99),
                "text": (0..5).map(|_| dice.word()).collect::<Vec<_>>().join(" ")})
        })
        .collect();
    let answer = json!({"orderNumber": format!("PO-2026-{number:05}"), "messageId": dice.identifier(), "items": items});
    (exchange, answer.to_string())
}

fn template() -> serde_json::Value {
    let text = |name: &str, value: &str| json!({"name": name, "value": [{"kind": "text", "text": value}]});
    let headers = [
        text("content-type", "application/json"),
        text("strict-transport-security", "max-age=31536000; includeSubDomains; preload"),
        text("sap_messageprocessinglogid", "AGsFkchjn3qQNv_oy5tvWn5STq6V"),
    ];
    let sent = [text("accept", "*/*"), text("user-agent", "Sluice/0.1.0")];
    json!({
        "id": ExchangeId::nil(), "tenant": null, "key": "cpi-rt", "url": "", "took_ms": 0.0, "failure": null, "refusal": null,
        "started_at": "2026-01-01T00:00:00Z", "request": {"method": "POST", "url": "/http/orders"},
        "calls": [{"purpose": "request", "reason": "Your request.", "start_ms": 0.1, "tls": null, "remote_address": "192.0.2.1:443",
            "sent": {"method": "POST", "url": "", "headers": sent, "body_size": 30}, "failure": null,
            "phases": {"reused": true, "total_ms": 20.0},
            "received": {"status": 200, "reason": "OK", "version": "HTTP/2", "headers": headers, "wire_size": 900, "body_size": 900,
                "content_type": "application/json", "content_encoding": null, "complete": true}}],
    })
}

/// The same numbers every time.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end)).unwrap_or_default()
    }

    /// One of 8,000 words.
    fn word(&mut self) -> String {
        let mut own = Self(u64::from(self.below(8_000)) + 1);
        (0..3 + own.below(7))
            .map(|_| char::from(b'a' + u8::try_from(own.below(26)).unwrap_or_default()))
            .collect()
    }

    /// Like the id of a message.
    fn identifier(&mut self) -> String {
        const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
        let sign = |own: &mut Self| char::from(SIGNS[own.below(63) as usize]);
        std::iter::once('A').chain((0..27).map(|_| sign(self))).collect()
    }
}
