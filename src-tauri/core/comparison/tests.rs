use std::collections::HashSet;
use std::time::{Duration, Instant};

use super::body::{Outcome, Side, compare};
use super::extract::Extract;
use super::model::{Aligned, DiffMark};
use super::structure::Change;
use crate::body::Source;
use crate::http::{Body, SpooledBody};

fn side(kind: &str, text: impl AsRef<[u8]>) -> Side {
    let bytes = text.as_ref().to_vec();
    Side { size: bytes.len() as u64, bytes, content_type: Some(kind.to_owned()), ..Side::default() }
}

fn json(a: &str, b: &str) -> Outcome {
    json_without(a, b, &[])
}

fn json_without(a: &str, b: &str, ignored: &[&str]) -> Outcome {
    let ignored: HashSet<String> = ignored.iter().map(|name| (*name).to_owned()).collect();
    compare(&side("application/json", a), &side("application/json; charset=utf-8", b), &ignored, false)
}

fn xml(a: &str, b: &str) -> Outcome {
    compare(&side("application/xml", a), &side("text/xml", b), &HashSet::new(), false)
}

/// `a | b` of every line that is not the same, its pieces that differ in square brackets.
fn shown(outcome: &Outcome) -> Vec<String> {
    let side = |line: Option<&super::DiffLine>| {
        let pieces = line.map(|line| line.pieces.as_slice()).unwrap_or_default().iter().enumerate();
        let marked = pieces.map(|(at, piece)| if at % 2 == 1 { format!("[{piece}]") } else { piece.clone() });
        marked.collect::<String>().trim().to_owned()
    };
    let differs = |line: &&Aligned| line.mark != DiffMark::Same;
    let text = |line: &Aligned| format!("{} | {}", side(line.a.as_ref()), side(line.b.as_ref()));
    outcome.bodies.lines.iter().filter(differs).map(text).collect()
}

#[test]
fn members_in_another_order_and_other_spelling_are_no_difference() {
    let outcome = json(
        r#"{"b":1.10,"a":["x",{"n":null,"m":"\u00e4"}],"e":{}}"#,
        "{ \"a\": [\"x\", {\"m\":\"ä\", \"n\":null}],\n\"e\": { }, \"b\": 1.10 }",
    );
    assert_eq!(outcome.bodies.differences, 0, "{:?}", shown(&outcome));
    assert_eq!(shown(&outcome), Vec::<String>::new());
    assert_eq!(outcome.bodies.note, None);
}

#[test]
fn a_changed_value_shows_the_place_and_a_new_member_does_not_touch_the_line_before() {
    let outcome = json(
        r#"{"purchaseOrder":"PO-2026-11840","on":"2026-12-01","items":[1]}"#,
        r#"{"purchaseOrder":"PO-2026-11842","on":"01.12.2026","items":[1],"express":true}"#,
    );
    assert_eq!(
        shown(&outcome),
        [
            r#""purchaseOrder": "PO-2026-[11840]", | "purchaseOrder": "PO-2026-[11842]","#,
            r#""on": "[2026-12-01]", | "on": "[01.12.2026]","#,
            r#" | "express": true"#,
        ]
    );
    assert_eq!(outcome.bodies.differences, 3);
    assert_eq!(outcome.changes.last(), Some(&Change::New("express".to_owned())));
}

