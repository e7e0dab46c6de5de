//! Counts rows without printing: what printing would do, for the tokens that are as usual.
//!
//! Whatever is not (a fault, a token at the edge of what was read, a row that is full) is left to the printer.

use super::checker::Wanted;
use super::string::{self, Position, Reached};
use super::{Before, Checker, Inside, Json, scalar, space};
use crate::body::checkpoint::Counted;
use crate::body::layout::{Cursor, Layout, ROW};
use crate::body::printer::Fault;
use crate::body::trail::{Audit, Level, Trail};

/// What a byte begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begins {
    Nothing,
    Space,
    Open,
    Close,
    Comma,
    Colon,
    String,
    Number,
    Word,
}

const BEGINS: [Begins; 256] = {
    let mut begins = [Begins::Nothing; 256];
    let mut byte = 0_u8;
    loop {
        begins[byte as usize] = match byte {
            b' ' | b'\t' | b'\r' | b'\n' => Begins::Space,
            b'{' | b'[' => Begins::Open,
            b'}' | b']' => Begins::Close,
            b',' => Begins::Comma,
            b':' => Begins::Colon,
            b'"' => Begins::String,
            b'-' | b'0'..=b'9' => Begins::Number,
            b't' | b'f' | b'n' => Begins::Word,
            _ => Begins::Nothing,
        };
        if byte == u8::MAX {
            break begins;
        }
        byte += 1;
    }
};

impl Json {
    /// Prints only to count rows.
    pub(in crate::body) fn count(
        &mut self,
        bytes: &[u8],
        at: u64,
        layout: &mut Layout<Counted>,
        audit: &mut Audit,
    ) -> Result<(), Fault> {
        let mut from = 0;
        while from < bytes.len() {
            if self.inside == Inside::Between
                && let Some((checker, trail)) = audit.of_json()
            {
                let mut skim = Skim::of(layout, checker, trail);
                let rest = &bytes[from..];
                let rest_at = at + from as u64;
                let passed = if self.raw {
                    skim.pass::<true>(rest, rest_at)
                } else {
                    skim.pass::<false>(rest, rest_at)
                };
                if passed > 0 {
                    self.before = skim.before().unwrap_or(self.before);
                    skim.keep(layout);
                    from += passed;
                    continue;
                }
            }
            from += self.step(&bytes[from..], at + from as u64, layout, audit)?;
        }
        Ok(())
    }
}

/// A place between tokens, within at least one bracket.
struct Skim<'a> {
    cursor: Cursor,
    floor: u32,
    wanted: Wanted,
    in_object: bool,
    /// The place of the innermost object's name, or the number of the innermost array's value.
    number: u64,
    checker: &'a mut Checker,
    trail: &'a mut Trail,
    passed_token: bool,
}

impl<'a> Skim<'a> {
    fn of(layout: &Layout<Counted>, checker: &'a mut Checker, trail: &'a mut Trail) -> Self {
        let mut skim = Self {
            cursor: layout.cursor,
            floor: layout.output.floor,
            wanted: checker.wanted,
            in_object: checker.in_object(),
            number: 0,
            checker,
            trail,
            passed_token: false,
        };
        skim.number = skim.number_of_innermost();
        skim
    }

    fn number_of_innermost(&mut self) -> u64 {
        match self.trail.innermost() {
            Some(Level::Object { key_at, .. }) => key_at.unwrap_or(0),
            Some(Level::Array { index, .. }) => *index,
            _ => 0,
        }
    }

    /// Writes back what was held for speed.
    fn keep(mut self, layout: &mut Layout<Counted>) {
        self.keep_innermost();
        self.checker.wanted = self.wanted;
        layout.cursor = self.cursor;
        layout.output.floor = self.floor;
    }

    fn keep_innermost(&mut self) {
        let (number, wanted) = (self.number, self.wanted);
        match self.trail.innermost() {
            Some(Level::Object { key_at, in_value }) => {
                *key_at = (wanted != Wanted::KeyOrEnd).then_some(number);
                *in_value = matches!(wanted, Wanted::Value | Wanted::CommaOrEnd);
            }
            Some(Level::Array { index, in_value, comma }) => {
                *index = number;
                *in_value = wanted != Wanted::ValueOrEnd;
                *comma = wanted == Wanted::Value;
            }
            _ => {}
        }
    }

    /// What came last, if anything did.
    fn before(&self) -> Option<Before> {
        self.passed_token.then_some(match self.wanted {
            Wanted::KeyOrEnd | Wanted::ValueOrEnd => Before::Opened,
            Wanted::Key | Wanted::Value => Before::Mark,
            Wanted::Top | Wanted::Colon | Wanted::CommaOrEnd => Before::Value,
        })
    }

    /// Passes tokens; says how many bytes they take.
    #[inline]
    fn pass<const RAW: bool>(&mut self, bytes: &[u8], at: u64) -> usize {
        let mut from = 0;
        while let Some(sign) = bytes.get(from).copied() {
            let length = match BEGINS[usize::from(sign)] {
                Begins::Space => self.space::<RAW>(&bytes[from..]),
                Begins::String => self.string::<RAW>(&bytes[from..], at + from as u64),
                Begins::Comma => self.comma::<RAW>(),
                Begins::Colon => self.colon::<RAW>(),
                Begins::Open => self.open::<RAW>(sign == b'{'),
                Begins::Close => self.close::<RAW>(sign == b'}'),
                Begins::Number => self.value::<RAW>(number(&bytes[from..])),
                Begins::Word => self.value::<RAW>(word(&bytes[from..])),
                Begins::Nothing => 0,
            };
            if length == 0 {
                break;
            }
            self.passed_token |= !matches!(sign, b' ' | b'\t' | b'\r' | b'\n');
            from += length;
        }
        from
    }

