//! What an edit touches and what it leaves alone.

use super::super::*;
use super::change;
use serde_json::json;

fn push(value: &mut Value, pointer: &str, item: Value) {
    value.pointer_mut(pointer).unwrap().as_array_mut().unwrap().push(item);
}

#[test]
fn four_spaces_stay_four_where_keys_and_items_are_added() {
    let text = "http:\n    method: GET\n    headers:\n        - name: A\n          value: x\n";
    let patched = change(text, |value| push(value, "/http/headers", json!({"name": "B", "value": "y"})));
    assert_eq!(patched, format!("{text}        - name: B\n          value: y\n"));
    let patched = change(text, |value| value["http"]["body"] = json!({"type": "text", "data": " a\nb"}));
    assert_eq!(
        patched,
        format!("{text}    body:\n        type: text\n        data: |4-\n             a\n            b\n")
    );
    let patched = change(text, |value| value["http"]["params"] = json!([{"name": "p"}]));
    assert_eq!(patched, format!("{text}    params:\n        - name: p\n"));
}

#[test]
fn a_list_that_is_not_indented_stays_so() {
    let text = "http:\n  headers:\n  - name: A\n    value: x\n  method: GET\n";
    let patched = change(text, |value| push(value, "/http/headers", json!({"name": "B"})));
    assert_eq!(patched, text.replace("value: x\n", "value: x\n  - name: B\n"));
    let patched = change(text, |value| value["http"]["params"] = json!([{"name": "p"}, {"name": "q"}]));
    assert_eq!(patched, format!("{text}  params:\n  - name: p\n  - name: q\n"));
    let patched = change(text, |value| drop(value["http"]["headers"].as_array_mut().unwrap().pop()));
    assert_eq!(patched, "http:\n  headers: []\n  method: GET\n");
}

#[test]
fn a_missing_final_line_break_stays_missing() {
    let patched = change("a: 1\nb: 2", |value| value["b"] = json!(3));
    assert_eq!(patched, "a: 1\nb: 3");
    let patched = change("a: 1\nb: 2", |value| value["c"] = json!(3));
    assert_eq!(patched, "a: 1\nb: 2\nc: 3");
    let patched = change("a: 1\nb: 2", |value| drop(value.as_object_mut().unwrap().remove("b")));
    assert_eq!(patched, "a: 1");
    let patched = change("a:\n  - x", |value| push(value, "/a", json!("y")));
    assert_eq!(patched, "a:\n  - x\n  - y");
}

#[test]
fn a_field_the_file_does_not_write_is_added_only_when_it_changes() {
    let text = "http:\n  method: GET\n  url: x # here\n";
    let document = Document::parse(text.as_bytes()).unwrap();
    let before =
        json!({"http": {"method": "GET", "url": "x", "auth": "inherit"}, "settings": {"timeout": 0}});
    let mut after = before.clone();
    after["http"]["url"] = json!("y");
    assert_eq!(document.patched(&before, &after), "http:\n  method: GET\n  url: y # here\n");
    after["http"]["auth"] = json!("none");
    assert_eq!(document.patched(&before, &after), "http:\n  method: GET\n  url: y # here\n  auth: none\n");
    after = before.clone();
    after["settings"]["timeout"] = json!(5);
    let patched = document.patched(&before, &after);
    assert_eq!(patched, format!("{text}\nsettings:\n  timeout: 5\n"));
}

#[test]
fn a_value_the_file_writes_in_another_way_stays_as_it_is() {
    let text = "http:\n  method: get\n  timeout: \"5\"\n  url: x\n";
    let document = Document::parse(text.as_bytes()).unwrap();
    let before = json!({"http": {"method": "GET", "timeout": 5, "url": "x"}});
    let mut after = before.clone();
    after["http"]["url"] = json!("y");
    assert_eq!(document.patched(&before, &after), text.replace("url: x", "url: y"));
}

#[test]
fn unknown_keys_of_an_item_stay_when_another_field_changes() {
    let text = "headers:\n  - name: A\n    x-note: kept # why\n    value: one\n  - name: B\n    value: two\n";
    let document = Document::parse(text.as_bytes()).unwrap();
    let before = json!({"headers": [{"name": "A", "value": "one"}, {"name": "B", "value": "two"}]});
    let mut after = before.clone();
    after["headers"][0]["value"] = json!("new");
    assert_eq!(document.patched(&before, &after), text.replace("value: one", "value: new"));
    after["headers"][0]["name"] = json!("C");
    let patched = document.patched(&before, &after);
    assert_eq!(patched, text.replace("value: one", "value: new").replace("name: A", "name: C"));
    let mut after = before.clone();
    after["headers"].as_array_mut().unwrap().reverse();
    let patched = document.patched(&before, &after);
    assert!(patched.contains("x-note: kept # why"), "{patched}");
    after["headers"] = json!([{"name": "B", "value": "two"}]);
    assert_eq!(document.patched(&before, &after), "headers:\n  - name: B\n    value: two\n");
}

