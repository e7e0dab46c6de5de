//! The way from the root to a place in the text.

use super::json;
use super::printer::Printer;
use super::watch::{Token, Watch};
use super::xml;

/// Deeper places have no path.
const DEEPEST: usize = 500;
/// So many names are counted among the children of one element.
const MOST_NAMES: usize = 1_000;
/// So many among the children of all that are open: a trail is kept for every few megabytes.
const MOST_NAMES_OF_ALL: usize = 10_000;

/// The values that are open, from the root.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail {
    levels: Vec<Level>,
    /// The names of children and how often they came, of every open element; those of the innermost stand last.
    children: Vec<(u64, u32)>,
    /// Open values beyond the levels kept.
    deeper: u64,
    /// Values of JSON that began within no other.
    documents: u64,
}

/// An open value.
#[derive(Clone, Debug)]
pub(super) enum Level {
    /// An object; where the name of the member is, once there is one.
    Object { key_at: Option<u64>, in_value: bool },
    /// An array; the number of the value, once it has begun.
    Array { index: u64, in_value: bool, comma: bool },
    /// An element.
    Element { name: u64, name_at: u64, ordinal: u32, children_from: usize },
}

/// A trail kept beside a checkpoint.
#[derive(Clone, Debug)]
pub(super) struct TrailPoint {
    pub(super) checkpoint: usize,
    pub(super) trail: Trail,
}

impl Trail {
    /// The levels, unless there are too many.
    pub(super) fn levels(&self) -> Option<&[Level]> {
        (self.deeper == 0).then_some(&self.levels)
    }

    /// The number of the JSON value it is in, unless that is the first.
    pub(super) fn document(&self) -> Option<u64> {
        Some(self.documents).filter(|number| *number > 1)
    }

    fn push(&mut self, level: Level) {
        if self.deeper > 0 || self.levels.len() == DEEPEST {
            self.deeper += 1;
        } else {
            self.levels.push(level);
        }
    }

    fn pop(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else if let Some(Level::Element { children_from, .. }) = self.levels.pop() {
            self.children.truncate(children_from);
        }
    }

    /// A value begins within the innermost level.
    fn begin_value(&mut self, string_at: Option<u64>) {
        if self.deeper > 0 {
            return;
        }
        match self.levels.last_mut() {
            Some(Level::Object { key_at, in_value: false }) => *key_at = string_at,
            Some(Level::Array { index, in_value, comma }) => {
                *index += u64::from(std::mem::take(comma));
                *in_value = true;
            }
            None => self.documents += 1,
            _ => {}
        }
    }

    fn between(&mut self, colon: bool) {
        if self.deeper > 0 {
            return;
        }
        match self.levels.last_mut() {
            Some(Level::Object { in_value, .. }) => *in_value = colon,
            Some(Level::Array { comma, .. }) => *comma = true,
            _ => {}
        }
    }

    fn start(&mut self, name: u64, name_at: u64) {
        if self.deeper > 0 || self.levels.len() == DEEPEST {
            self.deeper += 1;
            return;
        }
        let ordinal = match self.levels.last() {
            Some(Level::Element { children_from, .. }) => self.count(*children_from, name),
            _ => 1,
        };
        self.levels.push(Level::Element { name, name_at, ordinal, children_from: self.children.len() });
    }

    /// Which child of this name it is, from 1; 0 when there are too many names to know.
    fn count(&mut self, from: usize, name: u64) -> u32 {
        let known = self.children.get_mut(from..).unwrap_or_default();
        if let Some((_, count)) = known.iter_mut().find(|(known, _)| *known == name) {
            *count = count.saturating_add(1);
            return *count;
        }
        if known.len() >= MOST_NAMES || self.children.len() >= MOST_NAMES_OF_ALL {
            return 0;
        }
        self.children.push((name, 1));
        1
    }
}

impl Trail {
    /// Whether one more level can be kept.
    pub(super) fn has_room(&self) -> bool {
        self.deeper == 0 && self.levels.len() < DEEPEST
    }

    /// Enters a bracket of JSON; only where there is room.
    #[inline]
    pub(super) fn enter(&mut self, object: bool) {
        self.levels.push(Level::of_bracket(object));
    }

    /// Leaves the innermost bracket of JSON.
    #[inline]
    pub(super) fn leave(&mut self) {
        self.levels.pop();
    }

    /// The innermost level.
    #[inline]
    pub(super) fn innermost(&mut self) -> Option<&mut Level> {
        self.levels.last_mut()
    }
}

impl Level {
    fn of_bracket(object: bool) -> Self {
        if object {
            Self::Object { key_at: None, in_value: false }
        } else {
            Self::Array { index: 0, in_value: false, comma: false }
        }
    }
}

impl Watch for Trail {
    #[inline]
    fn token(&mut self, token: Token, at: u64) -> Result<(), &'static str> {
        match token {
            Token::Open { object } => {
                self.begin_value(None);
                self.push(Level::of_bracket(object));
            }
            Token::Close { .. } | Token::End { .. } => self.pop(),
            Token::Comma => self.between(false),
            Token::Colon => self.between(true),
            Token::String => self.begin_value(Some(at)),
            Token::Scalar => self.begin_value(None),
            Token::Start { name } => self.start(name, at),
        }
        Ok(())
    }
}

/// What the index looks at beside rows: whether the text is valid, and the way to where it is.
#[derive(Debug)]
pub(super) struct Audit {
    checker: Checker,
    trail: Trail,
}

#[derive(Debug)]
enum Checker {
    None,
    Json(json::Checker),
    Xml(xml::Checker),
}

impl Audit {
    pub(super) fn for_printer(printer: &Printer) -> Self {
        let checker = match printer {
            Printer::Lines(_) => Checker::None,
            Printer::Json(_) => Checker::Json(json::Checker::default()),
            Printer::Xml(_) => Checker::Xml(xml::Checker::default()),
        };
        Self { checker, trail: Trail::default() }
    }

    /// What is watched of JSON, while the trail has all levels.
    pub(super) fn of_json(&mut self) -> Option<(&mut json::Checker, &mut Trail)> {
        match &mut self.checker {
            Checker::Json(checker) if self.trail.deeper == 0 => Some((checker, &mut self.trail)),
            _ => None,
        }
    }

    pub(super) fn trail_point(&self, checkpoint: usize) -> Option<TrailPoint> {
        let kept = !matches!(self.checker, Checker::None);
        kept.then(|| TrailPoint { checkpoint, trail: self.trail.clone() })
    }
}

impl Watch for Audit {
    #[inline]
    fn token(&mut self, token: Token, at: u64) -> Result<(), &'static str> {
        match &mut self.checker {
            Checker::None => return Ok(()),
            Checker::Json(checker) => checker.token(token, at)?,
            Checker::Xml(checker) => checker.token(token, at)?,
        }
        self.trail.token(token, at)
    }

    fn end(&mut self, at: u64) -> Result<(), (u64, &'static str)> {
        match &mut self.checker {
            Checker::None => Ok(()),
            Checker::Json(checker) => checker.end(at),
            Checker::Xml(checker) => checker.end(at),
        }
    }
}
