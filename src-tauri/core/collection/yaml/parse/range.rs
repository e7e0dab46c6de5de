//! Where a value stands, from its first byte to its last.

use super::super::node::Style;
use super::super::scan::{find_indicator, skip_properties};
use super::{Open, Reader};
use saphyr_parser::Span;
use std::ops::Range;

impl Reader<'_> {
    pub(super) fn scalar_range(&mut self, style: Style, empty: bool, span: Span) -> Range<usize> {
        let (start, end) = (self.places.byte(span.start), self.places.byte(span.end));
        let start = if style == Style::Block {
            self.block_header().unwrap_or(start).min(start)
        } else {
            skip_properties(self.text, start)
        };
        if style == Style::Block && empty {
            let header = self.text[start..].split([' ', '\t', '\r', '\n']).next().unwrap_or_default();
            return start..start + header.len();
        }
        if style == Style::Plain && empty {
            let place = self.empty_place(start);
            return place..place;
        }
        if style == Style::Single || style == Style::Double {
            return start..end;
        }
        let raw = &self.text[start..end.max(start)];
        let trimmed = raw.trim_end_matches([' ', '\t', '\n', '\r']);
        let keeps = style == Style::Block
            && raw
                .lines()
                .next()
                .is_some_and(|header| header.split('#').next().is_some_and(|header| header.contains('+')));
        if !keeps {
            return start..start + trimmed.len();
        }
        let kept = raw.trim_end_matches([' ', '\t']);
        start..start + kept.strip_suffix('\n').map_or(kept.len(), |kept| kept.trim_end_matches('\r').len())
    }

    /// The first dash of a list that begins here.
    pub(super) fn first_dash(&self) -> Option<usize> {
        let from = if self.frames.is_empty() { 0 } else { self.after_indicator() };
        find_indicator(self.text, skip_properties(self.text, from), '-')
    }

    fn block_header(&self) -> Option<usize> {
        let from = skip_properties(self.text, self.after_indicator());
        let rest = self.text.get(from..)?;
        let place = from + (rest.len() - rest.trim_start().len());
        self.text[place..].starts_with(['|', '>']).then_some(place)
    }

    /// Where nothing stands: a key before its colon, as the parser says, or a value behind its indicator.
    fn empty_place(&self, told: usize) -> usize {
        let Some((Open::Mapping { entries, key: None, .. }, start)) =
            self.frames.last().map(|frame| (&frame.open, frame.start))
        else {
            return self.after_indicator();
        };
        let from = entries.last().map_or(start, |entry| entry.value.range.end);
        find_indicator(self.text, from, '?').map_or(told.max(from), |place| place + 1)
    }

    /// Where a value that is not written would stand: behind its colon or dash.
    fn after_indicator(&self) -> usize {
        let (from, mark) = match self.frames.last().map(|frame| (&frame.open, frame.start)) {
            Some((Open::Mapping { key: Some(key), .. }, _)) => (key.range.end, ':'),
            Some((Open::Sequence { items, .. }, start)) => {
                (items.last().map_or(start, |item| item.range.end), '-')
            }
            Some((Open::Mapping { .. }, start)) => (start, '?'),
            None => return self.text.len(),
        };
        find_indicator(self.text, from, mark).map_or(from, |place| place + 1)
    }
}
