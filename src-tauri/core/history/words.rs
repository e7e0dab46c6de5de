//! Words as the full text knows them.

/// A run of letters and digits.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// In lower case.
    pub(super) folded: String,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The tokens of a text, in order.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (from, first) = letters.find(|(_, letter)| letter.is_alphanumeric())?;
        let mut folded: String = first.to_lowercase().collect();
        let mut to = from + first.len_utf8();
        while let Some((at, letter)) = letters.next_if(|(_, letter)| letter.is_alphanumeric()) {
            folded.extend(letter.to_lowercase());
            to = at + letter.len_utf8();
        }
        Some(Token { folded, from, to })
    })
}

/// The words within words: `Number` of `orderNumber`. Identifiers, which mix letters and digits, have none.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    const SHORTEST: usize = 3;
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let plain =
        words.filter(|word| word.len() > SHORTEST && word.bytes().all(|byte| byte.is_ascii_alphabetic()));
    plain.flat_map(|word| {
        let bytes = word.as_bytes();
        let is_start = |at: &usize| {
            let before = bytes.get(at.wrapping_sub(1)).is_some_and(u8::is_ascii_lowercase);
            before && bytes.get(*at).is_some_and(u8::is_ascii_uppercase)
        };
        (1..bytes.len())
            .filter(is_start)
            .filter_map(|at| word.get(at..))
            .filter(|part| part.len() >= SHORTEST)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_runs_of_letters_and_digits_with_their_places() {
        let text = "PO-2026 Grüße_x";
        let found: Vec<_> = tokens(text).map(|token| (token.folded, &text[token.from..token.to])).collect();
        let expected = [("po", "PO"), ("2026", "2026"), ("grüße", "Grüße"), ("x", "x")];
        assert_eq!(found, expected.map(|(folded, own)| (folded.to_owned(), own)));
    }

    #[test]
    fn words_within_words_begin_at_their_capitals() {
        let found: Vec<_> = parts("orderNumberOfItem <salesOrg/> AGsFkchjn3qQNv plain XML").collect();
        assert_eq!(found, ["NumberOfItem", "OfItem", "Item", "Org"]);
    }
}
