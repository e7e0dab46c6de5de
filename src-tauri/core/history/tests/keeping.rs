use std::io::Read as _;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use super::{Fixture, Sent, exchange};
use crate::history::HistoryLimits;
use crate::http::{Exchange, Purpose};

const LARGE: usize = 200_000;

fn text(fixture: &Fixture, id: crate::http::ExchangeId) -> Option<String> {
    let body = fixture.store.read(id).unwrap().expect("it is kept").body?;
    let mut text = String::new();
    body.open().read_to_string(&mut text).unwrap();
    Some(text)
}

#[test]
fn an_exchange_comes_back_as_it_was() {
    let fixture = Fixture::new();
    let sent = Sent { path: "Orders/Create order.yml", answer: "{\"a\":1}", ..Sent::default() };
    let original = exchange(&sent);
    super::keep(&fixture.store, &sent, &original);
    let kept = fixture.again().read(original.id).unwrap().expect("it is kept");
    assert_eq!(kept.exchange, original);
    assert_eq!(kept.entry.title.as_deref(), Some("Create order"));
    assert_eq!((kept.entry.status, kept.entry.body_size), (Some(200), 7));
    assert_eq!(kept.context.map(|context| context.path).as_deref(), Some("Orders/Create order.yml"));
    assert_eq!(text(&fixture, original.id).as_deref(), Some("{\"a\":1}"));
}

#[test]
fn large_bodies_lie_in_files_and_small_ones_in_the_database() {
    let fixture = Fixture::new();
    let small = fixture.keep(&Sent { answer: &"s".repeat(65_536), ..Sent::default() });
    assert!(fixture.files().is_empty());
    let large = fixture.keep(&Sent { answer: &"l".repeat(LARGE), ..Sent::default() });
    assert_eq!(fixture.files(), [large.to_string()]);
    assert_eq!(text(&fixture, small).map(|text| text.len()), Some(65_536));
    assert_eq!(text(&fixture, large).map(|text| text.len()), Some(LARGE));
}

#[test]
fn exchanges_of_one_moment_keep_an_order_and_failures_are_kept() {
    let fixture = Fixture::new();
    let first = exchange(&Sent { status: None, ..Sent::default() });
    let second = Exchange { id: crate::http::ExchangeId::new_v4(), ..first.clone() };
    for exchange in [&first, &second] {
        super::keep(&fixture.store, &Sent::default(), exchange);
    }
    assert_eq!(fixture.found(""), [second.id, first.id]);
    assert!(fixture.store.read(first.id).unwrap().unwrap().exchange.failure.is_some());
}

#[test]
fn records_of_other_versions_are_read() {
    let mut record = serde_json::to_value(exchange(&Sent::default())).unwrap();
    record["calls"][0]["purpose"] = "of_the_future".into();
    record["failure"] = serde_json::json!({"code": "of_the_future", "message": "x", "more": 1});
    record["calls"][0]["sent"]["headers"] = serde_json::json!([]);
    for missing in ["reason", "phases", "tls", "remote_address", "failure"] {
        record["calls"][0].as_object_mut().unwrap().remove(missing);
    }
    let exchange: Exchange = serde_json::from_value(record).unwrap();
    assert_eq!(exchange.calls[0].purpose, Purpose::Request);
    assert_eq!(exchange.failure.unwrap().message, "x");
}

#[test]
fn pins_and_notes_are_kept_and_found() {
    let fixture = Fixture::new();
    let id = fixture.keep(&Sent::default());
    assert!(fixture.found("remember").is_empty());
    fixture.store.change(id, Some(true), Some("  Remember the milk ")).unwrap();
    let entry = fixture.entry(id);
    assert!(entry.pinned && entry.note.as_deref() == Some("Remember the milk"));
    for text in ["remember", "note:milk", "note:", "pinned:yes"] {
        assert_eq!(fixture.found(text), [id], "{text}");
    }
    fixture.store.change(id, None, Some("")).unwrap();
    assert!(fixture.entry(id).pinned && fixture.entry(id).note.is_none());
    assert!(fixture.found("remember").is_empty());
}

#[test]
fn age_and_size_have_limits_and_pinned_ones_stay() {
    let fixture = Fixture::new();
    let answer = "x".repeat(700_000);
    let days_ago = |days: i64| Sent { minutes_ago: days * 24 * 60, answer: &answer, ..Sent::default() };
    let pinned = fixture.keep(&days_ago(100));
    fixture.store.change(pinned, Some(true), None).unwrap();
    fixture.keep(&days_ago(91));
    let [older, newer] = [89, 1].map(|days| fixture.keep(&days_ago(days)));
    let limits = HistoryLimits { days: Some(90), mebibytes: Some(2) };

    fixture.store.prune(&limits, Timestamp::now()).unwrap();

    assert_eq!(fixture.found(""), [newer, older, pinned]);
    assert_eq!(fixture.files().len(), 3, "what is pinned counts for nothing");
    let limits = HistoryLimits { days: Some(90), mebibytes: Some(1) };
    fixture.store.prune(&limits, Timestamp::now()).unwrap();
    assert_eq!(fixture.found(""), [newer, older, pinned]);
    assert!(text(&fixture, older).is_none(), "the oldest that is not pinned has lost its body");
    assert!(text(&fixture, newer).is_some() && text(&fixture, pinned).is_some());
}

