//! Which header fields and query values are secret, and what is shown instead.

use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::exchange::Header;
use super::request::{Authorization, Body, Field, Part, PartContent, Request};
use crate::collection::Variable;
use crate::redact::Segment;
use crate::secret::Secret;
use crate::variables::is_reference;

/// The clear value of a header field that is shown masked.
pub type Revealed = (String, Secret<String>);

const DOTS: &str = "••••";

/// Whether a field of this name carries a secret.
pub(crate) fn is_secret(name: &str) -> bool {
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

/// Empties what a secret-like name stands before.
type Emptying<'e> = (&'e mut dyn FnMut(&mut Field), &'e mut dyn FnMut(&mut Part));

fn rows(request: &mut Request, (field, part): Emptying<'_>) {
    let rows = request.headers.iter_mut().chain(&mut request.parameters);
    rows.chain(&mut request.path_parameters).for_each(&mut *field);
    rows_of_body(&mut request.body, (field, part));
}

fn rows_of_body(body: &mut Body, (field, part): Emptying<'_>) {
    match body {
        Body::Form { fields } => fields.iter_mut().for_each(field),
        Body::Multipart { parts } => parts.iter_mut().for_each(part),
        _ => {}
    }
}

/// The body without the values of secret-like rows.
pub(super) fn body(body: &mut Body) {
    rows_of_body(body, (&mut empty_field, &mut empty_part));
}

/// Whether a request of a record or draft misses a secret that was typed into it.
pub(crate) fn lacks_secret(request: &Request) -> bool {
    let mut lacks = is_without_secret(&request.authorization);
    let (mut in_rows, mut in_parts) = (false, false);
    let mut field = |field: &mut Field| {
        in_rows |= !field.enabled && field.value.is_empty() && is_secret(&field.name);
    };
    let mut part = |part: &mut Part| {
        let is_empty = matches!(&part.content, PartContent::Text { text } if text.is_empty());
        in_parts |= !part.enabled && is_empty && is_secret(&part.name);
    };
    rows(&mut request.clone(), (&mut field, &mut part));
    lacks |= in_rows | in_parts;
    lacks || serde_json::to_string(request).is_ok_and(|text| text.contains(DOTS))
}

/// The request as the user wrote it without the values of secret-like rows, which are switched off: for records and
/// drafts. Nobody can send an emptied row by accident.
pub fn request(mut request: Request) -> Request {
    rows(&mut request, (&mut empty_field, &mut empty_part));
    request.authorization = without_literals(request.authorization);
    request
}

/// Whether a text holds a value of its own, not only variables; the scheme of an `Authorization` header is none.
fn is_literal(text: &str) -> bool {
    let behind =
        text.split_once(' ').filter(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_alphabetic()));
    !text.trim().is_empty() && !is_reference(text) && !behind.is_some_and(|(_, value)| is_reference(value))
}

/// Variables without the values of secret-like ones, which are switched off: for drafts.
pub fn variables(variables: &mut [Variable]) {
    for variable in variables {
        if is_secret(&variable.name) && is_literal(&variable.value) {
            variable.value.clear();
            variable.enabled = false;
        }
    }
}

fn without_literals(mut authorization: Authorization) -> Authorization {
    if let Some(secret) = secret_of(&mut authorization).filter(|secret| is_literal(secret)) {
        secret.clear();
    }
    authorization
}

fn is_without_secret(authorization: &Authorization) -> bool {
    secret_of(&mut authorization.clone()).is_some_and(|secret| secret.is_empty())
}

fn secret_of(authorization: &mut Authorization) -> Option<&mut String> {
    match authorization {
        Authorization::Login { password: secret, .. }
        | Authorization::Digest { password: secret, .. }
        | Authorization::Token { token: secret }
        | Authorization::ApiKey { value: secret, .. }
        | Authorization::ClientCredentials { client_secret: secret, .. } => Some(secret),
        _ => None,
    }
}

fn empty_field(field: &mut Field) {
    if is_secret(&field.name) && is_literal(&field.value) {
        field.value.clear();
        field.enabled = false;
    }
}

fn empty_part(part: &mut Part) {
    if let (true, PartContent::Text { text }) = (is_secret(&part.name), &mut part.content)
        && (text.is_empty() || is_literal(text))
    {
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
        "location" | "content-location" | "referer" if !value.is_sensitive() => {
            vec![Segment::text(location(text))]
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{CsrfMode, RequestOptions};

    fn written(headers: Vec<Field>, authorization: Authorization) -> Request {
        Request {
            method: "GET".to_owned(),
            url: "{{runtimeUrl}}/x?token={{t}}&id={{id}}".to_owned(),
            parameters: Vec::new(),
            path_parameters: Vec::new(),
            headers,
            body: Body::None,
            authorization,
            csrf: CsrfMode::Auto,
            options: RequestOptions::default(),
        }
    }

    #[test]
    fn rows_that_only_name_variables_are_kept_and_literal_secrets_are_not() {
        for (value, kept) in [
            ("{{token}}", true),
            ("Bearer {{token}}", true),
            ("Bearer abc", false),
            ("abc{{token}}", false),
            ("s3cret {{token}}", false),
        ] {
            let field = Field::new("Authorization", value);
            let shown = request(written(vec![field.clone()], Authorization::None)).headers.remove(0);
            assert_eq!(shown == field, kept, "{value}");
            assert!(kept || (shown.value.is_empty() && !shown.enabled), "{value}");
        }
    }

    #[test]
    fn path_parameters_are_masked_like_other_rows() {
        let mut wanted = written(Vec::new(), Authorization::None);
        wanted.path_parameters = vec![Field::new("token", "s3cret"), Field::new("order", "4711")];
        let shown = request(wanted).path_parameters;
        assert_eq!((shown[0].value.as_str(), shown[0].enabled), ("", false));
        assert_eq!(shown[1], Field::new("order", "4711"));
    }

    #[test]
    fn what_is_typed_into_the_authorization_is_in_no_record() {
        let login = |password: &str| Authorization::Login {
            username: "me".to_owned(),
            password: password.to_owned(),
        };
        let shown = |password: &str| request(written(Vec::new(), login(password))).authorization;
        assert_eq!(shown("{{password}}"), login("{{password}}"));
        assert_eq!(shown("s3cret"), login(""));
        let token = Authorization::Token { token: "s3cret".to_owned() };
        assert_eq!(
            recorded(written(Vec::new(), token)).authorization,
            Authorization::Token { token: String::new() }
        );
    }
}
