//! Prints XML: elements are indented where only elements stand beside each other; text is not touched.

mod checker;
mod markup;
mod name;
mod prolog;
mod tag;

use super::SpanKind;
use super::layout::{Layout, Output};
use super::printer::Fault;
use super::watch::Watch;
pub(super) use checker::Checker;
use markup::Opener;
use name::Name;
pub(super) use name::length as name_length;
use prolog::Doctype;
use tag::{InTag, Reference};

/// White space that is kept until it shows whether text or a tag follows.
const MOST_SPACE: usize = 1024;

/// An XML printer between two bytes.
#[derive(Clone, Debug)]
pub(super) struct Xml {
    raw: bool,
    inside: Inside,
    /// Where what is being read begins.
    begin: u64,
    /// Whether something stands before.
    begun: bool,
    /// Whether a start tag came last: what follows decides whether its element takes several lines.
    opened: bool,
    /// The depth of the element whose content is left as it is, because text was found in it.
    mixed: Option<u32>,
    /// White space of which it is not known yet whether it belongs to text.
    space: Vec<u8>,
    space_at: u64,
    name: Name,
    /// Where the name of the attribute begins.
    attribute_at: u64,
    /// Where the reference under way begins.
    reference_at: u64,
    space_rule: SpaceRule,
}

/// What a start tag says about white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SpaceRule {
    Default,
    /// The attribute is `xml:space`.
    Asked,
    Preserve,
}

/// What the next byte is within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Text(Reference),
    /// Behind a `<` and some signs that do not tell yet what it is; none of them is printed yet.
    Opener(Opener),
    Tag(InTag),
    EndName,
    EndSpace,
    /// A comment, CDATA section or instruction, with its last two bytes.
    Until(Section, [u8; 2]),
    Doctype(Doctype),
}

/// What ends with signs of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Comment,
    Data,
    Instruction,
}

impl Xml {
    /// A printer at the beginning; a `raw` one keeps the white space as it is.
    pub(super) fn new(raw: bool) -> Self {
        Self {
            raw,
            inside: Inside::Text(Reference::None),
            begin: 0,
            begun: false,
            opened: false,
            mixed: None,
            space: Vec::new(),
            space_at: 0,
            name: Name::default(),
            attribute_at: 0,
            reference_at: 0,
            space_rule: SpaceRule::Default,
        }
    }

    pub(super) fn is_raw(&self) -> bool {
        self.raw
    }

    /// Whether this byte belongs to signs of which it does not show yet what they open; `first` of those looked at.
    pub(super) fn is_opening(&self, byte: u8, first: bool) -> bool {
        match self.inside {
            Inside::Text(_) => first && byte == b'<',
            Inside::Opener(_) | Inside::Tag(InTag::Name) => true,
            Inside::Tag(InTag::Between(_)) => first && name::begins(byte),
            _ => false,
        }
    }

    /// Where the name of the attribute begins that is being read.
    pub(super) fn attribute_at(&self) -> Option<u64> {
        let reading = matches!(
            self.inside,
            Inside::Tag(InTag::Attribute | InTag::Equals | InTag::Quote | InTag::Value(..))
        );
        reading.then_some(self.attribute_at)
    }

    pub(super) fn feed<O: Output, W: Watch>(
        &mut self,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
        watch: &mut W,
    ) -> Result<(), Fault> {
        let mut from = 0;
        while from < bytes.len() {
            let (rest, at) = (&bytes[from..], at + from as u64);
            from += match self.inside {
                Inside::Text(reference) => self.text(reference, rest, at, layout)?,
                Inside::Opener(opener) => self.opener(opener, rest[0], at, layout)?,
                Inside::Tag(within) => self.tag(within, rest, at, layout, watch)?,
                Inside::EndName => self.end_name(rest, at, layout, watch)?,
                Inside::EndSpace => self.end_space(rest, at, layout)?,
                Inside::Until(section, tail) => self.section(section, tail, rest, at, layout),
                Inside::Doctype(doctype) => self.doctype(doctype, rest, at, layout),
            };
        }
        Ok(())
    }

