//! Where variables stand in a text.

/// A stretch of a text.
pub(super) enum Piece<'a> {
    /// What stands for itself.
    Text(&'a str),
    /// The name of a variable.
    Variable(&'a str),
}

/// The text parted at its variables; braces around what can be no name are text.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut begun, mut at) = (0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("{{")) {
        let start = at + found;
        let name = text.get(start + 2..).and_then(|rest| rest.split_once("}}")).map(|(name, _)| name);
        let Some(name) = name.filter(|name| is_name(name)) else {
            at = start + 1;
            continue;
        };
        push(&mut pieces, text.get(begun..start));
        pieces.push(Piece::Variable(name.trim()));
        at = start + name.len() + 4;
        begun = at;
    }
    push(&mut pieces, text.get(begun..));
    pieces
}

fn push<'a>(pieces: &mut Vec<Piece<'a>>, text: Option<&'a str>) {
    pieces.extend(text.filter(|text| !text.is_empty()).map(Piece::Text));
}

fn is_name(name: &str) -> bool {
    let name = name.trim();
    !name.is_empty() && name.chars().all(|sign| sign.is_alphanumeric() || "_-.$ :/".contains(sign))
}
