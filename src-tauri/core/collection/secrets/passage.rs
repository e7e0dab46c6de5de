use std::cmp::Reverse;
use std::ops::Range;

use super::recognition::{is_literal, is_secret_row, variable_of};
use super::row::{elements, members, pairs};

/// A secret inside a longer text.
pub(super) struct Passage {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// What it is, in the user's words.
    pub(super) place: String,
    /// The variable it would become.
    pub(super) variable: String,
}

impl Passage {
    fn named(range: Range<usize>, name: &str) -> Self {
        Self { range, place: name.to_owned(), variable: variable_of(name) }
    }
}

/// What is a secret without doubt in a text of any kind: tokens, private keys, the secret of a service key.
pub(super) fn in_text(text: &str) -> Vec<Passage> {
    let mut found = tokens(text);
    found.extend(private_keys(text));
    if text.contains("\"clientid\"") {
        let secrets = members(text).filter(|row| row.name == "clientsecret" && is_literal(row.value));
        found.extend(secrets.map(|row| Passage::named(range_of(row.value, text), "service key")));
    }
    in_order(found)
}

/// The secrets of a body: what is one in any text, and the values whose names say so in JSON, XML and forms.
pub(super) fn in_body(text: &str) -> Vec<Passage> {
    let rows = members(text).chain(elements(text)).chain(pairs(text));
    let rows = rows.filter(|row| is_secret_row(row.name, row.value));
    let mut found: Vec<Passage> =
        rows.map(|row| Passage::named(range_of(row.value, text), row.name)).collect();
    found.extend(in_text(text));
    in_order(found)
}

/// First to last; of those that stand in each other the outer one, of the same place the first found.
fn in_order(mut found: Vec<Passage>) -> Vec<Passage> {
    found.sort_by_key(|passage| (passage.range.start, Reverse(passage.range.end)));
    let mut end = 0;
    found.retain(|passage| {
        let is_apart = passage.range.start >= end;
        end = end.max(passage.range.end);
        is_apart
    });
    found
}

fn tokens(text: &str) -> Vec<Passage> {
    let words = text.split(|letter: char| !is_of_token(letter)).map(|word| word.trim_matches('.'));
    let tokens = words.filter(|word| is_token(word));
    tokens.map(|word| Passage::named(range_of(word, text), "token")).collect()
}

const fn is_of_token(letter: char) -> bool {
    matches!(letter, 'A'..='Z' | 'a'..='z' | '0'..='9' | '_' | '-' | '.')
}

/// A signed JSON web token (RFC 7519): header, claims, signature.
fn is_token(word: &str) -> bool {
    let parts: Vec<&str> = word.splitn(4, '.').collect();
    let [header, claims, signature] = parts.as_slice() else { return false };
    header.starts_with("eyJ") && claims.starts_with("eyJ") && header.len() > 10 && signature.len() > 10
}

/// What stands between the lines that say so.
fn private_keys(text: &str) -> impl Iterator<Item = Passage> {
    let blocks = text.split("-----BEGIN ").skip(1).filter_map(|block| block.split_once("PRIVATE KEY-----"));
    let contents = blocks.filter_map(|(_, rest)| rest.split("-----").next());
    let keys = contents.filter(|content| is_literal(content) && content.len() > 40);
    keys.map(|content| Passage::named(range_of(content.trim(), text), "private key"))
}

/// Where a part of the text stands in it.
fn range_of(part: &str, text: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    start..start + part.len()
}
