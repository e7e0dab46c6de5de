use std::io;
use std::ops::Range;
use std::sync::Arc;

use regex::bytes::Regex;

use crate::body::source::Source;

/// A hit is at most this long, and as much is read beyond a block to find its end.
const BEYOND: u64 = 64 * 1024;
/// Bytes before a block, for what asks whether a word begins.
const BEFORE: u64 = 64;
/// Bytes of a character of UTF-8.
const LONGEST_CHARACTER: usize = 4;

/// Finds the hits that begin in one block after the other.
pub(super) struct Scan {
    pub(super) source: Arc<dyn Source>,
    regex: Regex,
    /// What a hit must fit besides: looked for at once, its word boundaries take ten times as long.
    whole: Option<Regex>,
    pub(super) block: u64,
}

/// What is known of a block that was searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// Hits that begin in it.
    pub(super) hits: u32,
    /// Where its search began: a hit of the block before may reach into it.
    pub(super) resume: u64,
    /// Where the search of the next one begins.
    pub(super) next: u64,
}

impl Scan {
    pub(super) fn new(source: Arc<dyn Source>, regex: Regex, whole: Option<Regex>, block: u64) -> Self {
        Self { source, regex, whole, block }
    }

    /// How many blocks there are by now.
    pub(super) fn blocks(&self) -> u64 {
        self.source.size().div_ceil(self.block)
    }

    /// Searches a block; nothing when it is not there, or not far enough to be searched.
    pub(super) fn block(&self, index: u64, resume: u64) -> io::Result<Option<Block>> {
        let (begin, size) = (index * self.block, self.source.size());
        let is_readable = self.source.is_whole() || size >= begin + self.block + BEYOND;
        if begin >= size || !is_readable {
            return Ok(None);
        }
        let mut block = Block { hits: 0, resume, next: resume.max(begin + self.block) };
        self.each(index, resume, |offset, length| {
            block.hits = block.hits.saturating_add(1);
            block.next = block.next.max(offset + length);
        })?;
        Ok(Some(block))
    }

    /// Offset and length of every hit that begins in a block.
    pub(super) fn places(&self, index: u64, resume: u64) -> io::Result<Vec<(u64, u64)>> {
        let mut places = Vec::new();
        self.each(index, resume, |offset, length| places.push((offset, length)))?;
        Ok(places)
    }

    fn each(&self, index: u64, resume: u64, mut take: impl FnMut(u64, u64)) -> io::Result<()> {
        let begin = index * self.block;
        let end = begin + self.block;
        let from = begin.max(resume);
        if from >= end {
            return Ok(());
        }
        let origin = begin.saturating_sub(BEFORE);
        let bytes = self.read(origin, end + BEYOND)?;
        let mut at = usize::try_from(from - origin).unwrap_or(usize::MAX);
        while at <= bytes.len() {
            let Some(hit) = self.regex.find_at(&bytes, at) else { break };
            let offset = origin + hit.start() as u64;
            if offset >= end {
                break;
            }
            // A hit of no characters would be everywhere and show nothing.
            if hit.is_empty() {
                at = hit.end() + 1;
                continue;
            }
            if !self.whole.as_ref().is_none_or(|whole| is_whole(whole, &bytes, hit.range())) {
                at = hit.start() + 1;
                continue;
            }
            take(offset, hit.len() as u64);
            at = hit.end();
        }
        Ok(())
    }

    fn read(&self, from: u64, to: u64) -> io::Result<Vec<u8>> {
        let length = to.min(self.source.size()).saturating_sub(from);
        let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
        let mut filled = 0;
        while filled < bytes.len() {
            match self.source.read_at(&mut bytes[filled..], from + filled as u64)? {
                0 => break,
                read => filled += read,
            }
        }
        bytes.truncate(filled);
        Ok(bytes)
    }
}

/// Whether words begin and end where the hit does.
fn is_whole(whole: &Regex, bytes: &[u8], hit: Range<usize>) -> bool {
    if let (Some(begins), Some(ends)) = (is_boundary(bytes, hit.start), is_boundary(bytes, hit.end)) {
        return begins && ends;
    }
    let from = hit.start.saturating_sub(LONGEST_CHARACTER);
    let to = hit.end.saturating_add(LONGEST_CHARACTER).min(bytes.len());
    let around = bytes.get(from..to).unwrap_or_default();
    whole.find_at(around, hit.start - from).is_some_and(|found| found.start() + from == hit.start)
}

/// Whether a word begins or ends here, when that shows in ASCII.
fn is_boundary(bytes: &[u8], at: usize) -> Option<bool> {
    let is_word = |byte: Option<&u8>| match byte {
        None => Some(false),
        Some(byte) => byte.is_ascii().then(|| byte.is_ascii_alphanumeric() || *byte == b'_'),
    };
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    Some(is_word(before)? != is_word(bytes.get(at))?)
}
