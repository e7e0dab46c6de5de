//! Rows as they are printed, with where each piece stands in the source.

use std::borrow::Cow;

use super::layout::{Cursor, Output};
use super::{Row, Span, SpanKind};

/// Columns of indentation that are written; deeper is not told apart.
const WIDEST: u32 = 200;

/// A name that takes more rows is coloured as a string at its beginning: whether it is one shows only behind it.
const NAME_ROWS: u64 = 4;

/// A piece of a row.
#[derive(Clone, Debug)]
struct Piece {
    kind: SpanKind,
    bytes: Vec<u8>,
    /// Where it stands in the source, if it does.
    at: Option<u64>,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub(super) struct PrintedRow {
    /// Its place at its end.
    pub(super) cursor: Cursor,
    depth: u32,
    pieces: Vec<Piece>,
}

/// Keeps the rows from one to another.
#[derive(Debug)]
pub(super) struct Printed {
    from: u64,
    to: u64,
    active: bool,
    current: PrintedRow,
    pub(super) rows: Vec<PrintedRow>,
}

impl Printed {
    /// For printing from this place.
    pub(super) fn new(from: u64, to: u64, at: &Cursor) -> Self {
        let active = from <= at.row && from < to && at.column == 0;
        let current = PrintedRow { cursor: *at, ..PrintedRow::default() };
        Self { from, to, active, current, rows: Vec::new() }
    }

    /// Whether all wanted rows are whole.
    pub(super) fn is_done(&self, cursor: &Cursor) -> bool {
        cursor.row >= self.to.saturating_add(NAME_ROWS)
    }

    /// The rows, the last one as far as it is there.
    pub(super) fn finish(mut self, cursor: &Cursor) -> Vec<PrintedRow> {
        if self.active && cursor.column > 0 {
            self.current.cursor = *cursor;
            self.rows.push(self.current);
        }
        self.rows.retain(|row| row.cursor.row < self.to);
        self.rows
    }
}

impl Output for Printed {
    fn piece(&mut self, _cursor: &Cursor, kind: SpanKind, bytes: &[u8], at: u64) {
        if !self.active || bytes.is_empty() {
            return;
        }
        if let Some(last) = self.current.pieces.last_mut()
            && last.kind == kind
            && last.at.is_some_and(|begin| begin + last.bytes.len() as u64 == at)
        {
            last.bytes.extend_from_slice(bytes);
            return;
        }
        self.current.pieces.push(Piece { kind, bytes: bytes.to_vec(), at: Some(at) });
    }

    fn made(&mut self, text: &'static str) {
        if self.active {
            self.current.pieces.push(Piece { kind: SpanKind::Plain, bytes: text.into(), at: None });
        }
    }

    fn row_ends(&mut self, cursor: &Cursor, broken: bool) {
        if !self.active {
            return;
        }
        let mut row = std::mem::take(&mut self.current);
        row.cursor = *cursor;
        if !broken && let Some(last) = row.pieces.last_mut().filter(|last| last.bytes.ends_with(b"\r")) {
            last.bytes.pop();
        }
        self.rows.push(row);
    }

    fn row_begins(&mut self, cursor: &Cursor, indent: u32) {
        self.active = self.from <= cursor.row && !self.is_done(cursor);
        if !self.active {
            return;
        }
        self.current = PrintedRow { cursor: *cursor, depth: indent, pieces: Vec::new() };
        let columns = indent.saturating_mul(2).min(WIDEST) as usize;
        if columns > 0 {
            let bytes = vec![b' '; columns];
            self.current.pieces.push(Piece { kind: SpanKind::Plain, bytes, at: None });
        }
    }

    fn was_key(&mut self) {
        if !self.active {
            return;
        }
        let first = self.current.cursor.row.saturating_sub(NAME_ROWS);
        let rows = self.rows.iter_mut().rev().take_while(|row| row.cursor.row >= first);
        let before = rows.flat_map(|row| row.pieces.iter_mut().rev());
        let pieces = self.current.pieces.iter_mut().rev().chain(before);
        let behind_name = |piece: &&mut Piece| piece.kind == SpanKind::Plain && piece.at.is_some();
        let name = pieces.skip_while(behind_name).take_while(|piece| piece.kind == SpanKind::String);
        name.for_each(|piece| piece.kind = SpanKind::Key);
    }
}

impl PrintedRow {
    /// The row as doors show it.
    pub(super) fn shown(&self) -> Row {
        let mut spans: Vec<Span> = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces.iter().filter(|piece| !piece.bytes.is_empty()) {
            match spans.last_mut().filter(|last| last.kind == piece.kind) {
                Some(last) => last.text.push_str(&piece.text()),
                None => spans.push(Span { kind: piece.kind, text: piece.text().into_owned() }),
            }
        }
        let line = (!self.cursor.wrapped).then_some(self.cursor.line + 1);
        Row { line, depth: self.depth, opens: self.opens(), spans }
    }

    /// Whether a value opens here that ends on a later row.
    pub(super) fn opens(&self) -> bool {
        self.cursor.depth > self.cursor.floor
    }

    /// Where its first byte stands in the source.
    pub(super) fn offset(&self) -> Option<u64> {
        self.pieces.iter().find_map(|piece| piece.at)
    }

    /// The place in the source of what stands behind so many UTF-16 units; beyond the end that of the last sign.
    pub(super) fn offset_of(&self, column: u32) -> Option<u64> {
        let (mut units, mut last) = (0, None);
        for piece in &self.pieces {
            for (character, _, within) in characters(&piece.bytes) {
                let here = piece.at.map(|at| at + within as u64);
                if units + width(character) > column && here.is_some() {
                    return here;
                }
                units += width(character);
                last = here.or(last);
            }
        }
        last
    }

    /// UTF-16 units before what stands at this place of the source.
    pub(super) fn column_of(&self, offset: u64) -> u32 {
        let mut units = 0;
        for piece in &self.pieces {
            for (character, length, within) in characters(&piece.bytes) {
                if piece.at.is_some_and(|at| at + within as u64 + length as u64 > offset) {
                    return units;
                }
                units += width(character);
            }
        }
        units
    }
}

impl Piece {
    fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }
}

fn width(character: char) -> u32 {
    if character.len_utf16() == 2 { 2 } else { 1 }
}

/// Characters with their length and place in bytes; what is no UTF-8 is one replacement character a time.
fn characters(bytes: &[u8]) -> impl Iterator<Item = (char, usize, usize)> {
    let mut at = 0;
    bytes
        .utf8_chunks()
        .flat_map(|chunk| {
            let valid = chunk.valid().chars().map(|character| (character, character.len_utf8()));
            let invalid = Some(chunk.invalid().len()).filter(|length| *length > 0);
            valid.chain(invalid.map(|length| (char::REPLACEMENT_CHARACTER, length)))
        })
        .map(move |(character, length)| {
            at += length;
            (character, length, at - length)
        })
}
