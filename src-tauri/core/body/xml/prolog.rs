//! Document types: passed over as they are, nothing in them is expanded.

use super::{Inside, SpanKind, Xml};
use crate::body::layout::{Layout, Output};

/// How far a document type is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Doctype {
    within: Within,
    /// Whether the bracket is open.
    subset: bool,
    /// The last four bytes.
    recent: [u8; 4],
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Within {
    #[default]
    Declaration,
    Quoted(u8),
    Comment,
    Instruction,
}

impl Doctype {
    /// Takes one byte; whether it was the last.
    fn take(&mut self, byte: u8) -> bool {
        self.recent.rotate_left(1);
        self.recent[3] = byte;
        self.within = match (self.within, byte) {
            (Within::Declaration, b'>') if !self.subset => return true,
            (Within::Declaration, b'"' | b'\'') => Within::Quoted(byte),
            (Within::Declaration, b'[') => {
                self.subset = true;
                Within::Declaration
            }
            (Within::Declaration, b']') => {
                self.subset = false;
                Within::Declaration
            }
            (Within::Declaration, b'?') if self.recent[2] == b'<' => Within::Instruction,
            (Within::Declaration, b'-') if self.recent == *b"<!--" => {
                self.recent = [0; 4];
                Within::Comment
            }
            (Within::Quoted(quote), byte) if quote == byte => Within::Declaration,
            (Within::Comment, b'>') if self.recent[1..] == *b"-->" => Within::Declaration,
            (Within::Instruction, b'>') if self.recent[2] == b'?' => Within::Declaration,
            (within, _) => within,
        };
        false
    }
}

impl Xml {
    /// Prints up to the end of the document type.
    pub(super) fn doctype<O: Output>(
        &mut self,
        mut doctype: Doctype,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
    ) -> usize {
        let end = bytes.iter().position(|byte| doctype.take(*byte));
        let length = end.map_or(bytes.len(), |end| end + 1);
        layout.verbatim(SpanKind::Comment, &bytes[..length], at);
        match end {
            Some(_) => self.in_text(),
            None => self.inside = Inside::Doctype(doctype),
        }
        length
    }
}
