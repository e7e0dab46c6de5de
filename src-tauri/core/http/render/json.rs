//! Indents JSON without touching a number, a string, the order of keys or a duplicate.

use super::{Broken, Pretty};

/// The text indented by two spaces; a text that is `cut` may end anywhere, and no more than `most` bytes come out.
pub(super) fn pretty(text: &str, cut: bool, most: usize) -> Result<Pretty, Broken> {
    let mut indenter = Indenter {
        text,
        at: 0,
        out: String::with_capacity((text.len() * 3 / 2).min(most)),
        open: Vec::new(),
        wanted: Wanted::Value,
    };
    while indenter.out.len() <= most {
        indenter.skip_space();
        let Some(sign) = text.as_bytes().get(indenter.at).copied() else {
            return indenter.end(cut);
        };
        if let Err(broken) = indenter.token(sign) {
            // A token in half at the end of a cut text is no fault of the text.
            let reached_end = broken.at >= text.len() || indenter.rest_is_one_token();
            return if cut && reached_end { Ok(indenter.done(true)) } else { Err(broken) };
        }
    }
    Ok(indenter.done(true))
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
    Nothing,
}

struct Indenter<'a> {
    text: &'a str,
    at: usize,
    out: String,
    /// The closing signs of what is open.
    open: Vec<u8>,
    wanted: Wanted,
}

impl<'a> Indenter<'a> {
    fn skip_space(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
    }

    fn token(&mut self, sign: u8) -> Result<(), Broken> {
        match (sign, self.wanted) {
            (b'}' | b']', Wanted::CommaOrEnd | Wanted::ValueOrEnd | Wanted::KeyOrEnd) => self.close(sign),
            (b',', Wanted::CommaOrEnd) => {
                self.wanted = if self.open.last() == Some(&b'}') { Wanted::Key } else { Wanted::Value };
                self.take(1);
                self.new_line();
                Ok(())
            }
            (b':', Wanted::Colon) => {
                self.take(1);
                self.out.push(' ');
                self.wanted = Wanted::Value;
                Ok(())
            }
            (b'"', Wanted::Key | Wanted::KeyOrEnd) => {
                self.first(Wanted::KeyOrEnd);
                self.string()?;
                self.wanted = Wanted::Colon;
                Ok(())
            }
            (_, Wanted::Value | Wanted::ValueOrEnd) => self.value(sign),
            (_, wanted) => Err(Broken::new(self.at, wanted.text())),
        }
    }

    fn value(&mut self, sign: u8) -> Result<(), Broken> {
        let first = Wanted::ValueOrEnd;
        match sign {
            b'{' | b'[' => {
                self.first(first);
                self.open.push(if sign == b'{' { b'}' } else { b']' });
                self.take(1);
                self.wanted = if sign == b'{' { Wanted::KeyOrEnd } else { Wanted::ValueOrEnd };
                return Ok(());
            }
            b'"' => {
                self.first(first);
                self.string()?;
            }
            b'-' | b'0'..=b'9' => self.number()?,
            _ => self.word()?,
        }
        self.after_value();
        Ok(())
    }

    fn after_value(&mut self) {
        self.wanted = if self.open.is_empty() { Wanted::Nothing } else { Wanted::CommaOrEnd };
    }

    fn close(&mut self, sign: u8) -> Result<(), Broken> {
        if self.open.last() != Some(&sign) {
            return Err(Broken::new(self.at, "A bracket is closed that is not the one open"));
        }
        self.open.pop();
        if self.wanted == Wanted::CommaOrEnd {
            self.new_line();
        }
        self.take(1);
        self.after_value();
        Ok(())
    }

    /// Breaks the line before the first thing in a bracket.
    fn first(&mut self, first: Wanted) {
        if self.wanted == first {
            self.new_line();
        }
    }

    fn string(&mut self) -> Result<(), Broken> {
        let bytes = self.text.as_bytes();
        let mut end = self.at + 1;
        loop {
            match bytes.get(end) {
                None => return Err(Broken::new(bytes.len(), "A string is not closed")),
                Some(b'"') => break,
                Some(b'\\') => end += escape(bytes, end)?,
                Some(0..=0x1f) => return Err(Broken::new(end, "A string holds a control character")),
                Some(_) => end += 1,
            }
        }
        self.take(end + 1 - self.at);
        Ok(())
    }

    fn number(&mut self) -> Result<(), Broken> {
        let token = self.rest_token();
        if !is_number(token.as_bytes()) {
            return Err(Broken::new(self.at, "A number is not written as JSON wants it"));
        }
        self.first(Wanted::ValueOrEnd);
        self.take(token.len());
        Ok(())
    }

