//! X.509 certificates, private keys and what can be said about them.

mod facts;

pub use facts::{CertificateFacts, ChainFacts};
