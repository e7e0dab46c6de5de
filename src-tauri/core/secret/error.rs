use std::time::Duration;

use crate::error::{Code, Error};

/// Why the operating system did not keep or give back a secret.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing on this computer keeps secrets.
    #[error("there is no secret store: {0}")]
    Missing(String),
    /// It is locked, or has no keyring yet, and nobody unlocked it.
    #[error("the secret store is locked: {0}")]
    Locked(String),
    /// It did not answer in time, usually because it waits for the user.
    #[error("the secret store did not answer within {0:?}")]
    TimedOut(Duration),
    /// It refused or failed.
    #[error("the secret store refused: {0}")]
    Refused(String),
    /// The value is larger than the store takes.
    #[error("the secret is longer than the store's limit of {0}")]
    TooLong(u32),
}

impl From<keyring_core::Error> for StoreError {
    fn from(error: keyring_core::Error) -> Self {
        match error {
            keyring_core::Error::NoStorageAccess(cause) => Self::Locked(cause.to_string()),
            keyring_core::Error::TooLong(_, limit) => Self::TooLong(limit),
            keyring_core::Error::PlatformFailure(cause) if is_absence(&cause.to_string()) => {
                Self::Missing(cause.to_string())
            }
            other => Self::Refused(other.to_string()),
        }
    }
}

/// The bus answers with these names when nobody offers the service; the store passes them on as text only.
fn is_absence(text: &str) -> bool {
    const SIGNS: [&str; 6] =
        ["ServiceUnknown", "NameHasNoOwner", "I/O error", "InputOutput", "No such file", "Unavailable"];
    SIGNS.iter().any(|sign| text.contains(sign)) || text.to_lowercase().contains("connection")
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let detail = error.to_string();
        let told = match error {
            StoreError::Missing(_) => {
                Self::new(Code::SecretStoreMissing, "This computer has no keyring that Sluice can reach")
                    .hint(
                        "Start one (GNOME Keyring, KWallet or KeePassXC offer the Secret Service), \
                     or hold secrets for this run only",
                    )
            }
            StoreError::Locked(_) => Self::new(
                Code::SecretStoreLocked,
                "The keyring is locked, or no default keyring was made yet",
            )
            .hint("Unlock it in your system's password app and try again"),
            StoreError::TimedOut(limit) => Self::new(
                Code::SecretStoreLocked,
                format!("The keyring did not answer within {} s", limit.as_secs()),
            )
            .hint("Look for its unlock dialog, perhaps behind this window, and try again"),
            StoreError::Refused(_) => Self::new(Code::SecretStoreRefused, "The keyring refused")
                .hint("Check in your system's password app whether Sluice may use it"),
            StoreError::TooLong(limit) => Self::new(
                Code::SecretStoreRefused,
                format!("The keyring takes at most {limit} bytes, this secret is longer"),
            )
            .hint("Use a key with a shorter private key, for example RSA 2048"),
        };
        told.detail(detail)
    }
}
