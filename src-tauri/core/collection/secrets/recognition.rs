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

/// Values that stand for no secret whatever their name: asking for a CSRF token, switches.
const HARMLESS_VALUES: [&str; 6] = ["fetch", "required", "true", "false", "none", "null"];

/// Whether a text says something itself instead of naming a variable.
pub(super) fn is_literal(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains("{{")
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
    shape(text).is_some()
}

/// What a text without doubt holds, in the user's words.
pub(super) fn shape(text: &str) -> Option<&'static str> {
    if text.split(|letter: char| !is_of_token(letter)).any(is_token) {
        return Some("token");
    }
    if is_private_key(text) {
        return Some("private key");
    }
    is_service_key(text).then_some("service key")
}

const fn is_of_token(letter: char) -> bool {
    matches!(letter, 'A'..='Z' | 'a'..='z' | '0'..='9' | '_' | '-' | '.')
}

/// A signed JSON web token (RFC 7519): header, claims, signature.
fn is_token(word: &str) -> bool {
    let parts: Vec<&str> = word.splitn(4, '.').collect();
    let [header, claims, signature] = parts.as_slice() else { return false };
    header.starts_with("eyJ") && claims.starts_with("eyJ") && header.len() > 10 && signature.len() > 10
}

fn is_private_key(text: &str) -> bool {
    let Some((_, key)) = text.split_once("PRIVATE KEY-----") else { return false };
    let content = key.split("-----").next().unwrap_or_default();
    text.contains("-----BEGIN ") && is_literal(content) && content.len() > 40
}

fn is_service_key(text: &str) -> bool {
    let Some((_, rest)) = text.split_once("\"clientsecret\"") else { return false };
    let value =
        rest.trim_start().strip_prefix(':').map(str::trim_start).and_then(|rest| rest.strip_prefix('"'));
    let value = value.and_then(|rest| rest.split('"').next());
    text.contains("\"clientid\"") && value.is_some_and(is_literal)
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
