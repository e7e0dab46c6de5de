//! YAML files read with their places and changed by splicing: comments, key order and unknown keys stay.

mod align;
mod emit;
mod error;
mod node;
mod parse;
mod patch;
mod place;
mod quote;
mod repair;
mod scalar;
mod scan;
mod splice;
#[cfg(test)]
mod tests;

pub use emit::emit;
pub use repair::repair;

use node::{Kind, Node};
use serde_json::Value;

/// The largest file that is read.
const LIMIT: usize = 64 << 20;

/// Why a text is no usable YAML, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct YamlError {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// What is wrong, one or two sentences in the user's words; whoever shows it says the line.
    pub message: String,
    /// The next step, where one is known.
    pub hint: Option<String>,
}

/// A YAML file: its text, its content, and where each part of the content stands.
pub struct Document {
    text: String,
    /// The bytes of a byte order mark before the content.
    mark: usize,
    root: Option<Node>,
    value: Value,
}

impl Document {
    /// Reads a file of at most 64 MiB; duplicate keys, tabs, expanding aliases and bytes that are no UTF-8 are told.
    pub fn parse(bytes: &[u8]) -> Result<Self, YamlError> {
        if bytes.len() > LIMIT {
            return Err(error::fault(
                1,
                1,
                "This file is larger than 64 MiB; Sluice does not read it as YAML.",
            ));
        }
        Self::of_text(error::decode(bytes)?)
    }

    fn of_text(text: &str) -> Result<Self, YamlError> {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mark = text.len() - body.len();
        let (root, value) =
            parse::read(body)?.map_or((None, Value::Null), |read| (Some(read.node), read.value));
        Ok(Self { text: text.to_owned(), mark, root, value })
    }

    /// The text as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The content; mappings keep their order, aliases are resolved.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The line, from 1, of the value this JSON pointer (RFC 6901) names.
    pub fn line_of(&self, pointer: &str) -> Option<u32> {
        let mut node = self.root.as_ref()?;
        let mut place = node.range.start;
        for token in pointer.split('/').skip(1) {
            let token = token.replace("~1", "/").replace("~0", "~");
            match &node.kind {
                Kind::Mapping { entries, .. } => {
                    let entry = entries.iter().find(|entry| entry.key == token)?;
                    (node, place) = (&entry.value, entry.key_range.start);
                }
                Kind::Sequence { items, .. } => {
                    node = items.get(token.parse::<usize>().ok()?)?;
                    place = node.range.start;
                }
                Kind::Scalar { .. } | Kind::Alias => return None,
            }
        }
        u32::try_from(place::line_of(self.body(), place)).ok()
    }

    /// The text after the change from one content to the other, touching only the lines that say something else.
    /// Both are what this program would write; what the file says beside stays.
    pub fn patched(&self, before: &Value, after: &Value) -> String {
        patch::patched(self, before, after)
    }

    fn body(&self) -> &str {
        self.text.get(self.mark..).unwrap_or_default()
    }
}
