//! Hides whatever might be secret in a text that is no JSON, or not JSON any more.
//!
//! It shows what is surely harmless, not what is not surely secret: plain words, short numbers, addresses.

use std::ops::Range;

use super::fields::normal;
use super::host;

const MAX_WORD: usize = 20;
const MAX_DIGITS: usize = 6;
/// Lines of PEM and base64 are longer than this; the last one may be short.
const BLOCK_LINE: usize = 40;

/// A part of a text that must not be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hidden {
    pub(super) span: Range<usize>,
    pub(super) label: String,
}

/// The parts to hide, in order and apart from each other.
pub(super) fn hidden(text: &str) -> Vec<Hidden> {
    let unlabelled = |span| Hidden { span, label: String::new() };
    let mut parts = blocks(text);
    parts.extend(named_values(text).into_iter().map(unlabelled));
    parts.extend(suspicious_words(text).into_iter().map(unlabelled));
    parts.sort_by_key(|part| part.span.start);
    let mut joined: Vec<Hidden> = Vec::with_capacity(parts.len());
    for part in parts {
        match joined.last_mut() {
            Some(last) if part.span.start <= last.span.end => {
                last.span.end = last.span.end.max(part.span.end);
                if last.label.is_empty() {
                    last.label = part.label;
                }
            }
            _ => joined.push(part),
        }
    }
    joined
}

/// The text with dots in place of what is hidden.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for part in hidden(text) {
        shown.push_str(&text[at..part.span.start]);
        shown.push_str("••••");
        at = part.span.end;
    }
    shown + &text[at..]
}

/// PEM blocks; one without an end reaches to the end of the text.
fn blocks(text: &str) -> Vec<Hidden> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(begin) = text[at..].find("-----BEGIN").map(|found| at + found) {
        let end = text[begin..].find("-----END").map_or(text.len(), |found| {
            let marker = begin + found + "-----END".len();
            text[marker..].find("-----").map_or(text.len(), |dashes| marker + dashes + 5)
        });
        let label = if text[begin..].starts_with("-----BEGIN CERT") { "1 certificate" } else { "hidden" };
        blocks.push(Hidden { span: begin..end, label: label.to_owned() });
        at = end;
    }
    blocks
}

/// What follows a name such as `clientsecret`, to the end of its line or of its quotes, whichever is later.
fn named_values(text: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_name).map(|found| at + found) {
        let end = text[start..].find(|char| !is_name(char)).map_or(text.len(), |length| start + length);
        at = end;
        if let Some(value) = value_start(text, &text[start..end], end) {
            let end = value_end(text, value);
            spans.push(value..end);
            at = end;
        }
    }
    spans
}

const fn is_name(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '_' | '-')
}

fn is_secret_name(name: &str) -> bool {
    const PARTS: [&str; 10] = [
        "secret",
        "password",
        "passwd",
        "passphrase",
        "pwd",
        "token",
        "credential",
        "privatekey",
        "apikey",
        "verificationkey",
    ];
    const WHOLE: [&str; 6] = ["key", "certificate", "authorization", "cookie", "pin", "pass"];
    let name = normal(name);
    let address = name.ends_with("url") || name.ends_with("uri");
    !address && (PARTS.iter().any(|part| name.contains(part)) || WHOLE.contains(&name.as_str()))
}

/// Where the value of a secret name begins, when an equals sign or a colon says there is one.
fn value_start(text: &str, name: &str, end: usize) -> Option<usize> {
    let scheme = matches!(normal(name).as_str(), "bearer" | "basic");
    if !scheme && !is_secret_name(name) {
        return None;
    }
    let sign = skip(text, end, |char| is_quote(char) || matches!(char, '\\' | ' ' | '\t' | ']' | ')'));
    let has_sign = text[sign..].starts_with([':', '=']);
    if !has_sign && !scheme {
        return None;
    }
    let value = skip(text, sign, |char| char.is_whitespace() || matches!(char, ':' | '=' | '>'));
    (value < text.len()).then_some(value)
}

