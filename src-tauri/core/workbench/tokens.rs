use std::sync::Arc;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::keys::UsableKey;
use super::{Workbench, lock};
use crate::error::{Code, Error, Result};
use crate::http::{Course, TokenCall};
use crate::operation::{KeyName, TokenFetch};
use crate::secret::Secret;
use crate::tenant::{Health, KeyRecord, TenantRecord};
use crate::token::{Client, Token, TokenFacts, TokenIdentity, fetch};

impl Workbench {
    /// Gets a token, from the cache or the token server.
    pub async fn token_fetch(&self, wanted: TokenFetch) -> Result<TokenFacts> {
        let tenant = self.tenant(&wanted.tenant)?;
        let key = self.usable_key(&tenant, wanted.key.as_deref(), wanted.plan).await?;
        let known = self.known_token(&key);
        let older = known.clone().filter(|_| wanted.fresh);
        let token = self.token_alone(Some(&tenant), &key, older.as_ref()).await?;
        let cached = known.is_some_and(|known| Arc::ptr_eq(&known, &token));
        Ok(token.facts(&tenant.name, &key.name, key.method, cached))
    }

    /// Shows the cached token, if there is one; asks nobody.
    pub async fn token_peek(&self, name: KeyName) -> Result<Option<TokenFacts>> {
        let tenant = self.tenant(&name.tenant)?;
        let Some(record) = tenant.key(name.key.as_deref(), name.plan) else { return Ok(None) };
        let used = lock(&self.inner.credentials).get(&record.secret).cloned();
        let token = used.as_ref().and_then(|key| Some((key, self.inner.tokens.peek(&identity(key))?)));
        Ok(token.map(|(key, token)| token.facts(&tenant.name, &key.name, key.method, true)))
    }

    /// The token itself; a deliberate act of the user.
    pub async fn token_reveal(&self, name: KeyName) -> Result<Secret<String>> {
        let tenant = self.tenant(&name.tenant)?;
        let key = self.usable_key(&tenant, name.key.as_deref(), name.plan).await?;
        Ok(self.token_alone(Some(&tenant), &key, None).await?.value.clone())
    }

    /// The token this key would be given without asking anybody.
    pub(super) fn known_token(&self, key: &UsableKey) -> Option<Arc<Token>> {
        self.inner.tokens.peek(&identity(key))
    }

    /// A token outside of any sending, or its diagnosis; a key that is not saved yet has no tenant.
    pub(super) async fn token_alone(
        &self,
        tenant: Option<&TenantRecord>,
        key: &UsableKey,
        older: Option<&Arc<Token>>,
    ) -> Result<Arc<Token>> {
        let cancel = CancellationToken::new();
        let course = Course::begin(self.inner.engine.timeout(), &|_| {}, &cancel);
        let mut calls = Vec::new();
        let token = self.token(key, older, &course, &mut calls).await;
        token.map_err(|error| self.explained(error, tenant, key, calls.pop()))
    }

    /// A token for a call that begins; the calls made for it are appended to `calls`.
    pub(super) async fn token(
        &self,
        key: &UsableKey,
        older: Option<&Arc<Token>>,
        course: &Course<'_>,
        calls: &mut Vec<TokenCall>,
    ) -> Result<Arc<Token>> {
        let fetch = async || {
            let server = self.token_server(&key.token_url);
            // One call at a time to the token server of a tenant (sap-domain 3.6), whichever key asks.
            let _turn = tokio::select! {
                turn = server.lock() => turn,
                failure = course.ended() => return Err(failure),
            };
            let engine = &self.inner.engine;
            let client = Client {
                token_url: &key.token_url,
                id: &key.client_id,
                method: key.method,
                proof: key.proof(),
                scope: None,
            };
            let granted = fetch(engine, &client, course, calls).await;
            self.note_health(key, granted.as_ref().err());
            granted
        };
        self.inner.tokens.get(&identity(key), older, fetch).await
    }

    /// What the last token call said; a token that is there proves the key good, whoever fetched it.
    pub(super) fn health(&self, record: &KeyRecord) -> Health {
        if let Some(known) = lock(&self.inner.health).get(&record.id) {
            return known.clone();
        }
        let used = lock(&self.inner.credentials).get(&record.secret).cloned();
        let token = used.and_then(|key| self.inner.tokens.peek(&identity(&key)));
        token.map_or(Health::Unknown, |token| Health::Good { at: token.fetched_at() })
    }

    /// The roles of the last token of this key, also of one that has ended; absent without one in this run.
    pub(super) fn roles_of(&self, record: &KeyRecord) -> Option<Vec<String>> {
        let key = lock(&self.inner.credentials).get(&record.secret).cloned()?;
        let token = self.inner.tokens.last(&identity(&key))?;
        Some(token.facts("", &key.name, key.method, true).roles)
    }

    pub(super) fn token_server(&self, token_url: &str) -> Arc<tokio::sync::Mutex<()>> {
        Arc::clone(lock(&self.inner.token_servers).entry(token_url.to_owned()).or_default())
    }

    fn note_health(&self, key: &UsableKey, failure: Option<&Error>) {
        let at = Timestamp::now();
        let health = match failure {
            None => Health::Good { at },
            Some(failure) if failure.code == Code::Cancelled => return,
            Some(failure) => Health::Bad { at, reason: failure.message.clone() },
        };
        lock(&self.inner.health).insert(key.id, health);
    }
}

/// What makes this key's tokens its own.
fn identity(key: &UsableKey) -> TokenIdentity {
    TokenIdentity {
        token_url: key.token_url.clone(),
        client_id: key.client_id.clone(),
        method: key.method,
        credential: key.fingerprint(),
        scope: None,
    }
}
