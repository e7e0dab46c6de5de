mod emitting;
mod generated;
mod patching;
mod reading;

use super::*;
use serde_json::json;

const FILE: &str = "# top\ninfo:\n  name: Create order # trailing\n  type: http\n  seq: 2\n\nhttp:\n  method: POST\n  # above\n  url: \"{{runtimeUrl}}/a\"\n  headers:\n    - name: Accept\n      value: text/plain\n    # between\n    - name: X-ü\n      value: \"1\"\n  body:\n    type: json\n    data: |-\n      {\n        \"a\": 1\n      }\nx-own: kept\n# end\n";

fn change(text: &str, edit: impl Fn(&mut Value)) -> String {
    let document = Document::parse(text.as_bytes()).unwrap();
    let mut after = document.value().clone();
    edit(&mut after);
    let patched = document.patched(document.value(), &after);
    assert_eq!(Document::parse(patched.as_bytes()).unwrap().value(), &after, "{patched}");
    patched
}

#[test]
fn a_changed_scalar_changes_only_its_line_and_keeps_its_style_and_comment() {
    let patched = change(FILE, |value| value["info"]["name"] = json!("Other"));
    assert_eq!(patched, FILE.replace("Create order #", "Other #"));
    let patched = change(FILE, |value| value["http"]["url"] = json!("plain"));
    assert_eq!(patched, FILE.replace("{{runtimeUrl}}/a", "plain"));
    let patched = change(FILE, |value| value["http"]["body"]["data"] = json!("x\n y"));
    assert_eq!(patched, FILE.replace("      {\n        \"a\": 1\n      }\n", "      x\n       y\n"));
}

#[test]
fn a_list_gains_and_loses_items_without_touching_the_others() {
    let patched = change(FILE, |value| {
        value["http"]["headers"].as_array_mut().unwrap().push(json!({"name": "B", "value": "2"}));
    });
    assert_eq!(patched, FILE.replace("value: \"1\"\n", "value: \"1\"\n    - name: B\n      value: \"2\"\n"));
    let patched = change(FILE, |value| drop(value["http"]["headers"].as_array_mut().unwrap().remove(0)));
    assert_eq!(patched, FILE.replace("    - name: Accept\n      value: text/plain\n", ""));
    let patched = change(FILE, |value| value["http"]["headers"].as_array_mut().unwrap().reverse());
    assert!(patched.contains("# between"));
}

#[test]
fn an_added_and_a_removed_key_touch_only_their_lines() {
    let patched = change(FILE, |value| {
        value["settings"] = json!({"timeout": 5});
    });
    assert_eq!(patched, FILE.replace("x-own: kept\n", "x-own: kept\n\nsettings:\n  timeout: 5\n"));
    let patched = change(FILE, |value| drop(value["info"].as_object_mut().unwrap().remove("type")));
    assert_eq!(patched, FILE.replace("  type: http\n", ""));
}

#[test]
fn windows_line_breaks_and_a_byte_order_mark_stay() {
    let windows = format!("\u{feff}{}", FILE.replace('\n', "\r\n"));
    let patched = change(&windows, |value| value["info"]["seq"] = json!({"a": 1}));
    assert_eq!(patched, windows.replace("seq: 2\r\n", "seq:\r\n    a: 1\r\n"));
}

#[test]
fn flow_style_stays_flow() {
    let patched = change("a: {b: 1, c: [x, y]} # c\n", |value| value["a"]["c"][1] = json!("z"));
    assert_eq!(patched, "a: {b: 1, c: [x, z]} # c\n");
    let patched = change("a: {b: 1, c: [x, y]} # c\n", |value| value["a"]["d"] = json!("n, m"));
    assert_eq!(patched, "a: {b: 1, c: [x, y], d: \"n, m\"} # c\n");
}

#[test]
fn a_value_read_through_an_alias_changes_at_its_own_place() {
    let patched =
        change("a: &x\n  k: 1\nb: *x\nc:\n  <<: *x\n  own: 2\n", |value| value["b"]["k"] = json!(9));
    assert_eq!(patched, "a: &x\n  k: 1\nb:\n  k: 9\nc:\n  <<: *x\n  own: 2\n");
    let patched = change("a: &x\n  k: 1\nc:\n  <<: *x\n  own: 2\n", |value| value["c"]["k"] = json!(9));
    assert!(patched.starts_with("a: &x\n  k: 1\nc:\n"), "{patched}");
}

#[test]
fn unusable_files_are_told_with_their_line() {
    let error = |text: &str| Document::parse(text.as_bytes()).err().unwrap();
    assert_eq!(error("a: 1\nb: 2\na: 3\n").message, "The key `a` is there already, in line 1.");
    assert_eq!(error("a: 1\n---\nb: 2\n").line, 2);
    let deep = "[".repeat(5000);
    assert!(Document::parse(deep.as_bytes()).is_err());
    let text = "http:\n  method: GET\n   auth: inherit\n  url: x\n";
    let found = error(text);
    assert_eq!(
        found.message,
        "`auth` stands three spaces in, but its neighbours `method` and `url` stand two."
    );
    let repair = repair(text, &found).unwrap();
    assert_eq!(repair.label, "Move line 3 to two spaces");
    assert_eq!(repair.text, text.replace("   auth", "  auth"));
}

#[test]
fn new_text_reads_as_bruno_writes_it() {
    let value = json!({"info": {"name": "a", "tags": ["x"]}, "http": {"url": "{{a}}", "body": {"data": "x\ny"}}, "bundled": false, "extensions": {}});
    let text = "info:\n  name: a\n  tags:\n    - x\n\nhttp:\n  url: \"{{a}}\"\n  body:\n    data: |-\n      x\n      y\nbundled: false\nextensions: {}\n";
    assert_eq!(emit(&value), text);
}
