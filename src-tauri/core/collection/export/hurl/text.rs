//! Texts as Hurl reads them: escapes, and variables with names it allows.

use std::collections::BTreeMap;

use crate::collection::export::template::{Piece, pieces};

/// The variables met so far: Hurl's names with ours.
#[derive(Default)]
pub(super) struct Names(pub(super) BTreeMap<String, String>);

impl Names {
    /// A value up to the end of its line.
    pub(super) fn value(&mut self, text: &str) -> String {
        let line = self.line(text, &['#']);
        let inner = line.trim_matches(' ');
        let front = line.len() - line.trim_start_matches(' ').len();
        let back = line.len() - front - inner.len();
        format!("{}{inner}{}", r"\u{20}".repeat(front), r"\u{20}".repeat(back))
    }

    /// The name of a row.
    pub(super) fn key(&mut self, text: &str) -> String {
        let mut key = String::new();
        for piece in pieces(text) {
            match piece {
                Piece::Variable(name) => key.push_str(&self.placeholder(name)),
                Piece::Text(text) => {
                    for sign in text.chars() {
                        let plain = sign.is_alphanumeric() || "_-.@$".contains(sign);
                        if plain { key.push(sign) } else { key.push_str(&coded(sign)) }
                    }
                }
            }
        }
        key
    }

    /// The name of a file.
    pub(super) fn file(&mut self, path: &str) -> String {
        let mut name = String::new();
        for piece in pieces(path) {
            match piece {
                Piece::Variable(variable) => name.push_str(&self.placeholder(variable)),
                Piece::Text(text) => {
                    for sign in text.chars() {
                        match sign {
                            '#' | ';' | '{' | '}' | ' ' | '\\' => name.extend(['\\', sign]),
                            '[' => name.push_str(&coded(sign)),
                            sign if sign.is_control() => name.push_str(&coded(sign)),
                            sign => name.push(sign),
                        }
                    }
                }
            }
        }
        name
    }

    /// A body: a block where it can be one, else one line with escapes. The block ends with a line break only where
    /// that changes nothing.
    pub(super) fn body(&mut self, text: &str, language: &str) -> String {
        let pieces = pieces(text);
        let literal = pieces.iter().all(|piece| matches!(piece, Piece::Text(_)));
        let braces =
            |piece: &Piece| matches!(piece, Piece::Text(text) if text.contains("{{") || text.ends_with('{'));
        let unclear = text.contains("```") || text.ends_with('`') || text.chars().any(breaks_block);
        if unclear || (!literal && pieces.iter().any(braces)) {
            return format!("`{}`", self.line(text, &['`']));
        }
        let language = if literal && text.contains("{{") { "raw" } else { language };
        let end = if matches!(language, "json" | "xml") && !text.ends_with('\n') { "\n" } else { "" };
        let mut block = format!("```{language}\n");
        for piece in pieces {
            match piece {
                Piece::Text(text) => block.push_str(text),
                Piece::Variable(name) => block.push_str(&self.placeholder(name)),
            }
        }
        format!("{block}{end}```")
    }

    fn line(&mut self, text: &str, special: &[char]) -> String {
        let mut line = String::new();
        for piece in pieces(text) {
            match piece {
                Piece::Variable(name) => line.push_str(&self.placeholder(name)),
                Piece::Text(text) => {
                    let mut signs = text.chars().peekable();
                    while let Some(sign) = signs.next() {
                        // A brace before another one, or before a variable, would begin a variable.
                        let opens = sign == '{' && matches!(signs.peek(), None | Some('{'));
                        let plain = !opens && sign != '\\' && !sign.is_control() && !special.contains(&sign);
                        if plain { line.push(sign) } else { line.push_str(&escaped(sign)) }
                    }
                }
            }
        }
        line
    }

    fn placeholder(&mut self, name: &str) -> String {
        let known = match name {
            "$guid" | "$uuid" | "$randomUUID" => Some("newUuid"),
            "$isoTimestamp" => Some("newDate"),
            _ => None,
        };
        if let Some(function) = known {
            return format!("{{{{{function}}}}}");
        }
        let allowed = |sign: char| if sign.is_alphanumeric() || sign == '-' { sign } else { '_' };
        let mut allowed: String = name.trim_start_matches('$').chars().map(allowed).collect();
        if matches!(allowed.as_str(), "" | "newUuid" | "newDate" | "getEnv" | "getSecret") {
            allowed.push('_');
        }
        let placeholder = format!("{{{{{allowed}}}}}");
        self.0.insert(allowed, name.to_owned());
        placeholder
    }
}

fn breaks_block(sign: char) -> bool {
    sign.is_control() && !matches!(sign, '\n' | '\t')
}

fn escaped(sign: char) -> String {
    match sign {
        '\n' => r"\n".to_owned(),
        '\r' => r"\r".to_owned(),
        '\t' => r"\t".to_owned(),
        '\\' => r"\\".to_owned(),
        '#' => r"\#".to_owned(),
        '`' => r"\`".to_owned(),
        sign => coded(sign),
    }
}

fn coded(sign: char) -> String {
    format!(r"\u{{{:x}}}", u32::from(sign))
}
