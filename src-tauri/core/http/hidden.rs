//! Values that may not be in a record, wherever they went out.

use std::ops::Range;
use std::sync::Arc;

use http::HeaderMap;
use memchr::memmem;

use super::body::{Payload, Piece};
use super::exchange::{Call, Header};
use crate::diagnosis::Diagnosis;
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

    /// These values and more.
    #[must_use]
    pub fn and(&self, more: impl IntoIterator<Item = Secret<String>>) -> Self {
        Self::new(self.0.iter().cloned().chain(more))
    }

    /// The text with dots for the values, however they are escaped.
    pub(crate) fn text(&self, text: &mut String) {
        if let Some(bytes) = self.bytes(text.as_bytes()) {
            *text = String::from_utf8_lossy(&bytes).into_owned();
        }
    }

    /// The bytes with dots for the values; nothing when there is none.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut shown = self.plain(bytes);
        let is_escaped = |bytes: &[u8]| memchr::memchr3(b'%', b'\\', b'&', bytes).is_some();
        for plus in [b'+', b' '] {
            let current = shown.as_deref().unwrap_or(bytes);
            let is_form = plus == b' ' && memchr::memchr(b'+', current).is_some();
            if !self.0.is_empty() && (is_form || (plus == b'+' && is_escaped(current))) {
                let found = self.escaped(current, plus);
                shown = dotted(current, found).or(shown);
            }
        }
        shown
    }

    /// The values as they are.
    fn plain(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        dotted(bytes, self.0.iter().flat_map(|value| places(bytes, value)).collect())
    }

    fn escaped(&self, bytes: &[u8], plus: u8) -> Vec<Range<usize>> {
        let signs = signs(bytes, plus);
        let clear: Vec<u8> = signs.iter().map(|sign| sign.byte).collect();
        let found = self.0.iter().flat_map(|value| places(&clear, value));
        let place = |range: Range<usize>| {
            let (first, last) = (signs.get(range.start)?, signs.get(range.end.checked_sub(1)?)?);
            Some(first.place.start..last.place.end)
        };
        found.filter_map(place).collect()
    }

    /// The fields whose values hold one of these are masked as a whole in the record.
    pub(super) fn mark(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            if self.bytes(value.as_bytes()).is_some() {
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
            Piece::Bytes(bytes) => self.bytes(bytes).is_some(),
        })
    }

    /// The record of a call without the values.
    pub(crate) fn call(&self, call: &mut Call) {
        if self.0.is_empty() {
            return;
        }
        self.text(&mut call.sent.url);
        self.text(&mut call.sent.method);
        self.headers(&mut call.sent.headers);
        if let Some(received) = &mut call.received {
            self.headers(&mut received.headers);
        }
        if let Some(failure) = &mut call.failure {
            self.error(failure);
        }
    }

    /// Header fields of the record without the values.
    pub(super) fn headers(&self, headers: &mut [Header]) {
        for header in headers {
            self.name(&mut header.name);
            for segment in &mut header.value {
                if let Segment::Text { text } = segment {
                    self.text(text);
                }
            }
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
        error.diagnosis.iter_mut().for_each(|diagnosis| self.diagnosis(diagnosis));
    }

    /// The diagnosis without the values.
    pub(crate) fn diagnosis(&self, diagnosis: &mut Diagnosis) {
        diagnosis.texts().into_iter().for_each(|text| self.text(text));
    }
}

/// The bytes with dots in these places; nothing without any.
fn dotted(bytes: &[u8], mut found: Vec<Range<usize>>) -> Option<Vec<u8>> {
    if found.is_empty() {
        return None;
    }
    found.sort_by_key(|range| range.start);
    let mut end = 0;
    let mut shown = Vec::with_capacity(bytes.len());
    for range in found {
        if range.start >= end {
            shown.extend_from_slice(bytes.get(end..range.start).unwrap_or_default());
            shown.extend_from_slice(DOTS.as_bytes());
        }
        end = end.max(range.end);
    }
    shown.extend_from_slice(bytes.get(end..).unwrap_or_default());
    Some(shown)
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

fn places(bytes: &[u8], value: &Secret<String>) -> Vec<Range<usize>> {
    // EXPOSE: compared with a record that is about to be written, so that it is not in there.
    let value = value.expose().as_bytes();
    let stands_alone = |at: &usize| {
        let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        value.len() >= TELLING || !(is_word(before) || is_word(bytes.get(at + value.len())))
    };
    memmem::find_iter(bytes, value).filter(stands_alone).map(|at| at..at + value.len()).collect()
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
            ("{\"a\":\"p$w\\u007cd!\"}", "{\"a\":\"••••\"}"),
        ] {
            assert_eq!(hide(&["p$w|d!"], text), expected);
        }
        assert_eq!(hide(&["a b+c"], "?q=a+b%2Bc"), "?q=••••", "as a form writes it");
        assert_eq!(
            hide(&["a=\"b\"&c"], r#"<x y="a=&quot;b&quot;&amp;c"/> {"z":"a\u003d\"b\"\u0026c"}"#),
            r#"<x y="••••"/> {"z":"••••"}"#
        );
        assert_eq!(hide(&["secret", "secret-longer"], "secret-longer secret"), "•••• ••••");
    }

    #[test]
    fn a_short_value_is_hidden_where_it_stands_alone() {
        assert_eq!(hide(&["7"], "/v17/x?pin=7&a=27"), "/v17/x?pin=••••&a=27");
        assert_eq!(hide(&[""], "/x"), "/x");
    }
}
