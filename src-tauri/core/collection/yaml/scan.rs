//! Places of indicators between white space and comments.

/// The place behind anchors and tags; the same place where none stand.
pub(super) fn skip_properties(text: &str, from: usize) -> usize {
    let mut place = from;
    loop {
        let rest = text.get(place..).unwrap_or_default();
        let words = rest.trim_start();
        if words.starts_with(['&', '!']) {
            let length = words.find(char::is_whitespace).unwrap_or(words.len());
            place += rest.len() - words.len() + length;
        } else if place > from && words.starts_with('#') {
            place += rest.len() - words.len() + words.find('\n').unwrap_or(words.len());
        } else {
            return if place > from { place + rest.len() - words.len() } else { from };
        }
    }
}

/// The end of a flow collection whose last part ends at `from`.
pub(super) fn closer(text: &str, from: usize) -> usize {
    let mut place = from;
    while let Some(rest) = text.get(place..) {
        let words = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == ':');
        place += rest.len() - words.len();
        if !words.starts_with('#') {
            return if words.starts_with(['}', ']']) { place + 1 } else { place };
        }
        place += words.find('\n').unwrap_or(words.len());
    }
    text.len()
}

/// The next indicator after white space and comments.
pub(super) fn find_indicator(text: &str, from: usize, mark: char) -> Option<usize> {
    let mut place = from;
    loop {
        let rest = text.get(place..)?;
        let blank = rest.len() - rest.trim_start().len();
        let rest = &rest[blank..];
        place += blank;
        if rest.starts_with(mark) {
            return Some(place);
        }
        if !rest.starts_with('#') {
            return None;
        }
        place += rest.find('\n')?;
    }
}