#[test]
fn a_number_written_otherwise_differs_and_keeps_its_digits() {
    let outcome = json(r#"{"n":12345678901234567890.10}"#, r#"{"n":12345678901234567890.1}"#);
    assert_eq!(shown(&outcome), [r#""n": 12345678901234567890.[10] | "n": 12345678901234567890.[1]"#]);
}

#[test]
fn an_inserted_item_moves_nothing_and_items_are_paired_by_what_they_share() {
    let a = r#"[{"id":1,"x":"a","y":1},{"id":2,"x":"b","y":1},{"id":3,"x":"c","y":1}]"#;
    let b = r#"[{"id":0,"x":"n","y":0},{"id":2,"x":"b","y":2},{"id":3,"x":"c","y":1}]"#;
    let outcome = json(a, b);
    assert!(shown(&outcome).contains(&r#""y": [1] | "y": [2]"#.to_owned()), "{:?}", shown(&outcome));
    assert!(outcome.bodies.lines.iter().any(|line| line.mark == DiffMark::Same
        && line.a.as_ref().is_some_and(|line| line.pieces[0].contains("\"id\": 3"))));
    let inserted = json("[1,2,3]", "[1,9,2,3]");
    assert_eq!(shown(&inserted), [" | 9,"]);
}

#[test]
fn ignored_members_are_shown_as_such_and_do_not_count() {
    let outcome = json_without(r#"[{"Id":1,"a":1}]"#, r#"[{"Id":2,"a":1},{"Id":3,"a":1}]"#, &["id"]);
    let ignored = outcome.bodies.lines.iter().filter(|line| line.mark == DiffMark::Ignored).count();
    assert_eq!(ignored, 1);
    assert_eq!(outcome.bodies.differences, 1, "the second item");
    let missing = json_without(r#"{"id":{"x":[1]}}"#, "{}", &["id"]);
    assert_eq!(missing.changes, []);
}

#[test]
fn a_member_twice_is_two_members() {
    assert_eq!(shown(&json(r#"{"a":1,"a":2}"#, r#"{"a":1,"a":3}"#)), [r#""a": [2] | "a": [3]"#]);
}

#[test]
fn xml_is_compared_by_elements() {
    let a = "<o:Order xmlns:o='urn:o' id=\"1\" kind='x'>\n  <o:Item>A &amp; B</o:Item><o:Empty/></o:Order>";
    let b = "<o:Order kind='x' xmlns:o='urn:o' id=\"1\"><o:Item>A &amp; C</o:Item>\n<o:Empty></o:Empty><o:New/></o:Order>";
    let outcome = xml(a, b);
    assert_eq!(
        shown(&outcome),
        ["<o:Item>A &amp; [B]</o:Item> | <o:Item>A &amp; [C]</o:Item>", " | <o:New></o:New>"]
    );
    let change =
        Change::Value { name: "Item".to_owned(), a: "A &amp; B".to_owned(), b: "A &amp; C".to_owned() };
    assert_eq!(outcome.changes, [change, Change::New("New".to_owned())]);
    assert_eq!(xml(a, a).bodies.differences, 0);
}

#[test]
fn broken_and_deep_texts_are_compared_as_text_and_say_why() {
    let broken = json(r#"{"a":1"#, r#"{"a":2}"#);
    assert!(broken.bodies.note.as_deref().is_some_and(|note| note.contains("no whole JSON")));
    assert_eq!(broken.bodies.differences, 1);
    for (open, close) in [("[", "]"), ("<a>", "</a>")] {
        let deep = [open.repeat(100_000), close.repeat(100_000)].concat();
        let kind = if open == "[" { "application/json" } else { "application/xml" };
        let outcome = compare(&side(kind, &deep), &side(kind, deep.clone() + " "), &HashSet::new(), false);
        assert!(outcome.bodies.note.as_deref().is_some_and(|note| note.contains("levels")), "{open}");
        assert_eq!(outcome.bodies.lines.len(), 1);
    }
    assert!(xml("<a><b></a>", "<a/>").bodies.note.is_some());
}

#[test]
fn another_type_bytes_and_nothing_are_told() {
    let none = HashSet::new();
    let other = compare(&side("application/json", r#"{"a":1}"#), &side("text/plain", "MPL ID"), &none, false);
    assert_eq!(other.bodies.differences, 1);
    assert_eq!(other.bodies.note.as_deref(), Some("They have another type."));
    assert_eq!(other.bodies.lines.len(), 3, "the first is indented");
    assert_eq!(
        (other.bodies.a.as_str(), other.bodies.b.as_str()),
        ("7 B application/json", "6 B text/plain")
    );
    let bytes = compare(&side("image/png", [0, 1, 2]), &side("image/png", [0, 1, 3]), &none, false);
    assert!(bytes.bodies.note.as_deref().is_some_and(|note| note.contains("from byte 3 on")));
    assert_eq!((bytes.bodies.differences, bytes.bodies.lines.len()), (1, 0));
    let empty = compare(&Side::default(), &Side::default(), &none, false);
    assert_eq!((empty.bodies.differences, empty.bodies.note, empty.bodies.lines.len()), (0, None, 0));
    let missing = compare(&side("text/plain", "x\ny"), &Side::default(), &none, false);
    assert_eq!((missing.bodies.differences, missing.bodies.lines.len()), (1, 2));
}

#[test]
fn as_text_sees_the_order_that_structure_does_not() {
    let (a, b) =
        (side("application/json", "{\"a\":1,\"b\":2}"), side("application/json", "{\"b\":2,\"a\":1}"));
    assert_eq!(compare(&a, &b, &HashSet::new(), false).bodies.differences, 0);
    assert_eq!(compare(&a, &b, &HashSet::new(), true).bodies.differences, 1);
}

#[test]
fn large_bodies_take_bounded_time() {
    let numbers = |step: usize| (0..100_000).map(move |number| (number * step % 99_991).to_string());
    let bracketed = |step| format!("[{}]", numbers(step).collect::<Vec<_>>().join(","));
    let lines = |step| numbers(step).collect::<Vec<_>>().join("\n");
    for (kind, a, b) in [
        ("application/json", bracketed(1), bracketed(7)),
        ("text/plain", lines(1), lines(7)),
        ("text/plain", "same\n".repeat(100_000), "same\n".repeat(99_000)),
    ] {
        let begun = Instant::now();
        let outcome = compare(&side(kind, a), &side(kind, b), &HashSet::new(), false);
        assert!(outcome.bodies.lines.len() >= 100_000, "{:?}", outcome.bodies.note);
        assert!(begun.elapsed() < Duration::from_secs(30), "{kind}: {:?}", begun.elapsed());
    }
    let many =
        compare(&side("text/plain", "\n".repeat(300_000)), &side("text/plain", "x"), &HashSet::new(), false);
    assert!(many.bodies.note.is_some() && many.bodies.lines.is_empty());
    assert_eq!(many.bodies.differences, 1);
}

#[test]
fn long_lines_show_the_middle_that_differs() {
    let long = "ä".repeat(10_000);
    let outcome = compare(
        &side("text/plain", format!("{long}1{long}")),
        &side("text/plain", format!("{long}23{long}")),
        &HashSet::new(),
        false,
    );
    let line = outcome.bodies.lines[0].b.as_ref().unwrap();
    assert_eq!(line.pieces[1], "23");
    assert_eq!(line.pieces.concat(), format!("{long}23{long}"));
}

#[test]
fn a_long_line_behind_short_ones_keeps_its_number() {
    let body = |value: &str| {
        let line = format!("<a>{}{value}</a>", "x".repeat(4 * 1024 * 1024));
        SpooledBody::of(
            format!("<?xml version='1.0'?>\n<!-- orders -->\n<root>\n{line}\n</root>").into_bytes(),
        )
    };
    let (a, b) = (body("1").source(), body("2").source());
    assert_eq!(Extract::of(a.as_ref(), b.as_ref()).unwrap().lines, 3);
}

#[test]
fn text_in_another_character_set_is_text() {
    let none = HashSet::new();
    let latin =
        |text: &str| text.chars().map(|sign| u8::try_from(u32::from(sign)).unwrap()).collect::<Vec<_>>();
    let order = |city: &str| {
        latin(&format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Order><City>{city}</City></Order>"))
    };
    let outcome = compare(
        &side("application/xml", order("Köln")),
        &side("application/xml", order("Mölln")),
        &none,
        false,
    );
    assert_eq!((outcome.bodies.note.as_deref(), outcome.bodies.differences), (None, 1));
    assert_eq!(shown(&outcome), ["<City>[Köln]</City> | <City>[Mölln]</City>"]);
    let text = compare(&side("text/plain", latin("Köln")), &side("text/plain", "Köln"), &none, false);
    assert_eq!((text.bodies.note.as_deref(), text.bodies.differences), (None, 0));
}

#[test]
fn a_later_part_has_the_characters_the_beginning_declares() {
    let body = |city: &[u8]| {
        let head = "<?xml version='1.0' encoding='ISO-8859-5'?><Orders>";
        let orders = "<Order/>\n".repeat(600_000);
        SpooledBody::of([head.as_bytes(), orders.as_bytes(), b"<City>", city, b"</City></Orders>"].concat())
    };
    let (a, b) = (body(&[0xBA, 0xB8]).source(), body(&[0xBA, 0xB9]).source());
    let extract = Extract::of(a.as_ref(), b.as_ref()).unwrap();
    let side =
        |source: &dyn Source| Side::of_answer(source, extract, Some("application/xml".to_owned())).unwrap();
    let outcome = compare(&side(a.as_ref()), &side(b.as_ref()), &HashSet::new(), false);
    assert!(extract.from > 0);
    assert_eq!(shown(&outcome), ["<City>[КИ]</City></Orders> | <City>[КЙ]</City></Orders>"]);
}

#[test]
fn a_request_is_read_as_it_was_written_whatever_character_set_it_names() {
    let text = "<?xml version='1.0' encoding='ISO-8859-1'?><City>Köln</City>".to_owned();
    let body = Body::Xml { text };
    let (a, b) =
        Side::of_requests((&body, None), (&Body::Xml { text: "<City>Kiel</City>".to_owned() }, None));
    let lines = compare(&a, &b, &HashSet::new(), false).bodies.lines;
    let first = lines.iter().filter_map(|line| line.a.as_ref()).map(|line| line.pieces.concat());
    assert!(first.collect::<String>().contains("Köln"), "{lines:?}");
}

#[test]
fn the_deepest_text_that_has_a_structure_is_compared_by_it() {
    let deep = |inner: &str| ["{\"a\":[".repeat(64), inner.to_owned(), "]}".repeat(64)].concat();
    let outcome = json(&deep("1"), &deep("2"));
    assert_eq!(outcome.bodies.note, None);
    assert_eq!(outcome.bodies.differences, 1);
    let deeper = json(&deep("[1]"), &deep("[2]"));
    assert!(deeper.bodies.note.is_some());
}

#[test]
fn lists_of_objects_that_share_nothing_are_compared_in_time() {
    let list = |seed: usize| {
        let object = |row: usize| {
            let members =
                (0..60).map(|member| format!("\"m{member}\":{}", (row * 60 + member) * seed + seed));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        };
        let rows = (0..1500).map(|row| if row % 100 == 0 { "\"mark\"".to_owned() } else { object(row) });
        format!("[{}]", rows.collect::<Vec<_>>().join(","))
    };
    let begun = Instant::now();
    let outcome = json(&list(1), &list(3));
    assert!(outcome.bodies.differences > 1000);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[test]
fn what_variables_stood_for_is_compared_and_not_their_names() {
    let exchange = |order: &str| -> crate::http::Exchange {
        let body = |text: String| serde_json::json!({ "kind": "json", "text": text });
        let request = crate::http::Request::new("POST", "/http/orders");
        let mut request = serde_json::to_value(request).unwrap();
        request["body"] = body("{\"order\":\"{{order}}\"}".to_owned());
        serde_json::from_value(serde_json::json!({
            "id": crate::http::ExchangeId::new_v4(), "tenant": null, "key": null, "request": request,
            "sent_body": body(format!("{{\"order\":\"{order}\"}}")), "url": "https://acme.example/http/orders",
            "started_at": "2026-11-22T10:00:00Z", "took_ms": 1.0, "failure": null, "refusal": null,
        }))
        .unwrap()
    };
    let (a, b) = (exchange("1111"), exchange("2222"));
    assert_eq!(super::body_sent(&a).0, a.body_sent());
    assert_ne!(super::body_sent(&a).0, super::body_sent(&b).0);
}
