use std::fmt::{self, Write as _};

/// One step down into a JSON value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A member's name.
    Name(String),
    /// An element's index.
    Index(u64),
}

/// A path as people write it: names that need no quotes stand behind a dot.
pub(super) struct PathText<'p>(pub(super) &'p [Key]);

impl fmt::Display for PathText<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_char('$')?;
        for key in self.0 {
            match key {
                Key::Index(index) => write!(out, "[{index}]")?,
                Key::Name(name) if is_plain(name) => write!(out, ".{name}")?,
                Key::Name(name) => write!(out, "['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))?,
            }
        }
        Ok(())
    }
}

/// Whether a name may stand behind a dot (RFC 9535, member-name-shorthand).
pub(super) fn is_plain(name: &str) -> bool {
    let is_first = |letter: char| letter.is_ascii_alphabetic() || letter == '_' || !letter.is_ascii();
    name.chars().next().is_some_and(is_first)
        && name.chars().all(|letter| is_first(letter) || letter.is_ascii_digit())
}
