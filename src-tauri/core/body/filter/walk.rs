use std::io;

use super::expression::Step;
use super::path::Key;
use crate::body::source::Source;

const PIECE: usize = 256 * 1024;
const TOO_LONG_NAME: u64 = 64 * 1024;

/// Why a text could not be followed to its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// It is no valid JSON from here on, or ends too early.
    Broken,
    /// It cannot be read.
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Takes the value at a path, and moves behind it.
pub(super) type Take<'t, 's> = dyn FnMut(&mut Walker<'s>, &mut Vec<Key>) -> Result<(), Stop> + 't;

/// Reads a JSON text from front to back, without keeping any of it.
pub(super) struct Walker<'s> {
    pub(super) source: &'s dyn Source,
    piece: Vec<u8>,
    /// Where the piece begins.
    start: u64,
    at: usize,
}

impl<'s> Walker<'s> {
    pub(super) fn new(source: &'s dyn Source) -> Self {
        Self { source, piece: Vec::new(), start: 0, at: 0 }
    }

    /// Where the next byte stands.
    pub(super) fn offset(&self) -> u64 {
        self.start + self.at as u64
    }

    /// The next byte that is no white space, without taking it.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, Stop> {
        loop {
            match self.byte()? {
                // The mark of UTF-8 may stand at the very beginning.
                Some(b' ' | b'\t' | b'\r' | b'\n' | 0xEF | 0xBB | 0xBF) => self.at += 1,
                other => return Ok(other),
            }
        }
    }

    /// Follows the steps from each value of the text, of which JSON lines have several; counts them.
    pub(super) fn follow_all(
        &mut self,
        steps: &[Step],
        documents: &mut u64,
        take: &mut Take<'_, 's>,
    ) -> Result<(), Stop> {
        while self.peek()?.is_some() {
            *documents += 1;
            self.follow(steps, &mut Vec::new(), take)?;
        }
        Ok(())
    }

    /// Follows the steps, and lets each value they name be taken; whoever takes it moves behind it.
    pub(super) fn follow(
        &mut self,
        steps: &[Step],
        path: &mut Vec<Key>,
        take: &mut Take<'_, 's>,
    ) -> Result<(), Stop> {
        let Some((step, rest)) = steps.split_first() else { return take(self, path) };
        self.each_child(&mut |walker, key| {
            if !step.fits(&key) {
                return walker.skip();
            }
            path.push(key);
            walker.follow(rest, path, take)?;
            path.pop();
            Ok(())
        })
    }

    /// Lets each child of the value here be taken with its key; a value without children is passed over.
    pub(super) fn each_child(
        &mut self,
        take: &mut dyn FnMut(&mut Self, Key) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let (is_object, end) = match self.peek()? {
            Some(b'{') => (true, b'}'),
            Some(b'[') => (false, b']'),
            _ => return self.skip(),
        };
        self.at += 1;
        let mut index = 0;
        if self.peek()? == Some(end) {
            self.at += 1;
            return Ok(());
        }
        loop {
            let key = if is_object { Key::Name(self.name()?) } else { Key::Index(index) };
            take(self, key)?;
            index += 1;
            match self.peek()? {
                Some(b',') => self.at += 1,
                Some(byte) if byte == end => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(Stop::Broken),
            }
        }
    }

    /// Passes over the value here, however deep it is.
    pub(super) fn skip(&mut self) -> Result<(), Stop> {
        let mut depth = 0_u64;
        loop {
            match self.peek()? {
                Some(b'"') => self.skip_string()?,
                Some(b'{' | b'[') => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                Some(b'}' | b']') if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                Some(b',' | b':') if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => self.skip_word()?,
                _ => return Err(Stop::Broken),
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    fn skip_word(&mut self) -> Result<(), Stop> {
        while let Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') = self.byte()? {
            self.at += 1;
        }
        Ok(())
    }

    fn skip_string(&mut self) -> Result<(), Stop> {
        self.at += 1;
        loop {
            self.byte()?.ok_or(Stop::Broken)?;
            let rest = self.piece.get(self.at..).unwrap_or_default();
            let Some(mark) = memchr::memchr2(b'"', b'\\', rest) else {
                self.at = self.piece.len();
                continue;
            };
            let is_end = rest.get(mark) == Some(&b'"');
            self.at += mark + 1;
            if is_end {
                return Ok(());
            }
            self.byte()?.ok_or(Stop::Broken)?;
            self.at += 1;
        }
    }

    fn name(&mut self) -> Result<String, Stop> {
        if self.peek()? != Some(b'"') {
            return Err(Stop::Broken);
        }
        let from = self.offset();
        self.skip_string()?;
        let to = self.offset();
        if self.peek()? != Some(b':') {
            return Err(Stop::Broken);
        }
        self.at += 1;
        let bytes = read(self.source, from, to.min(from + TOO_LONG_NAME))?;
        serde_json::from_slice(&bytes).map_err(|_| Stop::Broken)
    }

    fn byte(&mut self) -> Result<Option<u8>, Stop> {
        if self.at >= self.piece.len() {
            self.start += self.at as u64;
            self.at = 0;
            self.piece.resize(PIECE, 0);
            let read = self.source.read_at(&mut self.piece, self.start)?;
            self.piece.truncate(read);
        }
        Ok(self.piece.get(self.at).copied())
    }
}

/// The bytes between two places.
pub(in crate::body) fn read(source: &dyn Source, from: u64, to: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(to.saturating_sub(from)).map_err(io::Error::other)?];
    let mut filled = 0;
    while filled < bytes.len() {
        match source.read_at(&mut bytes[filled..], from + filled as u64)? {
            0 => break,
            read => filled += read,
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}
