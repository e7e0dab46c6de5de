//! Places from which printing can begin.

use super::layout::{Cursor, Layout, Output};
use super::printer::Printer;

/// Bytes between two checkpoints.
pub(super) const EVERY: u64 = 64 * 1024;

/// A place from which printing can begin.
#[derive(Clone, Debug)]
pub(super) struct Checkpoint {
    /// The place in the source.
    pub(super) at: u64,
    /// The place in the rows.
    pub(super) cursor: Cursor,
    /// The printer there.
    pub(super) printer: Printer,
    /// The fewest values that are open between here and the next checkpoint.
    pub(super) floor: u32,
}

/// Counts rows and keeps nothing.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// The fewest values that were open since this was asked last.
    pub(super) floor: u32,
}

impl Output for Counted {
    #[inline]
    fn left(&mut self, cursor: &Cursor) {
        self.floor = self.floor.min(cursor.depth);
    }
}

impl Counted {
    /// The fewest values that were open since this was asked last.
    pub(super) fn take_floor(&mut self, depth: u32) -> u32 {
        std::mem::replace(&mut self.floor, depth)
    }
}

impl Checkpoint {
    /// The beginning of a text.
    pub(super) fn beginning(at: u64, printer: Printer) -> Self {
        Self { at, cursor: Cursor::default(), printer, floor: 0 }
    }

    /// A layout that goes on here.
    pub(super) fn layout<O: Output>(&self, output: O) -> Layout<O> {
        Layout { cursor: self.cursor, output }
    }
}
