//! Tokens a server may grant, whatever their claims are.

use std::time::Duration;

use sluice_core::token::{Method, Token};

use super::texts::halves;

/// The scopes as said by the server, and the token.
pub fn run(data: &[u8]) {
    let (scope, value) = halves(data);
    let (Ok(scope), Ok(value)) = (std::str::from_utf8(scope), std::str::from_utf8(value)) else { return };
    let lifetime = Duration::from_secs(value.len() as u64).saturating_mul(u32::MAX);
    let scope = Some(scope).filter(|scope| !scope.is_empty());
    let token = Token::granted(value.to_owned(), lifetime, scope, Duration::ZERO);
    let facts = token.facts("tenant", "key", Method::Basic, false);
    assert_eq!(facts.length as usize, value.chars().count());
    assert!(facts.expires_at >= facts.fetched_at);
    assert!(facts.roles.len() <= facts.scopes.len());
    assert!(facts.roles.iter().all(|role| facts.scopes.iter().any(|scope| scope.ends_with(role))));
    assert!(facts.claims.is_none_or(|claims| claims.is_object()));
}
