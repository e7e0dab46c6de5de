use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How the token server learns who asks (sap-domain 3.1, 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Client id and secret in the form body; the default of secret keys.
    Body,
    /// Client id and secret as Basic authorization.
    Basic,
    /// The client certificate; the only one of certificate keys.
    Mtls,
}

/// What may be shown of a token: everything but the token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct TokenFacts {
    /// The tenant it belongs to.
    pub tenant: String,
    /// The key it was fetched with.
    pub key: String,
    /// When it was granted.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub fetched_at: Timestamp,
    /// When it ends.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub expires_at: Timestamp,
    /// Its whole lifetime in seconds.
    pub lifetime_seconds: u32,
    /// How long the token server took, in milliseconds; 0 when it came from the cache.
    pub took_ms: f64,
    /// Whether it was already there.
    pub cached: bool,
    /// How it was asked for.
    pub method: Method,
    /// Number of characters of the token.
    pub length: u32,
    /// The roles it carries: scopes cut after the last `!b<n>.` (sap-domain 3.4).
    pub roles: Vec<String>,
    /// The scopes as granted.
    pub scopes: Vec<String>,
    /// The claims, as JSON; absent when the token is opaque.
    #[cfg_attr(feature = "bindings", ts(type = "Record<string, unknown> | null"))]
    pub claims: Option<serde_json::Value>,
    /// SHA-256 thumbprint of the certificate it is bound to, from `cnf`.
    pub bound_to: Option<String>,
}

impl TokenFacts {
    /// The same as of this tenant and key; of a client that a request spells out there is neither.
    #[must_use]
    pub fn of(self, tenant: Option<&str>, key: Option<&str>) -> Self {
        Self {
            tenant: tenant.unwrap_or_default().to_owned(),
            key: key.unwrap_or_default().to_owned(),
            ..self
        }
    }
}
