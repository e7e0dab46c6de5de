//! The last net before anything is written: known secret values are masked wherever they stand.

use std::io::{self, Read as _};
use std::path::Path;

use serde_json::Value;

use crate::http::{Authorization, Exchange, Hidden, Request, SpooledBody};
use crate::secret::Secret;
use crate::token::TokenFacts;

/// A larger body is looked through piece by piece, and is no token answer.
const LARGEST: u64 = 1024 * 1024;
/// Values of an answer that grant access (RFC 6749, 5.1).
const TOKENS: [&str; 3] = ["access_token", "refresh_token", "id_token"];

/// The record without the values.
pub(crate) fn exchange(exchange: &mut Exchange, hidden: &Hidden) {
    hidden.text(&mut exchange.url);
    request(&mut exchange.request, hidden);
    exchange.sent_body.iter_mut().for_each(|body| hidden.written(body));
    exchange.calls.iter_mut().for_each(|call| hidden.call(call));
    exchange.token.iter_mut().for_each(|token| self::token(token, hidden));
    let failures = exchange.failure.iter_mut().chain(&mut exchange.refusal);
    failures.for_each(|failure| hidden.error(failure));
    exchange.diagnosis.iter_mut().for_each(|diagnosis| hidden.diagnosis(diagnosis));
}

fn token(facts: &mut TokenFacts, hidden: &Hidden) {
    facts.roles.iter_mut().chain(&mut facts.scopes).for_each(|text| hidden.text(text));
    let Some(claims) = &facts.claims else { return };
    let mut text = claims.to_string();
    hidden.text(&mut text);
    facts.claims = serde_json::from_str(&text).ok();
}

/// The body without the values, and without the tokens of a token answer; a large one gets a file in this folder.
pub(crate) fn body(body: &SpooledBody, hidden: &Hidden, folder: &Path) -> io::Result<SpooledBody> {
    if body.size() > LARGEST {
        return Ok(hidden.body(body, folder)?.unwrap_or_else(|| body.clone()));
    }
    let mut bytes = Vec::new();
    body.open().read_to_end(&mut bytes)?;
    let masked = hidden.and(tokens(&bytes)).bytes(&bytes);
    Ok(masked.map_or_else(|| body.clone(), SpooledBody::of))
}

fn tokens(bytes: &[u8]) -> Vec<Secret<String>> {
    let is_candidate = bytes.trim_ascii_start().starts_with(b"{")
        && TOKENS.iter().any(|name| memchr::memmem::find(bytes, name.as_bytes()).is_some());
    let answer = is_candidate.then(|| serde_json::from_slice::<Value>(bytes).ok()).flatten();
    let values = TOKENS.iter().filter_map(|name| answer.as_ref()?.get(name)?.as_str());
    values.map(Secret::from).collect()
}

fn request(request: &mut Request, hidden: &Hidden) {
    hidden.text(&mut request.url);
    let rows = [&mut request.headers, &mut request.parameters, &mut request.path_parameters];
    rows.into_iter().flatten().for_each(|field| hidden.field(field));
    hidden.written(&mut request.body);
    authorization(&mut request.authorization, hidden);
}

fn authorization(authorization: &mut Authorization, hidden: &Hidden) {
    match authorization {
        Authorization::Login { username, password } | Authorization::Digest { username, password } => {
            hidden.text(username);
            hidden.text(password);
        }
        Authorization::Token { token } => hidden.text(token),
        Authorization::ApiKey { name, value, .. } => {
            hidden.text(name);
            hidden.text(value);
        }
        Authorization::ClientCredentials { token_url, client_id, client_secret, scope, .. } => {
            for text in [token_url, client_id, client_secret, scope] {
                hidden.text(text);
            }
        }
        Authorization::Bearer { .. }
        | Authorization::Basic { .. }
        | Authorization::Certificate { .. }
        | Authorization::None
        | Authorization::Inherit
        | Authorization::Other { .. } => {}
    }
}
