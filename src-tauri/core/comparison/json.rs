//! JSON as a tree; numbers keep the digits they were written with.

use serde::de::IgnoredAny;

use super::tree::{DEEPEST, Kind, Node, Tree};

/// The tree of a text, or why there is none.
pub(super) fn read(text: &str) -> Result<Tree, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Err(format!("is no whole JSON (line {}, column {})", error.line(), error.column()));
    }
    let mut reader =
        Reader { rest: text, tree: Tree { separator: ",", ..Tree::default() }, open: Vec::new(), name: None };
    while reader.step()? {}
    Ok(reader.tree)
}

/// Reads a text that is known to be JSON.
struct Reader<'a> {
    rest: &'a str,
    tree: Tree,
    open: Vec<usize>,
    /// The name that was read, quoted, and whose value is next.
    name: Option<&'a str>,
}

impl<'a> Reader<'a> {
    fn step(&mut self) -> Result<bool, String> {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n', ',']);
        match self.rest.as_bytes().first() {
            None => return Ok(false),
            Some(b'{' | b'[') => self.begin()?,
            Some(b'}' | b']') => self.end(),
            Some(_) => {
                let token = self.token();
                let behind = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
                match behind.strip_prefix(':') {
                    Some(behind) if token.starts_with('"') => {
                        (self.name, self.rest) = (Some(token), behind);
                    }
                    _ => self.leaf(token),
                }
            }
        }
        Ok(true)
    }

    fn begin(&mut self) -> Result<(), String> {
        if self.open.len() >= DEEPEST {
            return Err(format!("has more than {DEEPEST} levels"));
        }
        let is_object = self.rest.starts_with('{');
        self.rest = self.rest.get(1..).unwrap_or_default();
        let (kind, open, close) = if is_object { (Kind::Members, "{", "}") } else { (Kind::List, "[", "]") };
        let (name, prefix) = self.take_name();
        let node = Node { kind, ..Node::leaf(name, prefix + open, String::new(), close.to_owned()) };
        let index = self.tree.add(self.open.last().copied(), node);
        self.open.push(index);
        Ok(())
    }

    fn end(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
        if let Some(node) = self.open.pop().and_then(|closed| self.tree.nodes.get_mut(closed))
            && node.children.is_empty()
        {
            node.kind = Kind::Leaf;
        }
    }

    fn leaf(&mut self, token: &str) {
        let (name, prefix) = self.take_name();
        let value = if token.starts_with('"') { canonical(token).1 } else { token.to_owned() };
        self.tree.add(self.open.last().copied(), Node::leaf(name, prefix, value, String::new()));
    }

    fn take_name(&mut self) -> (Option<String>, String) {
        let Some(quoted) = self.name.take() else { return (None, String::new()) };
        let (name, shown) = canonical(quoted);
        (Some(name), shown + ": ")
    }

    fn token(&mut self) -> &'a str {
        let end = if self.rest.starts_with('"') {
            end_of_string(self.rest)
        } else {
            self.rest.find([',', '}', ']', ' ', '\t', '\r', '\n']).unwrap_or(self.rest.len())
        };
        let (token, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        token
    }
}

fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// What a quoted text means, and how it is written: one text is written in one way only.
fn canonical(quoted: &str) -> (String, String) {
    match serde_json::from_str::<String>(quoted) {
        Ok(text) => {
            let written = serde_json::to_string(&text).unwrap_or_else(|_| quoted.to_owned());
            (text, written)
        }
        // Half of a surrogate pair is JSON, but no text.
        Err(_) => (quoted.trim_matches('"').to_owned(), quoted.to_owned()),
    }
}
