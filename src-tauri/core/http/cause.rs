//! The causes behind an error.

use std::error::Error as StdError;
use std::io;

/// The error and its causes.
pub(super) fn links<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| cause(*error))
}

/// An `io::Error` hides the error it carries from `source`.
fn cause<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(carried) => Some(carried),
        None => error.source(),
    }
}

/// The innermost cause of this type.
pub(crate) fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    links(error).filter_map(|link| link.downcast_ref::<T>()).last()
}

/// Every different text of the error and its causes, for the one click away; without the URL, which may hold secrets.
pub(crate) fn chain_text(error: &dyn StdError) -> String {
    let mut texts: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(link) = next {
        let text = without_url(&link.to_string());
        if !texts.iter().any(|known| known.contains(&text)) {
            texts.push(text);
        }
        next = link.source();
    }
    texts.join(": ")
}

/// reqwest ends its texts with the URL, which may hold secrets.
fn without_url(text: &str) -> String {
    text.split(" for url (").next().unwrap_or_default().to_owned()
}
