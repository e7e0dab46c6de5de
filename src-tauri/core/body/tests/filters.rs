use std::sync::Arc;

use super::{Dice, opened, source, wait};
use crate::body::Source;
use crate::body::filter::{Outcome, json, json_within, xml};
use crate::http::BodyForm;

const ORDERS: &str = r#"{
  "orders": [
    {"id": 1, "status": "OPEN", "items": [{"sku": "a"}, {"sku": "b"}]},
    {"id": 2, "status": "BACKORDER", "items": []},
    {"id": 3, "status": "OPEN", "odd name": {"x'y": null}}
  ],
  "next": null
}"#;

fn paths(outcome: &Outcome) -> Vec<&str> {
    outcome.nodes.iter().map(|node| node.path.as_str()).collect()
}

fn orders(expression: &str) -> Outcome {
    json(&source(ORDERS), expression).unwrap()
}

#[test]
fn a_json_path_names_its_nodes_with_path_text_and_place() {
    let found = orders("$.orders[*].status");
    assert_eq!(paths(&found), ["$.orders[0].status", "$.orders[1].status", "$.orders[2].status"]);
    assert_eq!(found.nodes[1].text, "\"BACKORDER\"");
    for node in &found.nodes {
        let at = usize::try_from(node.offset.unwrap()).unwrap();
        assert!(ORDERS[at..].starts_with(&node.text), "{node:?}");
    }
    assert_eq!(paths(&orders("$['orders'][2]['odd name']")), ["$.orders[2]['odd name']"]);
    assert_eq!(paths(&orders("$.orders[2]['odd name'].*")), [r"$.orders[2]['odd name']['x\'y']"]);
    assert_eq!(orders("$.orders[7]").count, 0);
    assert_eq!(orders("$.next").nodes[0].text, "null");
}

#[test]
fn filters_slices_and_descendants_keep_their_whole_paths() {
    let found = orders("$.orders[?@.status == 'OPEN'].id");
    assert_eq!(paths(&found), ["$.orders[0].id", "$.orders[2].id"]);
    assert_eq!(found.nodes[1].text, "3");
    for expression in
        ["$.orders[?@.status == 'OPEN'].id", "$..sku", "$.orders[-1:]", "$.orders[?count(@.items[*]) == 2]"]
    {
        for node in orders(expression).nodes {
            let at = usize::try_from(node.offset.unwrap()).unwrap();
            let value: serde_json::Value =
                serde_json::Deserializer::from_str(&ORDERS[at..]).into_iter().next().unwrap().unwrap();
            assert_eq!(serde_json::to_string_pretty(&value).unwrap(), node.text, "{expression}");
        }
    }
    assert_eq!(paths(&orders("$..sku")), ["$.orders[0].items[0].sku", "$.orders[0].items[1].sku"]);
    assert_eq!(paths(&orders("$.orders[0, 1].id")), ["$.orders[0].id", "$.orders[1].id"]);
    assert_eq!(paths(&orders("$.orders[?@.id == $.orders[1].id].status")), ["$.orders[1].status"]);
    assert_eq!(paths(&orders("$[?@[0].id == 1]")), ["$.orders"], "children of an object");
}

