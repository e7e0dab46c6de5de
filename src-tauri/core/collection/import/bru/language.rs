//! The `.bru` language: a file is a row of blocks, each a dictionary, a list or a text.

use std::iter::Peekable;
use std::str::Lines;

/// Why a text is no `.bru` file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// A block of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Its whole name: `params:query`.
    pub name: String,
    /// What it holds.
    pub content: Content,
}

/// What a block holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// `name: value` pairs in order.
    Pairs(Vec<Pair>),
    /// Words between brackets, or a single value after a colon.
    Words(Vec<String>),
    /// Text, without the indent of the block.
    Text(String),
}

/// A pair of a dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub name: String,
    pub value: Value,
    /// Without `~` before the name.
    pub enabled: bool,
    /// From `@description(…)` above the pair.
    pub description: Option<String>,
}

/// The value of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    Words(Vec<String>),
}

struct Reader<'a> {
    lines: Peekable<Lines<'a>>,
    line: usize,
}

/// Reads the blocks of a file.
pub(super) fn parse(text: &str) -> Result<Vec<Block>, Broken> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { lines: text.lines().peekable(), line: 0 };
    let mut blocks = Vec::new();
    while let Some(line) = reader.next() {
        if !line.trim().is_empty() {
            blocks.push(reader.block(line.trim())?);
        }
    }
    Ok(blocks)
}

fn is_text(name: &str) -> bool {
    const TEXTS: [&str; 11] = [
        "body",
        "body:json",
        "body:text",
        "body:xml",
        "body:sparql",
        "body:graphql",
        "body:graphql:vars",
        "script:pre-request",
        "script:post-response",
        "tests",
        "docs",
    ];
    TEXTS.contains(&name) || name == "example"
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let line = self.lines.next()?;
        self.line += 1;
        Some(line)
    }

    fn broken(&self, message: impl Into<String>) -> Broken {
        Broken { line: self.line, message: message.into() }
    }

    fn block(&mut self, line: &str) -> Result<Block, Broken> {
        let opened = self.line;
        let open = |content| move |name: &str| Block { name: name.trim().to_owned(), content };
        if let Some(name) = line.strip_suffix('{').map(str::trim) {
            let content = if is_text(name) {
                Content::Text(self.text(opened)?)
            } else {
                Content::Pairs(self.pairs(opened)?)
            };
            return Ok(open(content)(name));
        }
        if let Some(name) = line.strip_suffix('[') {
            return Ok(open(Content::Words(self.words(opened)?))(name));
        }
        if let Some((name, inside)) = one_line(line, '{', '}') {
            let pairs = if inside.is_empty() { Vec::new() } else { vec![self.pair(inside, None)?] };
            return Ok(open(Content::Pairs(pairs))(name));
        }
        if let Some((name, inside)) = one_line(line, '[', ']') {
            let words = inside.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty());
            return Ok(open(Content::Words(words.collect()))(name));
        }
        match line.split_once(':') {
            Some((name, value)) if !name.contains(['{', ' ']) => {
                Ok(open(Content::Words(vec![value.trim().to_owned()]))(name))
            }
            _ => Err(self.broken("Here a block was expected, such as `headers {`")),
        }
    }

    fn unclosed(opened: usize) -> Broken {
        Broken {
            line: opened,
            message: "This block is not closed: a line that starts with `}` is missing".to_owned(),
        }
    }

    fn text(&mut self, opened: usize) -> Result<String, Broken> {
        let mut lines = Vec::new();
        loop {
            let line = self.next().ok_or_else(|| Self::unclosed(opened))?;
            if line.starts_with('}') {
                return Ok(lines.join("\n"));
            }
            lines.push(without_indent(line, 2));
        }
    }

    fn words(&mut self, opened: usize) -> Result<Vec<String>, Broken> {
        let mut words = Vec::new();
        loop {
            let line = self.next().ok_or_else(|| Self::unclosed(opened))?;
            if line.trim() == "]" {
                return Ok(words);
            }
            let listed = line.split(',').map(str::trim).filter(|word| !word.is_empty());
            words.extend(listed.map(str::to_owned));
        }
    }

    fn pairs(&mut self, opened: usize) -> Result<Vec<Pair>, Broken> {
        let mut pairs = Vec::new();
        let mut description = None;
        loop {
            let line = self.next().ok_or_else(|| Self::unclosed(opened))?;
            if line.starts_with('}') {
                return Ok(pairs);
            }
            let line = line.trim();
            match line.strip_prefix('@').filter(|annotation| is_annotation(annotation)) {
                Some(annotation) => description = self.annotation(annotation, opened)?.or(description),
                None if line.is_empty() => {}
                None => pairs.push(self.pair(line, description.take())?),
            }
        }
    }

    /// What `@description(…)` says; other annotations say nothing here.
    fn annotation(&mut self, annotation: &str, opened: usize) -> Result<Option<String>, Broken> {
        let (name, argument) = annotation.split_once('(').unwrap_or((annotation, ""));
        let argument = argument.strip_suffix(')').unwrap_or(argument);
        let said = match argument.strip_prefix("'''") {
            Some(rest) => match rest.strip_suffix("'''") {
                Some(whole) => whole.to_owned(),
                None => self.quoted_text(rest, opened)?.0,
            },
            None => unquoted_argument(argument),
        };
        Ok((name == "description" && !said.is_empty()).then_some(said))
    }

    fn pair(&mut self, line: &str, description: Option<String>) -> Result<Pair, Broken> {
        let opened = self.line;
        let (enabled, rest) = line.strip_prefix('~').map_or((true, line), |rest| (false, rest));
        let (name, value) = match rest.strip_prefix('"').and_then(quoted_name) {
            Some(found) => found,
            None => self.plain_name(rest)?,
        };
        let value = value.trim();
        let value = match value.strip_prefix("'''") {
            Some(rest) => Value::Text(self.multiline(rest, opened)?),
            None if value == "[" => Value::Words(self.words(opened)?),
            None => Value::Text(value.to_owned()),
        };
        Ok(Pair { name, value, enabled, description })
    }

    fn plain_name<'b>(&self, rest: &'b str) -> Result<(String, &'b str), Broken> {
        let (name, value) =
            rest.split_once(':').ok_or_else(|| self.broken("Here a line `name: value` was expected"))?;
        Ok((name.trim().to_owned(), value))
    }

    fn multiline(&mut self, first: &str, opened: usize) -> Result<String, Broken> {
        if let Some((inside, tail)) = first.split_once("'''") {
            return Ok(joined(inside, tail));
        }
        let (text, tail) = self.quoted_text(first, opened)?;
        Ok(joined(&text, &tail))
    }

    /// The lines up to `'''`, and what follows it.
    fn quoted_text(&mut self, first: &str, opened: usize) -> Result<(String, String), Broken> {
        let mut lines: Vec<&str> = if first.trim().is_empty() { Vec::new() } else { vec![first] };
        loop {
            let line = self.next().ok_or_else(|| Broken {
                line: opened,
                message: "This text is not closed: `'''` is missing".to_owned(),
            })?;
            if let Some((before, after)) = line.split_once("'''") {
                if !before.trim().is_empty() {
                    lines.push(without_indent(before, 4));
                }
                return Ok((lines.join("\n"), after.trim().to_owned()));
            }
            lines.push(without_indent(line, 4));
        }
    }
}

