//! The name tests of an XPath, found without understanding the rest of it.

use super::namespaces::Declared;

/// Types that hold names, which are no steps.
const KIND_TESTS: [&str; 6] =
    ["element", "attribute", "schema-element", "schema-attribute", "document-node", "processing-instruction"];

/// The expression with every name test whose prefix means several namespaces written out for all of them; none when
/// there are none.
pub(super) fn widened(expression: &str, declared: &Declared) -> Option<String> {
    let mut scan = Scan {
        text: expression,
        at: 0,
        behind_operand: false,
        before_type: false,
        is_attribute: false,
        declared,
        written: String::new(),
        copied: 0,
    };
    while let Some(sign) = scan.sign() {
        scan.token(sign);
    }
    scan.written.push_str(&expression[scan.copied..]);
    (scan.written != expression).then_some(scan.written)
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// Whether an operator comes next: words are `and`, `div` and the like there.
    behind_operand: bool,
    before_type: bool,
    is_attribute: bool,
    declared: &'a Declared,
    written: String,
    copied: usize,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn sign(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn pass(&mut self, count: usize) {
        self.at = (self.at + count).min(self.text.len());
    }

    fn pass_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|sign| !fits(sign)).unwrap_or(rest.len());
        self.pass(length);
        &rest[..length]
    }

    fn token(&mut self, sign: char) {
        let rest = self.rest();
        match sign {
            '\'' | '"' => {
                self.pass(rest[1..].find(sign).map_or(rest.len(), |end| end + 2));
                self.behind_operand = true;
            }
            _ if sign.is_whitespace() || rest.starts_with("(:") => self.space(),
            'Q' if rest.starts_with("Q{") => {
                self.pass(rest.find('}').map_or(rest.len(), |end| end + 1));
                self.pass_while(is_name);
                self.behind_operand = true;
            }
            '$' | '?' => self.variable_or_key(),
            '0'..='9' => self.number(),
            _ if begins(sign) => self.name(),
            '*' if !self.behind_operand => {
                self.pass(if rest.starts_with("*:") { 2 } else { 1 });
                self.pass_while(is_name);
                self.behind_operand = true;
            }
            _ => {
                self.is_attribute = sign == '@';
                self.behind_operand = matches!(sign, ')' | ']' | '}' | '.');
                self.pass(sign.len_utf8());
            }
        }
    }

    /// White space and comments, which may hold comments.
    fn space(&mut self) {
        let mut depth = 0_u32;
        while let Some(sign) = self.sign() {
            if self.rest().starts_with("(:") {
                depth += 1;
                self.pass(2);
            } else if depth > 0 && self.rest().starts_with(":)") {
                depth -= 1;
                self.pass(2);
            } else if depth > 0 || sign.is_whitespace() {
                self.pass(sign.len_utf8());
            } else {
                break;
            }
        }
    }

    /// `$name`, or what is looked up behind a question mark.
    fn variable_or_key(&mut self) {
        let is_key = self.sign() == Some('?');
        self.pass(1);
        self.space();
        if is_key && self.rest().starts_with('*') {
            self.pass(1);
        } else {
            self.pass_while(|sign| is_name(sign) || sign == ':');
        }
        self.behind_operand = true;
    }

    fn number(&mut self) {
        self.pass_while(|sign| sign.is_ascii_digit() || sign == '.');
        let exponent = self.rest().strip_prefix(['e', 'E']).map(|rest| rest.trim_start_matches(['+', '-']));
        if exponent.is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit())) {
            self.pass(2);
            self.pass_while(|sign| sign.is_ascii_digit());
        }
        self.behind_operand = true;
    }

    fn name(&mut self) {
        let begin = self.at;
        let (mut prefix, mut local) = ("", self.pass_while(is_name));
        let behind = self.rest().strip_prefix(':').and_then(|rest| rest.chars().next());
        if behind.is_some_and(|sign| begins(sign) || sign == '*') {
            self.pass(1);
            prefix = local;
            local = if behind == Some('*') { "*" } else { self.pass_while(is_name) };
            self.pass(usize::from(behind == Some('*')));
        }
        let end = self.at;
        self.space();
        if self.before_type {
            self.named_type();
        } else if self.behind_operand && prefix.is_empty() {
            self.is_attribute = false;
            // `instance of`, `cast as` and the like are two words.
            self.behind_operand = matches!(local, "instance" | "treat" | "cast" | "castable");
            self.before_type = matches!(local, "of" | "as");
        } else if self.rest().starts_with("::") {
            self.pass(2);
            self.is_attribute = matches!(local, "attribute" | "namespace");
        } else if self.rest().starts_with('(') {
            if KIND_TESTS.contains(&local) {
                self.brackets();
            }
        } else if !self.rest().starts_with(['$', '#', '{']) {
            self.name_test(begin..end, prefix, local);
        }
    }

    fn name_test(&mut self, place: std::ops::Range<usize>, prefix: &str, local: &str) {
        // An attribute without a prefix is of no namespace.
        let is_plain = std::mem::take(&mut self.is_attribute) && prefix.is_empty();
        if let Some(test) = self.declared.test(prefix, local).filter(|_| !is_plain) {
            self.written.push_str(&self.text[self.copied..place.start]);
            self.written.push_str(&test);
            self.copied = place.end;
        }
        self.behind_operand = true;
    }

    fn named_type(&mut self) {
        self.before_type = false;
        self.brackets();
        self.pass(usize::from(self.rest().starts_with(['?', '*', '+'])));
        self.behind_operand = true;
    }

    /// Passes over brackets and what is in them, if there are any here.
    fn brackets(&mut self) {
        let mut depth = 0_u32;
        while let Some(sign) = self.sign() {
            match sign {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && sign != ')' {
                break;
            }
            self.pass(sign.len_utf8());
            self.behind_operand = true;
            if depth == 0 {
                break;
            }
        }
    }
}

fn begins(sign: char) -> bool {
    sign.is_alphabetic() || sign == '_' || !sign.is_ascii()
}

fn is_name(sign: char) -> bool {
    begins(sign) || sign.is_alphanumeric() || matches!(sign, '-' | '.')
}
