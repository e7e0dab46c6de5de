//! Where two bodies that are too large to be compared as a whole are looked at: around their first difference.

use std::io;

use super::body::LARGEST;
use crate::body::Source;

/// What is shown of bodies that are too large.
const SHOWN: u64 = 1024 * 1024;
/// What is shown before the first difference.
const BEFORE: u64 = 4 * 1024;
const CHUNK: usize = 1024 * 1024;

/// The part of two bodies that is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extract {
    /// Bytes left out before it; the same in both.
    pub(crate) from: u64,
    /// Lines that end in them.
    pub(crate) lines: u32,
    /// The most bytes of it.
    pub(crate) most: u64,
    /// Whether the whole bodies are the same.
    pub(crate) same: bool,
}

impl Extract {
    /// Everything, or what is around the first difference when one of them is too large; reads both as far as they are the same.
    pub(crate) fn of(a: &dyn Source, b: &dyn Source) -> io::Result<Self> {
        if a.size() <= LARGEST && b.size() <= LARGEST {
            return Ok(Self { most: LARGEST, ..Self::default() });
        }
        let (mut at, mut lines, mut line_start) = (0, 0_u32, Line { from: 0, lines: 0 });
        loop {
            let (chunk_a, chunk_b) = (read(a, at, CHUNK)?, read(b, at, CHUNK)?);
            let same = chunk_a.iter().zip(&chunk_b).take_while(|(a, b)| a == b).count();
            for newline in memchr::memchr_iter(b'\n', &chunk_a[..same]) {
                lines = lines.saturating_add(1);
                let start = at + newline as u64 + 1;
                // Some lines before the difference are shown, too.
                if start.saturating_sub(line_start.from) > BEFORE / 2 {
                    line_start = Line { from: start, lines };
                }
            }
            at += same as u64;
            let is_end = same < CHUNK;
            if is_end && chunk_a.len() == same && chunk_b.len() == same {
                return Ok(Self { most: SHOWN, same: true, ..Self::default() });
            }
            if is_end {
                return Ok(line_start.around(at, lines));
            }
        }
    }
}

/// A line that was passed.
struct Line {
    from: u64,
    lines: u32,
}

impl Line {
    /// The extract that begins with this line, or, when the line is very long, shortly before the difference; behind
    /// all of these lines, then.
    fn around(&self, difference: u64, passed: u32) -> Extract {
        let is_near = difference - self.from <= 2 * BEFORE;
        let (from, lines) =
            if is_near { (self.from, self.lines) } else { (difference.saturating_sub(BEFORE), passed) };
        Extract { from, lines, most: SHOWN, same: false }
    }
}

/// Fewer bytes only at the end.
pub(super) fn read(source: &dyn Source, from: u64, most: usize) -> io::Result<Vec<u8>> {
    let left = usize::try_from(source.size().saturating_sub(from)).unwrap_or(most);
    let mut bytes = vec![0; most.min(left)];
    let length = source.read_at(&mut bytes, from)?;
    bytes.truncate(length);
    Ok(bytes)
}
