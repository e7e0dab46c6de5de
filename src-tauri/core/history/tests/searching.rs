use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Fixture, Sent};
use crate::history::{HistoryCount, HistoryEntry, HistoryLimits, HistoryQuery};
use crate::operation::Door;
use crate::tenant::Stage;

#[test]
fn words_find_identifiers_whole_by_their_beginning_and_parts_of_words() {
    let fixture = Fixture::new();
    let order = fixture.keep(&Sent {
        request: r#"{"orderNumber": "PO-2026-11842", "text": "Grüße aus Köln"}"#,
        answer: r#"{"messageGuid": "AGsFkchjn3qQNv_oy5tvWn5STq6V", "state": "accepted"}"#,
        ..Sent::default()
    });
    let other = fixture.keep(&Sent { answer: "<a>PO-2027-1</a>", status: None, ..Sent::default() });
    for text in [
        "PO-2026-11842",
        "PO-2026-118",
        "11842",
        "AGsFkchjn3qQNv_oy5tvWn5STq6V accepted",
        "accepted agsfkchjn3",
        "\"grüße aus\"",
        "grusse koln",
        "accepted state",
        "number",
        "PO -PO-2027-1",
        "accepted orders",
        "acme-dev accepted",
    ] {
        let expected = if text.starts_with("grusse") { vec![] } else { vec![order] };
        assert_eq!(fixture.found(text), expected, "{text}");
    }
    assert_eq!(fixture.found("PO"), [other, order], "newest first");
    assert!(fixture.found("oct").is_empty(), "not in the middle of a word");
    assert!(fixture.found("\"aus Grüße\"").is_empty(), "a phrase has an order");
    assert_eq!(fixture.found("-accepted"), [other]);
}

#[test]
fn a_hit_is_shown_with_what_stands_around_it() {
    let fixture = Fixture::new();
    fixture.keep(&Sent { answer: "{\"order\":\n  \"PO-2026-11842\"}", ..Sent::default() });
    let page = fixture.page("PO-2026-118");
    let found = &page.entries[0].found[0];
    assert_eq!((found.place.as_str(), found.pieces[1].as_str()), ("Answer", "PO-2026-11842"));
    assert!(fixture.page("").entries[0].found.is_empty());
}

#[test]
fn a_query_that_is_too_long_says_so_and_forgets_nothing() {
    let fixture = Fixture::new();
    fixture.keep(&Sent::default());
    let text = format!("{}before:2020-01-01", "orders ".repeat(64));
    let page = fixture.page(&text);
    let told = page.terms.last().unwrap().problem.clone().unwrap();
    assert!(told.contains("64 words"), "{told}");
    assert_eq!(fixture.store.remove_found(&text).unwrap(), 0, "nothing is forgotten that was not asked for");
    assert_eq!(fixture.found("orders").len(), 1);
}

#[test]
fn names_with_commas_and_bars_are_asked_for_in_quotes() {
    let fixture = Fixture::new();
    let comma = fixture.keep(&Sent { tenant: Some("Acme, Dev"), ..Sent::default() });
    let bar = fixture.keep(&Sent { tenant: Some("a|b"), ..Sent::default() });
    fixture.keep(&Sent { tenant: Some("Acme"), ..Sent::default() });
    assert_eq!(fixture.found("tenant:\"Acme, Dev\""), [comma]);
    assert_eq!(fixture.found("tenant:\"Acme, Dev\",\"a|b\""), [bar, comma]);
}