#[test]
fn an_inherited_key_is_written_into_the_mapping_that_changes_it() {
    let text = "base: &base\n  a: 1\n  b: 2\nuse:\n  <<: *base\n  c: 3 # own\n";
    let patched = change(text, |value| value["use"]["c"] = json!(4));
    assert_eq!(patched, text.replace("c: 3", "c: 4"));
    let patched = change(text, |value| value["use"]["a"] = json!(9));
    assert_eq!(patched, format!("{text}  a: 9\n"));
    let patched = change(text, |value| value["base"]["a"] = json!(7));
    assert!(patched.starts_with("base: &base\n  a: 7\n  b: 2\n"), "{patched}");
}

#[test]
fn an_added_item_stands_where_it_was_put() {
    let text = "tags:\n  # first\n  - a # one\n  - b\n";
    let insert = |place: usize| {
        change(text, |value| value["tags"].as_array_mut().unwrap().insert(place, json!("new")))
    };
    assert_eq!(insert(0), "tags:\n  # first\n  - new\n  - a # one\n  - b\n");
    assert_eq!(insert(1), "tags:\n  # first\n  - a # one\n  - new\n  - b\n");
    assert_eq!(insert(2), "tags:\n  # first\n  - a # one\n  - b\n  - new\n");
}

#[test]
fn a_text_changes_between_one_line_and_several() {
    let text = "http:\n  data: one # note\n  url: x\n";
    let patched = change(text, |value| value["http"]["data"] = json!("a\nb"));
    assert_eq!(patched, "http:\n  data: |- # note\n    a\n    b\n  url: x\n");
    assert_eq!(change(&patched, |value| value["http"]["data"] = json!("a\nb\n")), patched.replace("|-", "|"));
    let patched = change("a: |-\n  x\n  y\nb: 1\n", |value| value["a"] = json!(null));
    assert_eq!(patched, "a: null\nb: 1\n");
}

#[test]
fn a_key_without_value_gains_one() {
    assert_eq!(change("a:\nb: 1\n", |value| value["a"] = json!("x")), "a: x\nb: 1\n");
    assert_eq!(
        change("a: # note\nb: 1\n", |value| value["a"] = json!({"c": 1})),
        "a: # note\n  c: 1\nb: 1\n"
    );
    assert_eq!(change("- \n- 1\n", |value| value[0] = json!("x")), "- x\n- 1\n");
}

#[test]
fn new_content_follows_the_comments_of_an_empty_file() {
    assert_eq!(change("# note\n", |value| *value = json!({"a": 1})), "# note\na: 1\n");
    assert_eq!(change("", |value| *value = json!({"a": 1})), "a: 1\n");
    assert_eq!(change("\u{feff}", |value| *value = json!({"a": 1})), "\u{feff}a: 1\n");
}

#[test]
fn an_item_that_becomes_something_else_leaves_its_neighbours_alone() {
    let text = "tags:\n  - a # one\n  - b\n  - c # three\n";
    let patched = change(text, |value| value["tags"][1] = json!({"k": "v"}));
    assert_eq!(patched, text.replace("- b", "- k: v"));
    let patched = change(text, |value| value["tags"][2] = json!(false));
    assert_eq!(patched, text.replace("- c #", "- false #"));
    let patched = change("a:\n  - 1\n  - 2 # note\n  - 3\n", |value| value["a"][1] = json!(1));
    assert_eq!(patched, "a:\n  - 1\n  - 1 # note\n  - 3\n");
}

#[test]
fn a_key_of_no_letters_stands_before_its_colon() {
    for text in [
        "a: 1\n\n: 2\n",
        "\u{feff}a: 1\r\n\n: 2\r\n\n",
        "a:\n  b: 1\n  : 2\n",
        "{a: 1, : 2}\n",
        "? \n: 2\na: 1\n",
    ] {
        let gone = change(text, |value| {
            let map = value.as_object_mut().unwrap();
            map.shift_remove("a");
        });
        let mut expected = Document::parse(text.as_bytes()).unwrap().value().clone();
        expected.as_object_mut().unwrap().shift_remove("a");
        assert_eq!(*Document::parse(gone.as_bytes()).unwrap().value(), expected, "{gone:?}");
    }
    let without = change("a: 1 # one\n: 2 # two\nb: 3\n", |value| {
        value.as_object_mut().unwrap().shift_remove("");
    });
    assert_eq!(without, "a: 1 # one\nb: 3\n");
}
