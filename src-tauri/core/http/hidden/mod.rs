//! Values that may not be in a record, wherever they went out.

mod search;

use std::io::{self, Write as _};
use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::Arc;

use http::HeaderMap;

use self::search::{Search, TELLING};
use super::SpooledBody;
use super::body::{Payload, Piece};
use super::exchange::{Call, Header};
use super::request::{Body, Field, PartContent};
use crate::diagnosis::Diagnosis;
use crate::error::Error;
use crate::redact::Segment;
use crate::secret::Secret;

const DOTS: &str = "••••";

/// Secret values a request was made with.
#[derive(Clone, Default)]
pub struct Hidden(Arc<Search>);

impl Hidden {
    /// These values; an empty one is none.
    pub fn new(values: impl IntoIterator<Item = Secret<String>>) -> Self {
        Self(Arc::new(Search::new(values.into_iter().collect())))
    }

    /// These values and more.
    #[must_use]
    pub fn and(&self, more: impl IntoIterator<Item = Secret<String>>) -> Self {
        Self::new(self.0.values().iter().cloned().chain(more))
    }

    /// The text with dots for the values, however they are escaped.
    pub(crate) fn text(&self, text: &mut String) {
        if let Some(bytes) = self.bytes(text.as_bytes()) {
            *text = String::from_utf8_lossy(&bytes).into_owned();
        }
    }

    /// The bytes with dots for the values; nothing when there is none.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let found = self.0.places(bytes);
        (!found.is_empty()).then(|| dotted(bytes, &found))
    }

    /// A body of any size with dots for the values, in a file of this folder; nothing when there is none.
    pub(crate) fn body(&self, body: &SpooledBody, folder: &Path) -> io::Result<Option<SpooledBody>> {
        if self.0.values().is_empty() {
            return Ok(None);
        }
        let mut is_clear = true;
        self.0.pieces(&mut body.open(), |_, found| {
            is_clear = found.is_empty();
            Ok(if is_clear { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })?;
        if is_clear {
            return Ok(None);
        }
        std::fs::create_dir_all(folder)?;
        let mut copy = tempfile::tempfile_in(folder)?;
        self.0.pieces(&mut body.open(), |piece, found| {
            copy.write_all(&dotted(piece, found))?;
            Ok(ControlFlow::Continue(()))
        })?;
        SpooledBody::of_file(copy).map(Some)
    }

    /// The fields whose values hold one of these are masked as a whole in the record.
    pub(super) fn mark(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            if self.bytes(value.as_bytes()).is_some() {
                value.set_sensitive(true);
            }
        }
    }

    /// Whether a body carries one of the values; files are the user's own.
    pub(super) fn is_in(&self, body: &Payload) -> bool {
        body.pieces.iter().any(|piece| match piece {
            Piece::File(_) => false,
            Piece::Bytes(bytes) => !self.0.places(bytes).is_empty(),
        })
    }

    /// The record of a call without the values.
    pub(crate) fn call(&self, call: &mut Call) {
        if self.0.values().is_empty() {
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
        let mut values = self.0.values().iter().filter(|value| value.length() >= TELLING).map(Secret::expose);
        if values.any(|value| name.contains(&value.to_ascii_lowercase())) {
            DOTS.clone_into(name);
        }
    }

    /// A body as it is written, without the values.
    pub(crate) fn written(&self, body: &mut Body) {
        match body {
            Body::None | Body::File { .. } => {}
            Body::Json { text } | Body::Xml { text } | Body::Text { text } | Body::Sparql { text } => {
                self.text(text);
            }
            Body::Form { fields } => fields.iter_mut().for_each(|field| self.field(field)),
            Body::Multipart { parts } => {
                for part in parts {
                    if let PartContent::Text { text } = &mut part.content {
                        self.text(text);
                    }
                }
            }
        }
    }

    /// A row without the values.
    pub(crate) fn field(&self, field: &mut Field) {
        self.text(&mut field.name);
        self.text(&mut field.value);
        field.description.iter_mut().for_each(|text| self.text(text));
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

/// The bytes with dots in these places, which come by their beginnings.
fn dotted(bytes: &[u8], found: &[Range<usize>]) -> Vec<u8> {
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
    shown
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