#[test]
fn terms_narrow_what_is_found() {
    let fixture = Fixture::new();
    let dev = fixture.keep(&Sent { minutes_ago: 60 * 24 * 3, took_ms: 2_500.0, ..Sent::default() });
    let prod = fixture.keep(&Sent {
        url: "https://acme-prod.it-cpi.example/cxf/payment?x=1",
        tenant: Some("Acme Prod"),
        stage: Some(Stage::Prod),
        door: Door::Window,
        status: Some(503),
        minutes_ago: 90,
        answer: &"x".repeat(2_000),
        ..Sent::default()
    });
    let none = fixture.keep(&Sent { tenant: None, stage: None, status: None, ..Sent::default() });
    for (text, expected) in [
        ("tenant:acme-dev", vec![dev]),
        ("tenant:ACME*", vec![prod, dev]),
        ("tenant:\"acme prod\"", vec![prod]),
        ("tenant:none", vec![none]),
        ("-tenant:acme-dev", vec![none, prod]),
        ("stage:prod", vec![prod]),
        ("status:5xx", vec![prod]),
        ("status:200|none", vec![none, dev]),
        ("status:>=400", vec![prod]),
        ("-status:none", vec![prod, dev]),
        ("method:post", vec![none, prod, dev]),
        ("method:GET", vec![]),
        ("door:window", vec![prod]),
        ("host:acme-prod", vec![prod]),
        ("host:acme-dev.*", vec![none, dev]),
        ("host:orders", vec![]),
        ("path:/cxf/", vec![prod]),
        ("path:/http/*", vec![none, dev]),
        ("since:2d", vec![none, prod]),
        ("since:2d before:30min", vec![prod]),
        ("took:>1s", vec![dev]),
        ("took:<1s since:1h", vec![none]),
        ("size:>1kb", vec![prod]),
        ("pinned:yes", vec![]),
        ("tenant:100%", vec![]),
    ] {
        assert_eq!(fixture.found(text), expected, "{text}");
    }
}

#[test]
fn what_cannot_be_understood_is_named_and_left_out() {
    let fixture = Fixture::new();
    let id = fixture.keep(&Sent::default());
    for text in [
        "colour:red",
        "status:teapot",
        "since:soon",
        "took:fast",
        "stage:live",
        "status:",
        "→",
        "pinned:maybe",
    ] {
        let page = fixture.page(text);
        assert_eq!(page.entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), [id], "{text}");
        let [term] = page.terms.as_slice() else { panic!("{:?}", page.terms) };
        assert!(term.problem.is_some(), "{term:?}");
    }
    let terms = fixture.page("orders -tenant:x \"a b\"").terms;
    let shown: Vec<_> = terms.iter().map(|term| (term.field.as_deref(), term.value.as_str())).collect();
    assert_eq!(shown, [(None, "orders"), (Some("-tenant"), "x"), (None, "\"a b\"")]);
}

#[test]
fn hostile_queries_are_harmless() {
    let fixture = Fixture::new();
    fixture.keep(&Sent::default());
    for text in [
        "\"",
        "NOT",
        "a AND OR b",
        "* NEAR(",
        "'; DROP TABLE exchange; --",
        "^a",
        "{a}: b",
        "\0",
        "-\"",
        "a*b*",
    ] {
        fixture.page(text);
    }
    fixture.page(&"long ".repeat(10_000));
    assert_eq!(fixture.page("").total, 1);
}

#[test]
fn pages_follow_each_other() {
    let fixture = Fixture::new();
    let ids: Vec<_> =
        (0..7).map(|minutes_ago| fixture.keep(&Sent { minutes_ago, ..Sent::default() })).collect();
    let page = |offset, text: &str| {
        let query = HistoryQuery { text: text.to_owned(), offset, count: 3 };
        let page = fixture.store.search(&query).unwrap();
        assert_eq!((page.count, page.total), (7, 7));
        page.entries.iter().map(|entry| entry.id).collect::<Vec<_>>()
    };
    for text in ["", "orders", "status:200", "orders status:200"] {
        assert_eq!([page(0, text), page(3, text), page(6, text)].concat(), ids, "{text}");
    }
}

#[test]
fn facets_count_each_group_as_if_it_were_not_narrowed() {
    let fixture = Fixture::new();
    for status in [Some(200), Some(204), Some(500), None] {
        fixture.keep(&Sent { status, ..Sent::default() });
    }
    fixture.keep(&Sent {
        tenant: Some("other"),
        stage: Some(Stage::Prod),
        door: Door::Window,
        ..Sent::default()
    });
    let facets = |text: &str| {
        fixture.store.facets(&HistoryQuery { text: text.to_owned(), ..HistoryQuery::default() }).unwrap()
    };
    let counts = |counts: &[HistoryCount]| {
        counts.iter().map(|count| format!("{} {}", count.value, count.count)).collect::<Vec<_>>().join(", ")
    };
    let all = facets("");
    assert_eq!(counts(&all.tenants), "acme-dev 4, other 1");
    assert_eq!(all.tenants[1].stage, Some(Stage::Prod));
    assert_eq!(counts(&all.answers), "2xx 3, 5xx 1, none 1");
    assert_eq!(counts(&all.doors), "terminal 4, window 1");
    let by_facts = super::super::search::tally_by_facts;
    assert_eq!(by_facts(&fixture.store, "orders -absent since:1d stage:dev"), 4);
    let narrowed = facets("tenant:other orders");
    assert_eq!(counts(&narrowed.tenants), "acme-dev 4, other 1");
    assert_eq!(counts(&narrowed.answers), "2xx 1");
    assert_eq!(counts(&narrowed.doors), "window 1");
}