fn value_end(text: &str, start: usize) -> usize {
    let line_end = text[start..].find('\n').map_or(text.len(), |found| start + found);
    let quote = text[start..].chars().find(|char| *char != '\\').filter(|char| is_quote(*char));
    let Some(quote) = quote else { return line_end };
    let inside = start + text[start..].find(quote).unwrap_or_default() + quote.len_utf8();
    let closing = text[inside..].find(is_quote).map_or(text.len(), |found| inside + found);
    line_end.max(closing)
}

fn skip(text: &str, from: usize, skipped: impl Fn(char) -> bool) -> usize {
    text[from..].find(|char| !skipped(char)).map_or(text.len(), |found| from + found)
}

const fn is_quote(char: char) -> bool {
    matches!(char, '"' | '\'' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{2018}' | '\u{2019}')
}

/// Words that are neither language, nor a small number, nor a plain address.
fn suspicious_words(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut at = 0;
    let mut in_block = false;
    for line in text.split_inclusive('\n') {
        let words = words(line);
        let alone = words.len() == 1;
        let strict = line.contains(is_quote);
        let mut long = false;
        for word in words {
            let text = &line[word.clone()];
            let harmless = if strict { is_name_or_address(line, &word) } else { is_harmless(text) };
            let harmless = is_punctuation(text) || (harmless && !(alone && in_block));
            if !harmless {
                long |= word.len() >= BLOCK_LINE;
                spans.push(at + word.start..at + word.end);
            }
        }
        in_block = alone && (long || in_block) && spans.last().is_some_and(|span| span.start >= at);
        at += line.len();
    }
    spans
}

fn words(line: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in line.split(|char: char| {
        char.is_whitespace()
            || is_quote(char)
            || matches!(char, '{' | '}' | '[' | ']' | '(' | ')' | ',' | ';')
    }) {
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        let next = at + word.len();
        at = next + line[next..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

fn is_punctuation(word: &str) -> bool {
    word.chars().all(|char| matches!(char, ':' | '=' | '\\' | '.'))
}

/// Of a line with quotes only field names and addresses are shown: a quoted secret may be plain words.
fn is_name_or_address(line: &str, word: &Range<usize>) -> bool {
    let text = line[word.clone()].trim_matches('\\');
    if is_address(text) == Some(true) {
        return true;
    }
    let opened = line[..word.start].ends_with(is_quote);
    let closed =
        line[word.end..].strip_prefix(is_quote).is_some_and(|rest| rest.trim_start().starts_with(':'));
    opened
        && closed
        && text.len() <= MAX_WORD
        && text.chars().all(|char| char.is_ascii_alphabetic() || char == '_' || char == '-')
}

/// Whether a word is a plain address, if it is an address at all.
fn is_address(word: &str) -> Option<bool> {
    let url = url::Url::parse(word).ok().filter(|url| url.scheme() == "https")?;
    Some(is_plain_address(&url))
}

fn is_harmless(word: &str) -> bool {
    let trimmed = word.trim_end_matches(['.', ':', '…', '?']);
    if let Some(plain) = is_address(trimmed) {
        return plain;
    }
    let parts = trimmed.split(['-', '_', '.', ':', '/', '@', '=']);
    let plain = |part: &str| {
        let mixed = part.chars().skip(1).any(char::is_uppercase) && part.chars().any(char::is_lowercase);
        let letters = part.len() <= MAX_WORD && part.chars().all(char::is_alphabetic) && !mixed;
        letters || (part.len() <= MAX_DIGITS && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    trimmed.chars().count() <= 3 * MAX_WORD && parts.into_iter().all(plain)
}

/// Whether an address is a host and perhaps a path of plain words: nothing that could carry a secret.
pub(super) fn is_plain_address(url: &url::Url) -> bool {
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let word = |text: &str| {
        text.len() <= 40 && text.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'))
    };
    let path = url.path().split('/').all(|part| part.len() <= MAX_WORD && word(part));
    bare && path
        && host::first_label(url).is_some()
        && url.host_str().is_some_and(|host| host.split('.').all(word))
}
