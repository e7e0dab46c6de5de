//! Where `{{ name }}` stands in a text. Nothing is looked up here.

/// How deep a name may be made of other variables: `{{a{{b}}}}` is 2.
const DEEPEST: usize = 8;
/// Longer names are text that happens to stand in braces.
const LONGEST: usize = 512;

/// A stretch of a text.
pub(super) enum Piece<'a> {
    /// Goes out as it is.
    Text(&'a str),
    /// Asks for a variable.
    Reference(Reference<'a>),
}

/// `{{ … }}` with a name that may itself hold references.
pub(super) struct Reference<'a> {
    /// What stands in the text, braces included.
    pub(super) source: &'a str,
    /// What stands between the braces.
    pub(super) name: Vec<Piece<'a>>,
}

/// The text in pieces. `{{{name}}}` is a brace, a reference and a brace, as JSON around a variable needs it.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut begun, mut at) = (Vec::new(), 0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("{{")) {
        at += found;
        let Some(reference) = text.get(at..).and_then(|rest| reference(rest, 1)) else {
            at += 1;
            continue;
        };
        push(&mut pieces, text, begun, at);
        at += reference.source.len();
        begun = at;
        pieces.push(Piece::Reference(reference));
    }
    push(&mut pieces, text, begun, text.len());
    pieces
}

fn push<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str, from: usize, to: usize) {
    let stretch = text.get(from..to).unwrap_or_default();
    if !stretch.is_empty() {
        pieces.push(Piece::Text(stretch));
    }
}

/// The reference a text begins with: braces around one line without other braces, but for references.
fn reference(text: &str, depth: usize) -> Option<Reference<'_>> {
    let (mut name, mut begun, mut at) = (Vec::new(), 2, 2);
    while at <= LONGEST {
        let rest = text.get(at..)?;
        if rest.starts_with("}}") {
            push(&mut name, text, begun, at);
            return Some(Reference { source: text.get(..at + 2)?, name });
        }
        if rest.starts_with("{{") && depth < DEEPEST {
            let inner = reference(rest, depth + 1)?;
            push(&mut name, text, begun, at);
            at += inner.source.len();
            begun = at;
            name.push(Piece::Reference(inner));
            continue;
        }
        let sign = rest.chars().next().filter(|sign| !matches!(sign, '{' | '}' | '\n' | '\r'))?;
        at += sign.len_utf8();
    }
    None
}

/// Whether this can be a variable's name: Handlebars' `#if`, Go's `.Items` and `range .Items` cannot.
pub(super) fn is_name(name: &str) -> bool {
    let begins = name.starts_with(|sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '$'));
    begins && name.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '.' | '$' | '@'))
}

/// Whether nothing but references stands in a text, so that it holds no value of its own.
pub fn is_reference(text: &str) -> bool {
    let pieces = pieces(text);
    let is_blank = |piece: &Piece<'_>| matches!(piece, Piece::Text(text) if text.trim().is_empty());
    !pieces.is_empty()
        && pieces.iter().any(|piece| matches!(piece, Piece::Reference(_)))
        && pieces.iter().all(|piece| matches!(piece, Piece::Reference(_)) || is_blank(piece))
}

/// The name of the variable a text consists of: `clientId` for `{{clientId}}`.
pub fn sole_name(text: &str) -> Option<&str> {
    match pieces(text.trim()).as_slice() {
        [Piece::Reference(reference)] => plain_name(reference),
        _ => None,
    }
}

/// The name of a reference that is not made of others.
pub(super) fn plain_name<'a>(reference: &Reference<'a>) -> Option<&'a str> {
    match reference.name.as_slice() {
        [Piece::Text(name)] => Some(name.trim()).filter(|name| !name.is_empty()),
        _ => None,
    }
}
