use regex::bytes::{Regex, RegexBuilder};

use crate::body::view::Find;
use crate::error::{Code, Error, Result};
use crate::http::BodyForm;

/// Larger patterns would take more memory than what they look through.
const LARGEST: usize = 8 * 1024 * 1024;

/// What is looked for as a regular expression over bytes.
///
/// In the pretty form white space is shown that the body may not have: there, white space beside punctuation fits any
/// or none.
pub fn pattern(form: BodyForm, find: &Find) -> Result<Regex> {
    if find.text.is_empty() {
        return Err(
            Error::new(Code::InvalidInput, "There is nothing to look for").hint("Type a text or a pattern")
        );
    }
    let text = match (find.regex, form) {
        (true, _) => find.text.clone(),
        (false, BodyForm::Pretty) => loose(&find.text),
        (false, _) => regex::escape(&find.text),
    };
    let text = if find.word { format!(r"\b(?:{text})\b") } else { text };
    let mut builder = RegexBuilder::new(&text);
    builder
        .case_insensitive(!find.case)
        .multi_line(true)
        .crlf(true)
        .size_limit(LARGEST)
        .dfa_size_limit(LARGEST);
    builder.build().map_err(|error| invalid(&error))
}

fn loose(text: &str) -> String {
    let is_mark = |letter: Option<char>| letter.is_none_or(|letter| r#"{}[],:"<>=/"#.contains(letter));
    let letters: Vec<char> = text.chars().collect();
    let mut pattern = String::with_capacity(text.len() * 2);
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        if !letter.is_whitespace() {
            pattern.push_str(&regex::escape(&letter.to_string()));
            at += 1;
            continue;
        }
        let end = letters[at..]
            .iter()
            .position(|letter| !letter.is_whitespace())
            .map_or(letters.len(), |more| at + more);
        let before = at.checked_sub(1).and_then(|before| letters.get(before)).copied();
        let is_edge = at == 0 || end == letters.len();
        let beside_mark = !is_edge && (is_mark(before) || is_mark(letters.get(end).copied()));
        pattern.push_str(if beside_mark { r"\s*" } else { r"\s+" });
        at = end;
    }
    pattern
}

fn invalid(error: &regex::Error) -> Error {
    let told = match error {
        regex::Error::CompiledTooBig(_) => "The pattern is too large".to_owned(),
        other => {
            let text = other.to_string();
            let last = text.lines().last().unwrap_or_default().trim_start_matches("error: ");
            format!("This is no regular expression: {last}")
        }
    };
    Error::new(Code::InvalidInput, told)
        .hint(r"Write \ before signs that mean themselves, or switch the regular expression off")
        .detail(error.to_string())
}
