use super::super::*;
use serde_json::{Map, json};

/// A small deterministic generator (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % sides
    }
}

const TEXTS: [&str; 24] = [
    "plain",
    "",
    "true",
    "1.0.0",
    "12",
    "a: b",
    "#x",
    "- x",
    "{{url}}/path",
    "it's",
    "say \"hi\"",
    "ü 😀",
    "x\ny",
    "x\ny\n",
    "  led\nby space",
    "\n\nlate",
    "keep\n\n",
    "tab\tin",
    " edge ",
    "a\r\nb",
    "---",
    "null",
    "[a",
    "trail: ",
];

fn scalar(dice: &mut Dice) -> Value {
    match dice.roll(6) {
        0 => json!(dice.roll(1000)),
        1 => json!(dice.roll(2) == 0),
        2 => json!(1.5),
        _ => json!(TEXTS[dice.roll(TEXTS.len())]),
    }
}

fn value(dice: &mut Dice, depth: usize) -> Value {
    match dice.roll(if depth == 0 { 1 } else { 4 }) {
        1 => Value::Array((0..dice.roll(4)).map(|_| value(dice, depth - 1)).collect()),
        2 | 3 => Value::Object(mapping(dice, depth - 1)),
        _ => scalar(dice),
    }
}

fn mapping(dice: &mut Dice, depth: usize) -> Map<String, Value> {
    let names = ["info", "http", "name", "value", "x y", "url", "7", "docs"];
    (0..dice.roll(5)).map(|_| (names[dice.roll(names.len())].to_owned(), value(dice, depth))).collect()
}

