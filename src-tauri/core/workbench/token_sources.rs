//! Where a sending's tokens come from: one key, or a client a request spells out.

use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use sha2::{Digest as _, Sha256};

use super::keys::UsableKey;
use super::{Workbench, lock};
use crate::error::Result;
use crate::http::{Course, GrantedToken, TokenCall, TokenFailure, TokenSource};
use crate::secret::Secret;
use crate::token::{Client, Method, Proof, Token, TokenIdentity, fetch};

/// SHA-256 of a credential; stays in memory.
pub(super) fn digest(parts: &[&str]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    digest.finalize().into()
}

type Granting<'a> = BoxFuture<'a, std::result::Result<GrantedToken, TokenFailure>>;

/// The tokens of one key for one sending.
pub(super) struct KeyTokens {
    pub(super) workbench: Workbench,
    pub(super) key: Arc<UsableKey>,
    pub(super) given: Mutex<Option<Arc<Token>>>,
}

impl TokenSource for KeyTokens {
    fn token<'a>(&'a self, fresh: bool, course: &'a Course<'a>) -> Granting<'a> {
        Box::pin(async move {
            let mut calls = Vec::new();
            let older = older(fresh, &self.given);
            let token = self.workbench.token(&self.key, older.as_ref(), course, &mut calls).await;
            granted(token, calls, &self.given, self.key.method)
        })
    }
}

/// The tokens of a client a request spells out, for one sending.
pub(super) struct ClientTokens {
    pub(super) workbench: Workbench,
    pub(super) token_url: String,
    pub(super) client_id: String,
    pub(super) method: Method,
    pub(super) secret: Secret<String>,
    pub(super) scope: Option<String>,
    pub(super) given: Mutex<Option<Arc<Token>>>,
}

impl ClientTokens {
    async fn get(
        &self,
        older: Option<&Arc<Token>>,
        course: &Course<'_>,
        calls: &mut Vec<TokenCall>,
    ) -> Result<Arc<Token>> {
        let fetch = async || {
            let server = self.workbench.token_server(&self.token_url);
            let _turn = tokio::select! {
                turn = server.lock() => turn,
                failure = course.ended() => return Err(failure),
            };
            let client = Client {
                token_url: &self.token_url,
                id: &self.client_id,
                method: self.method,
                proof: Proof::Secret(&self.secret),
                scope: self.scope.as_deref(),
            };
            fetch(&self.workbench.inner.engine, &client, course, calls).await
        };
        self.workbench.inner.tokens.get(&self.identity(), older, fetch).await
    }

    fn identity(&self) -> TokenIdentity {
        TokenIdentity {
            token_url: self.token_url.clone(),
            client_id: self.client_id.clone(),
            method: self.method,
            // EXPOSE: into a digest that tells two secrets apart.
            credential: digest(&[self.secret.expose()]),
            scope: self.scope.clone(),
        }
    }
}

impl TokenSource for ClientTokens {
    fn token<'a>(&'a self, fresh: bool, course: &'a Course<'a>) -> Granting<'a> {
        Box::pin(async move {
            let mut calls = Vec::new();
            let older = older(fresh, &self.given);
            let token = self.get(older.as_ref(), course, &mut calls).await;
            granted(token, calls, &self.given, self.method)
        })
    }
}

/// Only the token that was refused is passed over: somebody else may already have brought a newer one.
fn older(fresh: bool, given: &Mutex<Option<Arc<Token>>>) -> Option<Arc<Token>> {
    lock(given).clone().filter(|_| fresh)
}

fn granted(
    token: Result<Arc<Token>>,
    calls: Vec<TokenCall>,
    given: &Mutex<Option<Arc<Token>>>,
    method: Method,
) -> std::result::Result<GrantedToken, TokenFailure> {
    match token {
        Ok(token) => {
            *lock(given) = Some(Arc::clone(&token));
            let facts = token.facts("", "", method, calls.is_empty());
            Ok(GrantedToken { value: token.value.clone(), calls, facts: Some(facts) })
        }
        Err(error) => Err(TokenFailure { error, calls }),
    }
}
