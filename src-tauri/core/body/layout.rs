//! Where printed text stands: rows, lines and depth, the same whether rows are only counted or kept.

use super::SpanKind;

/// A row takes so many bytes, and then ends before the next character.
pub(super) const ROW: u32 = 1_000;
/// A character is at most four bytes long; what pretends to be longer is cut.
const SLACK: u32 = 3;

/// A place in the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    /// Rows before this one.
    pub(super) row: u64,
    /// Lines before the one of this row.
    pub(super) line: u64,
    /// Bytes in this row, without indentation.
    pub(super) column: u32,
    /// Values that are open.
    pub(super) depth: u32,
    /// The fewest values that were open within this row.
    pub(super) floor: u32,
    /// Whether the row is a later piece of its line.
    pub(super) wrapped: bool,
}

impl Cursor {
    /// Rows that are there: one that holds nothing yet does not count.
    pub(super) fn rows(&self) -> u64 {
        self.row + u64::from(self.column > 0)
    }

    /// Lines that are there.
    pub(super) fn lines(&self) -> u64 {
        self.line + u64::from(self.column > 0 || self.wrapped)
    }
}

/// What becomes of the printed text.
pub(super) trait Output {
    /// Bytes of the source in the row of this cursor, none of them ending it.
    fn piece(&mut self, _cursor: &Cursor, _kind: SpanKind, _bytes: &[u8], _at: u64) {}

    /// Text that is not in the source.
    fn made(&mut self, _text: &'static str) {}

    /// The row is at its end; `broken` when its line goes on.
    fn row_ends(&mut self, _cursor: &Cursor, _broken: bool) {}

    /// A row begins.
    fn row_begins(&mut self, _cursor: &Cursor, _indent: u32) {}

    /// The string printed last was the name of a member.
    fn was_key(&mut self) {}

    /// A value ended; so many are still open.
    fn left(&mut self, _cursor: &Cursor) {}
}

/// Lays printed text out in rows.
pub(super) struct Layout<O> {
    pub(super) cursor: Cursor,
    pub(super) output: O,
}

impl<O: Output> Layout<O> {
    /// Text without line ends.
    #[inline]
    pub(super) fn text(&mut self, kind: SpanKind, bytes: &[u8], at: u64) {
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        if length <= ROW.saturating_sub(self.cursor.column) {
            self.output.piece(&self.cursor, kind, bytes, at);
            self.cursor.column += length;
            return;
        }
        self.long_text(kind, bytes, at);
    }

    #[cold]
    fn long_text(&mut self, kind: SpanKind, mut bytes: &[u8], mut at: u64) {
        loop {
            let cut = cut(bytes, self.cursor.column);
            let (piece, rest) = bytes.split_at(cut);
            if !piece.is_empty() {
                self.output.piece(&self.cursor, kind, piece, at);
                self.cursor.column += u32::try_from(cut).unwrap_or(u32::MAX);
            }
            if rest.is_empty() {
                return;
            }
            self.end_row(true, 0);
            at += cut as u64;
            bytes = rest;
        }
    }

    /// Text whose line ends are kept.
    pub(super) fn verbatim(&mut self, kind: SpanKind, mut bytes: &[u8], mut at: u64) {
        while let Some(end) = memchr::memchr(b'\n', bytes) {
            if end > 0 {
                self.text(kind, &bytes[..end], at);
            }
            self.end_row(false, 0);
            at += end as u64 + 1;
            bytes = &bytes[end + 1..];
        }
        if !bytes.is_empty() {
            self.text(kind, bytes, at);
        }
    }

    /// Text that is not in the source.
    #[inline]
    pub(super) fn made(&mut self, text: &'static str) {
        self.output.made(text);
        self.cursor.column += u32::try_from(text.len()).unwrap_or(0);
    }

    /// Begins a line, indented for this depth.
    #[inline]
    pub(super) fn new_line(&mut self, depth: u32) {
        self.end_row(false, depth);
    }

    #[inline]
    fn end_row(&mut self, broken: bool, indent: u32) {
        self.output.row_ends(&self.cursor, broken);
        let cursor = &mut self.cursor;
        cursor.row += 1;
        cursor.line += u64::from(!broken);
        cursor.column = 0;
        cursor.floor = cursor.depth;
        cursor.wrapped = broken;
        self.output.row_begins(&self.cursor, indent);
    }

    /// A value opened.
    #[inline]
    pub(super) fn enter(&mut self) {
        self.cursor.depth = self.cursor.depth.saturating_add(1);
    }

    /// The value opened last ended.
    #[inline]
    pub(super) fn leave(&mut self) {
        let cursor = &mut self.cursor;
        cursor.depth = cursor.depth.saturating_sub(1);
        cursor.floor = cursor.floor.min(cursor.depth);
        self.output.left(&self.cursor);
    }
}

/// How many of these bytes still belong to a row that holds `column` bytes; a line end's `\r` is never cut off.
fn cut(bytes: &[u8], column: u32) -> usize {
    let mut cut = ROW.saturating_sub(column) as usize;
    let most = (ROW + SLACK).saturating_sub(column) as usize;
    while cut < bytes.len() && cut < most && matches!(bytes[cut], 0x80..=0xbf | b'\r') {
        cut += 1;
    }
    cut.min(bytes.len())
}
