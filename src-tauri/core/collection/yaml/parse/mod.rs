//! From text to places and content, without recursion and within limits.

mod key;
mod range;

use super::YamlError;
use super::error::{explain, fault};
use super::node::{Anchored, Entry, Kind, Node, Style};
use super::place::Places;
use super::scalar::plain_value;
use super::scan::{closer, skip_properties};
use key::{merged, new_key};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// How deep content may nest.
const DEPTH: usize = 100;
/// How much aliases may add, in bytes of content and 32 per value.
const BUDGET: usize = 16 << 20;
/// From this many keys on a mapping's keys are looked up by hash.
const FEW: usize = 16;

/// A node with its content.
pub(super) struct Read {
    pub node: Node,
    pub value: Value,
    weight: usize,
    depth: usize,
}

struct Key {
    text: String,
    range: std::ops::Range<usize>,
    merge: bool,
}

enum Open {
    Mapping { entries: Vec<Entry>, values: Vec<Value>, keys: HashSet<String>, key: Option<Key> },
    Sequence { items: Vec<Node>, values: Vec<Value> },
}

struct Frame {
    open: Open,
    start: usize,
    flow: bool,
    anchor: usize,
    weight: usize,
    depth: usize,
}

struct Reader<'text> {
    text: &'text str,
    places: Places<'text>,
    frames: Vec<Frame>,
    anchors: HashMap<usize, Anchored>,
    spent: usize,
    root: Option<Read>,
    documents: usize,
}

/// Reads one document; an empty one has no node.
pub(super) fn read(text: &str) -> Result<Option<Read>, YamlError> {
    guarded(text, |error| explain(text, *error.marker(), error.info()))
}

/// Whether a text can be read, without looking for what to say about it.
pub(super) fn is_readable(text: &str) -> bool {
    guarded(text, |error| fault(error.marker().line(), 1, error.info())).is_ok()
}

fn guarded(text: &str, told: impl Fn(&ScanError) -> YamlError) -> Result<Option<Read>, YamlError> {
    let quiet = std::panic::AssertUnwindSafe(|| read_events(text, &told));
    // The parser below is foreign code fed with foreign files; a bug in it must not end the program.
    std::panic::catch_unwind(quiet).unwrap_or_else(|_| Err(fault(1, 1, "This file cannot be read as YAML.")))
}

fn read_events(text: &str, told: &impl Fn(&ScanError) -> YamlError) -> Result<Option<Read>, YamlError> {
    let mut parser = Parser::new_from_str(text);
    let mut reader = Reader {
        text,
        places: Places::new(text),
        frames: Vec::new(),
        anchors: HashMap::new(),
        spent: 0,
        root: None,
        documents: 0,
    };
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| told(&error))?;
        if matches!(event, Event::StreamEnd) {
            break;
        }
        reader.take(event, span)?;
    }
    Ok(reader.root)
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), YamlError> {
        match event {
            Event::DocumentStart(_) => self.begin_document(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Scalar(text, style, anchor, tag) => self.scalar(text, style, anchor, tag.as_deref(), span),
            Event::SequenceStart(anchor, _) => {
                self.open(Open::Sequence { items: Vec::new(), values: Vec::new() }, anchor, span)
            }
            Event::MappingStart(anchor, _) => {
                let open = Open::Mapping {
                    entries: Vec::new(),
                    values: Vec::new(),
                    keys: HashSet::new(),
                    key: None,
                };
                self.open(open, anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn begin_document(&mut self, span: Span) -> Result<(), YamlError> {
        self.documents += 1;
        if self.documents < 2 {
            return Ok(());
        }
        Err(at(span, "A second document begins here; a file holds one."))
    }

    fn open(&mut self, open: Open, anchor: usize, span: Span) -> Result<(), YamlError> {
        if self.frames.len() >= DEPTH {
            return Err(too_deep(span));
        }
        let start = skip_properties(self.text, self.places.byte(span.start));
        let flow = self.text[start..].starts_with(['{', '[']);
        let start = match open {
            Open::Sequence { .. } if !flow => self.first_dash().unwrap_or(start),
            _ => start,
        };
        self.frames.push(Frame { open, start, flow, anchor, weight: 32, depth: 0 });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), YamlError> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let Frame { open, start, flow, anchor, weight, depth } = frame;
        let (kind, value, last) = match open {
            Open::Mapping { entries, values, .. } => {
                let last = entries.last().map(|entry| entry.value.range.end);
                let value = Value::Object(merged(&entries, values));
                (Kind::Mapping { flow, entries }, value, last)
            }
            Open::Sequence { items, values } => {
                let last = items.last().map(|item| item.range.end);
                (Kind::Sequence { flow, items }, Value::Array(values), last)
            }
        };
        let end = if flow { closer(self.text, last.unwrap_or(start + 1)) } else { last.unwrap_or(start) };
        let node = Node { range: start..end.max(start), kind };
        self.place(Read { node, value, weight, depth: depth + 1 }, anchor, span)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), YamlError> {
        let Some(found) = self.anchors.get(&anchor).cloned() else {
            return Err(at(span, "The alias names a value it is itself part of."));
        };
        self.spent = self.spent.saturating_add(found.weight);
        if self.spent > BUDGET {
            let message = "The aliases of this file repeat so much that it would not fit into memory.";
            return Err(at(span, message));
        }
        if self.frames.len() + found.depth > DEPTH {
            return Err(too_deep(span));
        }
        let range = self.places.byte(span.start)..self.places.byte(span.end);
        let read = Read {
            node: Node { range, kind: Kind::Alias },
            value: (*found.value).clone(),
            weight: found.weight,
            depth: found.depth,
        };
        self.place(read, 0, span)
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Result<(), YamlError> {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        };
        let range = self.scalar_range(style, text.is_empty(), span);
        let textual =
            style != Style::Plain || tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
        let weight = 32 + text.len();
        let value = if textual { Value::String(text.into_owned()) } else { plain_value(&text) };
        let read = Read { node: Node { range, kind: Kind::Scalar { style } }, value, weight, depth: 0 };
        self.place(read, anchor, span)
    }

    fn place(&mut self, read: Read, anchor: usize, span: Span) -> Result<(), YamlError> {
        if anchor > 0 {
            let value = Rc::new(read.value.clone());
            self.spent = self.spent.saturating_add(read.weight / 8);
            self.anchors.insert(anchor, Anchored { value, weight: read.weight, depth: read.depth });
        }
        let (text, places) = (self.text, &self.places);
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(read);
            return Ok(());
        };
        frame.weight = frame.weight.saturating_add(read.weight);
        frame.depth = frame.depth.max(read.depth);
        match &mut frame.open {
            Open::Sequence { items, values } => {
                items.push(read.node);
                values.push(read.value);
            }
            Open::Mapping { entries, values, keys, key } => match key.take() {
                None => *key = Some(new_key(text, places, read, entries, keys, span)?),
                Some(Key { text, range, merge }) => {
                    entries.push(Entry { key: text, key_range: range, value: read.node, merge });
                    values.push(read.value);
                }
            },
        }
        Ok(())
    }
}

fn at(span: Span, message: &str) -> YamlError {
    fault(span.start.line(), span.start.col() + 1, message)
}

fn too_deep(span: Span) -> YamlError {
    at(span, &format!("This line is nested deeper than {DEPTH} levels."))
}
