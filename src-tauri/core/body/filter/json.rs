use std::sync::Arc;

use serde_json::Value;
use serde_json_path::{JsonPath, LocatedNode, PathElement};

use super::expression::Expression;
use super::locate::places;
use super::path::{Key, PathText};
use super::shown::json_value;
use super::walk::{Stop, Walker, read};
use super::{LARGEST, Node, Outcome, cut, too_large, unreadable};
use crate::body::source::{Slice, Source};
use crate::error::{Code, Error, Result};

const HINT: &str = "For example $.orders[*].status, $..id or $.items[?@.quantity > 3]";

/// The nodes a JSONPath names. The first plain steps are followed while the text is read, so that a member of a huge
/// text is found without keeping it; what comes behind needs the value they lead to in memory, up to 32 MiB each.
/// Of JSON lines every value is looked at; paths begin at the value they are in.
///
/// Values are shown as they stand in the text; a filter compares numbers as RFC 9535 asks at least, exactly up to 2^53.
pub fn filter(source: &Arc<dyn Source>, expression: &str) -> Result<Outcome> {
    filter_within(source, expression, LARGEST)
}

/// The same with another limit for what is in memory at once, in bytes.
pub(in crate::body) fn filter_within(
    source: &Arc<dyn Source>,
    expression: &str,
    most: u64,
) -> Result<Outcome> {
    let expression = expression.trim();
    parsed(expression)?;
    let Expression { steps, rest } = Expression::split(expression);
    let split = Expression { steps: Vec::new(), rest };
    let rest = Rest {
        source,
        most,
        filters: split.filters_children(),
        query: query(&split.rest)?,
        is_all: split.rest.is_empty(),
    };
    let mut outcome = Outcome::default();
    let mut large = false;
    let mut walker = Walker::new(source.as_ref());
    let mut documents = 0;
    let ended = walker.follow_all(&steps, &mut documents, &mut |walker, path| {
        rest.take(walker, path, &mut outcome, &mut large)
    });
    outcome.documents = documents;
    match ended {
        Ok(()) => {}
        Err(Stop::Broken) => outcome.cut = true,
        Err(Stop::Io(error)) => return Err(unreadable(&error)),
    }
    if large && outcome.count == 0 {
        return Err(too_large(
            "Begin with the names that lead to what you look for, $.orders[*].status, or $.orders[?@.quantity > 3]",
        ));
    }
    outcome.cut |= large;
    Ok(outcome)
}

fn query(rest: &str) -> Result<JsonPath> {
    parsed(&format!("${rest}"))
}

/// The parser panics where an escape is cut off, as it is while somebody types.
fn parsed(text: &str) -> Result<JsonPath> {
    if ends_within_escape(text) {
        let message = "This is no JSONPath: an escape at its end is cut off";
        return Err(Error::new(Code::InvalidInput, message).hint(HINT));
    }
    JsonPath::parse(text).map_err(|error| invalid(text, &error))
}

fn ends_within_escape(text: &str) -> bool {
    /// Four digits, a quote and a bracket.
    const BEHIND: usize = 6;
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            continue;
        }
        match signs.next() {
            None => return true,
            Some('u') if signs.clone().nth(BEHIND - 1).is_none() => return true,
            Some(_) => {}
        }
    }
    false
}

struct Rest<'r> {
    source: &'r Arc<dyn Source>,
    most: u64,
    /// Whether it looks at one child after the other.
    filters: bool,
    query: JsonPath,
    is_all: bool,
}

impl Rest<'_> {
    fn take(
        &self,
        walker: &mut Walker<'_>,
        path: &mut Vec<Key>,
        outcome: &mut Outcome,
        large: &mut bool,
    ) -> std::result::Result<(), Stop> {
        if self.filters {
            return walker.each_child(&mut |walker, key| {
                let (from, to) = span(walker)?;
                match self.value(from, to)? {
                    Some(value) => self.child(value, (from, to), path, &key, outcome),
                    None => *large = true,
                }
                Ok(())
            });
        }
        let (from, to) = span(walker)?;
        if self.is_all {
            outcome.add(|| Node {
                path: PathText(path).to_string(),
                text: self.shown(from, to),
                offset: Some(from),
            });
            return Ok(());
        }
        match self.value(from, to)? {
            Some(value) => {
                let nodes = self.query.query_located(&value);
                let keys = |node: &LocatedNode<'_>| node.location().iter().map(key_of).collect::<Vec<_>>();
                self.add(nodes.iter().map(|node| (keys(node), node.node())), (from, to), path, outcome);
            }
            None => *large = true,
        }
        Ok(())
    }

    /// A child alone in a list has index 0 there, and its own key here.
    fn child(&self, value: Value, span: (u64, u64), path: &mut Vec<Key>, key: &Key, outcome: &mut Outcome) {
        let alone = Value::Array(vec![value]);
        let nodes = self.query.query_located(&alone);
        path.push(key.clone());
        let keys = |node: &LocatedNode<'_>| node.location().iter().skip(1).map(key_of).collect::<Vec<_>>();
        self.add(nodes.iter().map(|node| (keys(node), node.node())), span, path, outcome);
        path.pop();
    }

    fn add<'v>(
        &self,
        nodes: impl Iterator<Item = (Vec<Key>, &'v Value)>,
        (from, to): (u64, u64),
        path: &[Key],
        outcome: &mut Outcome,
    ) {
        let mut below = Vec::new();
        let first = outcome.nodes.len();
        for (keys, value) in nodes {
            outcome.add(|| {
                let whole: Vec<Key> = path.iter().chain(&keys).cloned().collect();
                below.push(keys);
                // For a value whose place is not found; the others are shown as they stand in the body.
                let text = serde_json::to_string_pretty(value).unwrap_or_default();
                Node { path: PathText(&whole).to_string(), text: cut(&text), offset: None }
            });
        }
        if below.is_empty() {
            return;
        }
        let within = Slice::new(Arc::clone(self.source), from, to - from);
        let found = places(&within, &below);
        for (node, place) in outcome.nodes.iter_mut().skip(first).zip(found) {
            let Some(place) = place else { continue };
            node.offset = Some(from + place);
            node.text = self.shown(from + place, to);
        }
    }

    fn value(&self, from: u64, to: u64) -> std::result::Result<Option<Value>, Stop> {
        if to - from > self.most {
            return Ok(None);
        }
        let bytes = read(self.source.as_ref(), from, to)?;
        serde_json::from_slice(&bytes).map(Some).map_err(|_| Stop::Broken)
    }

    /// As it stands in the body: a number read and written again may be another one.
    fn shown(&self, from: u64, to: u64) -> String {
        cut(&json_value(self.source.as_ref(), from, to).unwrap_or_default())
    }
}

fn span(walker: &mut Walker<'_>) -> std::result::Result<(u64, u64), Stop> {
    walker.peek()?;
    let from = walker.offset();
    walker.skip()?;
    Ok((from, walker.offset()))
}

fn key_of(element: &PathElement<'_>) -> Key {
    match element {
        PathElement::Name(name) => Key::Name((*name).to_owned()),
        PathElement::Index(index) => Key::Index(*index as u64),
    }
}

fn invalid(text: &str, error: &serde_json_path::ParseError) -> Error {
    let column = text.char_indices().take_while(|(at, _)| *at < error.position()).count() + 1;
    Error::new(Code::InvalidInput, format!("This is no JSONPath: {} at character {column}", error.message()))
        .hint(HINT)
}
