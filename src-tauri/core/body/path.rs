//! The path of a node, as JSONPath or XPath.

use std::fmt::Write as _;
use std::io;

use super::index::Index;
use super::layout::{Layout, Output};
use super::printer::Printer;
use super::trail::{Level, Trail};
use super::watch::{Token, Watch};
use super::{Source, xml};

/// Bytes of a name that are read.
const LONGEST_NAME: usize = 4 * 1024;
/// Bytes looked through for a sibling of the same name.
const AHEAD: u64 = 1024 * 1024;
const PIECE: usize = 64 * 1024;

/// Prints nothing.
struct Nothing;

impl Output for Nothing {}

/// How a node is called.
#[derive(Debug, PartialEq, Eq)]
pub struct NodePath {
    /// Its JSONPath or XPath.
    pub path: String,
    /// The number of the JSON value in which the path begins, unless that is the first.
    pub document: Option<u64>,
}

impl Index {
    /// The path of the node at a place of the text.
    pub(super) fn path_at(&self, offset: u64) -> io::Result<Option<NodePath>> {
        let Some((mut walk, mut trail)) = self.walk_before(offset) else { return Ok(None) };
        if !walk.to(offset, &mut trail)? || !walk.enter_token(&mut trail)? {
            return Ok(None);
        }
        let (document, Some(levels)) = (trail.document(), trail.levels()) else { return Ok(None) };
        let path = match &walk.printer {
            Printer::Lines(_) => None,
            Printer::Json(_) => Some(json_path(&*self.text, levels)?),
            Printer::Xml(_) if levels.is_empty() => None,
            Printer::Xml(xml) => {
                let attribute_at = xml.attribute_at();
                let mut siblings = Siblings::of(levels);
                let until = walk.at.saturating_add(AHEAD).min(self.known().indexed);
                while walk.at < until && siblings.open > 0 {
                    let next = until.min(walk.at + PIECE as u64);
                    if !walk.to(next, &mut siblings)? {
                        break;
                    }
                }
                xpath(&*self.text, levels, &siblings, attribute_at)?
            }
        };
        Ok(path.map(|path| NodePath { path, document }))
    }

    /// The last place before this one whose trail is kept.
    fn walk_before(&self, offset: u64) -> Option<(Walk<'_>, Trail)> {
        let known = self.known();
        let fault = known.trouble.map(|trouble| trouble.fault.switch);
        if fault.is_some_and(|fault| fault <= offset) {
            return None;
        }
        let begins = |checkpoint: usize| known.checkpoints.get(checkpoint).map_or(u64::MAX, |known| known.at);
        let after = known.trails.partition_point(|point| begins(point.checkpoint) <= offset);
        let point = after.checked_sub(1).and_then(|last| known.trails.get(last));
        let checkpoint = known.checkpoints.get(point.map_or(0, |point| point.checkpoint))?;
        let walk = Walk {
            text: &*self.text,
            at: checkpoint.at,
            end: fault.unwrap_or(u64::MAX),
            printer: checkpoint.printer.clone(),
            layout: checkpoint.layout(Nothing),
        };
        Some((walk, point.map_or_else(Trail::default, |point| point.trail.clone())))
    }
}

/// Goes through the text with an eye on its structure.
struct Walk<'a> {
    text: &'a dyn Source,
    at: u64,
    /// Where the text stops being valid.
    end: u64,
    printer: Printer,
    layout: Layout<Nothing>,
}

