//! Where secret values stand in bytes, however they are escaped, and however many bytes there are.

use std::io::{self, Read};
use std::ops::{ControlFlow, Range};
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem;

use crate::secret::Secret;

/// A shorter value is hidden only where it stands alone: a one-digit secret would else take half of a URL along.
pub(super) const TELLING: usize = 4;
/// So many bytes are looked at as a whole.
const SMALL: usize = 4096;
/// So many bytes of a stream are looked at together.
const WINDOW: usize = 256 * 1024;
/// So much of a value is enough to look closer.
const LONGEST_RUN: usize = 16;
/// A character takes no more bytes than one of four bytes that are each written as `%F0`.
const LONGEST_SIGN: usize = 12;

/// The values that are looked for.
#[derive(Default)]
pub(super) struct Search {
    values: Vec<Secret<String>>,
    runs: OnceLock<Option<AhoCorasick>>,
}

/// A byte of a text with its escapes undone, and where it stands.
struct Sign {
    byte: u8,
    place: Range<usize>,
}

impl Search {
    pub(super) fn new(mut values: Vec<Secret<String>>) -> Self {
        values.retain(|value| value.length() > 0);
        // A value within a longer one must not leave the rest of that behind.
        values.sort_by_key(|value| std::cmp::Reverse(value.length()));
        Self { values, runs: OnceLock::new() }
    }

    pub(super) fn values(&self) -> &[Secret<String>] {
        &self.values
    }

    /// Where the values stand, by their beginnings.
    pub(super) fn places(&self, bytes: &[u8]) -> Vec<Range<usize>> {
        if self.values.is_empty() {
            return Vec::new();
        }
        let runs = || self.runs.get_or_init(|| runs(&self.values)).as_ref();
        let mut found = match Some(bytes).filter(|bytes| bytes.len() > SMALL).and_then(|_| runs()) {
            Some(runs) => self.near(runs, bytes),
            None => self.within(bytes),
        };
        found.sort_by_key(|range| range.start);
        found
    }

    /// Shows a stream piece by piece, each with the places in it, until it is told to stop. Values too short to tell
    /// anything in so much text are not looked for.
    pub(super) fn pieces(
        &self,
        stream: &mut dyn Read,
        mut show: impl FnMut(&[u8], &[Range<usize>]) -> io::Result<ControlFlow<()>>,
    ) -> io::Result<()> {
        let telling = self.values.iter().filter(|value| value.length() >= TELLING).cloned();
        let search = Self::new(telling.collect());
        let reach = search.reach();
        let step = WINDOW.max(2 * reach);
        let mut window = Vec::with_capacity(step + reach);
        loop {
            let read = stream.take(step as u64).read_to_end(&mut window)?;
            let is_last = read < step;
            let found = search.places(&window);
            // What begins behind this may go on behind the window: it is looked at again with what follows.
            let sure = if is_last { window.len() } else { window.len().saturating_sub(reach) };
            let end = found
                .iter()
                .fold(sure, |end, range| if range.start < end { end.max(range.end) } else { end });
            let known = found.partition_point(|range| range.start < end);
            let shown = show(window.get(..end).unwrap_or_default(), found.get(..known).unwrap_or_default())?;
            if is_last || shown.is_break() {
                return Ok(());
            }
            window.drain(..end);
        }
    }

    /// How far a value reaches when all of it is escaped.
    fn reach(&self) -> usize {
        self.values.first().map_or(0, |longest| (longest.length() + 1) * LONGEST_SIGN)
    }

    /// Looks closer only where a part of a value stands.
    fn near(&self, runs: &AhoCorasick, bytes: &[u8]) -> Vec<Range<usize>> {
        let reach = self.reach();
        let mut around: Vec<Range<usize>> = Vec::new();
        for hit in runs.find_iter(bytes) {
            let place = hit.start().saturating_sub(reach)..(hit.end() + reach).min(bytes.len());
            match around.last_mut() {
                Some(before) if before.end >= place.start => before.end = before.end.max(place.end),
                _ => around.push(place),
            }
        }
        let closer = |place: Range<usize>| {
            let found = self.within(bytes.get(place.clone()).unwrap_or_default());
            found.into_iter().map(move |range| place.start + range.start..place.start + range.end)
        };
        around.into_iter().flat_map(closer).collect()
    }

