use super::{NASTY, collection, fields, item, request};
use crate::collection::export::hurl::write;
use crate::collection::{Assertion, Collection};
use crate::http::{Authorization, Body, Part, PartContent, Request};

fn entry(request: Request) -> String {
    let text = write(&collection(vec![item("R", request)])).text;
    text.split_once("\n# R\n").unwrap().1.to_owned()
}

fn assertion(expression: &str, operator: &str, value: &str) -> Assertion {
    Assertion { expression: expression.into(), operator: operator.into(), value: value.into(), enabled: true }
}

/// Every nasty text in every place.
fn everything() -> Collection {
    let mut items = Vec::new();
    for (index, nasty) in NASTY.iter().enumerate() {
        let mut all = request("POST", &format!("{{{{base}}}}/{index}/{nasty}"));
        all.headers = fields(&[("X-A", nasty), (nasty, "v"), ("X-Empty", "")]);
        all.parameters = fields(&[("q", nasty), (nasty, "{{my var}}")]);
        all.authorization = Authorization::Login { username: (*nasty).into(), password: "{{p}}".into() };
        let text = |kind: Option<&str>| Part {
            name: (*nasty).into(),
            content: PartContent::Text { text: (*nasty).into() },
            content_type: kind.map(str::to_owned),
            enabled: true,
        };
        let file =
            Part { content: PartContent::File { path: (*nasty).into() }, ..text(Some("text/plain; a=b")) };
        let form = Body::Form { fields: fields(&[(nasty, nasty)]) };
        let parts = Body::Multipart { parts: vec![text(None), file] };
        let bodies = [
            form,
            parts,
            Body::Json { text: (*nasty).into() },
            Body::Xml { text: format!("<a>{nasty}</a>{{{{x}}}}") },
            Body::Text { text: (*nasty).into() },
            Body::File { path: (*nasty).into() },
        ];
        for body in bodies {
            let mut item = item(nasty, Request { body, ..all.clone() });
            item.details.docs = (*nasty).into();
            item.details.assertions =
                vec![assertion("res.status", "eq", "200"), assertion("res.status", "lt", "300")];
            items.push(item);
        }
    }
    collection(items)
}

#[test]
fn a_request_is_written_in_the_order_hurl_reads() {
    let mut whole = request("post", "{{base}}/orders/:id");
    whole.path_parameters = fields(&[("id", "7")]);
    whole.headers = fields(&[("X-Trace", "{{$guid}}")]);
    whole.parameters = fields(&[("q", "a b")]);
    whole.authorization = Authorization::Login { username: "anna".into(), password: "{{p}}".into() };
    whole.options.timeout_ms = Some(3000);
    whole.body = Body::Json { text: "{\"a\": {{x}}}".into() };
    let mut whole = item("R", whole);
    whole.details.assertions = vec![
        assertion("res.status", "eq", "201"),
        assertion("res.status", "lt", "300"),
        assertion("res.body.a", "eq", "1"),
    ];
    let export = write(&collection(vec![whole]));
    let expected = "# Shop\n# Run it with a value for each of these variables:\n#   --variable base=…\n#   --variable p=…\n#   --variable x=…\n\n# R\nPOST {{base}}/orders/7\nX-Trace: {{newUuid}}\nContent-Type: application/json\n[Options]\nmax-time: 3000ms\n[Query]\nq: a b\n[BasicAuth]\nanna: {{p}}\n```json\n{\"a\": {{x}}}\n```\nHTTP 201\n[Asserts]\nstatus < 300\n";
    assert_eq!(export.text, expected);
    assert_eq!(export.losses.len(), 1);
    assert!(export.losses[0].what.contains("res.body.a"));
}

#[test]
fn what_would_break_a_line_is_escaped() {
    let mut nasty = request("GET", "https://a.example/#top");
    nasty.url = "https://a.example/x\\y".into();
    nasty.headers = fields(&[("X-A", " # \\ \n{{ok}} {{#no}} "), ("a b:c", "1")]);
    let text = entry(nasty);
    assert!(text.contains("GET https://a.example/x\\\\y\n"), "{text}");
    assert!(text.contains("X-A: \\u{20}\\# \\\\ \\n{{ok}} \\u{7b}{\\#no}}\\u{20}\n"), "{text}");
    assert!(text.contains("a\\u{20}b\\u{3a}c: 1\n"), "{text}");
}

#[test]
fn a_text_no_block_can_hold_is_one_line() {
    let body = |text: &str| {
        entry(Request { body: Body::Text { text: text.into() }, ..request("POST", "https://a.example") })
    };
    assert!(body("one\ntwo").ends_with("\n```\none\ntwo```\n"));
    assert!(body("a ```b\n").ends_with("\n`a \\`\\`\\`b\\n`\n"));
    assert!(body("{{#each x}}").ends_with("\n```raw\n{{#each x}}```\n"));
    assert!(body("{{#each x}}{{y}}").ends_with("\n`\\u{7b}{#each x}}{{y}}`\n"));
}

#[test]
fn a_text_part_that_looks_like_a_file_stays_text() {
    let part = Part {
        name: "f".into(),
        content: PartContent::Text { text: "file,secret.txt;".into() },
        content_type: None,
        enabled: true,
    };
    let body = Body::Multipart { parts: vec![part] };
    let text = entry(Request { body, ..request("POST", "https://a.example") });
    assert!(text.contains("f: \\u{66}ile,secret.txt;"), "{text}");
}

#[test]
fn a_method_hurl_has_no_word_for_is_told_and_left_out() {
    let export = write(&collection(vec![item("Search", request("M-SEARCH", "https://a.example"))]));
    assert!(!export.text.contains("a.example") && export.losses.len() == 1);
}

#[test]
fn no_text_adds_or_swallows_a_line() {
    let text = write(&everything()).text;
    let starts = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
    let requests = NASTY.len() * 6;
    assert_eq!(starts("POST {{base}}/"), requests);
    assert_eq!(
        (starts("HTTP 200"), starts("[Asserts]"), starts("status < 300")),
        (requests, requests, requests)
    );
    assert_eq!(
        (starts("[Query]"), starts("[BasicAuth]"), starts("[Form]")),
        (requests, requests, NASTY.len())
    );
    assert!(text.lines().all(|line| !line.contains('\r')));
}
