use http::{HeaderMap, HeaderValue, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::Method;
use crate::certificate::Identity;
use crate::error::{Code, Error, Result};
use crate::http::{Payload, Purpose, Via, WireRequest, basic};
use crate::secret::Secret;

/// What a client proves itself with at the token server.
pub enum Proof<'a> {
    /// Its secret.
    Secret(&'a Secret<String>),
    /// Its certificate.
    Certificate(&'a Identity),
}

/// Who asks for a token, and how.
pub struct Client<'a> {
    /// The token URL that is called.
    pub token_url: &'a str,
    /// The client id.
    pub id: &'a str,
    /// How the token server learns who asks.
    pub method: Method,
    /// What the client proves itself with.
    pub proof: Proof<'a>,
    /// The scopes asked for; none means all.
    pub scope: Option<&'a str>,
}

/// Unreserved characters stay; `$ | ! =` and everything else are encoded (sap-domain 2.1).
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The request for a token of this client (sap-domain 3.1, 3.2); with a certificate there is no `client_secret` at all.
pub(super) fn wire(client: &Client<'_>) -> Result<(WireRequest, Via)> {
    let Client { token_url, id: client_id, method, proof, scope } = client;
    let url = Url::parse(token_url).map_err(|error| {
        Error::new(Code::InvalidInput, "The token URL is no URL")
            .hint("Correct the token URL of the key or of the request")
            .detail(error.to_string())
    })?;
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let mut form = "grant_type=client_credentials".to_owned();
    let (mut via, mut reason) = (Via::default(), "No token was left for this key, so one was fetched");
    match (method, proof) {
        (Method::Basic, Proof::Secret(secret)) => {
            headers.insert(header::AUTHORIZATION, basic(client_id, secret)?);
        }
        (_, Proof::Secret(secret)) => {
            form.push_str("&client_id=");
            form.extend(utf8_percent_encode(client_id, FORM));
            form.push_str("&client_secret=");
            // EXPOSE: into the form body of the token request.
            form.extend(utf8_percent_encode(secret.expose(), FORM));
        }
        (_, Proof::Certificate(identity)) => {
            form.push_str("&client_id=");
            form.extend(utf8_percent_encode(client_id, FORM));
            via.identity = Some((*identity).clone());
            reason = "No token was left for this key, so one was fetched with the client certificate";
        }
    }
    if let Some(scope) = scope {
        form.push_str("&scope=");
        form.extend(utf8_percent_encode(scope, FORM));
    }
    let request = WireRequest {
        purpose: Purpose::Token,
        reason: format!("{reason}."),
        method: http::Method::POST,
        url,
        headers,
        body: Payload::bytes(form, "application/x-www-form-urlencoded"),
    };
    Ok((request, via))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_break_tools_arrive_encoded() {
        let secret = Secret::from("a$b|c!d=e+f g%h");
        let client = Client {
            token_url: "https://x/oauth/token",
            id: "sb-1!b2|it-rt-x!b3",
            method: Method::Body,
            proof: Proof::Secret(&secret),
            scope: Some("a b"),
        };
        let (request, _) = wire(&client).ok().unwrap();
        let shown = format!("{:?}", request.body);
        assert!(shown.contains("client_id=sb-1%21b2%7Cit-rt-x%21b3"), "{shown}");
        assert!(shown.contains("&scope=a%20b"), "{shown}");
        assert!(shown.contains("client_secret=a%24b%7Cc%21d%3De%2Bf%20g%25h"), "{shown}");
    }
}
