//! As whom a request is sent, in the list form of 2.1 and the object form of 2.0.

use serde_json::Value;

use super::super::json::{member, some, written};
use super::Findings;
use crate::http::{ApiKeyPlacement, Authorization, ClientPlacement};

/// Reads an authorization; none when nothing is said, which inherits.
pub(super) fn read(value: Option<&Value>, place: &str, found: &mut Findings) -> Option<Authorization> {
    let value = value.filter(|value| value.is_object())?;
    let kind = member(value, "type");
    let fields = Fields(value.get(&kind).unwrap_or(&Value::Null));
    Some(match kind.as_str() {
        "" => return None,
        "noauth" => Authorization::None,
        "basic" => {
            Authorization::Login { username: fields.get("username"), password: fields.get("password") }
        }
        "bearer" => Authorization::Token { token: fields.get("token") },
        "digest" => {
            Authorization::Digest { username: fields.get("username"), password: fields.get("password") }
        }
        "apikey" => api_key(&fields),
        "oauth2" => oauth2(&fields, place, found),
        _ => {
            found
                .lose(place, format!("Its authorization of the kind “{kind}” is named, but cannot be sent."));
            Authorization::Other { name: kind }
        }
    })
}

/// The settings of an authorization in either form.
struct Fields<'a>(&'a Value);

impl Fields<'_> {
    fn get(&self, name: &str) -> String {
        match self.0 {
            Value::Array(rows) => {
                let row = rows.iter().find(|row| row.get("key").and_then(Value::as_str) == Some(name));
                row.and_then(|row| some(row, "value")).map(written).unwrap_or_default()
            }
            object => member(object, name),
        }
    }
}

fn api_key(fields: &Fields) -> Authorization {
    let query = matches!(fields.get("in").as_str(), "query" | "queryParams");
    Authorization::ApiKey {
        name: fields.get("key"),
        value: fields.get("value"),
        placement: if query { ApiKeyPlacement::Query } else { ApiKeyPlacement::Header },
    }
}

fn oauth2(fields: &Fields, place: &str, found: &mut Findings) -> Authorization {
    let grant = fields.get("grant_type");
    if grant == "client_credentials" {
        let body = fields.get("client_authentication") == "body";
        if fields.get("addTokenTo") == "queryParams" {
            found.lose(place, "Its token goes into the header instead of the URL.");
        }
        return Authorization::ClientCredentials {
            token_url: fields.get("accessTokenUrl"),
            client_id: fields.get("clientId"),
            client_secret: fields.get("clientSecret"),
            scope: fields.get("scope"),
            placement: if body { ClientPlacement::Body } else { ClientPlacement::Header },
        };
    }
    let token = fields.get("accessToken");
    if !token.is_empty() {
        found.lose(place, "Its OAuth 2.0 token is kept, how to get a new one is not.");
        return Authorization::Token { token };
    }
    let grant = if grant.is_empty() { "authorization_code" } else { &grant };
    found.lose(place, format!("Its OAuth 2.0 grant “{grant}” is named, but cannot be sent."));
    Authorization::Other { name: "oauth2".to_owned() }
}
