/// A word, phrase or term as it was typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) negated: bool,
    pub(super) field: Option<String>,
    pub(super) value: String,
    /// The value's parts between bars and commas outside of quotes.
    pub(super) alternatives: Vec<String>,
    /// Whether the value stood in quotes as a whole.
    pub(super) quoted: bool,
}

/// The pieces between the spaces; a quote that is not closed lasts until the end.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (raw, behind) = split(rest);
        pieces.extend(piece(raw));
        rest = behind.trim_start();
    }
    pieces
}

/// Cuts at the first space outside of quotes.
fn split(text: &str) -> (&str, &str) {
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        if is_quote(letter) {
            quoted = !quoted;
        } else if letter.is_whitespace() && !quoted {
            return text.split_at(at);
        }
    }
    (text, "")
}

fn piece(raw: &str) -> Option<Piece> {
    let behind = raw.strip_prefix('-').filter(|rest| !rest.is_empty());
    let (negated, rest) = (behind.is_some(), behind.unwrap_or(raw));
    let (field, value) = match rest.split_once(':').filter(|(name, value)| is_field(name, value)) {
        Some((name, value)) => (Some(name.to_owned()), value),
        None => (None, rest),
    };
    let quoted = value.starts_with(is_quote);
    let alternatives = alternatives(value);
    let value: String = value.chars().filter(|letter| !is_quote(*letter)).collect();
    let is_empty = value.trim().is_empty() && field.is_none();
    (!is_empty).then_some(Piece { negated, field, value, alternatives, quoted })
}

fn alternatives(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for letter in value.chars() {
        match parts.last_mut() {
            _ if is_quote(letter) => quoted = !quoted,
            Some(_) if !quoted && matches!(letter, '|' | ',') => parts.push(String::new()),
            Some(part) => part.push(letter),
            None => {}
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// `tenant:acme` is a term; `https://…`, `localhost:8080` and `10:30` are text.
fn is_field(name: &str, value: &str) -> bool {
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_name && !value.starts_with("//") && !(name.eq_ignore_ascii_case("localhost"))
}

const fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let shown = |piece: &Piece| {
            let sign = if piece.negated { "-" } else { "" };
            let field = piece.field.as_ref().map(|field| format!("{field}=")).unwrap_or_default();
            let quotes = if piece.quoted { "'" } else { "" };
            format!("{sign}{field}{quotes}{}{quotes}", piece.value)
        };
        pieces(text).iter().map(shown).collect()
    }

    #[test]
    fn alternatives_are_parted_outside_of_quotes() {
        for (text, expected) in [
            ("tenant:acme-dev", &["acme-dev"][..]),
            ("status:4xx,5xx|none", &["4xx", "5xx", "none"]),
            ("tenant:\"Acme, Dev\"", &["Acme, Dev"]),
            ("tenant:\"Acme, Dev\",beta|\"a|b\"", &["Acme, Dev", "beta", "a|b"]),
            ("tenant:,", &[]),
        ] {
            let alternatives = pieces(text).into_iter().next().map(|piece| piece.alternatives);
            assert_eq!(
                alternatives.as_deref(),
                Some(&expected.iter().map(|&part| part.to_owned()).collect::<Vec<_>>()[..]),
                "{text}"
            );
        }
    }

    #[test]
    fn words_phrases_and_terms_are_told_apart() {
        for (text, expected) in [
            ("  a  b ", &["a", "b"][..]),
            ("\"a b\" -c -\"d e\"", &["'a b'", "-c", "-'d e'"]),
            ("tenant:acme-* -status:5xx", &["tenant=acme-*", "-status=5xx"]),
            ("tenant:\"Acme Dev\" x", &["tenant='Acme Dev'", "x"]),
            ("https://acme.example/a?b=c:d", &["https://acme.example/a?b=c:d"]),
            ("localhost:8080 10:30 - \"\"", &["localhost:8080", "10:30", "-"]),
            ("\"never closed x", &["'never closed x'"]),
            ("note:", &["note="]),
            ("„grüße“", &["'grüße'"]),
            ("", &[]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
