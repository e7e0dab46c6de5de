//! X.509 certificates, private keys and what can be said about them.

mod authority;
mod chain;
mod distinguished_name;
mod encrypted;
mod facts;
mod identity;
mod key_file;
mod pem;
mod pkcs12;
mod private_key;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;

pub use authority::authorities;
pub use chain::Chain;
pub use distinguished_name::distinguished_name;
pub use facts::{CertificateError, CertificateFacts, ChainFacts};
pub use identity::{Identity, IdentityError};
pub use key_file::{KeyFile, KeyFileError, KeyFileFault};
pub use pem::{Block, BlockKind, Pem, PemError, PemRepairs};
pub use private_key::{KeyForm, PrivateKey, PrivateKeyError};
