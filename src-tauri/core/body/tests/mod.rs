use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{BodyTrouble, OpenBody, Row, Source};
use crate::http::{BodyForm, SpooledBody};

mod bench;
mod filters;
mod finds;
mod foreign;
mod json;
mod parts;
mod places;
mod tables;
mod xml;

/// A small deterministic generator (xorshift).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % sides
    }

    pub(super) fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.roll(choices.len())]
    }
}

pub(super) fn opened(bytes: impl Into<Vec<u8>>, content_type: &str) -> Arc<OpenBody> {
    let source = SpooledBody::of(bytes.into()).source();
    let content_type = Some(content_type.to_owned()).filter(|given| !given.is_empty());
    OpenBody::new(source, content_type, std::env::temp_dir()).unwrap()
}

pub(super) fn wait(body: &OpenBody, form: BodyForm) -> super::BodyFacts {
    loop {
        let facts = body.facts(form);
        if facts.done {
            return facts;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

pub(super) fn all_rows(body: &OpenBody, form: BodyForm) -> Vec<Row> {
    let facts = wait(body, form);
    let mut rows = Vec::new();
    while (rows.len() as u64) < facts.rows {
        let next = body.rows(form, rows.len() as u64, 500).unwrap().rows;
        assert!(!next.is_empty(), "{} of {} rows", rows.len(), facts.rows);
        rows.extend(next);
    }
    assert_eq!(rows.len() as u64, facts.rows);
    rows
}

pub(super) fn text_of(row: &Row) -> String {
    row.spans.iter().map(|span| span.text.as_str()).collect()
}

/// Rows joined to the text they show: a row without a line belongs to the one before.
pub(super) fn joined(rows: &[Row]) -> String {
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        if number > 0 && row.line.is_some() {
            text.push('\n');
        }
        text.push_str(&text_of(row));
    }
    text
}

pub(super) fn pretty(text: &str, content_type: &str) -> String {
    joined(&all_rows(&opened(text, content_type), BodyForm::Pretty))
}

pub(super) fn trouble(text: impl Into<Vec<u8>>, content_type: &str) -> Option<BodyTrouble> {
    wait(&opened(text, content_type), BodyForm::Pretty).trouble
}

/// Rows asked for anywhere are those asked for in order.
pub(super) fn windows_agree(body: &OpenBody, form: BodyForm, dice: &mut Dice) {
    let rows = all_rows(body, form);
    for _ in 0..(8 + rows.len() / 500) {
        let from = dice.roll(rows.len() + 1);
        let count = dice.roll(20);
        let to = (from + count).min(rows.len());
        let window = body.rows(form, from as u64, count as u64).unwrap().rows;
        assert_eq!(window, rows[from..to], "{from}..{to}");
    }
}

fn source(text: impl AsRef<[u8]>) -> Arc<dyn Source> {
    SpooledBody::of(text.as_ref().to_vec()).source()
}

/// A body of which only the beginning has arrived.
struct Arriving {
    bytes: Vec<u8>,
    there: AtomicU64,
}

impl Arriving {
    fn new(bytes: impl Into<Vec<u8>>, there: u64) -> Arc<Self> {
        Arc::new(Self { bytes: bytes.into(), there: there.into() })
    }

    fn arrive(&self) {
        self.there.store(self.bytes.len() as u64, Ordering::SeqCst);
    }
}

impl Source for Arriving {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let there = usize::try_from(self.size()).unwrap();
        let from = usize::try_from(offset).unwrap().min(there);
        io::Read::read(&mut &self.bytes[from..there], buffer)
    }

    fn size(&self) -> u64 {
        self.there.load(Ordering::SeqCst)
    }

    fn is_whole(&self) -> bool {
        self.size() == self.bytes.len() as u64
    }
}
