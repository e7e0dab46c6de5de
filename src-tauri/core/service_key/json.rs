//! JSON as people paste it: with text around it, a comma too many, foreign quotes, broken lines in a value.
//!
//! Every node keeps its place in the text, so the same tree serves reading and masking.

use std::ops::Range;

use zeroize::Zeroizing;

const MAX_DEPTH: usize = 64;

pub(super) struct Node {
    pub(super) value: Value,
    pub(super) span: Range<usize>,
}

pub(super) enum Value {
    Object(Vec<Member>),
    Array(Vec<Node>),
    Text(Zeroizing<String>),
    Number,
    /// `true`, `false` or `null`.
    Word,
}

pub(super) struct Member {
    pub(super) name: String,
    pub(super) name_span: Range<usize>,
    pub(super) node: Node,
}

/// What was tolerated, as places in the text.
#[derive(Default)]
pub(super) struct Slips {
    pub(super) commas: Vec<usize>,
    pub(super) quotes: Vec<usize>,
    pub(super) breaks: Vec<usize>,
}

/// A document and the text around it.
pub(super) struct Document {
    pub(super) root: Node,
    pub(super) slips: Slips,
}

/// Where and why the text is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// There is nothing that looks like JSON.
    Absent,
    /// Something else stands here.
    Unexpected(usize),
    /// The text ended first.
    Ended(usize),
    /// Nested deeper than any key.
    Deep,
}

/// Finds the JSON in a text and reads it.
pub(super) fn find(text: &str) -> Result<Document, Fault> {
    let start = start(text).ok_or(Fault::Absent)?;
    let mut parser = Parser { text, at: start, slips: Slips::default() };
    let root = parser.node(0)?;
    Ok(Document { root, slips: parser.slips })
}

/// The first brace with a quote or another brace behind it; in the chatter of a tool a word follows.
fn start(text: &str) -> Option<usize> {
    let first = text.find(|char: char| !char.is_whitespace() && char != '\u{FEFF}')?;
    if text[first..].starts_with(['{', '[', '"']) {
        return Some(first);
    }
    text.match_indices('{').map(|(at, _)| at).find(|at| {
        text[at + 1..]
            .trim_start()
            .chars()
            .next()
            .is_some_and(|next| is_quote(next) || matches!(next, '{' | '}'))
    })
}

const fn is_quote(char: char) -> bool {
    matches!(char, '"' | '\'') || is_curly(char)
}

const fn is_curly(char: char) -> bool {
    matches!(char, '\u{201C}' | '\u{201D}' | '\u{201E}')
}

/// Line and column of a place, both from 1.
pub(super) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |index| index + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    slips: Slips,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip_space(&mut self) {
        while let Some(char) = self.peek().filter(|char| char.is_whitespace() || *char == '\u{FEFF}') {
            self.at += char.len_utf8();
        }
    }

    fn next_char(&mut self) -> Result<char, Fault> {
        self.skip_space();
        self.peek().ok_or(Fault::Ended(self.at))
    }

    fn node(&mut self, depth: usize) -> Result<Node, Fault> {
        if depth > MAX_DEPTH {
            return Err(Fault::Deep);
        }
        let char = self.next_char()?;
        let start = self.at;
        let value = match char {
            '{' => self.object(depth)?,
            '[' => self.array(depth)?,
            char if is_quote(char) => Value::Text(self.string()?),
            _ => self.literal()?,
        };
        Ok(Node { value, span: start..self.at })
    }

    fn object(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut members = Vec::new();
        self.items('}', |parser| {
            let name_start = parser.at;
            if !parser.peek().is_some_and(is_quote) {
                return Err(Fault::Unexpected(parser.at));
            }
            let name = parser.string()?.to_string();
            let name_span = name_start..parser.at;
            if parser.next_char()? != ':' {
                return Err(Fault::Unexpected(parser.at));
            }
            parser.at += 1;
            members.push(Member { name, name_span, node: parser.node(depth + 1)? });
            Ok(())
        })?;
        Ok(Value::Object(members))
    }

    fn array(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut nodes = Vec::new();
        self.items(']', |parser| {
            nodes.push(parser.node(depth + 1)?);
            Ok(())
        })?;
        Ok(Value::Array(nodes))
    }

    fn items(
        &mut self,
        close: char,
        mut item: impl FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.at += 1;
        let mut comma = None;
        loop {
            if self.next_char()? == close {
                self.at += 1;
                self.slips.commas.extend(comma);
                return Ok(());
            }
            item(self)?;
            match self.next_char()? {
                ',' => {
                    comma = Some(self.at);
                    self.at += 1;
                }
                char if char == close => comma = None,
                _ => return Err(Fault::Unexpected(self.at)),
            }
        }
    }

    fn string(&mut self) -> Result<Zeroizing<String>, Fault> {
        let open = self.next_char()?;
        if open != '"' {
            self.slips.quotes.push(self.at);
        }
        self.at += open.len_utf8();
        let mut text = Zeroizing::new(String::with_capacity(self.length_ahead(open)));
        loop {
            let char = self.peek().ok_or(Fault::Ended(self.text.len()))?;
            let here = self.at;
            self.at += char.len_utf8();
            match char {
                char if closes(open, char) => return Ok(text),
                '\\' => self.escape(&mut text)?,
                '\n' => {
                    self.slips.breaks.push(here);
                    text.push('\n');
                }
                other => text.push(other),
            }
        }
    }

    /// Room for the whole value at once, so that no smaller copy of a secret stays behind in memory.
    fn length_ahead(&self, open: char) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        let closes = |byte: u8| if open == '\'' { byte == b'\'' } else { byte == b'"' || byte == 0xE2 };
        rest.iter().position(|byte| closes(*byte)).unwrap_or(rest.len())
    }

    fn escape(&mut self, text: &mut String) -> Result<(), Fault> {
        let char = self.peek().ok_or(Fault::Ended(self.at))?;
        self.at += char.len_utf8();
        match char {
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'b' | 'f' => text.push(' '),
            '"' | '\\' | '/' | '\'' => text.push(char),
            'u' => text.push(self.unicode()),
            other => text.extend(['\\', other]),
        }
        Ok(())
    }

    fn unicode(&mut self) -> char {
        let high = self.hexadecimal();
        let Some(high) = high else { return '\u{FFFD}' };
        if let Some(char) = char::from_u32(high) {
            return char;
        }
        if !self.text[self.at..].starts_with("\\u") {
            return '\u{FFFD}';
        }
        self.at += 2;
        let low = self.hexadecimal().unwrap_or_default();
        char::decode_utf16([high, low].map(|unit| u16::try_from(unit).unwrap_or_default()))
            .next()
            .and_then(Result::ok)
            .unwrap_or('\u{FFFD}')
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let unit = u32::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(unit)
    }

    fn literal(&mut self) -> Result<Value, Fault> {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|char: char| !(char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.')))
            .unwrap_or(rest.len());
        let literal = &rest[..end];
        let value = match literal {
            "true" | "false" | "null" => Value::Word,
            number if number.parse::<f64>().is_ok() => Value::Number,
            _ if self.at + end == self.text.len() => return Err(Fault::Ended(self.text.len())),
            _ => return Err(Fault::Unexpected(self.at)),
        };
        self.at += end;
        Ok(value)
    }
}

fn closes(open: char, char: char) -> bool {
    if is_curly(open) { is_curly(char) || char == '"' } else { char == open }
}
