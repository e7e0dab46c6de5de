use crate::body::checkpoint::{Checkpoint, Counted};
use crate::body::json::Json;
use crate::body::layout::Layout;
use crate::body::printer::{Fault, Printer};
use crate::body::tests::Dice;
use crate::body::trail::Audit;

/// A printer with all it knows.
struct Way {
    json: Json,
    layout: Layout<Counted>,
    audit: Audit,
}

impl Way {
    fn new(raw: bool) -> Self {
        let printer = Printer::Json(Json::new(raw));
        let audit = Audit::for_printer(&printer);
        let layout = Checkpoint::beginning(0, printer).layout(Counted::default());
        Self { json: Json::new(raw), layout, audit }
    }

    fn take(&mut self, piece: &[u8], at: u64, skims: bool) -> Result<String, Fault> {
        let Self { json, layout, audit } = self;
        if skims {
            json.count(piece, at, layout, audit)?;
        } else {
            json.feed(piece, at, layout, audit)?;
        }
        let floor = layout.output.floor;
        Ok(format!("{:?} {:?} {:?} {floor} {audit:?}", json.inside, json.before, layout.cursor))
    }
}

fn generated(dice: &mut Dice) -> String {
    let long = format!("\"{}\"", "ü".repeat(700));
    let deep = "[".repeat(510);
    let usual =
        ["{", "}", "[", "]", ",", ":", "\"a\"", "\"\\n\"", "1", "-0.5e+1", "true", "null", " ", "\r\n    "];
    let odd = ["01", "1.", "nul", "\"\u{1}\"", "\"\\u12", "+", &long, &deep];
    let mut text = String::new();
    for _ in 0..dice.roll(12) {
        for _ in 0..dice.roll(30) {
            text.push_str(dice.one_of(&[
                "{\"a\":1,\"b\":[true,false,null]}",
                "[1,[],{},\"x\"]",
                ",",
                "{\"key\": [ {\"k\" : -1.5e3} , \"\\\"\"",
                "]}",
            ]));
        }
        text.push_str(if dice.roll(4) == 0 { dice.one_of(&odd) } else { dice.one_of(&usual) });
    }
    if dice.roll(2) == 0 { format!("[{}", text.replace("}{", "},{").replace("][", "],[")) } else { text }
}

#[test]
fn counting_knows_after_every_piece_what_printing_knows() {
    let mut dice = Dice(0x5C1A);
    let mut whole = 0;
    for round in 0..4_000 {
        let text = if round % 2 == 0 { generated(&mut dice) } else { valid(&mut dice, 0) };
        let raw = dice.roll(2) == 0;
        let (mut prints, mut skims) = (Way::new(raw), Way::new(raw));
        let mut at = 0;
        while at < text.len() {
            let piece = &text.as_bytes()[at..text.len().min(at + 1 + dice.roll(200))];
            let printed = prints.take(piece, at as u64, false);
            assert_eq!(skims.take(piece, at as u64, true), printed, "{text}");
            if printed.is_err() {
                break;
            }
            at += piece.len();
        }
        whole += usize::from(at == text.len());
    }
    assert!(whole > 2_000, "{whole} were read to their end");
}

/// A value that is right, with white space between its tokens.
fn valid(dice: &mut Dice, depth: usize) -> String {
    let space = dice.one_of(&["", "", " ", "\n  ", "\r\n\t"]).to_owned();
    let count = dice.roll(5);
    match dice.roll(if depth > 6 { 3 } else { 7 }) {
        0 => format!("{space}{}", dice.one_of(&["0", "-12.5E-3", "7", "true", "false", "null"])),
        1 => format!("\"{}\"{space}", "é\\u00e9x".repeat(dice.roll(3))),
        2 => format!("{space}\"{}\"", "long ".repeat(dice.roll(300))),
        3 | 4 => {
            let values: Vec<String> = (0..count).map(|_| valid(dice, depth + 1)).collect();
            format!("[{space}{}]", values.join(","))
        }
        _ => {
            let member = |dice: &mut Dice| format!("{space}\"k\"{space}:{}", valid(dice, depth + 1));
            let members: Vec<String> = (0..count).map(|_| member(dice)).collect();
            format!("{{{}{space}}}", members.join(","))
        }
    }
}