    fn within(&self, bytes: &[u8]) -> Vec<Range<usize>> {
        let mut found: Vec<_> = self.values.iter().flat_map(|value| standing(bytes, value)).collect();
        let is_escaped = memchr::memchr3(b'%', b'\\', b'&', bytes).is_some();
        let is_form = memchr::memchr(b'+', bytes).is_some();
        if is_escaped {
            found.extend(self.escaped(bytes, b'+'));
        }
        if is_form {
            found.extend(self.escaped(bytes, b' '));
        }
        found
    }

    fn escaped(&self, bytes: &[u8], plus: u8) -> Vec<Range<usize>> {
        let signs = signs(bytes, plus);
        let clear: Vec<u8> = signs.iter().map(|sign| sign.byte).collect();
        let found = self.values.iter().flat_map(|value| standing(&clear, value));
        let place = |range: Range<usize>| {
            let (first, last) = (signs.get(range.start)?, signs.get(range.end.checked_sub(1)?)?);
            Some(first.place.start..last.place.end)
        };
        found.filter_map(place).collect()
    }
}

/// What to look for to find the values fast: letters and digits in a row, which nobody escapes (RFC 3986, 2.3). None
/// when a value has no such row.
fn runs(values: &[Secret<String>]) -> Option<AhoCorasick> {
    let mut runs = values.iter().map(run).collect::<Option<Vec<_>>>()?;
    runs.sort_unstable();
    runs.dedup();
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(runs).ok()
}

/// The end of the longest row; the beginnings of tokens are all alike.
fn run(value: &Secret<String>) -> Option<&[u8]> {
    // EXPOSE: compared with a record that is about to be written, so that it is not in there.
    let rows = value.expose().as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
    let longest = rows.max_by_key(|row| row.len()).filter(|row| row.len() >= TELLING)?;
    longest.get(longest.len().saturating_sub(LONGEST_RUN)..)
}

fn signs(bytes: &[u8], plus: u8) -> Vec<Sign> {
    let mut signs = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = match byte {
            b'%' => bytes.get(at + 1..at + 3).and_then(hex).map(|byte| (byte, 3)),
            b'\\' => escaped_in_json(bytes.get(at + 1..).unwrap_or_default()),
            b'&' => escaped_in_xml(bytes.get(at..).unwrap_or_default()),
            _ => None,
        };
        let (byte, size) = escaped.unwrap_or((if *byte == b'+' { plus } else { *byte }, 1));
        signs.push(Sign { byte, place: at..at + size });
        at += size;
    }
    signs
}

/// What stands behind a backslash; some libraries write `=` and `&` as `\u003d` and `\u0026`.
fn escaped_in_json(rest: &[u8]) -> Option<(u8, usize)> {
    match rest.first()? {
        sign @ (b'"' | b'\\' | b'/') => Some((*sign, 2)),
        b'u' if rest.get(1..3)? == b"00" => hex(rest.get(3..5)?).filter(u8::is_ascii).map(|byte| (byte, 6)),
        _ => None,
    }
}

fn escaped_in_xml(rest: &[u8]) -> Option<(u8, usize)> {
    const NAMES: [(&[u8], u8); 7] = [
        (b"&amp;", b'&'),
        (b"&lt;", b'<'),
        (b"&gt;", b'>'),
        (b"&quot;", b'"'),
        (b"&apos;", b'\''),
        (b"&#34;", b'"'),
        (b"&#39;", b'\''),
    ];
    NAMES.iter().find(|(name, _)| rest.starts_with(name)).map(|(name, byte)| (*byte, name.len()))
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn standing(bytes: &[u8], value: &Secret<String>) -> Vec<Range<usize>> {
    // EXPOSE: compared with a record that is about to be written, so that it is not in there.
    let value = value.expose().as_bytes();
    let stands_alone = |at: &usize| {
        let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        value.len() >= TELLING || !(is_word(before) || is_word(bytes.get(at + value.len())))
    };
    memmem::find_iter(bytes, value).filter(stands_alone).map(|at| at..at + value.len()).collect()
}
