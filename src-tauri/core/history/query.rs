//! A query as people type it: words, `-word`, `"phrases"` and terms such as `tenant:acme-*`.

mod lexer;
mod measure;
mod moment;
mod term;

use jiff::Zoned;
use rusqlite::types::Value;

use super::{HistoryTerm, words};
pub(super) use term::{Field, NUMBER};

/// A shorter last word is no beginning of others: nearly everything would begin like that.
const SHORTEST_BEGINNING: usize = 3;
/// Nobody types more; a pasted text is no query.
const MOST_WORDS: usize = 64;

/// A query as understood.
#[derive(Debug, Default)]
pub(super) struct Query {
    pub(super) words: Vec<Word>,
    pub(super) conditions: Vec<Condition>,
    /// Everything that was typed, with what is wrong with it.
    pub(super) terms: Vec<HistoryTerm>,
}

/// A word or phrase of the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// What is looked up, one after the other.
    pub(super) tokens: Vec<String>,
    /// Whether the last token may go on.
    pub(super) is_beginning: bool,
    pub(super) negated: bool,
}

/// A term as SQL over the list's columns.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) field: Field,
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Query {
    /// Understands a query; what cannot be understood is noted and left out.
    pub(super) fn parse(text: &str, now: &Zoned) -> Self {
        let mut query = Self::default();
        let pieces = lexer::pieces(text);
        let last = pieces.len().saturating_sub(1);
        for (number, piece) in pieces.into_iter().enumerate() {
            if number == MOST_WORDS {
                query.too_long(&piece);
                break;
            }
            match &piece.field {
                Some(field) => query.term(field, &piece, now),
                None => query.word(&piece, number == last && !piece.quoted),
            }
        }
        query
    }

    /// The expression that finds the rows with all its words; none without words.
    pub(super) fn wanted(&self) -> Option<String> {
        let wanted: Vec<String> =
            self.words.iter().filter(|word| !word.negated).map(Word::expression).collect();
        (!wanted.is_empty()).then(|| wanted.join(" AND "))
    }

    /// The expression that finds the rows with any word that must not be there.
    pub(super) fn unwanted(&self) -> Option<String> {
        let unwanted: Vec<String> =
            self.words.iter().filter(|word| word.negated).map(Word::expression).collect();
        (!unwanted.is_empty()).then(|| unwanted.join(" OR "))
    }

    /// A query that is cut in silence would find, and forget, what the rest of it leaves out.
    fn too_long(&mut self, piece: &lexer::Piece) {
        let problem =
            format!("A query has {MOST_WORDS} words and terms at most; leave out what stands from here on.");
        self.terms.push(HistoryTerm { field: None, value: piece.value.clone(), problem: Some(problem) });
    }

    fn word(&mut self, piece: &lexer::Piece, is_last: bool) {
        let tokens: Vec<String> = words::tokens(&piece.value).map(|token| token.folded).collect();
        let problem = tokens.is_empty().then(|| "It has no letter and no digit to look for.".to_owned());
        let value = if piece.quoted { format!("\"{}\"", piece.value) } else { piece.value.clone() };
        let sign = if piece.negated { "-" } else { "" };
        self.terms.push(HistoryTerm { field: None, value: format!("{sign}{value}"), problem });
        if let Some(end) = tokens.last() {
            let is_long = end.chars().count() >= SHORTEST_BEGINNING;
            let is_beginning = is_last && is_long && !piece.negated;
            self.words.push(Word { tokens, is_beginning, negated: piece.negated });
        }
    }

    fn term(&mut self, name: &str, piece: &lexer::Piece, now: &Zoned) {
        let understood = term::condition(name, piece, now);
        let sign = if piece.negated { "-" } else { "" };
        let problem = understood.as_ref().err().cloned();
        self.terms.push(HistoryTerm {
            field: Some(format!("{sign}{}", name.to_ascii_lowercase())),
            value: piece.value.clone(),
            problem,
        });
        let Ok(mut condition) = understood else { return };
        if piece.negated {
            // What has no value has not this value either.
            condition.sql = format!("coalesce(NOT ({}), 1)", condition.sql);
        }
        self.conditions.push(condition);
    }
}

impl Word {
    /// The word as FTS5 writes it: its tokens hold nothing but letters and digits.
    fn expression(&self) -> String {
        let star = if self.is_beginning { " *" } else { "" };
        format!("\"{}\"{star}", self.tokens.join(" "))
    }
}
