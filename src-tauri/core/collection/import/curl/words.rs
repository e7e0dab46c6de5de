//! The words of a command line, as a shell would split them; nothing is expanded or run.

use std::iter::Peekable;
use std::str::Chars;

/// Splits a command copied for a POSIX shell, `cmd` or PowerShell; it ends at the first command separator.
pub(super) fn split(command: &str) -> Vec<String> {
    let cmd = is_for_cmd(command);
    let text = if cmd { unescaped_cmd(command) } else { command.to_owned() };
    let mut words = Words { signs: text.chars().peekable(), done: Vec::new(), word: None, cmd };
    words.read();
    words.done
}

/// Browsers quote for `cmd` with `^"`, and continue lines with `^`.
fn is_for_cmd(command: &str) -> bool {
    command.contains("^\"") || command.contains("^\n") || command.contains("^\r\n")
}

fn unescaped_cmd(command: &str) -> String {
    let mut text = String::with_capacity(command.len());
    let mut signs = command.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign != '^' {
            text.push(sign);
            continue;
        }
        if signs.peek() == Some(&'\r') {
            signs.next();
        }
        match signs.next() {
            // A caret, an empty line: so `cmd` is made to write a line break inside of a word.
            Some('\n') => {
                let mut rest = signs.clone();
                let blank = rest.find(|sign| *sign != '\r');
                if blank == Some('\n') {
                    signs = rest;
                    text.push('\n');
                } else {
                    text.push(' ');
                }
            }
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

struct Words<'a> {
    signs: Peekable<Chars<'a>>,
    done: Vec<String>,
    word: Option<String>,
    cmd: bool,
}

impl Words<'_> {
    fn read(&mut self) {
        while let Some(sign) = self.signs.next() {
            match sign {
                '\'' if !self.cmd => self.single(),
                '"' => self.double(),
                '$' if !self.cmd && self.signs.peek() == Some(&'\'') => {
                    self.signs.next();
                    self.ansi();
                }
                '$' if !self.cmd && self.signs.peek() == Some(&'"') => {}
                '\\' | '`' if !self.cmd => self.escaped(sign),
                '#' if self.word.is_none() => self.comment(),
                ';' | '|' | '&' if !self.cmd => break,
                '\n' if self.word.is_none() && self.done.is_empty() => {}
                '\n' => {
                    self.end();
                    if !self.goes_on() {
                        break;
                    }
                }
                sign if sign.is_whitespace() => self.end(),
                sign => self.push(sign),
            }
        }
        self.end();
    }

    fn push(&mut self, sign: char) {
        self.word.get_or_insert_default().push(sign);
    }

    fn end(&mut self) {
        self.done.extend(self.word.take());
    }

    /// Documentation breaks lines without a continuation; a line of options still belongs to the command.
    fn goes_on(&mut self) -> bool {
        while self.signs.peek().is_some_and(|sign| sign.is_whitespace()) {
            self.signs.next();
        }
        let rest: String = self.signs.clone().take(5).collect();
        !(rest.starts_with("curl ") || rest.is_empty())
    }

    fn comment(&mut self) {
        while self.signs.next_if(|sign| *sign != '\n').is_some() {}
    }

    fn single(&mut self) {
        self.word.get_or_insert_default();
        while let Some(sign) = self.signs.next() {
            if sign == '\'' {
                return;
            }
            self.push(sign);
        }
    }

    fn double(&mut self) {
        self.word.get_or_insert_default();
        while let Some(sign) = self.signs.next() {
            match (sign, self.signs.peek().copied()) {
                ('"', Some('"')) if self.cmd => {
                    self.signs.next();
                    self.push('"');
                }
                ('"', _) => return,
                ('\\', Some(next))
                    if matches!(next, '"' | '\\') || (!self.cmd && matches!(next, '$' | '`')) =>
                {
                    self.signs.next();
                    self.push(next);
                }
                ('\\', Some('\n')) if !self.cmd => {
                    self.signs.next();
                }
                _ => self.push(sign),
            }
        }
    }

    fn escaped(&mut self, escape: char) {
        if self.signs.peek() == Some(&'\r') {
            self.signs.next();
        }
        match self.signs.next() {
            Some('\n') => self.end(),
            // Trailing blanks after a continuation are a slip everybody makes.
            Some(sign) if sign == ' ' && self.only_blanks_in_line() => {
                while self.signs.next().is_some_and(|sign| sign != '\n') {}
                self.end();
            }
            Some(sign) => self.push(sign),
            None if self.word.is_some() => self.push(escape),
            None => {}
        }
    }

    fn only_blanks_in_line(&self) -> bool {
        self.signs.clone().take_while(|sign| *sign != '\n').all(char::is_whitespace)
    }

    /// The inside of `$'…'`.
    fn ansi(&mut self) {
        self.word.get_or_insert_default();
        let mut bytes = Vec::new();
        while let Some(sign) = self.signs.next() {
            match sign {
                '\'' => break,
                '\\' => self.ansi_escape(&mut bytes),
                sign => push_sign(&mut bytes, sign),
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        self.word.get_or_insert_default().push_str(&text);
    }

    fn ansi_escape(&mut self, bytes: &mut Vec<u8>) {
        let Some(sign) = self.signs.next() else {
            return;
        };
        match sign {
            'n' => bytes.push(b'\n'),
            'r' => bytes.push(b'\r'),
            't' => bytes.push(b'\t'),
            'a' => bytes.push(7),
            'b' => bytes.push(8),
            'e' | 'E' => bytes.push(27),
            'f' => bytes.push(12),
            'v' => bytes.push(11),
            'x' => bytes.extend(self.number(16, 2, 0).and_then(|number| u8::try_from(number).ok())),
            'u' | 'U' => {
                let digits = if sign == 'u' { 4 } else { 8 };
                let mut number = self.number(16, digits, 0).unwrap_or_default();
                if (0xD800..0xDC00).contains(&number) {
                    number = self.low_surrogate(number);
                }
                push_sign(bytes, char::from_u32(number).unwrap_or('\u{fffd}'));
            }
            '0'..='7' => {
                let first = sign.to_digit(8).unwrap_or_default();
                let number = self.number(8, 2, first).unwrap_or(first);
                bytes.push(u8::try_from(number & 0xff).unwrap_or_default());
            }
            other => push_sign(bytes, other),
        }
    }

    /// Browsers write signs beyond the basic plane as two `\u`.
    fn low_surrogate(&mut self, high: u32) -> u32 {
        let mut rest = self.signs.clone();
        if (rest.next(), rest.next()) != (Some('\\'), Some('u')) {
            return high;
        }
        self.signs = rest;
        let low = self.number(16, 4, 0).unwrap_or_default();
        if !(0xDC00..0xE000).contains(&low) {
            return high;
        }
        0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00)
    }

    fn number(&mut self, radix: u32, most: usize, start: u32) -> Option<u32> {
        let mut number = start;
        let mut digits = 0;
        while digits < most {
            let Some(digit) = self.signs.peek().and_then(|sign| sign.to_digit(radix)) else {
                break;
            };
            self.signs.next();
            number = number.wrapping_mul(radix).wrapping_add(digit);
            digits += 1;
        }
        (digits > 0).then_some(number)
    }
}

fn push_sign(bytes: &mut Vec<u8>, sign: char) {
    bytes.extend_from_slice(sign.encode_utf8(&mut [0; 4]).as_bytes());
}
