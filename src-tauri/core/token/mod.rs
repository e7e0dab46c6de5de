//! Access tokens: fetched, cached, shown without being shown.

mod answer;
mod cache;
mod claims;
mod facts;
mod fetch;
mod grant;
mod request;
mod role;

pub use answer::TokenError;
pub use cache::{TokenCache, TokenIdentity};
pub use facts::{Method, TokenFacts};
pub use fetch::fetch;
pub use grant::Token;
pub use request::{Client, Proof};
pub(crate) use role::Role;
