//! A JSON or XML text as a tree of lines.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Levels a text may have to be compared by structure.
pub(super) const DEEPEST: usize = 128;

/// What a node holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A value on one line, or on several when a text has line breaks.
    Leaf,
    /// Members whose order does not matter.
    Members,
    /// Children in order.
    List,
}

/// A value with its place in the text.
#[derive(Debug)]
pub(super) struct Node {
    /// Name of the member or the element.
    pub(super) name: Option<String>,
    pub(super) kind: Kind,
    /// What stands before the value or the children.
    pub(super) open: String,
    /// The value of a leaf.
    pub(super) value: String,
    /// What stands behind the value or the children.
    pub(super) close: String,
    /// What decides whether two openings are the same, when it is not the text: attributes have no order.
    pub(super) canonical: Option<String>,
    pub(super) children: Vec<usize>,
    /// The same for what is the same, apart from what is ignored.
    pub(super) mark: u64,
}

impl Node {
    pub(super) fn leaf(name: Option<String>, open: String, value: String, close: String) -> Self {
        Self { name, kind: Kind::Leaf, open, value, close, canonical: None, children: Vec::new(), mark: 0 }
    }

    /// The opening as it is compared.
    pub(super) fn opening(&self) -> &str {
        self.canonical.as_deref().unwrap_or(&self.open)
    }

    /// The text of a leaf.
    pub(super) fn text(&self) -> String {
        [self.open.as_str(), &self.value, &self.close].concat()
    }
}

/// The nodes of a text, each before its children.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) roots: Vec<usize>,
    /// What stands between the members of a bracket: a comma, or nothing.
    pub(super) separator: &'static str,
}

impl Tree {
    /// Adds a node below another one.
    pub(super) fn add(&mut self, parent: Option<usize>, node: Node) -> usize {
        let index = self.nodes.len();
        self.nodes.push(node);
        match parent.and_then(|parent| self.nodes.get_mut(parent)) {
            Some(parent) => parent.children.push(index),
            None => self.roots.push(index),
        }
        index
    }

    /// Marks every node, so that the same ones are found at once; `ignored` names do not count.
    pub(super) fn mark(&mut self, ignored: &HashSet<String>) {
        for index in (0..self.nodes.len()).rev() {
            let mark = self.mark_of(index, ignored);
            if let Some(node) = self.nodes.get_mut(index) {
                node.mark = mark;
            }
        }
    }

    fn mark_of(&self, index: usize, ignored: &HashSet<String>) -> u64 {
        let mut hasher = DefaultHasher::new();
        let Some(node) = self.nodes.get(index) else { return 0 };
        (node.opening(), &node.value, &node.close).hash(&mut hasher);
        let children = node.children.iter().filter_map(|child| self.nodes.get(*child));
        let counted = children.filter(|child| !is_ignored(child, ignored)).map(|child| child.mark);
        match node.kind {
            Kind::Members => counted.fold(0_u64, u64::wrapping_add).hash(&mut hasher),
            Kind::Leaf | Kind::List => counted.for_each(|mark| mark.hash(&mut hasher)),
        }
        hasher.finish()
    }

    /// How many lines it takes.
    pub(super) fn lines(&self) -> usize {
        let of = |node: &Node| match node.kind {
            Kind::Leaf => 1 + node.value.matches('\n').count(),
            Kind::Members | Kind::List => 2,
        };
        self.nodes.iter().map(of).sum()
    }

    /// The indented text.
    pub(super) fn pretty(&self) -> String {
        let mut out = String::new();
        for (at, root) in self.roots.iter().enumerate() {
            if at > 0 {
                out.push('\n');
            }
            self.write(*root, 0, &mut out);
        }
        out
    }

    /// The text of one node and all below it, as if it stood alone.
    pub(super) fn pretty_of(&self, index: usize) -> String {
        let mut out = String::new();
        self.write(index, 0, &mut out);
        out
    }

    fn write(&self, index: usize, depth: usize, out: &mut String) {
        let Some(node) = self.nodes.get(index) else { return };
        out.extend(std::iter::repeat_n("  ", depth));
        out.push_str(&node.open);
        out.push_str(&node.value);
        for (at, child) in node.children.iter().enumerate() {
            out.push('\n');
            self.write(*child, depth + 1, out);
            if at + 1 < node.children.len() {
                out.push_str(self.separator);
            }
        }
        if node.kind != Kind::Leaf {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        }
        out.push_str(&node.close);
    }
}

/// Whether the differences of this node do not matter.
pub(super) fn is_ignored(node: &Node, ignored: &HashSet<String>) -> bool {
    !ignored.is_empty() && node.name.as_ref().is_some_and(|name| ignored.contains(&name.to_lowercase()))
}
