use percent_encoding::percent_decode_str;

use crate::http::Field;

/// The URL as Bruno writes it: what is in the table and counts stands in the URL, too.
pub(super) fn joined(url: &str, parameters: &[Field]) -> String {
    let rows = parameters.iter().filter(|row| row.enabled && !(row.name.is_empty() && row.value.is_empty()));
    let pairs: Vec<String> = rows.map(pair).collect();
    if pairs.is_empty() {
        return url.to_owned();
    }
    let (front, fragment) = split_fragment(url);
    let separator = match front.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    format!("{front}{separator}{}{fragment}", pairs.join("&"))
}

/// The URL without the pairs the table says again, which would be sent twice.
pub(super) fn separated(url: &str, parameters: &[Field]) -> String {
    let (front, fragment) = split_fragment(url);
    let Some((path, query)) = front.split_once('?') else { return url.to_owned() };
    let mut pairs: Vec<&str> = query.split('&').collect();
    let mut removed = false;
    // From the end: the table's rows stand behind what was typed into the URL.
    for row in parameters.iter().rev().filter(|row| row.enabled) {
        if let Some(found) = pairs.iter().rposition(|text| says(text, row)) {
            pairs.remove(found);
            removed = true;
        }
    }
    if !removed {
        return url.to_owned();
    }
    let question = if pairs.is_empty() { "" } else { "?" };
    format!("{path}{question}{}{fragment}", pairs.join("&"))
}

/// What separates pairs is encoded, everything else stays readable: Bruno shows and encodes it again.
fn pair(row: &Field) -> String {
    let plain = |text: &str| text.replace('&', "%26").replace('#', "%23");
    format!("{}={}", plain(&row.name).replace('=', "%3D"), plain(&row.value))
}

fn says(text: &str, row: &Field) -> bool {
    if text == pair(row) {
        return true;
    }
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    let same = |written: &str, meant: &str| {
        written == meant || percent_decode_str(written).decode_utf8().is_ok_and(|decoded| decoded == meant)
    };
    !text.is_empty() && same(name, &row.name) && same(value, &row.value)
}

/// The fragment, but not a `#` inside a variable's name.
fn split_fragment(url: &str) -> (&str, &str) {
    let start = url.char_indices().find(|(index, letter)| {
        *letter == '#'
            && url
                .get(..*index)
                .is_some_and(|front| front.matches("{{").count() == front.matches("}}").count())
    });
    start.and_then(|(index, _)| url.split_at_checked(index)).unwrap_or((url, ""))
}
