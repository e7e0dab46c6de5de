//! What the program tells the shell (README, "Exit codes").

use sluice_core::error::Code;
use sluice_core::http::Exchange;

/// The outcome of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// An answer below 400; everything asked for was done.
    Good = 0,
    /// An answer of 400 or more from the flow, or a check that failed.
    Failed = 1,
    /// Wrong usage or unreadable input.
    Usage = 2,
    /// Not sent, or no whole answer.
    NotSent = 3,
    /// Refused by the token server, or by the platform before the flow ran.
    Refused = 4,
    /// The secret store is not usable.
    SecretStore = 5,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<Code> for Exit {
    fn from(code: Code) -> Self {
        match code {
            Code::InvalidInput
            | Code::NotFound
            | Code::AlreadyExists
            | Code::NotAServiceKey
            | Code::PassphraseNeeded
            | Code::WrongPassphrase
            | Code::KeyMismatch
            | Code::PrivateKeyNeeded
            | Code::WrongKey
            | Code::ForeignHost
            | Code::ConfirmationNeeded
            | Code::StorageFailed => Self::Usage,
            Code::NameNotResolved
            | Code::ConnectFailed
            | Code::TlsFailed
            | Code::TimedOut
            | Code::CutOff
            | Code::Cancelled
            | Code::TokenUnavailable
            | Code::DiskFull => Self::NotSent,
            Code::TokenRefused | Code::PlatformRefused => Self::Refused,
            Code::SecretStoreMissing | Code::SecretStoreLocked | Code::SecretStoreRefused => {
                Self::SecretStore
            }
        }
    }
}

/// The outcome of a sending.
pub fn of_exchange(exchange: &Exchange) -> Exit {
    if let Some(failure) = &exchange.failure {
        return failure.code.into();
    }
    if exchange.refusal.is_some() {
        return Exit::Refused;
    }
    let status = exchange.answer().map_or(0, |answer| answer.status);
    if status < 400 { Exit::Good } else { Exit::Failed }
}
