//! The words of a command line, as a shell would split them; nothing is expanded or run.

use super::signs::Signs;

/// One command of a script.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The words.
    pub(super) words: Vec<String>,
    /// What the comment right above it says.
    pub(super) comment: Option<String>,
    /// Where it begins, from 1.
    pub(super) number: usize,
}

/// A quote that opens and never closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// Line and column of the quote, from 1; none where the text was for `cmd` and its lines were joined.
    pub(super) place: Option<(usize, usize)>,
}

/// The words of the first command of a text copied for a POSIX shell, `cmd` or PowerShell.
pub(super) fn first(text: &str) -> Result<Vec<String>, Unclosed> {
    let cmd = is_for_cmd(text);
    let text = if cmd { unescaped_cmd(text) } else { text.to_owned() };
    Ok(Words::new(&text, cmd).command()?.unwrap_or_default().words)
}

/// All commands of a script.
pub(super) fn commands(text: &str) -> Result<Vec<Line>, Unclosed> {
    let cmd = is_for_cmd(text);
    let text = if cmd { unescaped_cmd(text) } else { text.to_owned() };
    let mut words = Words::new(&text, cmd);
    let mut lines = Vec::new();
    while let Some(line) = words.command()? {
        lines.push(line);
    }
    Ok(lines)
}

/// Browsers quote for `cmd` with `^"`, and continue lines with `^`.
fn is_for_cmd(command: &str) -> bool {
    let outside = outside_quotes(command);
    ["^\"", "^\n", "^\r\n"].iter().any(|mark| outside.contains(mark))
}

/// The text without what stands between single quotes, which `cmd` does not know: that is for another shell.
fn outside_quotes(command: &str) -> String {
    let mut outside = String::with_capacity(command.len());
    let mut signs = command.chars();
    while let Some(sign) = signs.next() {
        outside.push(sign);
        match sign {
            '\\' => outside.extend(signs.next()),
            '\'' => {
                let is_ansi = outside.ends_with("$'");
                signs = behind_quote(signs.as_str(), is_ansi).map_or(signs, str::chars);
            }
            _ => {}
        }
    }
    outside
}

/// What follows the end of a single quote; in `$'…'` an escaped one is none.
fn behind_quote(quoted: &str, is_ansi: bool) -> Option<&str> {
    let mut signs = quoted.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\'' => return Some(signs.as_str()),
            '\\' if is_ansi => drop(signs.next()),
            _ => {}
        }
    }
    None
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
    signs: Signs<'a>,
    done: Vec<String>,
    word: Option<String>,
    comment: Option<String>,
    cmd: bool,
}

impl<'a> Words<'a> {
    fn new(text: &'a str, cmd: bool) -> Self {
        Self { signs: Signs::new(text), done: Vec::new(), word: None, comment: None, cmd }
    }

    /// The next command; none at the end.
    fn command(&mut self) -> Result<Option<Line>, Unclosed> {
        loop {
            let mut number = self.signs.line;
            let goes_on = self.words(&mut number)?;
            if !self.done.is_empty() {
                let words = std::mem::take(&mut self.done);
                return Ok(Some(Line { words, comment: self.comment.take(), number }));
            }
            if !goes_on {
                return Ok(None);
            }
        }
    }

    /// Reads to the next end of a command; says whether there may be more.
    fn words(&mut self, number: &mut usize) -> Result<bool, Unclosed> {
        while let Some(sign) = self.signs.next() {
            if self.done.is_empty() && self.word.is_none() {
                *number = self.signs.line;
            }
            match sign {
                '\'' if !self.cmd => self.single()?,
                '"' => self.double()?,
                '$' if !self.cmd && self.signs.next_if(|next| next == '\'').is_some() => self.ansi()?,
                '$' if !self.cmd && self.signs.peek() == Some('"') => {}
                '$' if !self.cmd => self.variable(),
                '\\' | '`' if !self.cmd => self.escaped(sign),
                '#' if self.word.is_none() => self.comment(),
                ';' | '|' | '&' if !self.cmd => {
                    self.end();
                    return Ok(true);
                }
                '\n' if self.word.is_none() && self.done.is_empty() => self.blank_line(),
                '\n' => {
                    self.end();
                    if !self.goes_on() {
                        return Ok(true);
                    }
                }
                sign if sign.is_whitespace() => self.end(),
                sign => self.push(sign),
            }
        }
        self.end();
        Ok(false)
    }

