use serde_json::Value;

use crate::collection::import::json::text;
use crate::collection::import::losses::Losses;
use crate::http::{ApiKeyPlacement, Authorization, ClientPlacement};

/// Reads an `auth` block.
pub(super) fn read(auth: &Value, losses: &mut Losses) -> Authorization {
    let mode = text(auth, "mode");
    let block = auth.get(mode.as_str()).unwrap_or(&Value::Null);
    note_unused(auth, &mode, losses);
    match mode.as_str() {
        "inherit" => Authorization::Inherit,
        "" | "none" => Authorization::None,
        "basic" => {
            Authorization::Login { username: text(block, "username"), password: text(block, "password") }
        }
        "bearer" => Authorization::Token { token: text(block, "token") },
        "digest" => {
            Authorization::Digest { username: text(block, "username"), password: text(block, "password") }
        }
        "apikey" => Authorization::ApiKey {
            name: text(block, "key"),
            value: text(block, "value"),
            placement: match text(block, "placement").as_str() {
                "queryparams" | "query" => ApiKeyPlacement::Query,
                _ => ApiKeyPlacement::Header,
            },
        },
        "oauth2" => oauth2(block, losses),
        other => unknown(other, losses),
    }
}

fn oauth2(block: &Value, losses: &mut Losses) -> Authorization {
    let grant = text(block, "grantType");
    if grant != "client_credentials" {
        return unknown(&format!("oauth2 {grant}"), losses);
    }
    if block.get("additionalParameters").and_then(Value::as_object).is_some_and(|more| !more.is_empty()) {
        losses.note("The additional parameters of the OAuth 2.0 token request are not kept.");
    }
    if text(block, "tokenPlacement") == "url" {
        losses.note("The token goes into the Authorization header instead of the URL.");
    }
    Authorization::ClientCredentials {
        token_url: text(block, "accessTokenUrl"),
        client_id: text(block, "clientId"),
        client_secret: text(block, "clientSecret"),
        scope: text(block, "scope"),
        placement: match text(block, "credentialsPlacement").as_str() {
            "body" => ClientPlacement::Body,
            _ => ClientPlacement::Header,
        },
    }
}

fn unknown(name: &str, losses: &mut Losses) -> Authorization {
    losses
        .note(format!("Authorization of kind `{name}` cannot be sent by Sluice; its settings are not kept."));
    Authorization::Other { name: name.to_owned() }
}

fn note_unused(auth: &Value, mode: &str, losses: &mut Losses) {
    let Some(blocks) = auth.as_object() else { return };
    for (name, block) in blocks.iter().filter(|(name, _)| *name != "mode" && *name != mode) {
        let filled = block.as_object().is_some_and(|block| {
            block.values().any(|value| value.as_str().is_some_and(|text| !text.is_empty()))
        });
        if filled {
            losses.note(format!("The `{name}` authorization, which is not the chosen one, is not kept."));
        }
    }
}
