//! Whether tokens of JSON come in an order that JSON allows; an open bracket costs one bit.

use super::scalar::EXPECTED;
use crate::body::watch::{Token, Watch};

/// What may come next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A value, or the end: several values beside each other are JSON lines.
    #[default]
    Top,
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
}

/// Knows which brackets are open.
#[derive(Debug, Default)]
pub(in crate::body) struct Checker {
    pub(super) wanted: Wanted,
    /// One bit for each open bracket: whether it is a brace.
    open: Vec<u64>,
    depth: usize,
}

impl Watch for Checker {
    #[inline]
    fn token(&mut self, token: Token, _at: u64) -> Result<(), &'static str> {
        self.wanted = match (token, self.wanted) {
            (Token::Open { object }, Wanted::Top | Wanted::Value | Wanted::ValueOrEnd) => {
                self.push(object);
                if object { Wanted::KeyOrEnd } else { Wanted::ValueOrEnd }
            }
            (Token::Close { object }, Wanted::CommaOrEnd | Wanted::ValueOrEnd | Wanted::KeyOrEnd) => {
                if self.in_object() != object {
                    return Err("A bracket is closed that is not the one open");
                }
                self.pop();
                self.after_value()
            }
            (Token::Comma, Wanted::CommaOrEnd) if self.in_object() => Wanted::Key,
            (Token::Comma, Wanted::CommaOrEnd) | (Token::Colon, Wanted::Colon) => Wanted::Value,
            (Token::String, Wanted::Key | Wanted::KeyOrEnd) => Wanted::Colon,
            (Token::String | Token::Scalar, Wanted::Top | Wanted::Value | Wanted::ValueOrEnd) => {
                self.after_value()
            }
            (_, wanted) => return Err(wanted.text()),
        };
        Ok(())
    }

    fn end(&mut self, at: u64) -> Result<(), (u64, &'static str)> {
        if self.wanted == Wanted::Top { Ok(()) } else { Err((at, "The text ends too early")) }
    }
}

impl Checker {
    #[inline]
    pub(super) fn push(&mut self, object: bool) {
        let (word, bit) = (self.depth / 64, self.depth % 64);
        if word == self.open.len() {
            self.open.push(0);
        }
        if let Some(word) = self.open.get_mut(word) {
            *word = *word & !(1 << bit) | u64::from(object) << bit;
        }
        self.depth += 1;
    }

    #[inline]
    pub(super) fn pop(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    #[inline]
    pub(super) fn in_object(&self) -> bool {
        let Some(last) = self.depth.checked_sub(1) else { return false };
        self.open.get(last / 64).is_some_and(|word| word >> (last % 64) & 1 == 1)
    }

    #[inline]
    pub(super) fn after_value(&self) -> Wanted {
        if self.depth == 0 { Wanted::Top } else { Wanted::CommaOrEnd }
    }
}

impl Wanted {
    fn text(self) -> &'static str {
        match self {
            Self::Top => "There is more text after the end",
            Self::Value | Self::ValueOrEnd => EXPECTED,
            Self::Key | Self::KeyOrEnd => "A name in quotation marks is expected",
            Self::Colon => "A colon is expected",
            Self::CommaOrEnd => "A comma or the end of the bracket is expected",
        }
    }
}
