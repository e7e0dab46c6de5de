//! Prints a text piece by piece; what it has to remember in between is small enough to be kept at every checkpoint.

use super::SpanKind;
use super::checkpoint::Counted;
use super::json::Json;
use super::layout::{Layout, Output};
use super::trail::Audit;
use super::watch::Watch;
use super::xml::Xml;

/// Where and why a text stops being what it says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where the reader finds the fault.
    pub(super) at: u64,
    /// From where the text is shown as it is.
    pub(super) switch: u64,
    /// Whether that begins a row.
    pub(super) fresh_row: bool,
    /// Why.
    pub(super) why: &'static str,
}

impl Fault {
    /// A fault before a token, of which nothing is printed yet.
    pub(super) fn before(at: u64, why: &'static str) -> Self {
        Self { at, switch: at, fresh_row: true, why }
    }

    /// A fault within what is printed up to `switch`.
    pub(super) fn within(at: u64, switch: u64, why: &'static str) -> Self {
        Self { at, switch, fresh_row: false, why }
    }
}

/// A printer between two bytes.
#[derive(Clone, Debug)]
pub(super) enum Printer {
    /// Lines as they are; `Invalid` ones turn plain after the first.
    Lines(SpanKind),
    /// JSON.
    Json(Json),
    /// XML.
    Xml(Xml),
}

impl Printer {
    /// Prints these bytes, which stand at `at` of the text.
    pub(super) fn feed<O: Output, W: Watch>(
        &mut self,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
        watch: &mut W,
    ) -> Result<(), Fault> {
        match self {
            Self::Lines(kind) => {
                *kind = lines(*kind, bytes, at, layout);
                Ok(())
            }
            Self::Json(json) => json.feed(bytes, at, layout, watch),
            Self::Xml(xml) => xml.feed(bytes, at, layout, watch),
        }
    }

    /// Prints these bytes only to count rows.
    pub(super) fn count(
        &mut self,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<Counted>,
        audit: &mut Audit,
    ) -> Result<(), Fault> {
        match self {
            Self::Json(json) => json.count(bytes, at, layout, audit),
            _ => self.feed(bytes, at, layout, audit),
        }
    }

    /// The text ends at `at`.
    pub(super) fn finish<W: Watch>(&mut self, at: u64, watch: &mut W) -> Result<(), Fault> {
        match self {
            Self::Lines(_) => Ok(()),
            Self::Json(json) => json.finish(at, watch),
            Self::Xml(xml) => xml.finish(at, watch),
        }
    }

    /// From here on the text is shown as it is.
    pub(super) fn give_up<O: Output>(&mut self, fault: &Fault, layout: &mut Layout<O>) {
        if fault.fresh_row && layout.cursor.column > 0 && !self.is_raw() {
            layout.new_line(0);
        }
        if let Self::Xml(xml) = self {
            xml.give_up(layout);
        }
        *self = Self::Lines(SpanKind::Invalid);
    }

    fn is_raw(&self) -> bool {
        match self {
            Self::Lines(_) => true,
            Self::Json(json) => json.is_raw(),
            Self::Xml(xml) => xml.is_raw(),
        }
    }
}

fn lines<O: Output>(kind: SpanKind, bytes: &[u8], at: u64, layout: &mut Layout<O>) -> SpanKind {
    if kind != SpanKind::Invalid {
        layout.verbatim(kind, bytes, at);
        return kind;
    }
    let Some(end) = memchr::memchr(b'\n', bytes) else {
        layout.verbatim(kind, bytes, at);
        return kind;
    };
    let (first, rest) = bytes.split_at(end + 1);
    layout.verbatim(kind, first, at);
    layout.verbatim(SpanKind::Plain, rest, at + first.len() as u64);
    SpanKind::Plain
}
