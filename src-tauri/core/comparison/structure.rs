//! Two trees beside each other: members by name, lists by their best alignment.

use std::collections::HashSet;

use super::pairing::{Pair, in_order, of_members};
use super::sheet::Sheet;
use super::tree::{Kind, Node, Tree, is_ignored};

/// Changes that are remembered for the remark.
const MOST_CHANGES: usize = 32;

/// What happened to a member or an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It has another value.
    Value {
        /// Its name.
        name: String,
        /// Its value on the first side, as written.
        a: String,
        /// On the second.
        b: String,
    },
    /// Only the first side has it.
    Missing(String),
    /// Only the second side has it.
    New(String),
}

/// Two trees being put beside each other.
pub(super) struct Structure<'a> {
    pub(super) a: &'a Tree,
    pub(super) b: &'a Tree,
    pub(super) ignored: &'a HashSet<String>,
    pub(super) sheet: &'a mut Sheet,
    pub(super) changes: Vec<Change>,
}

/// Where a pair stands.
#[derive(Clone, Copy)]
struct Place {
    depth: usize,
    /// Whether nothing follows in the bracket, on both sides.
    last: (bool, bool),
    ignored: bool,
}

impl Structure<'_> {
    pub(super) fn align(&mut self) {
        let pairs = in_order(self.a, &self.a.roots, self.b, &self.b.roots, self.sheet.deadline);
        let place = Place { depth: 0, last: (true, true), ignored: false };
        for pair in pairs {
            self.pair(pair, place);
        }
    }

    fn pair(&mut self, pair: Pair, place: Place) {
        let node_a = pair.0.and_then(|index| self.a.nodes.get(index));
        let node_b = pair.1.and_then(|index| self.b.nodes.get(index));
        let ignored = node_a.or(node_b).is_some_and(|node| is_ignored(node, self.ignored));
        let place = Place { ignored: place.ignored || ignored, ..place };
        match (node_a, node_b) {
            (Some(a), Some(b)) if a.kind == Kind::Leaf && b.kind == Kind::Leaf => self.leaves(a, b, place),
            (Some(a), Some(b)) if a.kind == b.kind => self.brackets(a, b, place),
            (a, b) => self.apart(pair, a, b, place),
        }
    }

    fn leaves(&mut self, a: &Node, b: &Node, place: Place) {
        let (end_a, end_b) = self.ends(place);
        let same = (a.opening(), &a.value, &a.close) == (b.opening(), &b.value, &b.close);
        let (text_a, text_b) = (a.text(), b.text());
        let (mut lines_a, mut lines_b) = (indented(&text_a, place.depth), indented(&text_b, place.depth));
        end(&mut lines_a, end_a);
        end(&mut lines_b, end_b);
        if same {
            lines_a.iter().zip(&lines_b).for_each(|(a, b)| self.sheet.same(a, b));
            return;
        }
        if !place.ignored
            && let Some(name) = &b.name
        {
            let (a, b) = (a.value.clone(), b.value.clone());
            self.note(Change::Value { name: name.clone(), a, b });
        }
        self.sheet.beside(&borrowed(&lines_a), &borrowed(&lines_b), place.ignored);
    }

    fn brackets(&mut self, a: &Node, b: &Node, place: Place) {
        self.line((a.opening(), &a.open), (b.opening(), &b.open), ("", ""), place);
        let pairs = match a.kind {
            Kind::Members => of_members(self.a, &a.children, self.b, &b.children),
            Kind::Leaf | Kind::List => {
                in_order(self.a, &a.children, self.b, &b.children, self.sheet.deadline)
            }
        };
        let last_a = pairs.iter().rposition(|pair| pair.0.is_some());
        let last_b = pairs.iter().rposition(|pair| pair.1.is_some());
        for (at, pair) in pairs.into_iter().enumerate() {
            let last = (Some(at) == last_a, Some(at) == last_b);
            self.pair(pair, Place { depth: place.depth + 1, last, ..place });
        }
        let ends = self.ends(place);
        self.line((&a.close, &a.close), (&b.close, &b.close), ends, place);
    }

    /// A line of both sides: what decides whether it is the same, and what is shown.
    fn line(&mut self, a: (&str, &str), b: (&str, &str), ends: (&str, &str), place: Place) {
        let indent = "  ".repeat(place.depth);
        let (text_a, text_b) = ([&indent, a.1, ends.0].concat(), [&indent, b.1, ends.1].concat());
        if a.0 == b.0 {
            self.sheet.same(&text_a, &text_b);
        } else {
            self.sheet.different(Some(&text_a), Some(&text_b), place.ignored);
        }
    }

    /// Two that have nothing in common, or one that only one side has.
    fn apart(&mut self, pair: Pair, a: Option<&Node>, b: Option<&Node>, place: Place) {
        if !place.ignored {
            match (a, b) {
                (Some(Node { name: Some(name), .. }), None) => self.note(Change::Missing(name.clone())),
                (None, Some(Node { name: Some(name), .. })) => self.note(Change::New(name.clone())),
                _ => {}
            }
        }
        let (end_a, end_b) = self.ends(place);
        let lines = |tree: &Tree, index: Option<usize>, close: &str| {
            let mut lines = index.map(|index| written(tree, index, place.depth)).unwrap_or_default();
            end(&mut lines, close);
            lines
        };
        let (a, b) = (lines(self.a, pair.0, end_a), lines(self.b, pair.1, end_b));
        self.sheet.beside(&borrowed(&a), &borrowed(&b), place.ignored);
    }

    fn ends(&self, place: Place) -> (&'static str, &'static str) {
        let end = |tree: &Tree, last: bool| if last { "" } else { tree.separator };
        (end(self.a, place.last.0), end(self.b, place.last.1))
    }

    fn note(&mut self, change: Change) {
        if self.changes.len() < MOST_CHANGES {
            self.changes.push(change);
        }
    }
}

/// The lines of a node and all below it.
fn written(tree: &Tree, index: usize, depth: usize) -> Vec<String> {
    let part = tree.pretty_of(index);
    let indent = "  ".repeat(depth);
    part.lines().map(|line| [&indent, line].concat()).collect()
}

/// The lines of a leaf; those of a text with line breaks stay where they are.
fn indented(text: &str, depth: usize) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    match lines.first_mut() {
        Some(first) => first.insert_str(0, &"  ".repeat(depth)),
        None => lines.push(String::new()),
    }
    lines
}

fn end(lines: &mut [String], close: &str) {
    if let Some(last) = lines.last_mut() {
        last.push_str(close);
    }
}

fn borrowed(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).collect()
}
