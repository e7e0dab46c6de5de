//! What is read, what is refused, and where it stands.

use super::super::*;
use serde_json::json;
use std::fmt::Write as _;

fn read(text: &str) -> Value {
    Document::parse(text.as_bytes()).unwrap().value().clone()
}

fn error(text: &str) -> YamlError {
    Document::parse(text.as_bytes()).err().unwrap_or_else(|| panic!("this was read: {text}"))
}

#[test]
fn a_tab_as_indentation_is_told_and_its_repair_reads() {
    let text = "http:\n  headers:\n\t- name: A\n";
    let found = error(text);
    assert_eq!(found.message, "This line is indented with a tab; YAML allows only spaces.");
    assert_eq!((found.line, found.column), (3, 1));
    let fixed = repair(text, &found).unwrap();
    assert_eq!(fixed.label, "Replace the tab in line 3 by two spaces");
    assert_eq!(fixed.text, text.replace('\t', "  "));
}

#[test]
fn tabs_in_several_lines_are_repaired_together() {
    let text = "http:\n\tmethod: GET\n\turl: x\n\tbody:\n\t\ttype: json\n";
    let fixed = repair(text, &error(text)).unwrap();
    assert_eq!(fixed.label, "Replace the tabs at the start of four lines by two spaces each");
    assert_eq!(read(&fixed.text), json!({"http": {"method": "GET", "url": "x", "body": {"type": "json"}}}));
}

#[test]
fn bytes_that_are_no_utf_8_are_told_with_their_line() {
    let found = Document::parse(b"a: 1\nb: \xff\n").err().unwrap();
    assert_eq!(found.message, "This line holds bytes that are no UTF-8.");
    assert_eq!((found.line, found.column), (2, 4));
    assert!(found.hint.is_some());
}

#[test]
fn aliases_that_expand_without_end_are_refused_quickly() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(text, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    let start = std::time::Instant::now();
    let found = error(&text);
    assert!(start.elapsed().as_secs() < 5);
    assert!((3..12).contains(&found.line), "{found:?}");
}

#[test]
fn an_alias_of_what_it_is_part_of_is_refused() {
    let found = error("a: &a\n  b: *a\n");
    assert_eq!(found.line, 2);
    assert!(found.message.contains("itself part of"), "{found}");
}

#[test]
fn a_quote_that_is_not_closed_is_told() {
    for text in ["a: \"open\nb: 1\n", "a: 'open\nb: 1\n", "a: \"open", "a:\n  - 'x\n"] {
        let found = error(text);
        assert!(found.message.contains("quote"), "{text}: {found}");
        assert!(found.message.contains("is not closed"), "{text}: {found}");
        assert!(usize::try_from(found.line).unwrap() <= text.lines().count(), "{text}: {found:?}");
    }
}

#[test]
fn a_bracket_that_is_not_closed_is_told() {
    for text in ["a: [1, 2\nb: 1\n", "a: {b: 1\n", "a: [1, 2"] {
        let found = error(text);
        assert!(found.message.to_lowercase().contains("bracket"), "{text}: {found}");
    }
}

#[test]
fn a_variable_that_is_not_quoted_is_told_with_what_to_do() {
    for text in ["a: 1\nurl: {{base}}\n", "a: 1\nurl: {{base}}/path\n"] {
        let found = error(text);
        assert_eq!(found.message, "A value begins with `{{` and is not quoted.");
        assert_eq!(found.hint.unwrap(), "Put the whole value into double quotes: `\"{{name}}\"`.");
    }
    assert!(error("a: {[b]: 1}\n").message.contains("only texts are keys"));
}

#[test]
fn complaints_of_the_parser_are_told_in_plain_words() {
    let told = [
        ("a: b: c\n", "colon stands where no key can be"),
        ("a: \"\\q\"\n", "backslash means nothing"),
        ("a: \"b\" c\n", "something follows it"),
        ("a: *x\n", "names an anchor that is nowhere"),
        ("a: *\n", "begins a name, but none follows"),
        ("a: @b\n", "a meaning of its own"),
        ("a: 1\nb\nc: 2\n", "lacks the colon"),
        ("a: |9x\n y\n", "text block around this line"),
        ("a: x\u{feff}y\n", "byte order mark"),
        ("a: x\0y\n", "control character"),
        ("- a\nb: 1\n", "not indented like its neighbours"),
    ];
    for (text, words) in told {
        let found = error(text);
        assert!(found.message.contains(words), "{text}: {found}");
        assert!(!found.message.contains("valid YAML"), "{text}: {found}");
    }
}

#[test]
fn a_key_that_stands_twice_is_told_with_both_lines() {
    let found = error("info:\n  name: a\n  type: http\n  name: b\n");
    assert_eq!(found.message, "The key `name` is there already, in line 2.");
    assert_eq!((found.line, found.column), (4, 3));
    let many: Vec<String> = (0..50).map(|index| format!("k{index}: 1\n")).collect();
    let found = error(&(many.concat() + "k40: 2\n"));
    assert_eq!(found.message, "The key `k40` is there already, in line 41.");
    assert!(error("a: {b: 1, \"b\": 2}\n").message.contains("`b`"));
}

