//! The one error every door shows: what failed, why, and the next step.

use serde::{Deserialize, Serialize};

use crate::diagnosis::{self, Diagnosis, Reason};

/// What a door decides on: exit code, icon, or the page that helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The user or the caller gave something that cannot be used.
    InvalidInput,
    /// The named thing does not exist.
    NotFound,
    /// The name is taken.
    AlreadyExists,
    /// The text is no service key.
    NotAServiceKey,
    /// An encrypted key file needs a passphrase.
    PassphraseNeeded,
    /// The passphrase does not open the file.
    WrongPassphrase,
    /// The private key belongs to another certificate.
    KeyMismatch,
    /// The private key of an external certificate is missing.
    PrivateKeyNeeded,
    /// The key cannot do what was asked: wrong plan, wrong kind, unusable certificate.
    WrongKey,
    /// The host is not one of the tenant, whose credentials would go there.
    ForeignHost,
    /// A production tenant is written to only after the user said so.
    ConfirmationNeeded,
    /// The host name has no address.
    NameNotResolved,
    /// No connection could be made.
    ConnectFailed,
    /// One side refused the TLS connection.
    TlsFailed,
    /// It took longer than allowed.
    TimedOut,
    /// The connection ended before the answer was whole.
    CutOff,
    /// The user cancelled.
    Cancelled,
    /// The token server refused the credentials.
    TokenRefused,
    /// The platform answered 401 or 403 before the flow ran.
    PlatformRefused,
    /// The token server gave no usable answer.
    TokenUnavailable,
    /// There is no secret store on this computer.
    SecretStoreMissing,
    /// The secret store is locked.
    SecretStoreLocked,
    /// The secret store refused or failed.
    SecretStoreRefused,
    /// The disk is full.
    DiskFull,
    /// Sluice's own data could not be read or written; also what a newer version kept another code for.
    #[serde(other)]
    StorageFailed,
}

/// A failure in the user's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[error("{message}")]
pub struct Error {
    /// What a door decides on.
    pub code: Code,
    /// What failed and why, one or two sentences.
    pub message: String,
    /// The next step.
    pub hint: Option<String>,
    /// The raw text behind it, for the one click away.
    pub detail: Option<String>,
    /// What is behind it and what can be done, after a failed sending or token call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub diagnosis: Option<Box<Diagnosis>>,
    /// Why, as it was known where it happened; the diagnosis is made from it.
    #[serde(skip)]
    #[cfg_attr(feature = "bindings", ts(skip))]
    pub reason: Option<Reason>,
}

/// What every operation of the workbench answers.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error without a hint yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: sentence(message.into()),
            hint: None,
            detail: None,
            diagnosis: None,
            reason: None,
        }
    }

    /// The same error with the next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(sentence(hint.into()));
        self
    }

    /// The same error with why it happened, and the next step of that.
    #[must_use]
    pub fn because(mut self, reason: Reason) -> Self {
        self.reason = Some(reason);
        self.hint = self.hint.or_else(|| diagnosis::hint(reason).map(str::to_owned));
        self
    }

    /// The same error with the raw text behind it.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

/// Messages and hints are sentences and stand beside each other, so each one ends.
fn sentence(mut text: String) -> String {
    let last = text.chars().last();
    if last.is_some_and(|last| !matches!(last, '.' | '?' | '!' | '…' | ':')) {
        text.push('.');
    }
    text
}
