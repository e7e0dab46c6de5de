//! New text, as Bruno 4 writes it.

use super::super::*;
use serde_json::json;

fn emitted(text: &str) -> String {
    let value = json!({ "k": text });
    let out = emit(&value);
    assert_eq!(Document::parse(out.as_bytes()).unwrap().value(), &value, "{out}");
    out.strip_prefix("k: ").unwrap().strip_suffix('\n').unwrap().to_owned()
}

#[test]
fn texts_that_read_as_something_else_are_quoted() {
    for text in
        ["true", "null", "~", "12", "1e3", ".5", "0x1F", "-1", "", " a", "a ", "a: b", "a #b", "#a", "a:"]
    {
        assert_eq!(emitted(text), format!("\"{text}\""));
    }
    for text in ["[a", "{{url}}", "*a", "&a", "!a", "|", "> a", "'a", "%a", "@a", "`a", "- a", "? a", ",a"] {
        assert_eq!(emitted(text), format!("\"{text}\""));
    }
    assert_eq!(emitted("say \"hi\": now"), "'say \"hi\": now'");
    assert_eq!(emitted("it's \"x\": y"), "\"it's \\\"x\\\": y\"");
}

#[test]
fn texts_that_read_as_themselves_are_plain() {
    let plain = [
        "a",
        "1.0.0",
        "yes",
        "2001-01-01",
        "12:30",
        "a:b",
        "a#b",
        "-a",
        "?a",
        ":a",
        "ü 😀",
        "x {{y}}",
        "C:\\x",
    ];
    for text in plain {
        assert_eq!(emitted(text), text);
    }
    let long = "text ".repeat(60) + "end";
    assert_eq!(emitted(&long), long);
}

#[test]
fn texts_of_several_lines_are_blocks() {
    assert_eq!(emitted("a\nb"), "|-\n  a\n  b");
    assert_eq!(emitted("a\nb\n"), "|\n  a\n  b");
    assert_eq!(emitted("a\n\nb\n\n"), "|+\n  a\n\n  b\n");
    assert_eq!(emitted("  a\nb"), "|2-\n    a\n  b");
    assert_eq!(emitted("a\n\tb: #c"), "|-\n  a\n  \tb: #c");
    assert_eq!(emitted("---\na"), "|-\n  ---\n  a");
}

#[test]
fn texts_no_block_can_hold_are_quoted() {
    assert_eq!(emitted("a\n "), "\"a\\n \"");
    assert_eq!(emitted(" \n"), "\"\\ \\n\"");
    assert_eq!(emitted("a\r\nb"), "\"a\\r\\nb\"");
    assert_eq!(emitted("\u{feff}a"), "\"\\ufeffa\"");
    assert_eq!(
        emitted("line one of the text\r\n  line two \n\n\nthree\r\n"),
        "\"line one of the text\\r\n\n  \\  line two\\ \n\n\n\n  three\\r\\n\""
    );
}

#[test]
fn a_blank_line_before_a_block_adds_nothing_to_the_text_above() {
    let value = json!({"docs": "a\n\n", "http": {"url": "x"}, "items": []});
    let text = emit(&value);
    assert_eq!(text, "docs: |+\n  a\n\nhttp:\n  url: x\n\nitems: []\n");
    assert_eq!(Document::parse(text.as_bytes()).unwrap().value(), &value);
    let value = json!({"docs": "a\n  \n", "http": 1});
    assert_eq!(Document::parse(emit(&value).as_bytes()).unwrap().value(), &value);
}

#[test]
fn numbers_read_as_javascript_writes_them() {
    let value = json!({"a": 1.0, "b": 1e21, "c": 1e-7, "d": -0.5, "e": u64::MAX});
    assert_eq!(emit(&value), "a: 1\nb: 1e+21\nc: 1e-7\nd: -0.5\ne: 18446744073709551615\n");
}
