use super::passage::in_text;
use crate::http::mask::is_secret;

/// Names that end so speak about a secret, but are none: `tokenUrl`, `secretName`, `sessionTimeout`.
const HARMLESS_ENDS: [&str; 18] = [
    "url",
    "uri",
    "endpoint",
    "path",
    "file",
    "name",
    "type",
    "header",
    "placement",
    "prefix",
    "expiry",
    "expires",
    "expiresin",
    "lifetime",
    "timeout",
    "length",
    "policy",
    "limit",
];

/// Values that stand for no secret whatever their name: asking for a CSRF token, switches, samples of a schema.
const HARMLESS_VALUES: [&str; 7] = ["fetch", "required", "true", "false", "none", "null", "string"];

/// Whether a text says something itself beside naming variables; the scheme before a variable and the signs between
/// variables say nothing: `Bearer {{token}}`, `{{user}}:{{password}}`.
pub(super) fn is_literal(text: &str) -> bool {
    let text = text.trim();
    if !text.contains("{{") {
        return !text.is_empty();
    }
    let is_scheme = |scheme: &str| scheme.bytes().all(|byte| byte.is_ascii_alphabetic());
    let behind = text.split_once(' ').filter(|(scheme, _)| is_scheme(scheme)).map(|(_, rest)| rest);
    let own = behind.filter(|rest| rest.trim_start().starts_with("{{")).unwrap_or(text);
    beside_variables(own).any(|stretch| stretch.contains(char::is_alphanumeric))
}

/// What stands between the variables of a text.
fn beside_variables(text: &str) -> impl Iterator<Item = &str> {
    let mut parts = text.split("{{");
    let first = parts.next().unwrap_or_default();
    std::iter::once(first).chain(parts.map(|part| part.split_once("}}").map_or(part, |(_, rest)| rest)))
}

/// Whether a row of this name keeps a secret in clear text.
pub(super) fn is_secret_row(name: &str, value: &str) -> bool {
    if !is_literal(value) || HARMLESS_VALUES.iter().any(|word| value.trim().eq_ignore_ascii_case(word)) {
        return false;
    }
    has_secret_shape(value) || is_secret_name(name)
}

fn is_secret_name(name: &str) -> bool {
    let plain: String =
        name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    is_secret(name) && !HARMLESS_ENDS.iter().any(|end| plain.ends_with(end))
}

/// Whether a text holds what is a secret without doubt: a token, a private key, a service key.
pub(super) fn has_secret_shape(text: &str) -> bool {
    !in_text(text).is_empty()
}

/// What of a header's value is secret: behind the scheme of an authorization, else the whole.
pub(super) fn split_scheme<'a>(name: &str, value: &'a str) -> (&'a str, &'a str) {
    let has_scheme =
        ["authorization", "proxy-authorization"].iter().any(|known| name.eq_ignore_ascii_case(known));
    match value.trim().split_once(' ') {
        Some((scheme, rest)) if has_scheme && !rest.trim().is_empty() => (scheme, rest.trim()),
        _ => ("", value),
    }
}

/// The values of secret-like pairs of a URL's query, and the password of its user information, first to last.
pub(super) fn in_url(url: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    if let Some(password) = password_of(url) {
        found.push(("password".to_owned(), password));
    }
    let query = url.split_once('?').map(|(_, query)| query.split('#').next().unwrap_or_default());
    for (name, value) in query.unwrap_or_default().split('&').filter_map(|pair| pair.split_once('=')) {
        if is_secret_row(name, value) {
            found.push((name.to_owned(), value));
        }
    }
    found
}

fn password_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (user, _) = authority.rsplit_once('@')?;
    let (_, password) = user.split_once(':')?;
    is_literal(password).then_some(password)
}

/// A variable's name made of the words of a row's name: `X-Order-API-Key` gives `orderApiKey`.
pub(super) fn variable_of(name: &str) -> String {
    let mut words = words_of(name);
    if words.len() > 1 && words.first().is_some_and(|word| word == "x") {
        words.remove(0);
    }
    let mut variable = String::new();
    for word in words {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if !variable.is_empty() => variable.extend(first.to_uppercase().chain(letters)),
            _ => variable.push_str(&word),
        }
    }
    if variable.is_empty() { "secret".to_owned() } else { variable }
}

/// The words in lower case, parted at signs and where a capital follows a small letter.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for letter in name.chars() {
        let parts = !letter.is_alphanumeric() || (letter.is_uppercase() && after_small);
        after_small = letter.is_lowercase() || letter.is_numeric();
        if parts {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_alphanumeric(), words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