#[test]
fn a_large_request_counts_and_goes_with_its_exchange() {
    let fixture = Fixture::new();
    let request = "x".repeat(700_000);
    let sent = |minutes_ago| Sent { minutes_ago, request: &request, answer: "short", ..Sent::default() };
    fixture.keep(&sent(3));
    let small = fixture.keep(&Sent { minutes_ago: 2, ..Sent::default() });
    let newer = fixture.keep(&sent(1));
    let limits = HistoryLimits { days: None, mebibytes: Some(1) };

    fixture.store.prune(&limits, Timestamp::now()).unwrap();

    assert_eq!(fixture.found(""), [newer, small]);
    assert_eq!(text(&fixture, newer).as_deref(), Some("short"));
}

#[test]
fn what_is_removed_leaves_no_trace_in_any_file() {
    let fixture = Fixture::new();
    let rest = fixture.keep(&Sent { answer: "staying", ..Sent::default() });
    let mut gone = Vec::new();
    for number in 0..50 {
        let answer = format!(
            "vanishing{number} {}",
            if number == 0 { "vanishing ".repeat(20_000) } else { String::new() }
        );
        gone.push(fixture.keep(&Sent {
            answer: &answer,
            request: "{\"a\":\"vanishing\"}",
            ..Sent::default()
        }));
    }
    fixture.store.index_all().unwrap();
    assert_eq!(fixture.found("vanishing").len(), 50);

    assert_eq!(fixture.store.remove(&gone[..10]).unwrap(), 10);
    assert_eq!(fixture.store.remove_found("vanishing").unwrap(), 40);
    fixture.store.scrub().unwrap();

    assert_eq!(fixture.found(""), [rest]);
    assert!(fixture.files().is_empty());
    for file in
        std::fs::read_dir(fixture.folder.path()).unwrap().flatten().filter(|file| file.path().is_file())
    {
        let bytes = std::fs::read(file.path()).unwrap();
        let found = memchr::memmem::find(&bytes, b"vanishing");
        assert!(found.is_none(), "a trace in {}", file.path().display());
    }
    assert_eq!(fixture.found("staying"), [rest]);
}

#[test]
fn pinned_ones_survive_a_removal_by_query_but_not_of_all() {
    let fixture = Fixture::new();
    let [pinned, _] = [1, 2].map(|minutes_ago| fixture.keep(&Sent { minutes_ago, ..Sent::default() }));
    fixture.store.change(pinned, Some(true), None).unwrap();
    assert_eq!(fixture.store.remove_found("status:typo").unwrap(), 0, "a mistake removes nothing");
    assert_eq!(fixture.store.remove_found("status:200").unwrap(), 1);
    assert_eq!(fixture.found(""), [pinned]);
    assert_eq!(fixture.store.remove_all().unwrap(), 1);
    assert!(fixture.found("").is_empty());
}

#[test]
fn leftovers_are_tidied_up() {
    let fixture = Fixture::new();
    let large = fixture.keep(&Sent { answer: &"l".repeat(LARGE), ..Sent::default() });
    let lost = fixture.keep(&Sent { answer: &"l".repeat(LARGE), ..Sent::default() });
    let bodies = fixture.folder.path().join("bodies");
    std::fs::remove_file(bodies.join(lost.to_string())).unwrap();
    std::fs::write(bodies.join(crate::http::ExchangeId::new_v4().to_string()), "orphan").unwrap();
    std::fs::write(bodies.join(".keeping-abc"), "half").unwrap();
    std::fs::write(bodies.join("notes.txt"), "of somebody else").unwrap();

    fixture.store.tidy(Duration::from_mins(10)).unwrap();
    assert_eq!(fixture.files().len(), 4, "young files may belong to another program");
    fixture.store.tidy(Duration::ZERO).unwrap();

    let mut files = fixture.files();
    files.sort();
    let mut expected = [large.to_string(), "notes.txt".to_owned()];
    expected.sort();
    assert_eq!(files, expected);
    assert!(text(&fixture, lost).is_none() && text(&fixture, large).is_some());
}

#[test]
fn what_an_earlier_run_did_not_look_through_is_found() {
    let fixture = Fixture::new();
    let id = fixture.keep(&Sent { answer: "late", ..Sent::default() });
    let connection = Connection::open(fixture.folder.path().join("sluice.db")).unwrap();
    let left = |connection: &Connection| -> i64 {
        connection.query_row("SELECT count(*) FROM exchange WHERE indexed = 0", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(left(&connection), 1);
    fixture.again().index_all().unwrap();
    assert_eq!(left(&connection), 0);
    assert_eq!(fixture.found("late"), [id]);
}

#[test]
fn usage_and_age_are_told() {
    let fixture = Fixture::new();
    assert_eq!((fixture.store.usage().unwrap().count, fixture.store.usage().unwrap().oldest), (0, None));
    let id = fixture.keep(&Sent { answer: &"l".repeat(LARGE), minutes_ago: 60, ..Sent::default() });
    let usage = fixture.store.usage().unwrap();
    assert_eq!((usage.count, usage.oldest), (1, Some(fixture.entry(id).started_at)));
    assert!(usage.bytes > LARGE as u64);
    let limits = HistoryLimits { days: Some(1), mebibytes: None };
    let began = fixture.entry(id).started_at;
    assert_eq!(limits.kept_until(began), Some(began + SignedDuration::from_hours(24)));
}
