//! Start and end tags, attributes and references.

use super::name::{self, Name, PRESERVE, XML_SPACE};
use super::{Inside, SpaceRule, SpanKind, Xml};
use crate::body::layout::{Layout, Output};
use crate::body::printer::Fault;
use crate::body::watch::{Token, Watch};

pub(super) const UNFINISHED_REFERENCE: &str =
    "An & is followed by no name and semicolon; as text it is written &amp;";
const NO_NAME: &str = "The name of an attribute is expected";

/// How far a start tag is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InTag {
    /// Within the element's name.
    Name,
    /// Between attributes; whether white space came before.
    Between(bool),
    /// Within an attribute's name.
    Attribute,
    /// Behind an attribute's name.
    Equals,
    /// Behind the equals sign.
    Quote,
    /// Within a value.
    Value(u8, Reference),
    /// Behind `/`.
    Slash,
}

/// How far `&name;` is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// Not within one.
    None,
    /// Behind `&`.
    Sign,
    /// Behind `&` and something.
    Name,
}

impl Reference {
    /// Reads on; says how many bytes belong to it and whether it is whole.
    fn read(self, bytes: &[u8]) -> Result<(usize, Self), usize> {
        let goes_on = |byte: &u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b'_' | b'-' | b'.' | b':' | 0x80..)
        };
        let length = bytes.iter().position(|byte| !goes_on(byte)).unwrap_or(bytes.len());
        let named = self == Self::Name || length > 0;
        match bytes.get(length) {
            None => Ok((length, if named { Self::Name } else { Self::Sign })),
            Some(b';') if named => Ok((length + 1, Self::None)),
            Some(_) => Err(length),
        }
    }
}

/// What follows this sign between attributes.
fn after_sign(within: InTag, sign: u8) -> Result<InTag, &'static str> {
    Ok(match (within, sign) {
        (InTag::Between(_), b'/') => InTag::Slash,
        (InTag::Equals, b'=') => InTag::Quote,
        (InTag::Quote, b'"' | b'\'') => InTag::Value(sign, Reference::None),
        (InTag::Equals, _) => return Err("An attribute has no value"),
        (InTag::Quote, _) => return Err("An attribute's value does not stand in quotation marks"),
        (InTag::Between(_), b'<') | (InTag::Slash, _) => return Err("A tag is not closed"),
        _ => return Err(NO_NAME),
    })
}

impl Xml {
    /// Prints a step of a start tag.
    pub(super) fn tag<O: Output, W: Watch>(
        &mut self,
        within: InTag,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
        watch: &mut W,
    ) -> Result<usize, Fault> {
        match within {
            InTag::Name => {
                let length = self.read_name(SpanKind::Tag, bytes, at, layout);
                if length < bytes.len() {
                    let token = Token::Start { name: self.name.hash() };
                    let switch = at + length as u64;
                    let seen = watch.token(token, self.attribute_at);
                    seen.map_err(|why| Fault::within(self.begin, switch, why))?;
                    self.inside = Inside::Tag(InTag::Between(false));
                }
                Ok(length)
            }
            InTag::Attribute => {
                let length = self.read_name(SpanKind::Attribute, bytes, at, layout);
                if length < bytes.len() {
                    self.space_rule = match self.space_rule {
                        SpaceRule::Preserve => SpaceRule::Preserve,
                        _ if self.name == XML_SPACE => SpaceRule::Asked,
                        _ => SpaceRule::Default,
                    };
                    self.inside = Inside::Tag(InTag::Equals);
                }
                Ok(length)
            }
            InTag::Value(quote, reference) => self.value(quote, reference, bytes, at, layout),
            _ => self.between(within, bytes, at, layout, watch),
        }
    }

    fn read_name<O: Output>(
        &mut self,
        kind: SpanKind,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
    ) -> usize {
        let (name, length) = self.name.read(bytes);
        self.name = name;
        layout.text(kind, &bytes[..length], at);
        length
    }

