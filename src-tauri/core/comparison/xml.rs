//! XML as a tree; space between elements does not count, texts stay as they are.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::tree::{DEEPEST, Kind, Node, Tree};

/// The tree of a text, or why there is none.
pub(super) fn read(text: &str) -> Result<Tree, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::from_str(text);
    let mut builder = Builder::default();
    loop {
        let begin = position(reader.buffer_position());
        let event = reader.read_event().map_err(|error| format!("is no whole XML ({error})"))?;
        let raw = text.get(begin..position(reader.buffer_position())).unwrap_or_default();
        match event {
            Event::Eof => break,
            Event::Start(tag) => builder.start(&tag, raw)?,
            Event::Empty(tag) => {
                builder.start(&tag, raw)?;
                builder.end("");
            }
            Event::End(_) => builder.end(raw),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => builder.text.push_str(raw),
            _ => builder.other(raw),
        }
    }
    if !builder.open.is_empty() {
        return Err("is no whole XML (an element is not closed)".to_owned());
    }
    builder.flush();
    let has_element = builder.tree.nodes.iter().any(|node| node.name.is_some());
    if has_element { Ok(builder.tree) } else { Err("is no XML".to_owned()) }
}

fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

#[derive(Default)]
struct Builder {
    tree: Tree,
    open: Vec<usize>,
    /// Text since the last tag, as written.
    text: String,
}

impl Builder {
    fn start(&mut self, tag: &BytesStart<'_>, raw: &str) -> Result<(), String> {
        if self.open.len() >= DEEPEST {
            return Err(format!("has more than {DEEPEST} levels"));
        }
        self.flush();
        let local = tag.local_name().as_ref().to_owned();
        let name = tag.name().as_ref().to_owned();
        let mut node = Node {
            kind: Kind::List,
            ..Node::leaf(Some(local), opening(raw), String::new(), format!("</{name}>"))
        };
        node.canonical = canonical(&name, tag);
        let index = self.tree.add(self.open.last().copied(), node);
        self.open.push(index);
        Ok(())
    }

    fn end(&mut self, raw: &str) {
        let is_empty = self
            .open
            .last()
            .is_some_and(|open| self.tree.nodes.get(*open).is_some_and(|node| node.children.is_empty()));
        if !is_empty {
            self.flush();
        }
        let text = std::mem::take(&mut self.text);
        let Some(node) = self.open.pop().and_then(|closed| self.tree.nodes.get_mut(closed)) else { return };
        if is_empty {
            node.kind = Kind::Leaf;
            node.value = text;
        }
        if !raw.is_empty() {
            raw.clone_into(&mut node.close);
        }
    }

    /// Comments, instructions, the declaration.
    fn other(&mut self, raw: &str) {
        self.flush();
        let node = Node::leaf(None, String::new(), raw.to_owned(), String::new());
        self.tree.add(self.open.last().copied(), node);
    }

    /// Text beside elements becomes a node of its own.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim_ascii();
        if !text.is_empty() {
            let node = Node::leaf(None, String::new(), text.to_owned(), String::new());
            self.tree.add(self.open.last().copied(), node);
        }
    }
}

/// A start tag on one line; an empty element is written like one without content.
fn opening(raw: &str) -> String {
    let inner = raw.strip_suffix('>').unwrap_or(raw);
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    format!("{}>", inner.trim_end().replace(['\n', '\r', '\t'], " "))
}

/// Attributes have no order.
fn canonical(name: &str, tag: &BytesStart<'_>) -> Option<String> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let name = attribute.key.as_ref().to_owned();
        attributes.push((name, attribute.value.into_owned()));
    }
    attributes.sort();
    Some(format!("{name} {attributes:?}"))
}
