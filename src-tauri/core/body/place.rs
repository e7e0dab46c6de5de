//! From rows to places in the text, and back.

use std::io;

use super::PlaceOfRow;
use super::checkpoint::Checkpoint;
use super::index::Index;
use super::layout::{Cursor, Output};
use super::printed::{Printed, PrintedRow};

impl Index {
    /// These rows, as far as they are known.
    pub(super) fn rows(&self, from: u64, to: u64) -> io::Result<Vec<PrintedRow>> {
        let Some(begin) = self.before(|checkpoint| checkpoint.cursor.row < from) else {
            return Ok(Vec::new());
        };
        let printed = Printed::new(from, to, &begin.cursor);
        let layout = self.print(&begin, printed, |layout| layout.output.is_done(&layout.cursor))?;
        Ok(layout.output.finish(&layout.cursor))
    }

    /// The last checkpoint that fulfils this, which all before it do too; else the beginning.
    pub(super) fn before(&self, holds: impl Fn(&Checkpoint) -> bool) -> Option<Checkpoint> {
        let known = self.known();
        let after = known.checkpoints.partition_point(holds);
        known.checkpoints.get(after.saturating_sub(1)).cloned()
    }

    fn row(&self, row: u64) -> io::Result<Option<PrintedRow>> {
        Ok(self.rows(row, row.saturating_add(1))?.pop())
    }

    /// Where a line begins; the last row when there is none.
    pub(super) fn line(&self, line: u64) -> io::Result<PlaceOfRow> {
        let wanted = line - 1;
        let begin = self.before(|checkpoint| checkpoint.cursor.line < wanted);
        let Some(begin) = begin else { return Ok(PlaceOfRow::default()) };
        let seek = Seek { line: Some(wanted), found: (wanted == 0).then(Cursor::default), ..Seek::default() };
        let layout = self.print(&begin, seek, |layout| layout.output.found.is_some())?;
        let last = self.known().rows.saturating_sub(1);
        match layout.output.found.filter(|found| found.row <= last) {
            Some(found) => Ok(place(&found, 0)),
            None => Ok(self.row(last)?.map_or_else(PlaceOfRow::default, |row| place(&row.cursor, 0))),
        }
    }

    /// Row, line and column of a place in the text.
    pub(super) fn place_of(&self, offset: u64) -> io::Result<PlaceOfRow> {
        let Some(begin) = self.before(|checkpoint| checkpoint.at <= offset) else {
            return Ok(PlaceOfRow::default());
        };
        let seek = Seek { offset: Some(offset), ..Seek::default() };
        let layout = self.print(&begin, seek, |layout| layout.output.found.is_some())?;
        let last = self.known().rows.saturating_sub(1);
        let number = layout.output.found.map_or(last, |found| found.row.min(last));
        let row = self.row(number)?;
        Ok(row.map_or_else(PlaceOfRow::default, |row| place(&row.cursor, row.column_of(offset))))
    }

    /// Where a row begins in the text; its end for one beyond the end.
    pub(super) fn offset_of_row(&self, row: u64) -> io::Result<u64> {
        let offset = self.row(row)?.and_then(|row| row.offset());
        if let Some(offset) = offset {
            return Ok(offset);
        }
        // An empty row has no bytes of its own: it is where the next one begins that has some.
        let rows = self.rows(row, row.saturating_add(200))?;
        Ok(rows.iter().find_map(PrintedRow::offset).unwrap_or_else(|| self.known().indexed))
    }

    /// The node at a place of a row.
    pub(super) fn place(&self, row: u64, column: u32) -> io::Result<PlaceOfRow> {
        let Some(printed) = self.row(row)? else { return Ok(PlaceOfRow { row, ..PlaceOfRow::default() }) };
        let mut place = place(&printed.cursor, column);
        if let Some(offset) = printed.offset_of(column) {
            let node = self.path_at(offset)?;
            place.document = node.as_ref().and_then(|node| node.document);
            place.path = node.map(|node| node.path);
        }
        Ok(place)
    }

    /// The row where the value ends that opens on this one.
    pub(super) fn fold(&self, row: u64) -> io::Result<Option<u64>> {
        let Some(opening) = self.row(row)?.filter(PrintedRow::opens) else { return Ok(None) };
        let floor = opening.cursor.floor;
        let begin = self.before(|checkpoint| checkpoint.cursor.row <= row);
        let Some(mut begin) = begin else { return Ok(None) };
        loop {
            let next = self.next_that_ends(begin.at, floor);
            let closing = Closing { behind: row, floor, found: None };
            let end = next.as_ref().map(|(end, _)| *end);
            let layout = self.print(&begin, closing, |layout| {
                layout.output.found.is_some() || end.is_some_and(|end| layout.cursor.row > end)
            })?;
            if let Some(found) = layout.output.found {
                return Ok(Some(found));
            }
            match next.and_then(|(_, next)| next) {
                Some(next) => begin = next,
                None => return Ok(None),
            }
        }
    }

    /// The last row of the block that begins here, and the next block in which so few values are open.
    fn next_that_ends(&self, at: u64, floor: u32) -> Option<(u64, Option<Checkpoint>)> {
        let known = self.known();
        let after = known.checkpoints.partition_point(|checkpoint| checkpoint.at <= at);
        let rest = known.checkpoints.get(after..)?;
        let end = rest.first()?.cursor.row;
        // What the last block holds is not settled while it is read.
        let last = rest.len() - 1;
        let next = rest.iter().enumerate().find(|(place, block)| *place == last || block.floor <= floor);
        Some((end, next.map(|(_, block)| block.clone())))
    }
}

fn place(cursor: &Cursor, column: u32) -> PlaceOfRow {
    PlaceOfRow { row: cursor.row, line: cursor.line + 1, column, ..PlaceOfRow::default() }
}

/// Looks for a line or for a place in the text.
#[derive(Default)]
struct Seek {
    line: Option<u64>,
    offset: Option<u64>,
    found: Option<Cursor>,
}

impl Output for Seek {
    fn piece(&mut self, cursor: &Cursor, _kind: super::SpanKind, bytes: &[u8], at: u64) {
        let reached = |offset: u64| at + bytes.len() as u64 > offset;
        if self.found.is_none() && self.offset.is_some_and(reached) {
            self.found = Some(*cursor);
        }
    }

    fn row_begins(&mut self, cursor: &Cursor, _indent: u32) {
        if self.found.is_none() && self.line == Some(cursor.line) {
            self.found = Some(*cursor);
        }
    }
}

/// Looks for the row behind another where no more than so many values are open.
struct Closing {
    behind: u64,
    floor: u32,
    found: Option<u64>,
}

impl Output for Closing {
    fn left(&mut self, cursor: &Cursor) {
        if self.found.is_none() && cursor.row > self.behind && cursor.depth <= self.floor {
            self.found = Some(cursor.row);
        }
    }
}
