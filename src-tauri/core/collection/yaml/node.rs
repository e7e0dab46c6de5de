//! The parts of a file and where they stand.

use serde_json::Value;
use std::ops::Range;
use std::rc::Rc;

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    Block,
}

/// What a node holds.
#[derive(Debug)]
pub(super) enum Kind {
    Scalar { style: Style },
    Mapping { flow: bool, entries: Vec<Entry> },
    Sequence { flow: bool, items: Vec<Node> },
    Alias,
}

/// A value in the file, from its first byte to its last.
#[derive(Debug)]
pub(super) struct Node {
    pub range: Range<usize>,
    pub kind: Kind,
}

/// A key of a mapping with its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub key: String,
    pub key_range: Range<usize>,
    pub value: Node,
    /// Whether it is `<<`, whose value's keys belong to the mapping around.
    pub merge: bool,
}

impl Node {
    /// Whether it stands in `[…]` or `{…}`.
    pub fn is_flow(&self) -> bool {
        matches!(self.kind, Kind::Mapping { flow: true, .. } | Kind::Sequence { flow: true, .. })
    }
}

/// What an anchor names.
#[derive(Clone)]
pub(super) struct Anchored {
    pub value: Rc<Value>,
    pub weight: usize,
    pub depth: usize,
}