#[test]
fn a_second_document_is_refused_but_markers_around_one_are_not() {
    let found = error("a: 1\n---\nb: 2\n");
    assert_eq!(found.message, "A second document begins here; a file holds one.");
    assert_eq!(read("---\na: 1\n...\n"), json!({"a": 1}));
    assert_eq!(read("%YAML 1.2\n---\na: 1\n"), json!({"a": 1}));
}

#[test]
fn nesting_is_read_to_a_limit_and_refused_beyond() {
    let nested = |depth: usize| format!("a: {}{}\n", "[".repeat(depth), "]".repeat(depth));
    assert!(Document::parse(nested(99).as_bytes()).is_ok());
    assert!(error(&nested(100)).message.contains("nested deeper than 100 levels"));
    assert!(error(&"[".repeat(200_000)).message.contains("nested"));
    let block: Vec<String> = (0..150).map(|depth| " ".repeat(depth) + "k:\n").collect();
    let found = error(&block.concat());
    assert_eq!(found.line, 101);
}

#[test]
fn a_file_beyond_64_mib_is_refused() {
    let found = Document::parse(&vec![b'#'; (64 << 20) + 1]).err().unwrap();
    assert!(found.message.contains("64 MiB"), "{found}");
}

#[test]
fn keys_of_a_merge_key_belong_to_the_mapping_and_own_keys_win() {
    let text = "base: &base\n  a: 1\n  b: 2\nuse:\n  <<: *base\n  b: 3\nboth:\n  <<: [{a: 5}, *base]\n";
    let value = read(text);
    assert_eq!(value["use"], json!({"b": 3, "a": 1}));
    assert_eq!(value["both"], json!({"a": 5, "b": 2}));
    assert_eq!(read("\"<<\": {a: 1}\n"), json!({"<<": {"a": 1}}));
    assert_eq!(read(&emit(&json!({"<<": {"a": 1}}))), json!({"<<": {"a": 1}}));
}

#[test]
fn plain_values_mean_what_the_core_schema_says() {
    let text =
        "a: 007\nb: 0x1F\nc: 0o17\nd: 1e3\ne: ~\nf:\ng: yes\nh: 2001-01-01\ni: 1.0.0\nj: True\nk: !!str 12\n";
    let value = json!({"a": 7, "b": 31, "c": 15, "d": 1000.0, "e": null, "f": null, "g": "yes",
        "h": "2001-01-01", "i": "1.0.0", "j": true, "k": "12"});
    assert_eq!(read(text), value);
    assert_eq!(read("a: 123456789012345678901234567890\n")["a"], json!("123456789012345678901234567890"));
}

#[test]
fn block_texts_keep_their_line_breaks_and_leading_spaces() {
    assert_eq!(read("a: |\n  x\n  y\n")["a"], json!("x\ny\n"));
    assert_eq!(read("a: |-\n  x\n   y\n")["a"], json!("x\n y"));
    assert_eq!(read("a: |+\n  x\n\n\n")["a"], json!("x\n\n\n"));
    assert_eq!(read("a: |2-\n    x\n  y\n")["a"], json!("  x\ny"));
    assert_eq!(read("a: >-\n  x\n  y\n")["a"], json!("x y"));
}

#[test]
fn an_empty_file_is_no_content() {
    for text in ["", "\n\n", "# only a comment\n", "\u{feff}", "---\n"] {
        assert_eq!(read(text), Value::Null, "{text:?}");
    }
}

#[test]
fn a_pointer_names_the_line_of_a_nested_value() {
    let text = "info:\n  name: a\nhttp:\n  headers:\n    - name: A\n      value: x\n\n    # note\n    - name: B\n      value: |-\n        long\n        text\n  a/b: {c~d: 1}\n";
    let document = Document::parse(text.as_bytes()).unwrap();
    let marked = Document::parse(format!("\u{feff}{text}").as_bytes()).unwrap();
    let lines = [
        ("", 1),
        ("/http", 3),
        ("/http/headers", 4),
        ("/http/headers/0", 5),
        ("/http/headers/0/value", 6),
        ("/http/headers/1", 9),
        ("/http/headers/1/value", 10),
        ("/http/a~1b", 13),
        ("/http/a~1b/c~0d", 13),
    ];
    for (pointer, line) in lines {
        assert_eq!(document.line_of(pointer), Some(line), "{pointer}");
        assert_eq!(marked.line_of(pointer), Some(line), "{pointer}");
    }
    for pointer in ["/gone", "/http/headers/2", "/http/headers/x", "/info/name/deeper"] {
        assert_eq!(document.line_of(pointer), None, "{pointer}");
    }
}

#[test]
fn a_line_out_of_step_is_named_with_its_neighbours() {
    let text = "http:\n  method: GET\n auth: inherit\n  url: x\n";
    let found = error(text);
    assert_eq!(found.line, 3);
    assert_eq!(found.message, "`auth` stands one space in, but its neighbours `method` and `url` stand two.");
    assert_eq!(repair(text, &found).unwrap().text, text.replace(" auth", "  auth"));
    let text = "a:\n  - b\n c: 1\n";
    let found = error(text);
    let message = "`c` stands one space in, but its neighbour `a` stands at the start of the line.";
    assert_eq!(found.message, message);
    assert_eq!(found.hint.as_deref(), Some("Move line 3 to the start of the line."));
    assert_eq!(repair(text, &found).unwrap().text, "a:\n  - b\nc: 1\n");
}
