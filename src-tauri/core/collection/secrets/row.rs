//! Names with their values in bodies, which need not be valid: variables stand in them.

/// A name and its value, parts of one text.
pub(super) struct Row<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
}

/// The members of JSON objects whose value is a text, as it is written.
pub(super) fn members(text: &str) -> impl Iterator<Item = Row<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find('"')?;
            let (name, behind) = string(rest.get(start..)?);
            rest = behind;
            let value = name.and_then(|_| behind.trim_start().strip_prefix(':')).map(str::trim_start);
            if let (Some(name), Some(value)) = (name, value.filter(|value| value.starts_with('"'))) {
                let (value, behind) = string(value);
                rest = behind;
                if let Some(value) = value {
                    return Some(Row { name, value });
                }
            }
        }
    })
}

/// The text between the quote this begins with and the next, and what follows; no text goes over a line.
fn string(text: &str) -> (Option<&str>, &str) {
    let inner = text.get(1..).unwrap_or_default();
    let mut escaped = false;
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return (inner.get(..at), inner.get(at + 1..).unwrap_or_default()),
            b'\n' => return (None, inner.get(at..).unwrap_or_default()),
            _ => {}
        }
    }
    (None, "")
}

/// The XML elements that hold nothing but text, by their local names.
pub(super) fn elements(text: &str) -> impl Iterator<Item = Row<'_>> {
    text.split('<').skip(1).filter_map(|tag| {
        let (head, value) = tag.split_once('>')?;
        let name = head.split([' ', '\t', '\r', '\n']).next()?;
        let is_begin = !name.is_empty() && !name.starts_with(['/', '!', '?']) && !head.ends_with('/');
        let name = name.rsplit_once(':').map_or(name, |(_, local)| local);
        (is_begin && !value.trim().is_empty()).then(|| Row { name, value: value.trim() })
    })
}

/// The pairs of a form that is written as one text.
pub(super) fn pairs(text: &str) -> impl Iterator<Item = Row<'_>> {
    let form = Some(text.trim()).filter(|text| !text.contains([' ', '\n', '\t', '<', '"']));
    let pairs = form.into_iter().flat_map(|form| form.split('&'));
    pairs.filter_map(|pair| pair.split_once('=')).map(|(name, value)| Row { name, value })
}
