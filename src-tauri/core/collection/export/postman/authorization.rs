use serde_json::{Value, json};

use crate::collection::Loss;
use crate::http::{ApiKeyPlacement, Authorization, ClientPlacement};

/// As whom a request is sent; nothing for what is inherited.
pub(super) fn authorization(
    authorization: &Authorization,
    place: &str,
    losses: &mut Vec<Loss>,
) -> Option<Value> {
    let mut lose = |what: String| losses.push(Loss { place: place.to_owned(), what });
    Some(match authorization {
        Authorization::Inherit => return None,
        Authorization::None => json!({"type": "noauth"}),
        Authorization::Bearer { .. } => {
            granted("{{tokenUrl}}", "{{clientId}}", "{{clientSecret}}", "", ClientPlacement::Header)
        }
        Authorization::Basic { .. } => {
            kind("basic", &[("username", "{{clientId}}"), ("password", "{{clientSecret}}")])
        }
        Authorization::Certificate { .. } => {
            lose("The client certificate is left out; add it to Postman's settings.".to_owned());
            json!({"type": "noauth"})
        }
        Authorization::Login { username, password } => {
            kind("basic", &[("username", username), ("password", password)])
        }
        Authorization::Token { token } => kind("bearer", &[("token", token)]),
        Authorization::ApiKey { name, value, placement } => {
            let place = if *placement == ApiKeyPlacement::Query { "query" } else { "header" };
            kind("apikey", &[("key", name), ("value", value), ("in", place)])
        }
        Authorization::Digest { username, password } => {
            kind("digest", &[("username", username), ("password", password)])
        }
        Authorization::ClientCredentials { token_url, client_id, client_secret, scope, placement } => {
            granted(token_url, client_id, client_secret, scope, *placement)
        }
        Authorization::Other { name } => {
            lose(format!("Of its authorization only the kind “{name}” is written."));
            if KINDS.contains(&name.as_str()) { json!({"type": name}) } else { json!({"type": "noauth"}) }
        }
    })
}

const KINDS: [&str; 11] = [
    "apikey", "awsv4", "basic", "bearer", "digest", "edgegrid", "hawk", "noauth", "oauth1", "oauth2", "ntlm",
];

fn kind(name: &str, settings: &[(&str, &str)]) -> Value {
    let row = |(key, value): &(&str, &str)| json!({"key": key, "value": value, "type": "string"});
    json!({"type": name, name: settings.iter().map(row).collect::<Vec<_>>()})
}

fn granted(token_url: &str, id: &str, secret: &str, scope: &str, placement: ClientPlacement) -> Value {
    let placement = if placement == ClientPlacement::Body { "body" } else { "header" };
    let mut settings = vec![
        ("grant_type", "client_credentials"),
        ("accessTokenUrl", token_url),
        ("clientId", id),
        ("clientSecret", secret),
        ("client_authentication", placement),
        ("addTokenTo", "header"),
    ];
    if !scope.is_empty() {
        settings.push(("scope", scope));
    }
    kind("oauth2", &settings)
}