#[test]
fn values_are_shown_as_they_stand_in_the_body() {
    let body = r#"{"amount":1.10,"id":12345678901234567890123,"of":[{"name":"K\u00f6ln","e":1E+2}, []]}"#;
    let text = |expression: &str| json(&source(body), expression).unwrap().nodes[0].text.clone();
    for (expression, shown) in [
        ("$.amount", "1.10"),
        ("$.id", "12345678901234567890123"),
        ("$..id", "12345678901234567890123"),
        ("$.of[0]", "{\n  \"name\": \"K\\u00f6ln\",\n  \"e\": 1E+2\n}"),
        ("$.of[?@.e == 100]", "{\n  \"name\": \"K\\u00f6ln\",\n  \"e\": 1E+2\n}"),
        ("$.of[-1:]", "[]"),
        ("$[?@ == 1.1]", "1.10"),
    ] {
        assert_eq!(text(expression), shown, "{expression}");
    }
    let broken = json(&source(r#"{"a":[1,,2],"b":1}"#), "$.a").unwrap();
    assert_eq!(broken.nodes[0].text.replace(char::is_whitespace, ""), "[1,,2]");
}

#[test]
fn every_value_of_json_lines_is_looked_at() {
    let body = "{\"id\":1,\"x\":[1]}\n{\"id\":2}\r\n[3]\n{\"id\":4,\"x\":[1,4]}\n";
    let found = |expression: &str| json(&source(body), expression).unwrap();
    let ids = found("$.id");
    assert_eq!((ids.count, ids.documents, ids.cut), (3, 4, false));
    assert_eq!(paths(&ids), ["$.id", "$.id", "$.id"]);
    for (node, at) in ids.nodes.iter().zip(["1,", "2}", "4,\"x"]) {
        assert_eq!(node.offset, body.find(at).map(|at| at as u64));
        assert_eq!(node.text, at[..1]);
    }
    let fours = found("$..x[?@ == 4]");
    assert_eq!((fours.count, fours.nodes[0].offset), (1, body.rfind('4').map(|at| at as u64)));
    assert_eq!(found("$").count, 4);
    let broken = json(&source("{\"id\":1}\n{\"id\":2}\n}\n{\"id\":3}"), "$.id").unwrap();
    assert_eq!((broken.count, broken.cut), (2, true));
}

#[test]
fn a_body_beyond_memory_is_filtered_while_it_is_read() {
    let row = |id: u32| {
        format!(
            r#"{{"id":{id},"status":"{}","text":"{}"}}"#,
            if id.is_multiple_of(1000) { "ODD" } else { "EVEN" },
            "x".repeat(40)
        )
    };
    let rows: Vec<String> = (0..9_000).map(row).collect();
    let body = format!(r#"{{"meta":{{}},"orders":[{}]}}"#, rows.join(","));
    let body = source(body);
    let json = |expression: &str| json_within(&body, expression, 1024);
    let all = json("$.orders[*].id").unwrap();
    assert_eq!((all.count, all.nodes.len()), (9_000, 1000));
    let some = json("$.orders[?@.status == 'ODD'].id").unwrap();
    assert_eq!(some.count, 9);
    assert_eq!(some.nodes[8].path, "$.orders[8000].id");
    let error = json("$..id").unwrap_err();
    assert!(error.message.contains("too large"), "{}", error.message);
    assert_eq!(json("$.orders").unwrap().count, 1);
}

#[test]
fn what_is_no_json_path_is_refused_with_its_place() {
    let error = json(&source("{}"), "$.orders[").unwrap_err();
    assert!(error.message.contains("at character"), "{}", error.message);
    assert!(json(&source("{}"), "orders").is_err());
    for typed in
        [r"$['\", r"$['a\u", r"$['\u00e", r"$['\ud800\u", r"$['\ud800\uD']", r"$['\ud800", r"$[?@.a == '\u"]
    {
        assert!(json(&source("{}"), typed).is_err(), "{typed}");
    }
    for whole in [r"$['\\u']", r"$['\u0061']", r"$['\\']"] {
        assert!(json(&source("{}"), whole).is_ok(), "{whole}");
    }
}

#[test]
fn a_broken_or_deep_body_gives_what_stands_before() {
    let found = json(&source(r#"{"a":[1,2,{"b":"#), "$.a[*]").unwrap();
    assert_eq!((found.count, found.cut), (2, true));
    let deep = format!(r#"{{"a":{}1{},"b":2}}"#, "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert_eq!(json(&source(&deep), "$.b").unwrap().nodes[0].text, "2");
    for body in ["", "   ", "nonsense", "{\"a\" 1}", "[1,,2]", "\"\\"] {
        let found = json(&source(body), "$.a.b").unwrap();
        assert_eq!(found.count, 0, "{body}");
    }
}

fn xpath(body: &str, expression: &str) -> Outcome {
    let body: Arc<dyn Source> = source(body);
    xml(body.as_ref(), expression, &[("mine".to_owned(), "urn:orders".to_owned())]).unwrap()
}

const SOAP: &str = r#"<?xml version="1.0"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
  <soap:Body>
    <Orders xmlns="urn:orders" xmlns:p="urn:prices">
      <Order id="1"><p:Price>9</p:Price></Order>
      <Order id="2"><p:Price>11</p:Price></Order>
    </Orders>
  </soap:Body>
</soap:Envelope>"#;

#[test]
fn an_xpath_uses_the_prefixes_of_the_document_and_its_default_namespace() {
    let found = xpath(SOAP, "//Order[p:Price > 10]");
    assert_eq!(paths(&found), ["/soap:Envelope/soap:Body/Orders/Order[2]"]);
    let at = usize::try_from(found.nodes[0].offset.unwrap()).unwrap();
    assert!(SOAP[at..].starts_with("<Order id=\"2\""), "{}", &SOAP[at..]);
    assert!(found.nodes[0].text.contains("11"), "{}", found.nodes[0].text);
    assert_eq!(xpath(SOAP, "//mine:Order").count, 2, "a prefix of the user's own");
    let attribute = xpath(SOAP, "/soap:Envelope/soap:Body/*/*[2]/@id");
    assert_eq!(paths(&attribute), ["/soap:Envelope/soap:Body/Orders/Order[2]/@id"]);
    assert_eq!(attribute.nodes[0].text, "2");
}

#[test]
fn names_without_a_prefix_are_of_any_default_namespace() {
    let two = r#"<root><b xmlns="urn:x" id="1"/><b id="2"/><p:b xmlns:p="urn:p" id="3"/></root>"#;
    let soap =
        r#"<Envelope xmlns="urn:e"><Order xmlns="" and="1"><div/><Item no="2">x</Item></Order></Envelope>"#;
    for (body, expression, expected) in [
        (two, "/root", vec!["/root"]),
        (two, "/root/b", vec!["/root/b[1]", "/root/b[2]"]),
        (two, "/root/b[2]", vec!["/root/b[2]"]),
        (two, "//b[@id = '1']", vec!["/root/b[1]"]),
        (two, "//p:b", vec!["/root/p:b"]),
        (two, "/child::root/descendant::b[last()]/preceding-sibling::b[1]", vec!["/root/b[1]"]),
        (two, "for $b in //b return (: b :) $b[self::b]", vec!["/root/b[1]", "/root/b[2]"]),
        (two, "if (//b) then /root else //p:b", vec!["/root"]),
        (two, "/root/element()[. instance of element(b)]", vec!["/root/b[2]"]),
        (two, "//Q{urn:x}b | //*:b[@id='3']", vec!["/root/b[1]", "/root/p:b"]),
        (two, "/root[b/@* and b]/b[2]", vec!["/root/b[2]"]),
        (two, "let $two := 2 return //b[$two*count(//b) = 4]", vec!["/root/b[1]", "/root/b[2]"]),
        (two, "//b[@id cast as xs:integer = 1 or .5e1 = 4 or not(..)]", vec!["/root/b[1]"]),
        (soap, "/Envelope/Order/Item", vec!["/Envelope/Order/Item"]),
        (soap, "//Order[div and Item/@no * 2 = 4]/@and", vec!["/Envelope/Order/@and"]),
        (soap, "//Item[concat('//b ', ., name()) eq \"//b xItem\"]", vec!["/Envelope/Order/Item"]),
        (soap, "//Order/div/following-sibling::node()", vec!["/Envelope/Order/Item"]),
    ] {
        assert_eq!(paths(&xpath(body, expression)), expected, "{expression}");
    }
    assert_eq!(xpath(two, "count(//b) div 2 + sum(//b/@id)").value.as_deref(), Some("4"));
    let again = r#"<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2" p:c="1"/></p:a>"#;
    assert_eq!(paths(&xpath(again, "/p:a/p:b/@p:c")), ["/p:a/p:b/@p:c"]);
    assert_eq!(paths(&xpath(again, "//p:*")), ["/p:a", "/p:a/p:b"]);
    let error = xml(source(two).as_ref(), "/root/b[", &[]).unwrap_err();
    assert!(error.message.contains("at character"), "{}", error.message);
}

/// Elements with and without prefixes that mean something else here and there.
fn element(dice: &mut Dice, depth: usize) -> String {
    let name = dice.one_of(&["a", "b", "p:a", "p:b"]);
    let default = dice.one_of(&["", "", " xmlns=''", " xmlns='urn:1'", " xmlns=\"urn:'2'\""]);
    let prefix =
        if name.starts_with('p') { dice.one_of(&[" xmlns:p='urn:3'", " xmlns:p='urn:4'"]) } else { "" };
    let children: String = (0..dice.roll(4).min(depth * 4)).map(|_| element(dice, depth - 1)).collect();
    format!("<{name}{default}{prefix}>{children}</{name}>")
}

#[test]
fn every_copied_path_finds_its_node() {
    for seed in 1..40 {
        let text = element(&mut Dice(seed * 7919), 4);
        let body = opened(text.as_str(), "text/xml");
        wait(&body, BodyForm::Pretty);
        for (at, _) in text.match_indices('<').filter(|(at, _)| !text[at + 1..].starts_with('/')) {
            let copied = body.path_at(at as u64).unwrap().unwrap().path;
            let found = xml(source(&text).as_ref(), &copied, &[]).unwrap();
            let places: Vec<_> = found.nodes.iter().map(|node| node.offset).collect();
            assert_eq!(places, [Some(at as u64)], "{copied} {text}");
            let again = xml(source(&text).as_ref(), &found.nodes[0].path, &[]).unwrap();
            assert_eq!((again.count, again.nodes[0].offset), (1, Some(at as u64)), "{text}");
        }
    }
}

#[test]
fn an_element_is_where_its_tag_begins_whatever_stands_before() {
    for (body, at) in [
        ("<a><b/></a>", 3),
        ("\u{feff}<a><b/></a>", 6),
        ("<a><:b/></a>", 3),
        ("<a><p:b xmlns:p='q'/></a>", 3),
    ] {
        assert_eq!(xpath(body, "/*/*").nodes[0].offset, Some(at), "{body}");
    }
}

#[test]
fn bytes_that_are_no_text_move_nothing() {
    let mut body = b"<a>\xff\xfe\xff<b>two".to_vec();
    body.extend(b"\xff</b><c/></a>");
    let body = source(body);
    let places: Vec<_> =
        xml(body.as_ref(), "/a/*", &[]).unwrap().nodes.iter().map(|node| node.offset).collect();
    assert_eq!(places, [Some(6), Some(17)]);
}

#[test]
fn an_xpath_that_names_no_node_has_a_value() {
    assert_eq!(xpath(SOAP, "count(//Order)").value.as_deref(), Some("2"));
    assert_eq!(xpath(SOAP, "sum(//p:Price)").value.as_deref(), Some("20"));
    assert_eq!(xpath(SOAP, "string-join(//@id, '+')").value.as_deref(), Some("1+2"));
    assert_eq!(xpath(SOAP, "//Nowhere").count, 0);
}

#[test]
fn what_is_no_xpath_or_no_xml_is_refused() {
    let refuse = |body: &str, expression: &str| xml(source(body).as_ref(), expression, &[]).unwrap_err();
    assert!(refuse(SOAP, "//Order[").message.contains("no XPath"));
    let error = refuse(SOAP, "//unknown:x");
    assert!(error.hint.as_deref().unwrap_or_default().contains("soap"), "{error:?}");
    assert!(refuse("<a><b></a>", "//b").message.contains("no XML"));
    assert!(
        refuse("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "//a")
            .message
            .contains("no XML")
    );
    let deep = format!("{}{}", "<a>".repeat(3_000), "</a>".repeat(3_000));
    let _ = xml(source(deep).as_ref(), "count(//a)", &[]);
}
