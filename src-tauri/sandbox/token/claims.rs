use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::request::Grant;
use crate::TOKEN_HOST;
use crate::encoding::{base64_url, hex, random};
use crate::tenant::Tenant;

const SUBACCOUNT: &str = "5a4db0c5-1d7e-4a53-8a4f-000000000045";
const INSTANCE: &str = "9e1f2f52-6f0e-4c5b-a7a5-000000000045";

pub(super) fn claims(tenant: &Tenant, grant: &Grant<'_>, id: &str, seconds: u64) -> Value {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let client_id = &grant.key.client_id;
    let mut claims = json!({
        "jti": id,
        "ext_attr": {
            "enhancer": "XSUAA",
            "subaccountid": SUBACCOUNT,
            "zdn": "sandbox",
            "serviceinstanceid": INSTANCE,
        },
        "sub": client_id,
        "authorities": grant.scopes(),
        "scope": grant.scopes(),
        "client_id": client_id,
        "cid": client_id,
        "azp": client_id,
        "grant_type": "client_credentials",
        "rev_sig": hex(&random::<4>()),
        "iat": now,
        "exp": now + seconds,
        "iss": format!("{}/oauth/token", tenant.url(TOKEN_HOST)),
        "zid": SUBACCOUNT,
        "aud": [client_id, grant.plan().application(), "uaa"],
    });
    if let Some(thumbprint) = grant.thumbprint {
        claims["cnf"] = json!({ "x5t#S256": base64_url(&thumbprint) });
    }
    claims
}

/// The claims as a token; nobody can check its signature, as no client of the real tenant does.
pub(super) fn encoded(claims: &Value, issuer: &str) -> String {
    let header = json!({
        "alg": "RS256",
        "jku": format!("{issuer}/token_keys"),
        "kid": "default-jwt-key-sandbox",
        "typ": "JWT",
        "jid": base64_url(&random::<16>()),
    });
    let part = |value: &Value| base64_url(value.to_string().as_bytes());
    format!("{}.{}.{}", part(&header), part(claims), base64_url(&random::<256>()))
}
