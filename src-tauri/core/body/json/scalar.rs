//! Numbers, `true`, `false` and `null`, byte by byte.

use crate::body::SpanKind;

pub(super) const EXPECTED: &str = "A value is expected";

/// How far a scalar is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scalar {
    Minus,
    Zero,
    Whole,
    Point,
    Fraction,
    E,
    Sign,
    Exponent,
    /// So many letters of a word.
    Word(&'static [u8], u8),
}

impl Scalar {
    /// Before the first byte of what begins so.
    pub(super) fn beginning(sign: u8) -> Option<Self> {
        match sign {
            // `Sign` takes nothing but a digit; the first byte is read like any other.
            b'-' | b'0'..=b'9' => Some(Self::Word(b"", 0)),
            b't' => Some(Self::Word(b"true", 0)),
            b'f' => Some(Self::Word(b"false", 0)),
            b'n' => Some(Self::Word(b"null", 0)),
            _ => None,
        }
    }

    /// After this byte too; nothing when it does not fit.
    pub(super) fn then(self, byte: u8) -> Option<Self> {
        Some(match (self, byte) {
            (Self::Word(b"", _), b'-') => Self::Minus,
            (Self::Word(b"", _) | Self::Minus, b'0') => Self::Zero,
            (Self::Word(b"", _) | Self::Minus, b'1'..=b'9') | (Self::Whole, b'0'..=b'9') => Self::Whole,
            (Self::Zero | Self::Whole, b'.') => Self::Point,
            (Self::Point | Self::Fraction, b'0'..=b'9') => Self::Fraction,
            (Self::Zero | Self::Whole | Self::Fraction, b'e' | b'E') => Self::E,
            (Self::E, b'+' | b'-') => Self::Sign,
            (Self::E | Self::Sign | Self::Exponent, b'0'..=b'9') => Self::Exponent,
            (Self::Word(word, read), byte) if word.get(usize::from(read)) == Some(&byte) => {
                Self::Word(word, read + 1)
            }
            _ => return None,
        })
    }

    /// Whether it is whole.
    pub(super) fn may_end(self) -> bool {
        match self {
            Self::Zero | Self::Whole | Self::Fraction | Self::Exponent => true,
            Self::Word(word, read) => !word.is_empty() && word.len() == usize::from(read),
            _ => false,
        }
    }

    pub(super) fn kind(self) -> SpanKind {
        match self {
            Self::Word(word, _) if !word.is_empty() => SpanKind::Literal,
            _ => SpanKind::Number,
        }
    }

    pub(super) fn trouble(self) -> &'static str {
        match self.kind() {
            SpanKind::Literal => EXPECTED,
            _ => "A number is not written as JSON wants it",
        }
    }
}

/// Whether this byte cannot belong to a scalar, but may follow it.
pub(super) fn ends_at(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b'[' | b']' | b'{' | b'}' | b'"')
}