    pub(super) fn finish<W: Watch>(&mut self, at: u64, watch: &mut W) -> Result<(), Fault> {
        let why = match self.inside {
            Inside::Text(Reference::None) if !self.begun => return Ok(()),
            Inside::Text(Reference::None) => {
                return watch.end(at).map_err(|(place, why)| Fault::within(place, at, why));
            }
            Inside::Text(_) => tag::UNFINISHED_REFERENCE,
            Inside::Opener(_) | Inside::Tag(_) | Inside::EndName | Inside::EndSpace => "A tag is not closed",
            Inside::Until(Section::Comment, _) => "A comment is not closed",
            Inside::Until(Section::Data, _) => "A CDATA section is not closed",
            Inside::Until(Section::Instruction, _) => "A processing instruction is not closed",
            Inside::Doctype(_) => "The document type is not closed",
        };
        Err(Fault::within(self.begin.min(at), at, why))
    }

    /// Prints text up to the next tag.
    fn text<O: Output>(
        &mut self,
        reference: Reference,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
    ) -> Result<usize, Fault> {
        if reference != Reference::None {
            return self.reference(reference, bytes, at, layout);
        }
        let held = if self.mixed.is_some() { 0 } else { self.hold_space(bytes, at, layout) };
        let (rest, at) = (&bytes[held..], at + held as u64);
        let Some(first) = rest.first().copied() else { return Ok(held) };
        if first == b'<' {
            self.begin = at;
            self.inside = Inside::Opener(Opener::Sign);
            return Ok(held + 1);
        }
        self.begin_text(at, layout)?;
        let length = memchr::memchr2(b'<', b'&', rest).unwrap_or(rest.len());
        layout.verbatim(SpanKind::Plain, &rest[..length], at);
        if rest.get(length) != Some(&b'&') {
            return Ok(held + length);
        }
        self.begin = at + length as u64;
        self.reference_at = self.begin;
        layout.text(SpanKind::Literal, b"&", self.begin);
        self.inside = Inside::Text(Reference::Sign);
        Ok(held + length + 1)
    }

    /// Puts white space aside; says how much there is.
    fn hold_space<O: Output>(&mut self, bytes: &[u8], at: u64, layout: &mut Layout<O>) -> usize {
        let length = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if self.raw {
            layout.verbatim(SpanKind::Plain, &bytes[..length], at);
        } else if length > 0 && self.begun {
            if self.space.is_empty() {
                self.space_at = at;
            }
            let kept = length.min(MOST_SPACE - self.space.len());
            self.space.extend_from_slice(&bytes[..kept]);
        }
        length
    }

    /// Text makes the element around it one whose content is left as it is.
    fn begin_text<O: Output>(&mut self, at: u64, layout: &mut Layout<O>) -> Result<(), Fault> {
        if self.mixed.is_some() {
            return Ok(());
        }
        if layout.cursor.depth == 0 {
            let why =
                if self.begun { "Text stands outside of the root element" } else { "A tag is expected" };
            return Err(Fault::before(at, why));
        }
        self.mixed = Some(layout.cursor.depth);
        self.opened = false;
        self.print_space(layout);
        Ok(())
    }

    fn print_space<O: Output>(&mut self, layout: &mut Layout<O>) {
        let space = std::mem::take(&mut self.space);
        layout.verbatim(SpanKind::Plain, &space, self.space_at);
        self.space = space;
        self.space.clear();
    }

    /// Begins a tag, comment or instruction on a line of its own, if text does not forbid that.
    fn begin_item<O: Output>(&mut self, layout: &mut Layout<O>) {
        if self.mixed.is_none() && !self.raw && self.begun {
            layout.new_line(layout.cursor.depth);
        }
        self.space.clear();
        self.begun = true;
        self.opened = false;
    }

    fn in_text(&mut self) {
        self.inside = Inside::Text(Reference::None);
    }
}
