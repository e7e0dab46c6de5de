//! The header fields of a request, checked before anything goes out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use percent_encoding::percent_decode_str;
use url::Url;

use super::mask;
use super::request::Field;
use crate::error::{Code, Error};
use crate::secret::Secret;

/// `Sluice/<version>`.
pub const AGENT: &str = concat!("Sluice/", env!("CARGO_PKG_VERSION"));

/// The enabled fields as the user wrote them; the framing ones are left to the transport.
pub fn fields(fields: &[Field]) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::with_capacity(fields.len() + 4);
    for field in fields.iter().filter(|field| field.enabled) {
        let name = field.name.trim();
        if name.is_empty() && field.value.trim().is_empty() {
            continue;
        }
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| bad_name(name))?;
        if is_framing(&name) {
            continue;
        }
        let value = field.value.trim_matches([' ', '\t']);
        // The type allows UTF-8 bytes, which servers read as Latin-1, as UTF-8, or not at all.
        if !value.is_ascii() {
            return Err(bad_value(name.as_str(), value));
        }
        let mut value = HeaderValue::from_str(value).map_err(|_| bad_value(name.as_str(), value))?;
        value.set_sensitive(mask::is_secret(name.as_str()));
        headers.append(name, value);
    }
    Ok(headers)
}

/// Lengths that contradict the body, and connection handling, would break the connection for every call on it.
fn is_framing(name: &HeaderName) -> bool {
    const FRAMING: [&str; 6] =
        ["content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "proxy-connection"];
    FRAMING.contains(&name.as_str())
}

/// Moves a user and a password in the URL to `Authorization`, unless the user wrote one.
pub(super) fn take_user(url: &mut Url, headers: &mut HeaderMap) -> Result<(), Error> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(());
    }
    let user = percent_decode_str(url.username()).decode_utf8_lossy().into_owned();
    let password = percent_decode_str(url.password().unwrap_or_default()).decode_utf8_lossy().into_owned();
    if !headers.contains_key(AUTHORIZATION) {
        headers.insert(AUTHORIZATION, basic(&user, &Secret::new(password))?);
    }
    // Neither can fail: a URL with a user has a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    Ok(())
}

/// The `Authorization` value of a user and a password.
pub fn basic(user: &str, password: &Secret<String>) -> Result<HeaderValue, Error> {
    // EXPOSE: into the Authorization header of the request, masked in its record.
    let pair = Secret::new(format!("{user}:{}", password.expose()));
    // EXPOSE: the same, encoded.
    sensitive(&Secret::new(format!("Basic {}", STANDARD.encode(pair.expose()))))
}

/// The `Authorization` value of a token.
pub fn bearer(token: &Secret<String>) -> Result<HeaderValue, Error> {
    // EXPOSE: into the Authorization header of the request, masked in its record.
    sensitive(&Secret::new(format!("Bearer {}", token.expose())))
}

/// A header value that is masked in every record.
pub fn sensitive(text: &Secret<String>) -> Result<HeaderValue, Error> {
    // EXPOSE: into a header value marked as sensitive.
    let mut value = HeaderValue::from_str(text.expose()).map_err(|_| {
        Error::new(
            Code::TokenUnavailable,
            "The token, key or password holds characters that cannot be sent. Nothing was sent.",
        )
        .hint("Check what is set under Auth, or the token address of the service key.")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// What Sluice sends unless the user set it.
pub(super) fn add_defaults(headers: &mut HeaderMap, content_type: Option<&str>) -> Result<(), Error> {
    let defaults = [(ACCEPT, "*/*"), (ACCEPT_ENCODING, "gzip, br, deflate"), (USER_AGENT, AGENT)].into_iter();
    for (name, value) in defaults {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    let Some(content_type) = content_type else { return Ok(()) };
    let own =
        headers.get(CONTENT_TYPE).map(|own| String::from_utf8_lossy(own.as_bytes()).to_ascii_lowercase());
    // Without the boundary of this very body no server can read it; collections often carry the bare type.
    let bare = own.as_ref().is_some_and(|own| own.starts_with("multipart/") && !own.contains("boundary="));
    if own.is_none() || (bare && content_type.starts_with("multipart/")) {
        let value = HeaderValue::from_str(content_type);
        headers.insert(CONTENT_TYPE, value.map_err(|_| bad_value("content-type", content_type))?);
    }
    Ok(())
}

/// The method, any token.
pub fn method(text: &str) -> Result<Method, Error> {
    Method::from_bytes(text.trim().as_bytes()).map_err(|_| {
        Error::new(Code::InvalidInput, format!("“{}” is no method. Nothing was sent.", text.escape_debug()))
            .hint("A method is a single word such as GET or POST.")
    })
}

/// Whether the method writes: anything but GET, HEAD, OPTIONS and TRACE.
pub fn writes(method: &Method) -> bool {
    ![Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE].contains(method)
}

fn bad_name(name: &str) -> Error {
    let message = if name.is_empty() {
        "A header has a value but no name. Nothing was sent.".to_owned()
    } else {
        format!("The header name “{}” cannot be sent. Nothing was sent.", name.escape_debug())
    };
    Error::new(Code::InvalidInput, message)
        .hint("A header name has only letters, digits and signs such as - and _, no spaces and no colon.")
}

fn bad_value(name: &str, value: &str) -> Error {
    let what = match value.chars().find(|sign| !matches!(sign, ' '..='~' | '\t')) {
        Some('\r' | '\n') => "a line break".to_owned(),
        Some(sign) if sign.is_control() => format!("the control character U+{:04X}", u32::from(sign)),
        Some(sign) => format!("the character U+{:04X}", u32::from(sign)),
        None => "a character that is not allowed".to_owned(),
    };
    Error::new(Code::InvalidInput, format!("The value of the header {name} holds {what}. Nothing was sent."))
        .hint("A header value is one line of ASCII text. Encode other characters, or put them into the body.")
}