    fn word(&mut self) -> Result<(), Broken> {
        let token = self.rest_token();
        if !["true", "false", "null"].contains(&token) {
            return Err(Broken::new(self.at, "A value is expected"));
        }
        self.first(Wanted::ValueOrEnd);
        self.take(token.len());
        Ok(())
    }

    fn rest_token(&self) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest.find(|sign: char| !(sign.is_ascii_alphanumeric() || "+-.".contains(sign)));
        &rest[..end.unwrap_or(rest.len())]
    }

    fn rest_is_one_token(&self) -> bool {
        self.at + self.rest_token().len() == self.text.len()
    }

    fn take(&mut self, bytes: usize) {
        self.out.push_str(&self.text[self.at..self.at + bytes]);
        self.at += bytes;
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n("  ", self.open.len()));
    }

    fn end(self, cut: bool) -> Result<Pretty, Broken> {
        if cut || self.wanted == Wanted::Nothing {
            return Ok(self.done(cut));
        }
        Err(Broken::new(self.text.len(), "The text ends too early"))
    }

    fn done(self, cut: bool) -> Pretty {
        Pretty { text: self.out, cut }
    }
}

impl Wanted {
    fn text(self) -> &'static str {
        match self {
            Self::Value | Self::ValueOrEnd => "A value is expected",
            Self::Key | Self::KeyOrEnd => "A name in quotation marks is expected",
            Self::Colon => "A colon is expected",
            Self::CommaOrEnd => "A comma or the end of the bracket is expected",
            Self::Nothing => "There is more text after the end",
        }
    }
}

fn escape(bytes: &[u8], at: usize) -> Result<usize, Broken> {
    match bytes.get(at + 1) {
        None => Err(Broken::new(bytes.len(), "A string is not closed")),
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(2),
        Some(b'u') => match bytes.get(at + 2..at + 6) {
            None => Err(Broken::new(bytes.len(), "A string is not closed")),
            Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => Ok(6),
            Some(_) => Err(Broken::new(at, "A \\u is not followed by four hexadecimal digits")),
        },
        Some(_) => Err(Broken::new(at, "A backslash is followed by a sign it cannot escape")),
    }
}

fn is_number(token: &[u8]) -> bool {
    let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut rest = token.strip_prefix(b"-").unwrap_or(token);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest[0] == b'0') {
        return false;
    }
    rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = &fraction[length..];
    }
    match rest {
        [] => true,
        [b'e' | b'E', exponent @ ..] => {
            let exponent = exponent.strip_prefix(b"+").or(exponent.strip_prefix(b"-")).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent) == exponent.len()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_space_changes() {
        let text = r#" {"b":1.10,"a":12345678901234567890,"a":-0.0e+5,"s":"\u00e4\"x","e":{},"l":[ ],"n":[1,[true]]} "#;
        let expected = "{\n  \"b\": 1.10,\n  \"a\": 12345678901234567890,\n  \"a\": -0.0e+5,\n  \"s\": \"\\u00e4\\\"x\",\n  \"e\": {},\n  \"l\": [],\n  \"n\": [\n    1,\n    [\n      true\n    ]\n  ]\n}";
        assert_eq!(pretty(text, false, 1000).unwrap().text, expected);
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(squeezed(text), squeezed(expected));
        for scalar in ["1", "\"a b\"", "null", "[]"] {
            assert_eq!(pretty(scalar, false, 100).unwrap().text, scalar);
        }
    }

    #[test]
    fn faults_are_found_where_they_are() {
        for (text, at) in [
            ("", 0),
            ("{", 1),
            ("[1,]", 3),
            ("{\"a\" 1}", 5),
            ("{a:1}", 1),
            ("[1}", 2),
            ("01", 0),
            ("1.", 0),
            ("[1 2]", 3),
            ("{} x", 3),
            ("\"a\nb\"", 2),
            ("\"\\x\"", 1),
            ("\"abc", 4),
            ("{\"a\":1,}", 7),
            ("nul", 0),
            ("]", 0),
        ] {
            assert_eq!(pretty(text, false, 100).unwrap_err().at, at, "{text}");
        }
    }

    #[test]
    fn a_cut_text_may_end_anywhere() {
        let text = r#"{"a":[1.5,"x\u00e4",true,{"b":null}]}"#;
        for end in 0..text.len() {
            assert!(pretty(&text[..end], true, 1000).is_ok(), "{}", &text[..end]);
        }
        assert!(pretty("{\"a\" 1, ", true, 100).is_err());
    }
}
