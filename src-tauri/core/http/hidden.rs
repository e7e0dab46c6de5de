//! Values that may not be in a record, wherever they went out.

use std::ops::Range;
use std::sync::Arc;

use http::HeaderMap;

use super::body::{Payload, Piece};
use super::exchange::Call;
use crate::error::Error;
use crate::redact::Segment;
use crate::secret::Secret;

const DOTS: &str = "••••";
/// A shorter value is hidden only where it stands alone: a one-digit secret would else take half of a URL along.
const TELLING: usize = 4;
/// A larger body is not looked through.
const LARGEST: usize = 1024 * 1024;

/// Secret values a request was made with.
#[derive(Clone, Default)]
pub struct Hidden(Arc<[Secret<String>]>);

/// A byte of a text with its escapes undone, and where it stands.
struct Sign {
    byte: u8,
    place: Range<usize>,
}

impl Hidden {
    /// These values; an empty one is none.
    pub fn new(values: impl IntoIterator<Item = Secret<String>>) -> Self {
        let mut values: Vec<_> = values.into_iter().filter(|value| value.length() > 0).collect();
        // A value within a longer one must not leave the rest of that behind.
        values.sort_by_key(|value| std::cmp::Reverse(value.length()));
        Self(values.into())
    }

    /// The text with dots for the values, percent-encoded ones too.
    pub(super) fn text(&self, text: &mut String) {
        if self.0.is_empty() {
            return;
        }
        for plus in [b'+', b' '] {
            let signs = signs(text, plus);
            let mut found: Vec<Range<usize>> =
                self.0.iter().flat_map(|value| places(&signs, value)).collect();
            found.sort_by_key(|range| range.start);
            let mut end = 0;
            let mut shown = String::with_capacity(text.len());
            for range in found {
                if range.start >= end {
                    shown.push_str(text.get(end..range.start).unwrap_or_default());
                    shown.push_str(DOTS);
                }
                end = end.max(range.end);
            }
            shown.push_str(text.get(end..).unwrap_or_default());
            *text = shown;
        }
    }

    /// The fields whose values hold one of these are masked as a whole in the record.
    pub(super) fn mark(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            let mut shown = String::from_utf8_lossy(value.as_bytes()).into_owned();
            let before = shown.clone();
            self.text(&mut shown);
            if shown != before {
                value.set_sensitive(true);
            }
        }
    }

    /// Whether a body carries one of the values, or is too large to be looked through; files are the user's own.
    pub(super) fn is_in(&self, body: &Payload) -> bool {
        if self.0.is_empty() {
            return false;
        }
        body.pieces.iter().any(|piece| match piece {
            Piece::File(_) => false,
            Piece::Bytes(bytes) if bytes.len() > LARGEST => true,
            Piece::Bytes(bytes) => {
                let before = String::from_utf8_lossy(bytes).into_owned();
                let mut after = before.clone();
                self.text(&mut after);
                before != after
            }
        })
    }

    /// The record of a call without the values.
    pub(super) fn call(&self, call: &mut Call) {
        if self.0.is_empty() {
            return;
        }
        self.text(&mut call.sent.url);
        self.text(&mut call.sent.method);
        let received = call.received.iter_mut().flat_map(|received| &mut received.headers);
        for header in call.sent.headers.iter_mut().chain(received) {
            self.name(&mut header.name);
            for segment in &mut header.value {
                if let Segment::Text { text } = segment {
                    self.text(text);
                }
            }
        }
        if let Some(failure) = &mut call.failure {
            self.error(failure);
        }
    }

    /// A header's name without the values, which went out in lower case.
    fn name(&self, name: &mut String) {
        self.text(name);
        // EXPOSE: compared with a record that is about to be written, so that it is not in there.
        let mut values = self.0.iter().filter(|value| value.length() >= TELLING).map(Secret::expose);
        if values.any(|value| name.contains(&value.to_ascii_lowercase())) {
            DOTS.clone_into(name);
        }
    }

    /// The failure without the values.
    pub(crate) fn error(&self, error: &mut Error) {
        self.text(&mut error.message);
        error.hint.iter_mut().chain(&mut error.detail).for_each(|text| self.text(text));
    }
}

fn signs(text: &str, plus: u8) -> Vec<Sign> {
    let bytes = text.as_bytes();
    let mut signs = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = bytes.get(at + 1..at + 3).filter(|_| *byte == b'%').and_then(hex);
        let (byte, size) = match (escaped, *byte) {
            (Some(byte), _) => (byte, 3),
            (None, b'+') => (plus, 1),
            (None, byte) => (byte, 1),
        };
        signs.push(Sign { byte, place: at..at + size });
        at += size;
    }
    signs
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn places(signs: &[Sign], value: &Secret<String>) -> Vec<Range<usize>> {
    // EXPOSE: compared with a record that is about to be written, so that it is not in there.
    let value = value.expose().as_bytes();
    let is_there = |window: &[Sign]| window.iter().zip(value).all(|(sign, byte)| sign.byte == *byte);
    let stands_alone = |at: usize| {
        let is_word = |sign: Option<&Sign>| sign.is_some_and(|sign| sign.byte.is_ascii_alphanumeric());
        let before = at.checked_sub(1).and_then(|before| signs.get(before));
        value.len() >= TELLING || !(is_word(before) || is_word(signs.get(at + value.len())))
    };
    let windows = signs.windows(value.len().max(1)).enumerate();
    windows
        .filter(|(at, window)| is_there(window) && stands_alone(*at))
        .filter_map(|(_, window)| Some(window.first()?.place.start..window.last()?.place.end))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hide(values: &[&str], text: &str) -> String {
        let mut text = text.to_owned();
        Hidden::new(values.iter().map(|value| Secret::from(*value))).text(&mut text);
        text
    }

    #[test]
    fn values_are_hidden_however_they_are_written() {
        for (text, expected) in [
            ("https://h.de/x?a=p$w|d!&b=1", "https://h.de/x?a=••••&b=1"),
            ("https://h.de/p%24w%7Cd%21/y", "https://h.de/••••/y"),
            ("https://h.de/p%24w%7cd!", "https://h.de/••••"),
            ("nothing here: 100%", "nothing here: 100%"),
            ("grüße p$w|d! p$w|d!", "grüße •••• ••••"),
        ] {
            assert_eq!(hide(&["p$w|d!"], text), expected);
        }
        assert_eq!(hide(&["a b+c"], "?q=a+b%2Bc"), "?q=••••", "as a form writes it");
        assert_eq!(hide(&["secret", "secret-longer"], "secret-longer secret"), "•••• ••••");
    }

    #[test]
    fn a_short_value_is_hidden_where_it_stands_alone() {
        assert_eq!(hide(&["7"], "/v17/x?pin=7&a=27"), "/v17/x?pin=••••&a=27");
        assert_eq!(hide(&[""], "/x"), "/x");
    }
}