    /// Prints white space and one sign, or comes to the beginning of an attribute.
    fn between<O: Output, W: Watch>(
        &mut self,
        within: InTag,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
        watch: &mut W,
    ) -> Result<usize, Fault> {
        let space = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        layout.verbatim(SpanKind::Plain, &bytes[..space], at);
        let spaced = space > 0 || within == InTag::Between(true);
        let between = matches!(within, InTag::Between(_));
        let Some(sign) = bytes.get(space).copied() else {
            self.inside = Inside::Tag(if between { InTag::Between(spaced) } else { within });
            return Ok(space);
        };
        let at = at + space as u64;
        if between && spaced && name::begins(sign) {
            (self.name, self.attribute_at) = (Name::default(), at);
            self.inside = Inside::Tag(InTag::Attribute);
            return Ok(space);
        }
        match (within, sign) {
            (InTag::Between(_), b'>') => self.close_start(layout),
            (InTag::Slash, b'>') if space == 0 => {
                let _ = watch.token(Token::End { name: None }, at);
                self.in_text();
            }
            _ => {
                let next = after_sign(within, sign).map_err(|why| Fault::within(at, at, why))?;
                self.inside = Inside::Tag(next);
            }
        }
        let quoted = matches!(self.inside, Inside::Tag(InTag::Value(..)));
        if quoted {
            self.name = Name::default();
        }
        let kind = if quoted { SpanKind::String } else { SpanKind::Punctuation };
        layout.text(kind, &bytes[space..=space], at);
        if self.opened {
            layout.enter();
        }
        Ok(space + 1)
    }

    /// The start tag is whole; its element is entered when the sign is printed.
    fn close_start<O: Output>(&mut self, layout: &Layout<O>) {
        self.opened = true;
        if self.space_rule == SpaceRule::Preserve && self.mixed.is_none() {
            self.mixed = Some(layout.cursor.depth.saturating_add(1));
        }
        self.in_text();
    }

    /// Prints a value up to its end or a reference.
    fn value<O: Output>(
        &mut self,
        quote: u8,
        reference: Reference,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
    ) -> Result<usize, Fault> {
        if reference != Reference::None {
            return self.reference_in(Some(quote), reference, bytes, at, layout);
        }
        let length = memchr::memchr3(quote, b'<', b'&', bytes).unwrap_or(bytes.len());
        layout.verbatim(SpanKind::String, &bytes[..length], at);
        if self.space_rule == SpaceRule::Asked {
            self.name = self.name.and(&bytes[..length]);
        }
        let Some(sign) = bytes.get(length).copied() else { return Ok(length) };
        let at = at + length as u64;
        if sign == b'<' {
            return Err(Fault::within(at, at, "An attribute's value holds a <, which is written &lt;"));
        }
        layout.text(SpanKind::String, &bytes[length..=length], at);
        let next = if sign == b'&' {
            self.reference_at = at;
            InTag::Value(quote, Reference::Sign)
        } else {
            if self.space_rule == SpaceRule::Asked && self.name == PRESERVE {
                self.space_rule = SpaceRule::Preserve;
            }
            InTag::Between(false)
        };
        self.inside = Inside::Tag(next);
        Ok(length + 1)
    }

    /// Prints a reference in text.
    pub(super) fn reference<O: Output>(
        &mut self,
        reference: Reference,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
    ) -> Result<usize, Fault> {
        self.reference_in(None, reference, bytes, at, layout)
    }

    fn reference_in<O: Output>(
        &mut self,
        quote: Option<u8>,
        reference: Reference,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
    ) -> Result<usize, Fault> {
        let kind = if quote.is_some() { SpanKind::String } else { SpanKind::Literal };
        let (length, next) = match reference.read(bytes) {
            Ok((length, next)) => (length, Some(next)),
            Err(length) => (length, None),
        };
        layout.text(kind, &bytes[..length], at);
        let switch = at + length as u64;
        let next = next.ok_or_else(|| Fault::within(self.reference_at, switch, UNFINISHED_REFERENCE))?;
        self.inside = quote.map_or(Inside::Text(next), |quote| Inside::Tag(InTag::Value(quote, next)));
        Ok(length)
    }

    /// Prints the name of an end tag.
    pub(super) fn end_name<O: Output, W: Watch>(
        &mut self,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
        watch: &mut W,
    ) -> Result<usize, Fault> {
        let length = self.read_name(SpanKind::Tag, bytes, at, layout);
        if length < bytes.len() {
            let token = Token::End { name: Some(self.name.hash()) };
            let seen = watch.token(token, self.begin);
            seen.map_err(|why| Fault::within(self.begin, at + length as u64, why))?;
            self.inside = Inside::EndSpace;
        }
        Ok(length)
    }

    /// Prints the end of an end tag.
    pub(super) fn end_space<O: Output>(
        &mut self,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
    ) -> Result<usize, Fault> {
        let space = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        layout.verbatim(SpanKind::Plain, &bytes[..space], at);
        let at = at + space as u64;
        match bytes.get(space) {
            None => Ok(space),
            Some(b'>') => {
                layout.text(SpanKind::Punctuation, b">", at);
                self.in_text();
                Ok(space + 1)
            }
            Some(_) => Err(Fault::within(at, at, "An end tag holds more than a name")),
        }
    }
}
