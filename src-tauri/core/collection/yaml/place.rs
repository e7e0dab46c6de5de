//! The parser counts characters; splicing needs bytes.

use saphyr_parser::Marker;

/// How many characters stand between two known places.
const STRIDE: usize = 64;

/// The bytes of a text by character.
pub(super) struct Places<'text> {
    text: &'text str,
    /// The byte of every 64th character; empty for plain ASCII.
    known: Vec<usize>,
}

impl<'text> Places<'text> {
    pub fn new(text: &'text str) -> Self {
        let known = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STRIDE).map(|(byte, _)| byte).collect()
        };
        Self { text, known }
    }

    /// The byte a marker stands at, at most the text's length.
    pub fn byte(&self, marker: Marker) -> usize {
        let index = marker.index();
        if self.known.is_empty() {
            return index.min(self.text.len());
        }
        let Some(start) = self.known.get(index / STRIDE) else { return self.text.len() };
        let rest = &self.text[*start..];
        rest.char_indices().nth(index % STRIDE).map_or(self.text.len(), |(byte, _)| start + byte)
    }

    /// The line, from 1, of a byte.
    pub fn line(&self, byte: usize) -> usize {
        line_of(self.text, byte)
    }
}

/// The line, from 1, of a byte.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())].split(|byte| *byte == b'\n').count()
}
