use serde_json::Value;

use super::mapping::Mapping;
use super::place::{Place, text_of};
use crate::http::{ApiKeyPlacement, Authorization, ClientPlacement};

const TOKEN_URL: &str = "{{tokenUrl}}";
const CLIENT_ID: &str = "{{clientId}}";
const CLIENT_SECRET: &str = "{{clientSecret}}";

/// Reads who a request is sent as; nothing when the file does not say.
pub(super) fn read_authorization(auth: &Place<'_>) -> Option<Authorization> {
    if let Some(word) = auth.value().as_str() {
        return Some(match word.trim() {
            "inherit" => Authorization::Inherit,
            "none" | "" => Authorization::None,
            name => Authorization::Other { name: name.to_owned() },
        });
    }
    let auth = &Block::new(auth)?;
    Some(match auth.kind.as_str() {
        "inherit" => Authorization::Inherit,
        "none" => Authorization::None,
        "basic" => basic(auth.text("username"), auth.text("password")),
        "bearer" => Authorization::Token { token: auth.text("token") },
        "digest" => {
            Authorization::Digest { username: auth.text("username"), password: auth.text("password") }
        }
        "apikey" => api_key(auth),
        "oauth2" => oauth2(auth),
        name => Authorization::Other { name: name.to_owned() },
    })
}

/// An authorization's block, whose keys stand beside `type`, or below it under the type's own name.
struct Block<'a> {
    kind: String,
    value: &'a Value,
}

impl<'a> Block<'a> {
    fn new(auth: &Place<'a>) -> Option<Self> {
        let keys = auth.value().as_object()?;
        let named = ["type", "mode"].iter().find_map(|key| keys.get(*key)).map(text_of);
        let kind = named.filter(|kind| !kind.is_empty()).or_else(|| {
            let known = ["basic", "bearer", "digest", "apikey", "oauth2"];
            known.iter().find(|kind| keys.contains_key(**kind)).map(|kind| (*kind).to_owned())
        })?;
        let inner = keys.get(&kind).filter(|value| value.is_object());
        Some(Self { value: inner.unwrap_or(auth.value()), kind })
    }

    fn text(&self, key: &str) -> String {
        self.value.get(key).map(text_of).unwrap_or_default()
    }

    fn at(&self, pointer: &str) -> String {
        self.value.pointer(pointer).map(text_of).unwrap_or_default()
    }

    fn says(&self, key: &str) -> bool {
        let filled = |value: &Value| match value {
            Value::Null => false,
            Value::String(text) => !text.is_empty(),
            Value::Array(list) => !list.is_empty(),
            Value::Object(keys) => !keys.is_empty(),
            Value::Bool(_) | Value::Number(_) => true,
        };
        self.value.get(key).is_some_and(filled)
    }
}

fn basic(username: String, password: String) -> Authorization {
    if username == CLIENT_ID && password == CLIENT_SECRET {
        return Authorization::Basic { key: None };
    }
    Authorization::Login { username, password }
}

fn api_key(auth: &Block<'_>) -> Authorization {
    let placement = match auth.text("placement").as_str() {
        "query" | "queryparams" => ApiKeyPlacement::Query,
        _ => ApiKeyPlacement::Header,
    };
    Authorization::ApiKey { name: auth.text("key"), value: auth.text("value"), placement }
}

fn oauth2(auth: &Block<'_>) -> Authorization {
    let flow = auth.text("flow");
    if flow != "client_credentials" {
        let name = if flow.is_empty() { "oauth2".to_owned() } else { format!("oauth2/{flow}") };
        return Authorization::Other { name };
    }
    if is_tenant_bearer(auth) {
        return Authorization::Bearer { key: None };
    }
    Authorization::ClientCredentials {
        token_url: auth.text("accessTokenUrl"),
        client_id: auth.at("/credentials/clientId"),
        client_secret: auth.at("/credentials/clientSecret"),
        scope: auth.text("scope"),
        placement: match auth.at("/credentials/placement").as_str() {
            "basic_auth_header" => ClientPlacement::Header,
            _ => ClientPlacement::Body,
        },
    }
}

/// Whether a client credentials block is what this program writes for a token of the tenant's key.
fn is_tenant_bearer(auth: &Block<'_>) -> bool {
    let header = auth.at("/tokenConfig/placement/header");
    auth.text("accessTokenUrl") == TOKEN_URL
        && auth.at("/credentials/clientId") == CLIENT_ID
        && auth.at("/credentials/clientSecret") == CLIENT_SECRET
        && auth.at("/credentials/placement") == "basic_auth_header"
        && !auth.says("scope")
        && !auth.says("additionalParameters")
        && (header == "Bearer" || !auth.says("tokenConfig"))
}

/// What Bruno writes for an authorization; nothing for none. Keys and certificates of the tenant stand in the sidecar.
pub(super) fn authorization_value(authorization: &Authorization) -> Option<Value> {
    let block = match authorization {
        Authorization::None | Authorization::Certificate { .. } => return None,
        Authorization::Inherit => return Some(Value::from("inherit")),
        Authorization::Bearer { .. } => {
            client_credentials([TOKEN_URL, CLIENT_ID, CLIENT_SECRET], "", ClientPlacement::Header)
        }
        Authorization::Basic { .. } => login("basic", CLIENT_ID, CLIENT_SECRET),
        Authorization::Login { username, password } => login("basic", username, password),
        Authorization::Digest { username, password } => login("digest", username, password),
        Authorization::Token { token } => Mapping::new().with("type", "bearer").with("token", token.as_str()),
        Authorization::ApiKey { name, value, placement } => {
            let placement = match placement {
                ApiKeyPlacement::Header => "header",
                ApiKeyPlacement::Query => "query",
            };
            let named =
                Mapping::new().with("type", "apikey").with_filled("key", name).with_filled("value", value);
            named.with("placement", placement)
        }
        Authorization::ClientCredentials { token_url, client_id, client_secret, scope, placement } => {
            client_credentials([token_url, client_id, client_secret], scope, *placement)
        }
        Authorization::Other { name } => match name.split_once('/') {
            Some((kind, flow)) => Mapping::new().with("type", kind).with("flow", flow),
            None => Mapping::new().with("type", name.as_str()),
        },
    };
    Some(block.into())
}

fn login(kind: &str, username: &str, password: &str) -> Mapping {
    Mapping::new().with("type", kind).with_filled("username", username).with_filled("password", password)
}

fn client_credentials([url, id, secret]: [&str; 3], scope: &str, placement: ClientPlacement) -> Mapping {
    let placement = match placement {
        ClientPlacement::Header => "basic_auth_header",
        ClientPlacement::Body => "body",
    };
    let credentials = Mapping::new().with_text("clientId", id).with_text("clientSecret", secret);
    let token = Mapping::new()
        .with("id", "{{tenant}}")
        .with("placement", Mapping::new().with("header", "Bearer"))
        .with("source", "access_token");
    Mapping::new()
        .with("type", "oauth2")
        .with("flow", "client_credentials")
        .with_text("accessTokenUrl", url)
        .with("credentials", credentials.with("placement", placement))
        .with_text("scope", scope)
        .with("tokenConfig", token)
        .with("settings", Mapping::new().with("autoFetchToken", true).with("autoRefreshToken", true))
}
