//! A value written where another stood.

use super::super::emit::{self, emit};
use super::super::node::{Kind, Node, Style};
use super::super::quote;
use super::{Patch, Slot};
use serde_json::Value;

impl Patch<'_> {
    /// Writes a value where another stood.
    pub(super) fn set(&mut self, node: &Node, value: &Value, slot: Slot) {
        let simple = !matches!(value, Value::Array(items) if !items.is_empty())
            && !matches!(value, Value::Object(map) if !map.is_empty());
        match (slot, &node.kind) {
            (Slot::Flow, _) => self.set_flow(node, value),
            (Slot::Key(..) | Slot::Dash(..), _) if node.is_flow() => self.set_flow(node, value),
            (Slot::Key(column, _), Kind::Scalar { style }) if simple && !node.range.is_empty() => {
                self.set_scalar(node, *style, value, column, self.layout.step);
            }
            (Slot::Dash(column, _), Kind::Scalar { style }) if simple && !node.range.is_empty() => {
                self.set_scalar(node, *style, value, column, 2);
            }
            (Slot::Key(column, behind), _) => {
                let mut text = String::new();
                emit::after_key(&mut text, value, column, self.layout);
                self.set_behind(node, behind, &text);
            }
            (Slot::Dash(column, behind), _) => {
                let mut text = String::new();
                emit::after_dash(&mut text, value, column, self.layout);
                self.set_behind(node, behind, &text);
            }
            (Slot::Root, _) => {
                let text = emit(value);
                self.splices.replace(node.range.clone(), text.trim_end_matches('\n'));
            }
        }
    }

    /// Replaces all behind a colon or dash; a comment on that line stays there.
    fn set_behind(&mut self, node: &Node, behind: usize, text: &str) {
        let header = self.splices.comment(behind);
        let end = node.range.end.max(behind);
        let (first, rest) = text.split_at(text.find('\n').unwrap_or(text.len()));
        let tail = if header.is_empty() { self.splices.comment(end) } else { header };
        let to = if header.is_empty() {
            self.splices.past_spaces(end + tail.len())
        } else {
            end.max(behind + header.len())
        };
        self.splices.replace(behind..to, &format!("{first}{tail}{rest}"));
    }

    fn set_flow(&mut self, node: &Node, value: &Value) {
        let old = &self.splices.text[node.range.clone()];
        let spaced = old.len() > 2 && old.get(1..2).is_some_and(|space| space == " ");
        let text = match (value, &node.kind) {
            (Value::String(text), Kind::Scalar { style: Style::Double }) => quote::double_quoted(text),
            _ => emit::flow(value, spaced),
        };
        let lead = if node.range.is_empty() { " " } else { "" };
        self.splices.replace(node.range.clone(), &format!("{lead}{text}"));
    }

    /// Replaces a scalar in the style it had, where that can hold the new one.
    fn set_scalar(&mut self, node: &Node, style: Style, value: &Value, column: usize, step: usize) {
        let old = &self.splices.text[node.range.clone()];
        if let (Value::String(text), Style::Double | Style::Single, false) =
            (value, style, is_multiline(value))
        {
            let single = (style == Style::Single).then(|| quote::single_quoted(text)).flatten();
            let text = single.unwrap_or_else(|| quote::double_quoted(text));
            return self.splices.replace(node.range.clone(), &text);
        }
        let step = if style == Style::Block { block_step(old, column).unwrap_or(step) } else { step };
        let block = match value {
            Value::String(text) if style == Style::Block || text.contains('\n') => {
                emit::block(text, column, step)
            }
            _ => None,
        };
        let Some((header, lines)) = block else {
            let mut text = String::new();
            emit::scalar(&mut text, value, column, step);
            return self.splices.replace(node.range.clone(), &text);
        };
        let first = old.find('\n').unwrap_or(old.len());
        let inner = old[..first].trim_end().find(" #").map_or("", |place| &old[place..first]);
        let tail =
            if style == Style::Block { inner.trim_end() } else { self.splices.comment(node.range.end) };
        let end = if style == Style::Block { node.range.end } else { node.range.end + tail.len() };
        self.splices.replace(node.range.start..end, &format!("{header}{tail}{lines}"));
    }
}

fn is_multiline(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.contains('\n'))
}

fn block_step(old: &str, column: usize) -> Option<usize> {
    let line = old.split('\n').skip(1).find(|line| !line.trim().is_empty())?;
    let header = old.split('\n').next()?;
    let indent = line.len() - line.trim_start_matches(' ').len();
    (indent > column && !header.contains(|c: char| c.is_ascii_digit())).then_some(indent - column)
}
