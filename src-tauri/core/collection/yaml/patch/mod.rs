//! A change of content as a change of the file's text.

mod layout;
mod mapping;
mod plan;
mod sequence;
mod write;

use super::Document;
use super::align::same;
use super::emit::{Layout, emit};
use super::node::{Kind, Node};
use super::splice::Splices;
use layout::measured;
use plan::merged;
use serde_json::{Map, Value};

/// Changes the file; what does not read as meant afterwards is written in larger pieces.
pub(super) fn patched(document: &Document, before: &Value, after: &Value) -> String {
    if same(before, after) {
        return document.text.clone();
    }
    let mut current: Option<Document> = None;
    let mut expected = None;
    for depth in [usize::MAX, usize::MAX, 1, 0] {
        let source = current.as_ref().unwrap_or(document);
        let Some(root) = &source.root else { break };
        let mut patch = Patch::new(source.body(), root, depth);
        let wanted = match &expected {
            None => patch.change(root, &source.value, Some(before), after, Slot::Root),
            Some(goal) => patch.change(root, &source.value, Some(&source.value), goal, Slot::Root),
        };
        let Some(body) = patch.splices.apply() else {
            expected.get_or_insert(wanted);
            continue;
        };
        let goal = expected.get_or_insert(wanted);
        let text = format!("{}{body}", &source.text[..source.mark]);
        let Ok(next) = Document::of_text(&text) else { continue };
        if same(&next.value, goal) {
            return text;
        }
        current = Some(next);
    }
    rewritten(document, expected.as_ref().unwrap_or(after))
}

fn rewritten(document: &Document, value: &Value) -> String {
    let text = emit(value);
    let text =
        if Splices::new(document.body()).line_break == "\n" { text } else { text.replace('\n', "\r\n") };
    let kept = if document.root.is_none() { document.text.as_str() } else { &document.text[..document.mark] };
    let gap = if kept.is_empty() || kept.ends_with(['\n', '\u{feff}']) { "" } else { "\n" };
    format!("{kept}{gap}{text}")
}

/// What holds a value.
#[derive(Clone, Copy)]
enum Slot {
    Root,
    /// The key's column and the byte behind its colon.
    Key(usize, usize),
    /// The dash's column and the byte behind it.
    Dash(usize, usize),
    Flow,
}

struct Patch<'text> {
    splices: Splices<'text>,
    layout: Layout,
    depth: usize,
    level: usize,
}

impl<'text> Patch<'text> {
    fn new(text: &'text str, root: &Node, depth: usize) -> Self {
        let splices = Splices::new(text);
        let layout = measured(&splices, root);
        Self { splices, layout, depth, level: 0 }
    }

    /// Changes a value and says what it reads as afterwards.
    fn change(
        &mut self,
        node: &Node,
        file: &Value,
        before: Option<&Value>,
        after: &Value,
        slot: Slot,
    ) -> Value {
        if before.is_some_and(|before| same(before, after)) || same(file, after) {
            return file.clone();
        }
        let within = self.level < self.depth;
        self.level += 1;
        let result = match (&node.kind, file, before, after) {
            (
                Kind::Mapping { flow, entries },
                Value::Object(file),
                Some(Value::Object(before)),
                Value::Object(after),
            ) if within => self.mapping(node, *flow, entries, (file, before, after), slot),
            (Kind::Mapping { flow, entries }, Value::Object(file), None, Value::Object(after)) if within => {
                self.mapping(node, *flow, entries, (file, &Map::new(), after), slot)
            }
            (Kind::Sequence { flow, items }, Value::Array(file), before, Value::Array(after)) if within => {
                let before = before.and_then(Value::as_array).unwrap_or(file);
                self.sequence(node, *flow, items, (file, before, after), slot)
            }
            _ => {
                let value = merged(file, before, after);
                self.set(node, &value, slot);
                value
            }
        };
        self.level -= 1;
        result
    }
}
