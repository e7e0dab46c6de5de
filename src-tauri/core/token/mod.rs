//! Access tokens: fetched, cached, shown without being shown.

mod answer;
mod cache;
mod claims;
mod facts;
mod grant;

pub use answer::TokenError;
pub use cache::{TokenCache, TokenIdentity};
pub use facts::{Method, TokenFacts};
pub use grant::Token;
