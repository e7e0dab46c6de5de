//! The lines of both sides as they are put beside each other.

use std::time::{Duration, Instant};

use super::model::{Aligned, DiffLine, DiffMark};
use super::pieces;

/// How long two bodies may be compared; what is left then is told apart more coarsely.
const PATIENCE: Duration = Duration::from_secs(2);

/// Lines side by side, being written.
pub(super) struct Sheet {
    pub(super) lines: Vec<Aligned>,
    pub(super) deadline: Instant,
    numbers: (u32, u32),
}

impl Sheet {
    /// A sheet that begins behind so many lines.
    pub(super) fn behind(lines: u32) -> Self {
        Self { lines: Vec::new(), deadline: Instant::now() + PATIENCE, numbers: (lines, lines) }
    }

    /// A line that is the same on both sides, though it may be written in another way.
    pub(super) fn same(&mut self, a: &str, b: &str) {
        let (a, b) = (vec![a.to_owned()], vec![b.to_owned()]);
        self.push(DiffMark::Same, Some(a), Some(b));
    }

    /// A line that differs, or that only one side has.
    pub(super) fn different(&mut self, a: Option<&str>, b: Option<&str>, ignored: bool) {
        let whole = |text: &str| vec![text.to_owned()];
        let (mark, a, b) = match (a, b) {
            (Some(a), Some(b)) => {
                let (a, b) = pieces::of(a, b, self.deadline);
                (DiffMark::Changed, Some(a), Some(b))
            }
            (Some(a), None) => (DiffMark::Removed, Some(whole(a)), None),
            (None, b) => (DiffMark::Added, None, b.map(whole)),
        };
        self.push(if ignored { DiffMark::Ignored } else { mark }, a, b);
    }

    /// Lines of which none is known to belong to another.
    pub(super) fn beside(&mut self, a: &[&str], b: &[&str], ignored: bool) {
        for at in 0..a.len().max(b.len()) {
            match (a.get(at), b.get(at)) {
                (Some(a), Some(b)) if a == b => self.same(a, b),
                (a, b) => self.different(a.copied(), b.copied(), ignored),
            }
        }
    }

    fn push(&mut self, mark: DiffMark, a: Option<Vec<String>>, b: Option<Vec<String>>) {
        let line = |number: &mut u32, pieces: Option<Vec<String>>| {
            pieces.map(|pieces| {
                *number = number.saturating_add(1);
                DiffLine { number: *number, pieces }
            })
        };
        let a = line(&mut self.numbers.0, a);
        let b = line(&mut self.numbers.1, b);
        self.lines.push(Aligned { mark, a, b });
    }

    /// How many places differ: every changed line, and every run of lines only one side has.
    pub(super) fn differences(&self) -> u32 {
        let mut count = 0_u32;
        let mut before = DiffMark::Same;
        for line in &self.lines {
            let begins = match line.mark {
                DiffMark::Same | DiffMark::Ignored => false,
                DiffMark::Changed => true,
                DiffMark::Removed | DiffMark::Added => line.mark != before,
            };
            count = count.saturating_add(u32::from(begins));
            before = line.mark;
        }
        count
    }
}
