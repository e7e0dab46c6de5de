use std::io;

use super::{MOST_TEXT, read};
use crate::body::SpanKind;
use crate::body::checkpoint::Checkpoint;
use crate::body::json::Json;
use crate::body::layout::{Cursor, Output};
use crate::body::printer::Printer;
use crate::body::source::Source;
use crate::body::watch::{Token, Watch};

const PIECE: usize = 1024;
/// Bytes looked at: what is shown is shorter, but may be indented widely in the body.
const MOST: u64 = 64 * 1024;
/// Columns of indentation that are written; deeper is not told apart.
const WIDEST: u32 = 200;

/// The JSON value that begins here and ends before another place, indented; every number and string as it stands in the
/// body.
pub(super) fn json_value(source: &dyn Source, from: u64, to: u64) -> io::Result<String> {
    let begin = Checkpoint::beginning(from, Printer::Json(Json::new(false)));
    let (mut printer, mut layout) = (begin.printer.clone(), begin.layout(Text::default()));
    let (mut one, mut at, end) = (One::default(), from, to.min(from.saturating_add(MOST)));
    while at < end && layout.output.bytes.len() <= MOST_TEXT * 4 {
        let piece = read(source, at, end.min(at + PIECE as u64))?;
        if let Err(fault) = printer.feed(&piece, at, &mut layout, &mut one) {
            if !one.is_over() {
                layout.output.bytes.extend(read(source, fault.switch, end)?);
            }
            break;
        }
        if piece.is_empty() {
            break;
        }
        at += piece.len() as u64;
    }
    Ok(String::from_utf8_lossy(&layout.output.bytes).into_owned())
}

/// Printed text, as one.
#[derive(Default)]
struct Text {
    bytes: Vec<u8>,
}

impl Output for Text {
    fn piece(&mut self, _cursor: &Cursor, _kind: SpanKind, bytes: &[u8], _at: u64) {
        self.bytes.extend_from_slice(bytes);
    }

    fn made(&mut self, text: &'static str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn row_begins(&mut self, cursor: &Cursor, indent: u32) {
        if !cursor.wrapped {
            self.bytes.push(b'\n');
            let columns = indent.saturating_mul(2).min(WIDEST) as usize;
            self.bytes.resize(self.bytes.len() + columns, b' ');
        }
    }
}

/// Lets one value through, and nothing behind it.
#[derive(Default)]
struct One {
    depth: u64,
    begun: bool,
}

impl One {
    fn is_over(&self) -> bool {
        self.begun && self.depth == 0
    }
}

impl Watch for One {
    fn token(&mut self, token: Token, _at: u64) -> Result<(), &'static str> {
        if self.is_over() {
            return Err("The value is over");
        }
        self.begun = true;
        match token {
            Token::Open { .. } => self.depth += 1,
            Token::Close { .. } => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }
}
