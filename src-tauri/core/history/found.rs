//! Where the words of a search stand.

use super::index::Texts;
use super::query::Word;
use super::store::HistoryStore;
use super::words::{Token, tokens};
use super::{HistoryEntry, HistoryFound};
use crate::database::DatabaseError;

/// Characters shown before the first hit and behind it.
const BEFORE: usize = 40;
const BEHIND: usize = 100;
/// Places shown of one entry.
const MOST: usize = 3;

type Place = std::ops::Range<usize>;

/// The places of an entry where the words stand; one that cannot be read any more has none.
pub(super) fn in_entry(
    store: &HistoryStore,
    entry: &HistoryEntry,
    words: &[Word],
) -> Result<Vec<HistoryFound>, DatabaseError> {
    let kept = match store.read(entry.id) {
        Ok(Some(kept)) => kept,
        Ok(None) | Err(DatabaseError::Content(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut texts = Texts::of(&kept.exchange, kept.body.as_ref());
    texts.note = entry.note.clone().unwrap_or_default();
    Ok(in_texts(&texts, words))
}

fn in_texts(texts: &Texts, words: &[Word]) -> Vec<HistoryFound> {
    let places = [
        ("Answer", &texts.answer),
        ("Request", &texts.request),
        ("URL", &texts.url),
        ("Headers", &texts.headers),
        ("Note", &texts.note),
    ];
    let of_tokens = places.iter().filter_map(|(place, text)| excerpt(place, text, &hits(text, words)));
    let found: Vec<HistoryFound> = of_tokens.take(MOST).collect();
    if !found.is_empty() {
        return found;
    }
    // Within a longer word.
    let inside = places.iter().filter_map(|(place, text)| excerpt(place, text, &inside(text, words)));
    inside.take(1).collect()
}

/// The hits in the stretch that begins with the first one.
fn hits(text: &str, words: &[Word]) -> Vec<Place> {
    let wanted: Vec<&Word> = words.iter().filter(|word| !word.negated).collect();
    let longest = wanted.iter().map(|word| word.tokens.len()).max().unwrap_or(0);
    let mut window: std::collections::VecDeque<Token> = std::collections::VecDeque::new();
    let mut hits: Vec<Place> = Vec::new();
    for token in tokens(text) {
        if hits.first().is_some_and(|first| token.from > first.start.saturating_add(BEHIND)) {
            break;
        }
        if window.len() == longest {
            window.pop_front();
        }
        window.push_back(token);
        for word in &wanted {
            let Some(from) = window.len().checked_sub(word.tokens.len()) else { continue };
            if let Some(place) = matched(window.iter().skip(from), word)
                && hits.last().is_none_or(|last| last.end <= place.start)
            {
                hits.push(place);
            }
        }
    }
    hits
}

fn matched<'t>(own: impl Iterator<Item = &'t Token>, word: &Word) -> Option<Place> {
    let mut place: Option<Place> = None;
    let last = word.tokens.len().saturating_sub(1);
    for (number, (own, wanted)) in own.zip(&word.tokens).enumerate() {
        let is_beginning = word.is_beginning && number == last && own.folded.starts_with(wanted.as_str());
        if own.folded != *wanted && !is_beginning {
            return None;
        }
        place = Some(place.map_or(own.from, |place| place.start)..own.to);
    }
    place
}

fn inside(text: &str, words: &[Word]) -> Vec<Place> {
    let lower = text.to_ascii_lowercase();
    let mut wanted = words.iter().filter(|word| !word.negated).flat_map(|word| &word.tokens);
    let found = wanted.find_map(|token| Some((lower.find(token.as_str())?, token.len())));
    found.map(|(at, length)| at..at + length).into_iter().collect()
}

/// The hits with what stands around them, on one line.
fn excerpt(place: &str, text: &str, hits: &[Place]) -> Option<HistoryFound> {
    let (first, last) = (hits.first()?, hits.last()?);
    let from = text.floor_char_boundary(first.start.saturating_sub(BEFORE));
    let to = text.floor_char_boundary(last.end.saturating_add(BEHIND).min(text.len()));
    let mut pieces = Vec::with_capacity(hits.len() * 2 + 1);
    let mut at = from;
    for hit in hits {
        pieces.push(one_line(text.get(at..hit.start)?));
        pieces.push(text.get(hit.clone())?.to_owned());
        at = hit.end;
    }
    pieces.push(one_line(text.get(at..to)?));
    Some(HistoryFound { place: place.to_owned(), pieces })
}

fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        if !letter.is_whitespace() && !letter.is_control() {
            line.push(letter);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use jiff::Zoned;

    use super::*;
    use crate::history::query::Query;

    fn found(query: &str, answer: &str) -> Vec<Vec<String>> {
        let texts = Texts { answer: answer.to_owned(), ..Texts::default() };
        let words = Query::parse(query, &Zoned::now()).words;
        in_texts(&texts, &words).into_iter().map(|found| found.pieces).collect()
    }

    #[test]
    fn every_second_piece_is_a_hit() {
        assert_eq!(
            found("order PO-2026-118", "{\n  \"order\": \"PO-2026-11842\" }"),
            [["{ \"", "order", "\": \"", "PO-2026-11842", "\" }"]]
        );
        assert_eq!(found("grün", "ü grün ü"), [["ü ", "grün", " ü"]]);
        assert_eq!(found("Number", "{\"orderNumber\":1}"), [["{\"order", "Number", "\":1}"]]);
        assert!(found("absent", "text").is_empty() && found("-text", "text").is_empty());
    }

    #[test]
    fn long_texts_are_cut_around_the_hit() {
        let text = format!("{}needle{}", "ä ".repeat(500), " ö".repeat(500));
        let pieces = found("needle", &text).remove(0);
        assert!(pieces.iter().all(|piece| piece.len() <= 120), "{pieces:?}");
    }
}
