//! The nodes of a body that an expression names: JSONPath (RFC 9535) or XPath 3.1.

mod expression;
mod json;
mod locate;
mod names;
mod namespaces;
mod path;
mod shown;
mod walk;
mod xml;

use crate::error::{Code, Error};

pub use json::filter as json;
#[cfg(test)]
pub(super) use json::filter_within as json_within;
pub(super) use walk::read;
pub use xml::filter as xml;

/// So many nodes are given; the others are counted.
pub const MOST: usize = 1000;
/// The text of a node is shown up to here, in characters.
const MOST_TEXT: usize = 2000;
/// What must be in memory at once for a filter to work on it, in bytes.
const LARGEST: u64 = 32 * 1024 * 1024;

/// The nodes that were found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The first of them.
    pub nodes: Vec<Node>,
    /// How many there are.
    pub count: u64,
    /// Whether looking stopped before the end.
    pub cut: bool,
    /// A value that is no node.
    pub value: Option<String>,
    /// How many JSON values that stand beside each other were looked at; 0 for XML.
    pub documents: u64,
}

/// One node.
#[derive(Debug, PartialEq, Eq)]
pub struct Node {
    /// Its path.
    pub path: String,
    /// Its text, indented and cut.
    pub text: String,
    /// Where it begins in the searched text, in bytes.
    pub offset: Option<u64>,
}

impl Outcome {
    fn add(&mut self, node: impl FnOnce() -> Node) {
        self.count += 1;
        if self.nodes.len() < MOST {
            self.nodes.push(node());
        }
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST_TEXT) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn too_large(hint: &str) -> Error {
    Error::new(
        Code::InvalidInput,
        "The body is too large for this expression: it would have to be in memory as a whole",
    )
    .hint(hint)
}

fn unreadable(error: &std::io::Error) -> Error {
    Error::new(Code::StorageFailed, "The body cannot be read back from the disk")
        .hint("Send the request again")
        .detail(error.to_string())
}