/// The counts of one facet, out of the entries a query finds that says nothing about it.
fn counted(
    fixture: &Fixture,
    others: &str,
    value: impl Fn(&HistoryEntry) -> String,
) -> BTreeMap<String, u32> {
    let query = HistoryQuery { text: others.to_owned(), offset: 0, count: 500 };
    let mut counts = BTreeMap::new();
    for entry in fixture.store.search(&query).unwrap().entries {
        *counts.entry(value(&entry)).or_insert(0) += 1;
    }
    counts
}

fn facets_are_what_is_found(fixture: &Fixture, tenant: &str, status: &str, door: &str, rest: &str) {
    let text = format!("{tenant} {status} {door} {rest}");
    let facets =
        fixture.store.facets(&HistoryQuery { text: text.clone(), ..HistoryQuery::default() }).unwrap();
    let told = |counts: &[HistoryCount]| -> BTreeMap<String, u32> {
        counts.iter().map(|count| (count.value.clone(), count.count)).collect()
    };
    let none = || "none".to_owned();
    let of_tenant = |entry: &HistoryEntry| entry.tenant.as_ref().map_or_else(none, Clone::clone);
    let of_status =
        |entry: &HistoryEntry| entry.status.map_or_else(none, |status| format!("{}xx", status / 100));
    let of_door = |entry: &HistoryEntry| {
        if entry.door == Door::Window { "window".to_owned() } else { "terminal".to_owned() }
    };
    assert_eq!(
        told(&facets.tenants),
        counted(fixture, &format!("{status} {door} {rest}"), of_tenant),
        "{text}"
    );
    assert_eq!(
        told(&facets.answers),
        counted(fixture, &format!("{tenant} {door} {rest}"), of_status),
        "{text}"
    );
    assert_eq!(
        told(&facets.doors),
        counted(fixture, &format!("{tenant} {status} {rest}"), of_door),
        "{text}"
    );
}

fn all_facets_are_what_is_found(fixture: &Fixture) {
    for tenant in
        ["", "tenant:other", "-tenant:acme-*", "tenant:none", "stage:prod", "tenant:acme-dev stage:dev"]
    {
        for status in ["", "status:5xx", "-status:none", "status:none", "status:200|404 -status:404"] {
            for door in ["", "door:window"] {
                for rest in ["", "orders", "since:1h took:<1s", "-rejected", "rejected method:post"] {
                    facets_are_what_is_found(fixture, tenant, status, door, rest);
                }
            }
        }
    }
}

#[test]
fn facets_follow_what_is_kept_removed_and_pruned() {
    let fixture = Fixture::new();
    let mut kept = Vec::new();
    for number in 0..36_u16 {
        let tenant = [Some("acme-dev"), Some("other"), None][usize::from(number % 3)];
        kept.push(fixture.keep(&Sent {
            tenant,
            stage: tenant.map(|tenant| if tenant == "other" { Stage::Prod } else { Stage::Dev }),
            door: if number % 4 == 0 { Door::Window } else { Door::Terminal },
            status: [Some(200), Some(404), Some(500), None][usize::from(number % 9 % 4)],
            answer: if number % 5 == 0 { "rejected" } else { "accepted" },
            minutes_ago: i64::from(number) * 120,
            ..Sent::default()
        }));
    }
    all_facets_are_what_is_found(&fixture);

    assert_eq!(fixture.store.remove(&kept[2..9]).unwrap(), 7);
    all_facets_are_what_is_found(&fixture);

    fixture.store.prune(&HistoryLimits { days: Some(1), mebibytes: None }, Timestamp::now()).unwrap();
    assert!(fixture.page("").total < 12);
    all_facets_are_what_is_found(&fixture);

    fixture.store.remove_all().unwrap();
    all_facets_are_what_is_found(&fixture);
}