    fn push(&mut self, sign: char) {
        self.word.get_or_insert_default().push(sign);
    }

    fn end(&mut self) {
        self.done.extend(self.word.take());
    }

    /// Documentation breaks lines without a continuation; a line of options still belongs to the command.
    fn goes_on(&mut self) -> bool {
        let mut ahead = self.signs.clone();
        while ahead.next_if(char::is_whitespace).is_some() {}
        let start: String = ahead.clone().take(8).collect();
        let goes_on = start.starts_with(['-', '\'', '"'])
            || start.starts_with("http://")
            || start.starts_with("https://");
        if goes_on {
            self.signs = ahead;
        }
        goes_on
    }

    /// A comment names the command right below it.
    fn comment(&mut self) {
        let mut text = String::new();
        while let Some(sign) = self.signs.next_if(|sign| sign != '\n') {
            text.push(sign);
        }
        if self.done.is_empty() {
            self.signs.next_if(|sign| sign == '\n');
            let text = text.trim();
            self.comment = (!text.is_empty() && !text.starts_with('!')).then(|| text.to_owned());
        }
    }

    fn blank_line(&mut self) {
        self.comment = None;
    }

    fn unclosed(&self, (line, column): (usize, usize)) -> Unclosed {
        Unclosed { place: (!self.cmd).then_some((line, column)) }
    }

    /// Where the quote just read stands.
    const fn quote_place(&self) -> (usize, usize) {
        (self.signs.line, self.signs.column.saturating_sub(1))
    }

    fn single(&mut self) -> Result<(), Unclosed> {
        let place = self.quote_place();
        self.word.get_or_insert_default();
        while let Some(sign) = self.signs.next() {
            if sign == '\'' {
                return Ok(());
            }
            self.push(sign);
        }
        Err(self.unclosed(place))
    }

    fn double(&mut self) -> Result<(), Unclosed> {
        let place = self.quote_place();
        self.word.get_or_insert_default();
        while let Some(sign) = self.signs.next() {
            match (sign, self.signs.peek()) {
                ('"', Some('"')) if self.cmd => {
                    self.signs.next();
                    self.push('"');
                }
                ('"', _) => return Ok(()),
                ('\\', Some(next))
                    if matches!(next, '"' | '\\') || (!self.cmd && matches!(next, '$' | '`')) =>
                {
                    self.signs.next();
                    self.push(next);
                }
                ('\\', Some('\n')) if !self.cmd => {
                    self.signs.next();
                }
                ('$', Some('{')) if !self.cmd => self.variable(),
                _ => self.push(sign),
            }
        }
        Err(self.unclosed(place))
    }

    /// `${name}` is a variable of the shell, and one of Sluice then. A bare `$name` stays: what is called so in a URL
    /// of `OData` is meant as it stands.
    fn variable(&mut self) {
        let mut ahead = self.signs.clone();
        let mut name = String::new();
        if ahead.next() == Some('{') {
            while let Some(sign) = ahead.next_if(|sign| sign.is_ascii_alphanumeric() || sign == '_') {
                name.push(sign);
            }
        }
        if name.is_empty() || ahead.next() != Some('}') {
            return self.push('$');
        }
        self.signs = ahead;
        let word = self.word.get_or_insert_default();
        word.extend(["{{", &name, "}}"]);
    }

    fn escaped(&mut self, escape: char) {
        self.signs.next_if(|sign| sign == '\r');
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
    fn ansi(&mut self) -> Result<(), Unclosed> {
        let place = self.quote_place();
        self.word.get_or_insert_default();
        let mut bytes = Vec::new();
        while let Some(sign) = self.signs.next() {
            match sign {
                '\'' => {
                    let text = String::from_utf8_lossy(&bytes);
                    self.word.get_or_insert_default().push_str(&text);
                    return Ok(());
                }
                '\\' => self.ansi_escape(&mut bytes),
                sign => push_sign(&mut bytes, sign),
            }
        }
        Err(self.unclosed(place))
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
