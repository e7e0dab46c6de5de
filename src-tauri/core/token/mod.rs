//! Access tokens: fetched, cached, shown without being shown.

mod facts;

pub use facts::{Method, TokenFacts};