    #[inline]
    fn has_room(&self, length: usize) -> bool {
        length <= ROW.saturating_sub(self.cursor.column) as usize
    }

    #[inline]
    fn new_line(&mut self) {
        let cursor = &mut self.cursor;
        cursor.row += 1;
        cursor.line += 1;
        cursor.column = 0;
        cursor.floor = cursor.depth;
        cursor.wrapped = false;
    }

    #[expect(clippy::cast_possible_truncation, reason = "it fits in a row")]
    #[inline]
    fn advance(&mut self, length: usize) -> usize {
        self.cursor.column += length as u32;
        length
    }

    #[inline]
    fn space<const RAW: bool>(&mut self, bytes: &[u8]) -> usize {
        let length = space(bytes);
        if !RAW {
            return length;
        }
        for (before, byte) in bytes[..length].iter().enumerate() {
            if *byte == b'\n' {
                self.new_line();
            } else if self.has_room(1) {
                self.advance(1);
            } else {
                return before;
            }
        }
        length
    }

    #[inline]
    fn string<const RAW: bool>(&mut self, bytes: &[u8], at: u64) -> usize {
        let (length, Reached::End) = string::read(Position::Quote, bytes) else { return 0 };
        if !matches!(self.wanted, Wanted::Key | Wanted::KeyOrEnd) {
            return self.value::<RAW>(length);
        }
        if !self.has_room(length) {
            return 0;
        }
        if !RAW && self.wanted == Wanted::KeyOrEnd {
            self.new_line();
        }
        self.number = at;
        self.wanted = Wanted::Colon;
        self.advance(length)
    }

    /// A string, number or word of this length.
    #[inline]
    fn value<const RAW: bool>(&mut self, length: usize) -> usize {
        if length == 0 || !self.has_room(length) || !self.begin_value::<RAW>() {
            return 0;
        }
        self.advance(length)
    }

    /// Whether a value may begin.
    #[inline]
    fn begin_value<const RAW: bool>(&mut self) -> bool {
        match self.wanted {
            Wanted::ValueOrEnd if !RAW => self.new_line(),
            Wanted::ValueOrEnd => {}
            Wanted::Value => self.number += u64::from(!self.in_object),
            _ => return false,
        }
        self.wanted = Wanted::CommaOrEnd;
        true
    }

    #[inline]
    fn comma<const RAW: bool>(&mut self) -> usize {
        if self.wanted != Wanted::CommaOrEnd || !self.has_room(1) {
            return 0;
        }
        self.wanted = if self.in_object { Wanted::Key } else { Wanted::Value };
        self.advance(1);
        if !RAW {
            self.new_line();
        }
        1
    }

    #[inline]
    fn colon<const RAW: bool>(&mut self) -> usize {
        if self.wanted != Wanted::Colon || !self.has_room(1) {
            return 0;
        }
        self.wanted = Wanted::Value;
        self.advance(if RAW { 1 } else { 2 });
        1
    }

    #[inline]
    fn open<const RAW: bool>(&mut self, object: bool) -> usize {
        if !self.has_room(1) || !self.trail.has_room() || !self.begin_value::<RAW>() {
            return 0;
        }
        self.keep_innermost();
        self.checker.push(object);
        self.trail.enter(object);
        (self.in_object, self.number) = (object, 0);
        self.wanted = if object { Wanted::KeyOrEnd } else { Wanted::ValueOrEnd };
        self.cursor.depth = self.cursor.depth.saturating_add(1);
        self.advance(1)
    }

    #[inline]
    fn close<const RAW: bool>(&mut self, object: bool) -> usize {
        let closes = matches!(self.wanted, Wanted::CommaOrEnd | Wanted::KeyOrEnd | Wanted::ValueOrEnd);
        if !closes || self.in_object != object || !self.has_room(1) {
            return 0;
        }
        if !RAW && self.wanted == Wanted::CommaOrEnd {
            self.new_line();
        }
        self.cursor.depth = self.cursor.depth.saturating_sub(1);
        self.cursor.floor = self.cursor.floor.min(self.cursor.depth);
        self.floor = self.floor.min(self.cursor.depth);
        self.checker.pop();
        self.trail.leave();
        self.wanted = self.checker.after_value();
        self.in_object = self.checker.in_object();
        self.number = self.number_of_innermost();
        self.advance(1)
    }
}

/// Bytes of a number that is whole and right; else 0.
#[inline]
fn number(bytes: &[u8]) -> usize {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let mut length = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(length);
    if whole == 0 || (whole > 1 && bytes.get(length) == Some(&b'0')) {
        return 0;
    }
    length += whole;
    if bytes.get(length) == Some(&b'.') {
        match digits(length + 1) {
            0 => return 0,
            more => length += more + 1,
        }
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        match digits(length + 1 + sign) {
            0 => return 0,
            more => length += more + 1 + sign,
        }
    }
    ended(bytes, length)
}

/// Bytes of `true`, `false` or `null`; else 0.
#[inline]
fn word(bytes: &[u8]) -> usize {
    let is = |word: &[u8]| bytes.starts_with(word);
    let length = match () {
        () if is(b"true") || is(b"null") => 4,
        () if is(b"false") => 5,
        () => return 0,
    };
    ended(bytes, length)
}

#[inline]
fn ended(bytes: &[u8], length: usize) -> usize {
    if bytes.get(length).is_some_and(|byte| scalar::ends_at(*byte)) { length } else { 0 }
}

#[cfg(test)]
mod tests;
