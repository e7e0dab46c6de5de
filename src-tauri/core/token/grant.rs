use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::claims::{bound_to, claims, role, scopes};
use super::{Method, TokenFacts};
use crate::secret::Secret;

/// An access token in memory; nothing of this type is ever written.
pub struct Token {
    /// The token itself.
    pub value: Secret<String>,
    granted: Instant,
    /// How long it lives.
    pub lifetime: Duration,
    fetched_at: Timestamp,
    took: Duration,
    scopes: Vec<String>,
    claims: Option<Value>,
}

/// A granted token as the server writes it (sap-domain 3.3).
#[derive(Deserialize)]
pub(super) struct Grant {
    access_token: Secret<String>,
    #[serde(default)]
    expires_in: Option<f64>,
    #[serde(default)]
    scope: Option<String>,
}

/// What a token lives when the server does not say: the shortest a service instance can be set to (sap-domain 1.2).
const LIFETIME_UNSAID: Duration = Duration::from_hours(1);

impl Grant {
    pub(super) fn into_token(self, took: Duration) -> Token {
        let stated = self.expires_in.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let lifetime = stated.unwrap_or(LIFETIME_UNSAID);
        // EXPOSE: from the answer into the token's own custody.
        Token::granted(self.access_token.expose().clone(), lifetime, self.scope.as_deref(), took)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.access_token.length() == 0
    }
}

impl Token {
    /// A token as a server grants it: with its lifetime, its scopes as far as they were said, and how long it took.
    pub fn granted(value: String, lifetime: Duration, scope: Option<&str>, took: Duration) -> Self {
        let claims = claims(&value);
        Self {
            scopes: scopes(scope, claims.as_ref()),
            claims,
            value: Secret::new(value),
            granted: Instant::now(),
            lifetime,
            fetched_at: Timestamp::now(),
            took,
        }
    }

    /// When it was granted.
    pub const fn fetched_at(&self) -> Timestamp {
        self.fetched_at
    }

    /// How long ago it was granted; the wall clock counts too, for the other one stands still in a sleeping computer.
    pub(super) fn age(&self) -> Duration {
        let on_the_wall = Timestamp::now().duration_since(self.fetched_at);
        self.granted.elapsed().max(Duration::try_from(on_the_wall).unwrap_or_default())
    }

    /// What may be shown of it.
    pub fn facts(&self, tenant: &str, key: &str, method: Method, cached: bool) -> TokenFacts {
        let mut roles: Vec<String> = Vec::new();
        for name in self.scopes.iter().map(|scope| role(scope)) {
            if !roles.iter().any(|known| known == name) {
                roles.push(name.to_owned());
            }
        }
        let lifetime = jiff::SignedDuration::try_from(self.lifetime).unwrap_or(jiff::SignedDuration::MAX);
        TokenFacts {
            tenant: tenant.to_owned(),
            key: key.to_owned(),
            fetched_at: self.fetched_at,
            expires_at: self.fetched_at.saturating_add(lifetime).unwrap_or(Timestamp::MAX),
            lifetime_seconds: u32::try_from(self.lifetime.as_secs()).unwrap_or(u32::MAX),
            took_ms: self.took.as_secs_f64() * 1_000.0,
            cached,
            method,
            length: u32::try_from(self.value.length()).unwrap_or(u32::MAX),
            roles,
            scopes: self.scopes.clone(),
            claims: self.claims.clone(),
            bound_to: bound_to(self.claims.as_ref()),
        }
    }
}