/// A text with the `@contentType(…)` behind it, as single-line values have it.
fn joined(text: &str, tail: &str) -> String {
    match tail.trim() {
        "" => text.to_owned(),
        tail => format!("{text} {tail}"),
    }
}

fn without_indent(line: &str, indent: usize) -> &str {
    let spaces = line.bytes().take(indent).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    line.get(spaces..).unwrap_or_default()
}

fn one_line(line: &str, open: char, close: char) -> Option<(&str, &str)> {
    let (name, inside) = line.strip_suffix(close)?.split_once(open)?;
    (!name.contains(' ') || name.trim_end().len() + 1 == name.len()).then(|| (name.trim(), inside.trim()))
}

fn quoted_name(rest: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut escaped = false;
    for (at, letter) in rest.char_indices() {
        match letter {
            '\\' if !escaped && rest.get(at + 1..)?.starts_with('"') => escaped = true,
            '"' if !escaped => {
                return Some((name, rest.get(at + 1..)?.trim_start().strip_prefix(':')?));
            }
            _ => {
                name.push(letter);
                escaped = false;
            }
        }
    }
    None
}

/// `@name` or `@name(…`: a pair may start with `@` too, but has its colon at once.
fn is_annotation(text: &str) -> bool {
    let end = text.find(['(', ')', ' ', '\t', ':']).unwrap_or(text.len());
    end > 0 && !text.get(end..).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

fn unquoted_argument(argument: &str) -> String {
    let inside = |quote: char| argument.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    if let Some(text) = inside('\'') {
        return text.to_owned();
    }
    let Some(text) = inside('"') else { return argument.to_owned() };
    let mut plain = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n') => plain.push('\n'),
                Some('t') => plain.push('\t'),
                Some('r') => plain.push('\r'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            (letter, false) => plain.push(letter),
        }
    }
    plain
}
