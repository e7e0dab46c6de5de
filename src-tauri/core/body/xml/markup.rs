//! What begins with `<`.

use super::prolog::Doctype;
use super::tag::InTag;
use super::{Inside, Name, Section, SpaceRule, SpanKind, Xml, name};
use crate::body::layout::{Layout, Output};
use crate::body::printer::Fault;

const NO_MARKUP: &str = "A < is followed by no name; as text it is written &lt;";
const COMMENT: &[u8] = b"<!--";
const DATA: &[u8] = b"<![CDATA[";

/// How much of the signs that open something is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opener {
    /// `<`
    Sign,
    /// `<!`
    Mark,
    /// `<!-`
    Dash,
    /// So many signs of `<![CDATA[`.
    Data(u8),
}

impl Opener {
    fn read(self) -> &'static [u8] {
        match self {
            Self::Sign => &COMMENT[..1],
            Self::Mark => &COMMENT[..2],
            Self::Dash => &COMMENT[..3],
            Self::Data(read) => &DATA[..usize::from(read).min(DATA.len())],
        }
    }
}

impl Xml {
    /// Looks at one byte behind `<`; none is used up when that is the first of what follows.
    pub(super) fn opener<O: Output>(
        &mut self,
        opener: Opener,
        byte: u8,
        at: u64,
        layout: &mut Layout<O>,
    ) -> Result<usize, Fault> {
        match (opener, byte) {
            (Opener::Sign, b'/') => self.begin_end_tag(layout),
            (Opener::Sign, b'!') => self.inside = Inside::Opener(Opener::Mark),
            (Opener::Sign, b'?') => self.begin_section(Section::Instruction, b"<?", layout),
            (Opener::Sign, byte) if name::begins(byte) => {
                self.begin_item(layout);
                layout.text(SpanKind::Punctuation, b"<", self.begin);
                self.begin_tag(at);
                return Ok(0);
            }
            (Opener::Mark, b'-') => self.inside = Inside::Opener(Opener::Dash),
            (Opener::Dash, b'-') => self.begin_section(Section::Comment, COMMENT, layout),
            (Opener::Mark, b'[') => self.inside = Inside::Opener(Opener::Data(3)),
            (Opener::Data(read), byte) if DATA.get(usize::from(read)) == Some(&byte) => {
                if usize::from(read) + 1 < DATA.len() {
                    self.inside = Inside::Opener(Opener::Data(read + 1));
                } else {
                    self.begin_data(layout)?;
                }
            }
            (Opener::Mark, b'D') if layout.cursor.depth == 0 => {
                self.begin_item(layout);
                layout.text(SpanKind::Comment, b"<!D", self.begin);
                self.inside = Inside::Doctype(Doctype::default());
            }
            _ => return Err(Fault::within(self.begin, at, NO_MARKUP)),
        }
        Ok(1)
    }

    fn begin_tag(&mut self, at: u64) {
        self.inside = Inside::Tag(InTag::Name);
        self.name = Name::default();
        self.space_rule = SpaceRule::Default;
        self.attribute_at = at;
    }

    fn begin_section<O: Output>(&mut self, section: Section, opener: &[u8], layout: &mut Layout<O>) {
        self.begin_item(layout);
        layout.text(SpanKind::Comment, opener, self.begin);
        self.inside = Inside::Until(section, [0; 2]);
    }

    fn begin_data<O: Output>(&mut self, layout: &mut Layout<O>) -> Result<(), Fault> {
        let fault = self.begin_text(self.begin, layout);
        layout.text(SpanKind::Punctuation, DATA, self.begin);
        self.inside = Inside::Until(Section::Data, [0; 2]);
        let switch = self.begin + DATA.len() as u64;
        fault.map_err(|fault| Fault::within(self.begin, switch, fault.why))
    }

    /// Prints the signs that turned out to open nothing.
    pub(in crate::body) fn give_up<O: Output>(&mut self, layout: &mut Layout<O>) {
        if let Inside::Opener(opener) = self.inside {
            self.begin_item(layout);
            layout.text(SpanKind::Invalid, opener.read(), self.begin);
        }
    }

    fn begin_end_tag<O: Output>(&mut self, layout: &mut Layout<O>) {
        if self.mixed.is_none() && self.opened {
            self.print_space(layout);
        } else if self.mixed.is_none() && !self.raw {
            layout.new_line(layout.cursor.depth.saturating_sub(1));
        }
        self.space.clear();
        if self.mixed == Some(layout.cursor.depth) {
            self.mixed = None;
        }
        self.opened = false;
        layout.leave();
        layout.text(SpanKind::Punctuation, b"</", self.begin);
        self.name = Name::default();
        self.inside = Inside::EndName;
        self.attribute_at = self.begin + 2;
    }

    /// Prints up to the end of a comment, CDATA section or instruction.
    pub(super) fn section<O: Output>(
        &mut self,
        section: Section,
        mut tail: [u8; 2],
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
    ) -> usize {
        let mut from = 0;
        let end = loop {
            let Some(found) = memchr::memchr(b'>', &bytes[from..]) else { break None };
            tail = last_two(tail, &bytes[from..from + found]);
            from += found + 1;
            let closes = match section {
                Section::Comment => tail == *b"--",
                Section::Data => tail == *b"]]",
                Section::Instruction => tail[1] == b'?',
            };
            if closes {
                break Some(from);
            }
            tail = [tail[1], b'>'];
        };
        let kind = if section == Section::Data { SpanKind::Plain } else { SpanKind::Comment };
        layout.verbatim(kind, &bytes[..end.unwrap_or(bytes.len())], at);
        match end {
            Some(_) => self.in_text(),
            None => self.inside = Inside::Until(section, last_two(tail, &bytes[from..])),
        }
        end.unwrap_or(bytes.len())
    }
}

fn last_two(tail: [u8; 2], bytes: &[u8]) -> [u8; 2] {
    match bytes {
        [] => tail,
        [one] => [tail[1], *one],
        [.., first, second] => [*first, *second],
    }
}
