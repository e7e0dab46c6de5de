use super::*;
use crate::body::SpanKind;

const JSON: &str = "application/json";

const TEXTS: [&str; 10] = [
    "\"\"",
    "\"plain\"",
    "\"a, b: [c] {d}\"",
    "\"say \\\"hi\\\" \\\\\"",
    "\"\\u00fc\\ud83d\\ude00 ü 😀\"",
    "\"/\\b\\f\\n\\r\\t\"",
    "12345678901234567890.000",
    "-0.5e+10",
    "true",
    "null",
];
const SPACES: [&str; 6] = ["", "", " ", "\n", "\r\n\t", "          \n        "];

/// A random text, and the same indented by the slow way.
fn random(dice: &mut Dice, depth: usize, text: &mut String, indented: &mut String, level: usize) {
    let space = |dice: &mut Dice, text: &mut String| text.push_str(dice.one_of(&SPACES));
    let kind = if depth == 0 { 0 } else { dice.roll(4) };
    space(dice, text);
    if kind < 2 {
        let scalar = if dice.roll(40) == 0 {
            format!("\"{}\"", "äbc".repeat(dice.roll(900)))
        } else {
            dice.one_of(&TEXTS).to_owned()
        };
        text.push_str(&scalar);
        indented.push_str(&scalar);
        space(dice, text);
        return;
    }
    let (open, close) = if kind == 2 { ('[', ']') } else { ('{', '}') };
    text.push(open);
    indented.push(open);
    let count = dice.roll(5);
    for number in 0..count {
        indented.push('\n');
        indented.push_str(&"  ".repeat(level + 1));
        if kind == 3 {
            let name = format!("\"n{}\"", dice.roll(3));
            space(dice, text);
            text.push_str(&name);
            space(dice, text);
            text.push(':');
            indented.push_str(&[name.as_str(), ": "].concat());
        }
        random(dice, depth - 1, text, indented, level + 1);
        if number + 1 < count {
            text.push(',');
            indented.push(',');
        }
    }
    if count > 0 {
        indented.push('\n');
        indented.push_str(&"  ".repeat(level));
    } else {
        space(dice, text);
    }
    text.push(close);
    indented.push(close);
    space(dice, text);
}

#[test]
fn rows_are_what_a_slow_printer_prints_and_the_same_in_any_order() {
    for seed in 1..150 {
        let dice = &mut Dice(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed));
        let (mut text, mut indented) = (String::new(), String::new());
        let depth = 2 + dice.roll(6);
        random(dice, depth, &mut text, &mut indented, 0);
        let body = opened(text.as_str(), JSON);
        assert_eq!(joined(&all_rows(&body, BodyForm::Pretty)), indented, "{text}");
        assert_eq!(wait(&body, BodyForm::Pretty).trouble, None, "{text}");
        windows_agree(&body, BodyForm::Pretty, dice);
        let raw = joined(&all_rows(&body, BodyForm::Raw));
        assert_eq!(raw.trim_end(), text.replace("\r\n", "\n").trim_end());
        windows_agree(&body, BodyForm::Raw, dice);
    }
}

#[test]
fn a_large_text_is_the_same_through_all_its_checkpoints() {
    let dice = &mut Dice(77);
    let (mut text, mut indented) = ("[".to_owned(), "[".to_owned());
    while text.len() < 700_000 {
        if text.len() > 1 {
            text.push(',');
            indented.push(',');
        }
        indented.push_str("\n  ");
        random(dice, 5, &mut text, &mut indented, 1);
    }
    text.push(']');
    indented.push_str("\n]");
    let body = opened(text.as_str(), JSON);
    assert!(joined(&all_rows(&body, BodyForm::Pretty)) == indented);
    for form in [BodyForm::Pretty, BodyForm::Raw] {
        windows_agree(&body, form, dice);
    }
}

#[test]
fn keys_strings_numbers_and_words_have_their_kinds() {
    let rows = all_rows(&opened("{\"a\" : \"b\", \"c\":[1,true], \"d\":{}}", JSON), BodyForm::Pretty);
    let kinds: Vec<_> = rows.iter().flat_map(|row| &row.spans).collect();
    for (kind, text) in [
        (SpanKind::Key, "\"a\""),
        (SpanKind::String, "\"b\""),
        (SpanKind::Number, "1"),
        (SpanKind::Literal, "true"),
        (SpanKind::Punctuation, "{}"),
    ] {
        assert!(kinds.iter().any(|span| span.kind == kind && span.text == text), "{text} {kinds:?}");
    }
    let raw = all_rows(&opened("{\"a\" : \"b\"}", JSON), BodyForm::Raw);
    assert_eq!(raw[0].spans[1].kind, SpanKind::Key);
    assert_eq!(text_of(&raw[0]), "{\"a\" : \"b\"}");
}

#[test]
fn several_values_stand_below_each_other() {
    assert_eq!(pretty("{\"a\":1}\n{\"b\":[]}\r\n3 4", JSON), "{\n  \"a\": 1\n}\n{\n  \"b\": []\n}\n3\n4");
    assert_eq!(trouble("{\"a\":1}\n{\"b\":[]}\n", JSON), None);
}

#[test]
fn faults_have_their_place_and_nothing_is_lost() {
    for (text, line, column, row, shown) in [
        ("{\n  \"a\": tru\n}", 2, 8, 1, "{\n  \"a\": tru\n}"),
        ("[1,,2]", 1, 4, 2, "[\n  1,\n  ,2]"),
        ("{\"a\" 1}", 1, 6, 2, "{\n  \"a\"\n1}"),
        ("[1}", 1, 3, 2, "[\n  1\n}"),
        ("[01, 2]", 1, 2, 1, "[\n  01, 2]"),
        ("[\"a\\x\", 2]", 1, 4, 1, "[\n  \"a\\x\", 2]"),
        ("[\"ä\\u12g4\"]", 1, 4, 1, "[\n  \"ä\\u12g4\"]"),
        ("[\"a\nb\"]", 1, 4, 1, "[\n  \"a\nb\"]"),
        ("{\"a\": 1", 1, 8, 1, "{\n  \"a\": 1"),
        ("[\"abc", 1, 6, 1, "[\n  \"abc"),
        ("[1] x", 1, 5, 1, "[1]\nx"),
        ("[1,]", 1, 4, 2, ""),
        ("]", 1, 1, 0, "]"),
    ] {
        let found = trouble(text, JSON).unwrap_or_else(|| panic!("{text}"));
        if !shown.is_empty() && text != "[1] x" {
            assert_eq!(pretty(text, JSON), shown);
        }
        assert_eq!((found.line, found.column), (line, column), "{text} {found:?}");
        if text != "[1] x" {
            assert_eq!(found.row, row, "{text} {found:?}");
        }
        let without_space = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(without_space(&pretty(text, JSON)), without_space(text));
    }
}

#[test]
fn a_fault_behind_many_checkpoints_is_found_and_what_follows_is_shown() {
    let text = format!("[{}oops{}]", "{\"a\":1},\n".repeat(40_000), ",\n[2]".repeat(40_000));
    let body = opened(text.as_str(), JSON);
    let found = wait(&body, BodyForm::Pretty).trouble.unwrap();
    assert_eq!((found.line, found.column), (40_001, 1));
    let rows = all_rows(&body, BodyForm::Pretty);
    assert_eq!(text_of(&rows[usize::try_from(found.row).unwrap()]).trim(), "oops,");
    assert_eq!(text_of(&rows[usize::try_from(found.row).unwrap() + 1]), "[2],");
    windows_agree(&body, BodyForm::Pretty, &mut Dice(5));
}
