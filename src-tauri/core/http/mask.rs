//! Which header fields and query values are secret, and what is shown instead.

use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::exchange::Header;
use super::request::{Body, Field, Part, PartContent, Request};
use crate::redact::Segment;
use crate::secret::Secret;

/// The clear value of a header field that is shown masked.
pub type Revealed = (String, Secret<String>);

const DOTS: &str = "••••";

/// Whether a field of this name carries a secret.
pub(super) fn is_secret(name: &str) -> bool {
    const WHOLE: [&str; 5] = ["authorization", "proxy-authorization", "cookie", "set-cookie", "signature"];
    const PART: [&str; 11] = [
        "token",
        "secret",
        "password",
        "passwd",
        "passphrase",
        "apikey",
        "authkey",
        "subscriptionkey",
        "session",
        "credential",
        "jwt",
    ];
    let name = name.to_ascii_lowercase();
    if WHOLE.contains(&name.as_str()) {
        return true;
    }
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    PART.iter().any(|part| plain.contains(part))
}

/// The fields masked for the record, and the clear values of those that were masked.
pub(super) fn headers(headers: &HeaderMap) -> (Vec<Header>, Vec<Revealed>) {
    let mut shown = Vec::with_capacity(headers.len());
    let mut revealed = Vec::new();
    for (name, value) in headers {
        let text = String::from_utf8_lossy(value.as_bytes());
        let value = segments(name, value, &text);
        if value.iter().any(|segment| matches!(segment, Segment::Masked { .. })) {
            revealed.push((name.as_str().to_owned(), Secret::new(text.into_owned())));
        }
        shown.push(Header { name: name.as_str().to_owned(), value });
    }
    (shown, revealed)
}

/// The request as the user wrote it without the values of secret-like rows, which are switched off: for records and
/// drafts. Nobody can send an emptied row by accident.
pub fn request(mut request: Request) -> Request {
    let empty = |field: &mut Field| {
        if is_secret(&field.name) && !field.value.is_empty() {
            field.value.clear();
            field.enabled = false;
        }
    };
    request.headers.iter_mut().chain(&mut request.parameters).for_each(empty);
    match &mut request.body {
        Body::Form { fields } => fields.iter_mut().for_each(empty),
        Body::Multipart { parts } => parts.iter_mut().for_each(empty_part),
        _ => {}
    }
    request
}

fn empty_part(part: &mut Part) {
    if let (true, PartContent::Text { text }) = (is_secret(&part.name), &mut part.content) {
        text.clear();
        part.enabled = false;
    }
}

/// The same for a record, whose URL is masked too; a draft keeps the URL as it was typed.
pub(super) fn recorded(original: Request) -> Request {
    let url = Url::parse(&original.url).map_or_else(|_| location(&original.url), |parsed| self::url(&parsed));
    Request { url, ..request(original) }
}

/// The fields of a call as they went out, in the clear.
pub fn reveal(sent: &[Header], revealed: &[Revealed]) -> Vec<Header> {
    let mut left = revealed.iter();
    let is_masked = |header: &&Header| header.value.iter().any(|part| matches!(part, Segment::Masked { .. }));
    let mut clear = |header: &Header| {
        let (_, value) = left.by_ref().find(|(name, _)| *name == header.name)?;
        // EXPOSE: to the user, who asked for the values of this one call.
        Some(Header { name: header.name.clone(), value: vec![Segment::text(value.expose().clone())] })
    };
    sent.iter()
        .map(|header| Some(header).filter(is_masked).and_then(&mut clear).unwrap_or_else(|| header.clone()))
        .collect()
}

fn segments(name: &HeaderName, value: &HeaderValue, text: &str) -> Vec<Segment> {
    if text.is_empty() {
        return Vec::new();
    }
    match name.as_str() {
        "authorization" | "proxy-authorization" => scheme(text),
        "cookie" => cookies(text),
        "set-cookie" => cookie(text),
        "location" | "content-location" | "referer" => vec![Segment::text(location(text))],
        "x-csrf-token" if ["fetch", "required"].iter().any(|word| text.eq_ignore_ascii_case(word)) => {
            vec![Segment::text(text)]
        }
        name if value.is_sensitive() || is_secret(name) => vec![hidden(text)],
        _ => vec![Segment::text(text)],
    }
}

fn hidden(text: &str) -> Segment {
    Segment::masked("", text.chars().count())
}

/// Only a scheme in front of something is no secret: `Authorization: 0123abcd` is one as a whole.
fn scheme(text: &str) -> Vec<Segment> {
    match text.split_once(' ') {
        Some((scheme, rest)) if !rest.is_empty() => vec![Segment::text(format!("{scheme} ")), hidden(rest)],
        _ => vec![hidden(text)],
    }
}

fn cookies(text: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    for (index, pair) in text.split("; ").enumerate() {
        let separator = if index == 0 { "" } else { "; " };
        if let Some((name, value)) = pair.split_once('=') {
            segments.push(Segment::text(format!("{separator}{name}=")));
            segments.push(hidden(value));
        } else {
            segments.push(Segment::text(separator));
            segments.push(hidden(pair));
        }
    }
    segments
}

fn cookie(text: &str) -> Vec<Segment> {
    let (pair, attributes) = text.split_at(text.find(';').unwrap_or(text.len()));
    let mut segments = match pair.split_once('=') {
        Some((name, value)) => vec![Segment::text(format!("{name}=")), hidden(value)],
        None => vec![hidden(pair)],
    };
    if !attributes.is_empty() {
        segments.push(Segment::text(attributes));
    }
    segments
}

fn location(text: &str) -> String {
    match Url::parse(text) {
        Ok(parsed) if is_masked(&parsed) => url(&parsed),
        Ok(_) => text.to_owned(),
        // A relative address: its query is masked like that of a whole one.
        Err(_) => match text.split_once('?') {
            Some((path, query)) => format!("{path}?{}", self::query(query)),
            None => text.to_owned(),
        },
    }
}

fn is_masked(url: &Url) -> bool {
    let in_query = url.query_pairs().any(|(name, _)| is_secret(&name));
    in_query || !url.username().is_empty() || url.password().is_some() || url.fragment().is_some()
}

/// The URL for the record: user information and query values of secret-like names are masked.
pub fn url(url: &Url) -> String {
    if !is_masked(url) {
        return url.as_str().to_owned();
    }
    let user = if url.username().is_empty() && url.password().is_none() { "" } else { "••••@" };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let host = url.host_str().unwrap_or_default();
    let query = url.query().map(|query| format!("?{}", self::query(query))).unwrap_or_default();
    // A fragment is never sent; in a `Location` it may carry a token.
    format!("{}://{user}{host}{port}{}{query}", url.scheme(), url.path())
}

fn query(query: &str) -> String {
    let masked = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}={DOTS}"),
        _ => pair.to_owned(),
    });
    masked.collect::<Vec<_>>().join("&")
}
