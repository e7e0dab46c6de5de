//! X.509 certificates, private keys and what can be said about them.

mod authority;
mod chain;
mod check;
mod distinguished_name;
mod encrypted;
mod export;
mod facts;
mod identity;
mod key_file;
mod listing;
mod pem;
mod pending;
mod pkcs12;
mod pkcs7;
mod private_key;
mod reminder;
mod request;
#[cfg(test)]
pub(crate) mod samples;
mod signed;
mod subject;
#[cfg(test)]
pub(crate) mod tests;
mod trusted;

pub use authority::authorities;
pub use chain::Chain;
pub use check::{CertificateAspect, CertificateCheck, CheckState, Origin};
pub use distinguished_name::distinguished_name;
pub use export::{Pkcs12ExportError, write_pkcs12};
pub use facts::{CertificateError, CertificateFacts, ChainFacts};
pub use identity::{Identity, IdentityError};
pub use key_file::{KeyFile, KeyFileError, KeyFileFault};
pub use listing::{CertificateReport, ExpiryWarning, Renewal};
pub use pem::{Block, BlockKind, Pem, PemError, PemRepairs, write_pem};
pub use pending::{CertificateRequest, RequestRecord, RequestStore};
pub use private_key::{KeyForm, PrivateKey, PrivateKeyError};
pub use reminder::{CertificateReminder, ReminderStore};
pub use request::{
    KeyPairKind, RequestContent, RequestError, SignedRequest, answers_request, request_public_key,
    request_subject,
};
pub use signed::{AnswerError, read_answer};
pub use subject::{Subject, SubjectError};
