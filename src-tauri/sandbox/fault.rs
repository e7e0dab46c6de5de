use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::{KeyName, Options};

/// A way in which the token server misbehaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenFault {
    /// Answers, but late.
    Slow(Duration),
    /// Answers 200 with a login page instead of a token.
    LoginPage,
    /// Answers the first call of each client with 429 and one second of `Retry-After`.
    LimitedOnce,
    /// Answers every call with 429 and this many seconds of `Retry-After`.
    Limited(u64),
    /// Answers 502 as the router does when nothing is behind it.
    BadGateway,
    /// Answers 200 with text that is no JSON.
    Garbage,
    /// Issues tokens with this lifetime.
    ShortLived(Duration),
    /// Issues each client a first token that the services already refuse.
    FirstRevoked,
    /// Refuses everybody with this error word of UAA.
    Refuses(&'static str),
    /// Answers 404 as the router does when it knows no application of this name.
    NoRoute,
    /// Answers 404 as an application does that has no such path.
    NoPath,
}

/// Error words of UAA that a subdomain of their name answers with.
const REFUSALS: [&str; 9] = [
    "invalid-client",
    "unauthorized",
    "unauthorized-client",
    "unsupported-grant-type",
    "invalid-scope",
    "invalid-request",
    "access-denied",
    "method-not-allowed",
    "server-error",
];

impl TokenFault {
    /// The fault a subdomain stands for; the tenant's own stands for none.
    pub(crate) fn of_subdomain(subdomain: &str, options: &Options) -> Result<Option<Self>, UnknownSubdomain> {
        Ok(Some(match subdomain {
            "sandbox" => return Ok(None),
            "slow" => Self::Slow(options.slow_delay),
            "html" => Self::LoginPage,
            "limited" => Self::LimitedOnce,
            "always-limited" => Self::Limited(30),
            "badgateway" => Self::BadGateway,
            "garbage" => Self::Garbage,
            "short" => Self::ShortLived(options.short_lifetime),
            "stale" => Self::FirstRevoked,
            "no-route" => Self::NoRoute,
            "no-path" => Self::NoPath,
            other => match REFUSALS.into_iter().find(|word| *word == other) {
                Some(word) => Self::Refuses(word),
                None => return Err(UnknownSubdomain),
            },
        }))
    }
}

/// There is no identity zone of this name.
pub(crate) struct UnknownSubdomain;

/// Failures that a test switches on and off while the sandbox runs.
#[derive(Debug, Default)]
pub struct Faults {
    token: Mutex<Option<TokenFault>>,
    deleted_keys: Mutex<HashSet<KeyName>>,
    seen: Mutex<HashSet<String>>,
    token_generation: AtomicU64,
    session_generation: AtomicU64,
}

impl Faults {
    /// Makes the token server of the tenant misbehave, or behave again.
    pub fn set_token(&self, fault: Option<TokenFault>) {
        lock(&self.seen).clear();
        *lock(&self.token) = fault;
    }

    /// Deletes a key on the tenant: its credentials and its tokens are refused from now on.
    pub fn delete_key(&self, name: KeyName) {
        lock(&self.deleted_keys).insert(name);
    }

    /// Takes back [`Faults::delete_key`].
    pub fn restore_key(&self, name: KeyName) {
        lock(&self.deleted_keys).remove(&name);
    }

    /// Makes the services refuse every token issued so far.
    pub fn revoke_tokens(&self) {
        self.token_generation.fetch_add(1, Ordering::SeqCst);
    }

    /// Ends every CSRF session, so that the tokens of all of them are wrong.
    pub fn end_sessions(&self) {
        self.session_generation.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn token(&self) -> Option<TokenFault> {
        lock(&self.token).clone()
    }

    pub(crate) fn is_deleted(&self, name: KeyName) -> bool {
        name == KeyName::RevokedSecret || lock(&self.deleted_keys).contains(&name)
    }

    /// Whether this is the first time that this was asked.
    pub(crate) fn first_time(&self, what: &str) -> bool {
        lock(&self.seen).insert(what.to_owned())
    }

    pub(crate) fn token_generation(&self) -> u64 {
        self.token_generation.load(Ordering::SeqCst)
    }

    pub(crate) fn session_generation(&self) -> u64 {
        self.session_generation.load(Ordering::SeqCst)
    }
}

/// A lock that a panicking test does not take away from the others.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
