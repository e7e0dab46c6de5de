use super::foreign::Foreign;
use crate::certificate::{CertificateError, PemError};
use crate::error::{Code, Error};

/// Why a text is no service key, or not one that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is no text.
    #[error("There is nothing here.")]
    Empty,
    /// Far longer than any key.
    #[error("The text is longer than 1 MB, too long for a service key.")]
    TooLarge,
    /// No JSON anywhere in it.
    #[error("This is no service key: there is no JSON in the text.")]
    NotJson,
    /// The JSON breaks off.
    #[error("The text ends in the middle, in line {line}, column {column}.")]
    Ended {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// The JSON is damaged beyond what can be put right.
    #[error("The JSON is damaged in line {line}, column {column}.")]
    Damaged {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// The text starts inside the JSON.
    #[error("The beginning is missing: the text starts with a field, without a brace before it.")]
    StartMissing,
    /// Nested deeper than any key.
    #[error("The JSON is nested too deeply for a service key.")]
    TooDeep,
    /// Something else that we know.
    #[error("{}", .0.message())]
    Foreign(Foreign),
    /// JSON of another kind.
    #[error("This is JSON, but has neither a client id nor a token address.")]
    NothingKnown,
    /// The client id is missing.
    #[error("This looks like a service key, but it has no client id.")]
    ClientIdMissing,
    /// The client id cannot be one.
    #[error("The client id cannot be right: it contains blanks or line breaks, or is far too long.")]
    ClientIdDamaged,
    /// The token address is missing.
    #[error("This looks like a service key, but it has no token address.")]
    TokenUrlMissing,
    /// Neither secret nor certificate.
    #[error("The key has a client id and a token address, but neither a client secret nor a certificate.")]
    CredentialMissing,
    /// The secret was replaced by dots or stars where it was copied.
    #[error("The client secret was hidden where this text was copied: it consists of stars or dots.")]
    SecretMasked,
    /// A private key, but no certificate.
    #[error("The key has a private key, but no certificate.")]
    CertificateMissing,
    /// An address that must not be used.
    #[error("The {field} of the key {fault}.")]
    Url {
        /// Which address, in words.
        field: &'static str,
        /// What is the matter.
        fault: UrlFault,
    },
    /// The certificate's PEM is damaged.
    #[error(transparent)]
    Pem(PemError),
    /// The certificate itself is damaged.
    #[error(transparent)]
    Certificate(CertificateError),
}

/// What is the matter with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlFault {
    /// It does not parse.
    #[error("is no valid URL")]
    Invalid,
    /// It is not `https`.
    #[error("is not an https address")]
    Insecure,
    /// A user name or password is part of it.
    #[error("contains a user name or a password")]
    Credentials,
}

impl ReadError {
    fn hint(self) -> &'static str {
        match self {
            Self::Empty => "Copy the whole service key in the BTP cockpit, from the first brace to the last.",
            Self::Foreign(foreign) => foreign.hint(),
            Self::TokenUrlMissing => {
                "Copy the whole key: the field is called tokenurl, or url in the part named uaa."
            }
            Self::SecretMasked => {
                "Copy the key from the JSON view of the cockpit, where the secret is shown."
            }
            Self::Url { fault: UrlFault::Insecure | UrlFault::Credentials, .. } => {
                "Sluice sends credentials to https addresses without a user part only. Nothing was sent."
            }
            Self::Pem(_) | Self::Certificate(_) => {
                "Copy the key again, whole; the field certificate is damaged."
            }
            _ => "Copy the whole service key again, from the first brace to the last.",
        }
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::new(Code::NotAServiceKey, error.to_string()).hint(error.hint())
    }
}
