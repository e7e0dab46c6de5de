//! Prints JSON without touching a number, a string, the order of names or a duplicate.

mod checker;
mod scalar;
mod skim;
mod string;

use super::SpanKind;
use super::layout::{Layout, Output};
use super::printer::Fault;
use super::watch::{Token, Watch};
pub(super) use checker::Checker;
use scalar::Scalar;
use string::Position;

/// A JSON printer between two bytes.
#[derive(Clone, Debug)]
pub(super) struct Json {
    raw: bool,
    inside: Inside,
    before: Before,
    /// Where the token under way begins.
    token_at: u64,
}

/// What the next byte is within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Between,
    String(Position),
    Scalar(Scalar),
}

/// What came last between tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    Opened,
    Value,
    Mark,
}

impl Json {
    /// A printer at the beginning; a `raw` one keeps the white space as it is.
    pub(super) fn new(raw: bool) -> Self {
        Self { raw, inside: Inside::Between, before: Before::Nothing, token_at: 0 }
    }

    pub(super) fn is_raw(&self) -> bool {
        self.raw
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
            from += self.step(&bytes[from..], at + from as u64, layout, watch)?;
        }
        Ok(())
    }

    fn step<O: Output, W: Watch>(
        &mut self,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
        watch: &mut W,
    ) -> Result<usize, Fault> {
        match self.inside {
            Inside::Between => self.between(bytes, at, layout, watch),
            Inside::String(position) => self.string(position, bytes, at, layout),
            Inside::Scalar(scalar) => self.scalar(scalar, bytes, at, layout),
        }
    }

    pub(super) fn finish<W: Watch>(&mut self, at: u64, watch: &mut W) -> Result<(), Fault> {
        match self.inside {
            Inside::String(_) => return Err(Fault::within(at, at, "A string is not closed")),
            Inside::Scalar(scalar) if !scalar.may_end() => {
                return Err(Fault::within(self.token_at, at, scalar.trouble()));
            }
            _ => {}
        }
        watch.end(at).map_err(|(at, why)| Fault::within(at, at, why))
    }

    /// Prints tokens up to a string or scalar, which is left to the next step.
    fn between<O: Output, W: Watch>(
        &mut self,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
        watch: &mut W,
    ) -> Result<usize, Fault> {
        let mut from = 0;
        while from < bytes.len() {
            let space = space(&bytes[from..]);
            if self.raw && space > 0 {
                layout.verbatim(SpanKind::Plain, &bytes[from..from + space], at + from as u64);
            }
            from += space;
            let Some(sign) = bytes.get(from).copied() else { break };
            let token_at = at + from as u64;
            let token = token(sign).ok_or_else(|| Fault::before(token_at, scalar::EXPECTED))?;
            watch.token(token, token_at).map_err(|why| Fault::before(token_at, why))?;
            if matches!(token, Token::String | Token::Scalar) {
                self.begin_value(layout);
                self.token_at = token_at;
                let scalar = Scalar::beginning(sign);
                self.inside = scalar.map_or(Inside::String(Position::Quote), Inside::Scalar);
                return Ok(from);
            }
            self.mark(token, &bytes[from..=from], token_at, layout);
            from += 1;
        }
        Ok(bytes.len())
    }

    /// Prints a bracket, comma or colon.
    fn mark<O: Output>(&mut self, token: Token, sign: &[u8], at: u64, layout: &mut Layout<O>) {
        match token {
            Token::Open { .. } => self.begin_value(layout),
            Token::Close { .. } => {
                if !self.raw && self.before != Before::Opened {
                    layout.new_line(layout.cursor.depth.saturating_sub(1));
                }
                layout.leave();
            }
            Token::Colon => layout.output.was_key(),
            _ => {}
        }
        layout.text(SpanKind::Punctuation, sign, at);
        self.before = match token {
            Token::Open { .. } => Before::Opened,
            Token::Close { .. } => Before::Value,
            _ => Before::Mark,
        };
        match token {
            Token::Open { .. } => layout.enter(),
            Token::Comma if !self.raw => layout.new_line(layout.cursor.depth),
            Token::Colon if !self.raw => layout.made(" "),
            _ => {}
        }
    }

    fn begin_value<O: Output>(&mut self, layout: &mut Layout<O>) {
        if !self.raw && matches!(self.before, Before::Opened | Before::Value) {
            layout.new_line(layout.cursor.depth);
        }
    }

    fn string<O: Output>(
        &mut self,
        position: Position,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
    ) -> Result<usize, Fault> {
        let (length, reached) = string::read(position, bytes);
        layout.text(SpanKind::String, &bytes[..length], at);
        match reached {
            string::Reached::Within(position) => self.inside = Inside::String(position),
            string::Reached::End => self.end_value(),
            string::Reached::Fault { back, why } => {
                let switch = at + length as u64;
                return Err(Fault::within(switch.saturating_sub(back), switch, why));
            }
        }
        Ok(length)
    }

    fn scalar<O: Output>(
        &mut self,
        scalar: Scalar,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<O>,
    ) -> Result<usize, Fault> {
        let mut state = scalar;
        for (length, byte) in bytes.iter().copied().enumerate() {
            let ended = scalar::ends_at(byte);
            let next = if ended { state.may_end().then_some(state) } else { state.then(byte) };
            if ended || next.is_none() {
                layout.text(state.kind(), &bytes[..length], at);
                self.end_value();
                let switch = at + length as u64;
                let fault = || Fault::within(self.token_at, switch, state.trouble());
                return next.map(|_| length).ok_or_else(fault);
            }
            state = next.unwrap_or(state);
        }
        layout.text(state.kind(), bytes, at);
        self.inside = Inside::Scalar(state);
        Ok(bytes.len())
    }

    fn end_value(&mut self) {
        self.inside = Inside::Between;
        self.before = Before::Value;
    }
}

fn token(sign: u8) -> Option<Token> {
    Some(match sign {
        b'{' | b'[' => Token::Open { object: sign == b'{' },
        b'}' | b']' => Token::Close { object: sign == b'}' },
        b',' => Token::Comma,
        b':' => Token::Colon,
        b'"' => Token::String,
        _ if Scalar::beginning(sign).is_some() => Token::Scalar,
        _ => return None,
    })
}

fn space(bytes: &[u8]) -> usize {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    if !bytes.first().is_some_and(is_space) {
        return 0;
    }
    // Indentation is long runs of blanks.
    let mut from = 1;
    while bytes.get(from..from + 8).is_some_and(|eight| eight == b"        ") {
        from += 8;
    }
    bytes[from..].iter().position(|byte| !is_space(byte)).map_or(bytes.len(), |length| from + length)
}