fn edit(dice: &mut Dice, target: &mut Value) {
    match target {
        Value::Object(map) if !map.is_empty() => {
            let key = map.keys().nth(dice.roll(map.len())).unwrap().clone();
            match dice.roll(5) {
                0 => drop(map.shift_remove(&key)),
                1 => drop(map.insert("added".to_owned(), value(dice, 2))),
                _ => edit(dice, &mut map[&key]),
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let place = dice.roll(items.len());
            match dice.roll(5) {
                0 => drop(items.remove(place)),
                1 => items.insert(place, value(dice, 2)),
                2 => items.reverse(),
                _ => edit(dice, &mut items[place]),
            }
        }
        other => *other = value(dice, 2),
    }
}

/// Comments behind and between the lines, where they do not become content.
fn commented(dice: &mut Dice, text: &str) -> String {
    let reading = Document::parse(text.as_bytes()).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for index in (0..lines.len()).rev() {
        let mut tried = lines.clone();
        match dice.roll(4) {
            0 => tried.insert(index, "# own line".to_owned()),
            1 => tried[index].push_str(" # behind"),
            _ => continue,
        }
        let joined = tried.join("\n") + "\n";
        if Document::parse(joined.as_bytes()).is_ok_and(|document| document.value() == reading.value()) {
            lines = tried;
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn every_edit_of_every_document_reads_as_meant() {
    let mut dice = Dice(0x5eed_1234_5678);
    let mut lost = 0;
    for round in 0..3000 {
        let before = Value::Object(mapping(&mut dice, 3));
        let plain = emit(&before);
        let parsed =
            Document::parse(plain.as_bytes()).unwrap_or_else(|error| panic!("{round}: {error}\n{plain}"));
        assert_eq!(parsed.value(), &before, "{round}: {plain}");
        let mut text = commented(&mut dice, &plain);
        if round % 3 == 0 && !plain.contains("\\r") {
            text = text.replace('\n', "\r\n");
        }
        let document = Document::parse(text.as_bytes()).unwrap();
        let mut after = document.value().clone();
        assert_eq!(document.patched(document.value(), &after), text);
        edit(&mut dice, &mut after);
        let patched = document.patched(document.value(), &after);
        let read = Document::parse(patched.as_bytes())
            .unwrap_or_else(|error| panic!("{error}\n{text}\n->\n{patched}"));
        assert_eq!(read.value(), &after, "{text}\n->\n{patched}");
        lost +=
            usize::from(text.contains("# own line") && !patched.contains('#') && patched.lines().count() > 8);
    }
    assert!(lost == 0, "{lost} files lost all their comments");
}

#[test]
fn damaged_files_are_refused_or_read_but_never_fatal() {
    let mut dice = Dice(0x00de_adbe_ef77);
    for _ in 0..4000 {
        let mut bytes = emit(&Value::Object(mapping(&mut dice, 3))).into_bytes();
        for _ in 0..=dice.roll(3) {
            let place = dice.roll(bytes.len() + 1);
            bytes.insert(place, b"\t :-#|>&*!{}[],'\"\n\r?%@\xff\xc3a"[dice.roll(24)]);
        }
        match Document::parse(&bytes) {
            Ok(document) => {
                let mut after = document.value().clone();
                edit(&mut dice, &mut after);
                let patched = document.patched(document.value(), &after);
                assert!(Document::parse(patched.as_bytes()).is_ok(), "{}\n->\n{patched}", document.text());
            }
            Err(error) => {
                if let Ok(text) = std::str::from_utf8(&bytes) {
                    let fixed = repair(text, &error);
                    assert!(fixed.is_none_or(|fixed| Document::parse(fixed.text.as_bytes()).is_ok()));
                }
            }
        }
    }
}

/// Changes one scalar to another of one line and says which keys and places lead there.
fn edit_scalar(dice: &mut Dice, target: &mut Value, pointer: &mut String) -> bool {
    match target {
        Value::Object(map) if !map.is_empty() => {
            let key = map.keys().nth(dice.roll(map.len())).unwrap().clone();
            pointer.push('/');
            pointer.push_str(&key);
            edit_scalar(dice, &mut map[&key], pointer)
        }
        Value::Array(items) if !items.is_empty() => {
            let place = dice.roll(items.len());
            pointer.push('/');
            pointer.push_str(&place.to_string());
            edit_scalar(dice, &mut items[place], pointer)
        }
        Value::Array(_) | Value::Object(_) => false,
        other => {
            let old = other.clone();
            *other = scalar(dice);
            old != *other
        }
    }
}

/// The lines an entry of one scalar takes, from its key or dash on.
fn lines_of(document: &Document, pointer: &str) -> std::ops::Range<usize> {
    let node =
        pointer.split('/').skip(1).fold(document.root.as_ref().unwrap(), |node, token| match &node.kind {
            Kind::Mapping { entries, .. } => &entries.iter().find(|entry| entry.key == token).unwrap().value,
            Kind::Sequence { items, .. } => &items[token.parse::<usize>().unwrap()],
            _ => panic!("{pointer}"),
        });
    let first = usize::try_from(document.line_of(pointer).unwrap()).unwrap();
    first - 1..place::line_of(document.body(), node.range.end)
}

#[test]
fn a_changed_scalar_leaves_every_other_line_byte_for_byte() {
    let mut dice = Dice(0x0bad_cafe_1234);
    let mut changed = 0;
    for round in 0..3000 {
        let plain = emit(&Value::Object(mapping(&mut dice, 3)));
        let mut text = commented(&mut dice, &plain);
        if round % 3 == 0 && !text.contains("\\r") {
            text = text.replace('\n', "\r\n");
        }
        if round % 5 == 0 {
            text.truncate(text.trim_end_matches(['\n', '\r']).len());
        }
        let Ok(document) = Document::parse(text.as_bytes()) else { continue };
        let mut after = document.value().clone();
        let mut pointer = String::new();
        if !edit_scalar(&mut dice, &mut after, &mut pointer) {
            continue;
        }
        changed += 1;
        let patched = document.patched(document.value(), &after);
        let read = Document::parse(patched.as_bytes()).unwrap();
        assert_eq!(read.value(), &after, "{text}\n->\n{patched}");
        let (old, new) = (lines_of(&document, &pointer), lines_of(&read, &pointer));
        let (lines, now): (Vec<&str>, Vec<&str>) =
            (text.split_inclusive('\n').collect(), patched.split_inclusive('\n').collect());
        assert_eq!(lines[..old.start], now[..new.start], "{pointer}\n{text}\n->\n{patched}");
        let (mut below, mut left) = (&lines[old.end..], &now[new.end..]);
        // A text that keeps its last line breaks owns the blank lines below it.
        if lines[old].concat().contains("|+") || now[new].concat().contains("|+") {
            let blank = |line: &&&str| line.trim().is_empty();
            below = &below[below.iter().take_while(blank).count()..];
            left = &left[left.iter().take_while(blank).count()..];
        }
        assert_eq!(below, left, "{pointer}\n{text}\n->\n{patched}");
    }
    assert!(changed > 1000, "only {changed} edits");
}