impl Walk<'_> {
    /// Goes to a place; whether it got there.
    fn to<W: Watch>(&mut self, offset: u64, watch: &mut W) -> io::Result<bool> {
        let mut buffer = vec![0; PIECE];
        let until = offset.min(self.end);
        while self.at < until {
            let wanted = usize::try_from(until - self.at).unwrap_or(PIECE).min(PIECE);
            let read = self.text.read_at(&mut buffer[..wanted], self.at)?;
            let fed = self.printer.feed(&buffer[..read], self.at, &mut self.layout, watch);
            if read == 0 || fed.is_err() {
                return Ok(false);
            }
            self.at += read as u64;
        }
        Ok(self.at >= offset)
    }

    /// Goes on until it is known what begins here.
    fn enter_token(&mut self, trail: &mut Trail) -> io::Result<bool> {
        let mut bytes = [0; 1];
        for step in 0..LONGEST_NAME {
            let read = self.text.read_at(&mut bytes, self.at)?;
            let goes_on = match &self.printer {
                Printer::Lines(_) => false,
                Printer::Json(_) => step == 0,
                Printer::Xml(xml) => xml.is_opening(bytes[0], step == 0),
            };
            if read == 0 || !goes_on {
                break;
            }
            if !self.to(self.at + 1, trail)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Looks for siblings behind a node and behind those it is in: one without any needs no number.
struct Siblings {
    names: Vec<u64>,
    repeated: Vec<bool>,
    /// How many of the node and those it is in are still open.
    open: usize,
    depth: usize,
}

impl Siblings {
    fn of(levels: &[Level]) -> Self {
        let name = |level: &Level| match level {
            Level::Element { name, .. } => *name,
            _ => 0,
        };
        let names: Vec<u64> = levels.iter().map(name).collect();
        let (repeated, open) = (vec![false; names.len()], names.len());
        Self { names, repeated, open, depth: open }
    }

    fn is_numbered(&self, level: usize) -> bool {
        level > 0 && (self.open >= level || self.repeated.get(level).copied().unwrap_or(true))
    }
}

impl Watch for Siblings {
    fn token(&mut self, token: Token, _at: u64) -> Result<(), &'static str> {
        match token {
            Token::Start { name } => {
                if self.depth == self.open && self.names.get(self.depth) == Some(&name) {
                    self.repeated[self.depth] = true;
                }
                self.depth += 1;
            }
            Token::End { .. } => {
                self.depth = self.depth.saturating_sub(1);
                self.open = self.open.min(self.depth);
            }
            _ => {}
        }
        Ok(())
    }
}

fn json_path(text: &dyn Source, levels: &[Level]) -> io::Result<String> {
    let mut path = "$".to_owned();
    for level in levels {
        match level {
            Level::Object { key_at: Some(at), .. } => push_member(&mut path, &read_string(text, *at)?),
            Level::Array { index, in_value: true, .. } => {
                let _ = write!(path, "[{index}]");
            }
            _ => {}
        }
    }
    Ok(path)
}

fn push_member(path: &mut String, name: &str) {
    let is_short = |sign: char| sign == '_' || sign.is_alphanumeric();
    if name.chars().all(is_short) && name.chars().next().is_some_and(|first| !first.is_numeric()) {
        path.push('.');
        path.push_str(name);
        return;
    }
    path.push_str("['");
    for sign in name.chars() {
        match sign {
            '\'' | '\\' => path.extend(['\\', sign]),
            '\n' => path.push_str("\\n"),
            '\r' => path.push_str("\\r"),
            '\t' => path.push_str("\\t"),
            '\u{8}' => path.push_str("\\b"),
            '\u{c}' => path.push_str("\\f"),
            control if control < ' ' => {
                let _ = write!(path, "\\u{:04x}", u32::from(control));
            }
            sign => path.push(sign),
        }
    }
    path.push_str("']");
}

/// The name of a member without quotation marks and escapes; of a very long one the beginning.
fn read_string(text: &dyn Source, at: u64) -> io::Result<String> {
    let bytes = read(text, at)?;
    let mut escaped = false;
    let ends = |byte: &u8| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    };
    let length = bytes.iter().skip(1).position(ends).map_or(bytes.len(), |length| length + 2);
    let whole = String::from_utf8_lossy(&bytes[..length]);
    let name = serde_json::from_str(&whole);
    Ok(name.unwrap_or_else(|_| whole.trim_matches('"').to_owned()))
}

fn xpath(
    text: &dyn Source,
    levels: &[Level],
    siblings: &Siblings,
    attribute_at: Option<u64>,
) -> io::Result<Option<String>> {
    let mut path = String::new();
    for (number, level) in levels.iter().enumerate() {
        let Level::Element { name_at, ordinal, .. } = level else { continue };
        let _ = write!(path, "/{}", read_name(text, *name_at)?);
        match ordinal {
            0 => return Ok(None),
            1 if !siblings.is_numbered(number) => {}
            ordinal => {
                let _ = write!(path, "[{ordinal}]");
            }
        }
    }
    if let Some(at) = attribute_at {
        let _ = write!(path, "/@{}", read_name(text, at)?);
    }
    Ok(Some(path))
}

fn read_name(text: &dyn Source, at: u64) -> io::Result<String> {
    let bytes = read(text, at)?;
    Ok(String::from_utf8_lossy(&bytes[..xml::name_length(&bytes)]).into_owned())
}

fn read(text: &dyn Source, at: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; LONGEST_NAME];
    let read = text.read_at(&mut bytes, at)?;
    bytes.truncate(read);
    Ok(bytes)
}
