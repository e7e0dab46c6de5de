use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::request::Grant;
use crate::KeyName;
use crate::fault::{Faults, lock};

/// Tokens in use at once; expired ones are forgotten beyond this number.
const TOKENS_AT_MOST: usize = 10_000;

/// The tokens that were issued.
#[derive(Default)]
pub(crate) struct Tokens {
    issued: Mutex<HashMap<String, Token>>,
}

pub(super) struct Token {
    key: KeyName,
    roles: Vec<String>,
    expires: Instant,
    generation: u64,
    revoked: bool,
}

impl Tokens {
    pub(super) fn keep(&self, access_token: String, token: Token) {
        let mut issued = lock(&self.issued);
        if issued.len() >= TOKENS_AT_MOST {
            let now = Instant::now();
            issued.retain(|_, token| token.expires > now);
        }
        issued.insert(access_token, token);
    }

    /// The key and roles of a token, if it is still good.
    pub(crate) fn holder(&self, access_token: &str, faults: &Faults) -> Option<(KeyName, Vec<String>)> {
        let issued = lock(&self.issued);
        let token = issued.get(access_token)?;
        let good =
            !token.revoked && token.generation == faults.token_generation() && token.expires > Instant::now();
        good.then(|| (token.key, token.roles.clone()))
    }
}

impl Token {
    pub(super) fn new(grant: &Grant<'_>, seconds: u64, faults: &Faults, revoked: bool) -> Self {
        Self {
            key: grant.key.name,
            roles: grant.roles.clone(),
            expires: Instant::now() + Duration::from_secs(seconds),
            generation: faults.token_generation(),
            revoked,
        }
    }
}
