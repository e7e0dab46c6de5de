//! Why a call failed, in the user's words.

use std::io;
use std::time::Duration;

use url::Url;

use super::cause::{chain_text, find};
use super::decoding::Broken;
use super::dial::Seen;
use super::spool::SpoolError;
use super::tls_failure::{self, TlsFailure};
use crate::diagnosis::Reason;
use crate::error::{Code, Error};

/// What went wrong with a call.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// It could not even be begun.
    #[error(transparent)]
    Unsendable(#[from] Error),
    #[error("{host} was not found")]
    NameNotResolved { host: String, detail: String },
    #[error("{host} could not be reached")]
    Unreachable { host: String, refused: bool, detail: String },
    #[error("no connection to {host}")]
    ConnectTimedOut { host: String, after: Duration },
    #[error("the proxy failed")]
    Proxy { detail: String },
    #[error(transparent)]
    Tls(#[from] TlsFailure),
    #[error("time is up")]
    TimedOut { after: Duration, sent: bool },
    #[error("cancelled")]
    Cancelled { sent: bool },
    #[error("no answer from {host}")]
    NoAnswer { host: String, detail: String },
    #[error("no HTTP from {host}")]
    NotHttp { host: String, detail: String },
    #[error("the answer was cut off")]
    Cut { received: u64, detail: String },
    #[error("the body is damaged")]
    Damaged { detail: String },
    #[error(transparent)]
    Spool(#[from] SpoolError),
}

/// What is known when a call fails before an answer.
pub(super) struct Circumstances<'a> {
    pub(super) url: &'a Url,
    pub(super) seen: Option<Seen>,
    /// Whether a connection was ready, so that the request may have gone out.
    pub(super) connected: bool,
    pub(super) connect_timeout: Duration,
    pub(super) proxied: bool,
}

impl Failure {
    /// The failure of a call that brought no answer.
    pub(super) fn of_call(error: &reqwest::Error, circumstances: &Circumstances<'_>) -> Self {
        let host = place(circumstances.url);
        let detail = chain_text(error);
        // Behind a proxy it is the proxy's name that was looked up.
        if error.is_dns() && !circumstances.proxied {
            let host = circumstances.url.host_str().unwrap_or_default().to_owned();
            return Self::NameNotResolved { host, detail };
        }
        if let Some(tls) = tls_failure::of(error, circumstances) {
            return Self::Tls(tls);
        }
        if error.is_dns() || detail.contains("tunnel error") || detail.contains("SOCKS error") {
            return Self::Proxy { detail };
        }
        if error.is_connect() && error.is_timeout() {
            return Self::ConnectTimedOut { host, after: circumstances.connect_timeout };
        }
        if error.is_connect() && !circumstances.connected {
            return Self::of_connect(error, host, circumstances.proxied);
        }
        if find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) {
            return Self::NotHttp { host, detail };
        }
        match find::<io::Error>(error) {
            Some(file) if detail.contains("became shorter") => Self::Unsendable(shortened(file)),
            _ => Self::NoAnswer { host, detail },
        }
    }

    fn of_connect(error: &reqwest::Error, host: String, proxied: bool) -> Self {
        let detail = chain_text(error);
        let refused =
            find::<io::Error>(error).is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused);
        if proxied { Self::Proxy { detail } } else { Self::Unreachable { host, refused, detail } }
    }

    /// The failure of a body that ended early after so many bytes.
    pub(super) fn of_body(broken: &Broken, received: u64) -> Self {
        match broken {
            Broken::Cut(error) => Self::Cut { received, detail: chain_text(error) },
            Broken::Damaged(error) => Self::Damaged { detail: chain_text(error) },
        }
    }

    /// The same failure, knowing whether a request may have gone out.
    pub(super) fn after(self, connected: bool) -> Self {
        match self {
            Self::Cancelled { .. } => Self::Cancelled { sent: connected },
            Self::TimedOut { after, .. } => Self::TimedOut { after, sent: connected },
            other => other,
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let reason = reason(&failure);
        let error = told(failure);
        match reason {
            Some(reason) => error.because(reason),
            None => error,
        }
    }
}

fn reason(failure: &Failure) -> Option<Reason> {
    Some(match failure {
        Failure::NameNotResolved { .. } => Reason::NameNotResolved,
        Failure::Unreachable { refused: true, .. } => Reason::ConnectionRefused,
        Failure::Unreachable { .. } => Reason::Unreachable,
        Failure::ConnectTimedOut { .. } | Failure::TimedOut { sent: false, .. } => Reason::ConnectTimedOut,
        Failure::Proxy { detail } if wants_login(detail) => Reason::ProxyLogin,
        Failure::Proxy { .. } => Reason::ProxyFailed,
        Failure::TimedOut { .. } => Reason::AnswerTimedOut,
        Failure::NoAnswer { .. } => Reason::NoAnswer,
        Failure::NotHttp { detail, .. } if detail.contains("too large") => Reason::HeadTooLarge,
        Failure::NotHttp { .. } => Reason::NotHttp,
        Failure::Cut { .. } => Reason::CutOff,
        Failure::Damaged { .. } => Reason::Damaged,
        Failure::Spool(SpoolError::TooLarge(_)) => Reason::TooLarge,
        Failure::Unsendable(_) | Failure::Cancelled { .. } | Failure::Tls(_) | Failure::Spool(_) => {
            return None;
        }
    })
}

fn wants_login(detail: &str) -> bool {
    ["authorization required", "auth required", "credentials"].iter().any(|sign| detail.contains(sign))
}

fn told(failure: Failure) -> Error {
    match failure {
        Failure::Unsendable(error) => error,
        Failure::Tls(failure) => failure.into(),
        Failure::Spool(error) => of_spool(&error),
        Failure::NameNotResolved { .. } | Failure::Unreachable { .. } | Failure::Proxy { .. } => {
            of_connection(failure)
        }
        Failure::ConnectTimedOut { .. } | Failure::TimedOut { .. } | Failure::Cancelled { .. } => {
            of_stop(&failure)
        }
        Failure::NoAnswer { .. }
        | Failure::NotHttp { .. }
        | Failure::Cut { .. }
        | Failure::Damaged { .. } => of_answer(failure),
    }
}

fn of_connection(failure: Failure) -> Error {
    let (code, message, detail) = match failure {
        Failure::NameNotResolved { host, detail } => {
            (Code::NameNotResolved, format!("The name {host} was not found. Nothing was sent."), detail)
        }
        Failure::Unreachable { host, refused: true, detail } => {
            (Code::ConnectFailed, format!("{host} refused the connection. Nothing was sent."), detail)
        }
        Failure::Unreachable { host, detail, .. } => {
            (Code::ConnectFailed, format!("{host} could not be reached. Nothing was sent."), detail)
        }
        Failure::Proxy { detail } if wants_login(&detail) => {
            let message = "The proxy wants a user name and a password. Nothing was sent.";
            (Code::ConnectFailed, message.to_owned(), detail)
        }
        Failure::Proxy { detail } => (
            Code::ConnectFailed,
            "The proxy did not make the connection. Nothing was sent.".to_owned(),
            detail,
        ),
        other => return of_stop(&other),
    };
    Error::new(code, message).detail(detail)
}

fn of_stop(failure: &Failure) -> Error {
    match failure {
        Failure::Cancelled { sent: false } => {
            Error::new(Code::Cancelled, "Cancelled before anything was sent.")
        }
        Failure::ConnectTimedOut { host, after } => {
            let message = format!("No connection to {host} within {}. Nothing was sent.", duration(*after));
            Error::new(Code::TimedOut, message)
        }
        Failure::TimedOut { after, sent: false } => {
            let message = format!("No connection within {}. Nothing was sent.", duration(*after));
            Error::new(Code::TimedOut, message)
        }
        Failure::TimedOut { after, .. } => {
            Error::new(Code::TimedOut, format!("No whole answer within {}.", duration(*after)))
        }
        // The user knows why; what may go on is worth a word all the same.
        _ => Error::new(Code::Cancelled, "Cancelled. The flow may still finish on the tenant.")
            .hint("Look for the message on the tenant before sending again."),
    }
}

fn of_answer(failure: Failure) -> Error {
    let (message, detail) = match failure {
        Failure::NotHttp { host, detail } if detail.contains("too large") => {
            (format!("The head of the answer of {host} is too large to be read."), detail)
        }
        Failure::NotHttp { host, detail } => {
            (format!("{host} answered with something that is not HTTP."), detail)
        }
        Failure::Cut { received, detail } => {
            let arrived = size(received);
            (format!("The connection ended before the answer was whole; {arrived} arrived."), detail)
        }
        Failure::Damaged { detail } => {
            let message = "The body of the answer is damaged: its compression cannot be undone.";
            (message.to_owned(), detail)
        }
        Failure::NoAnswer { host, detail } => {
            (format!("{host} closed the connection without an answer."), detail)
        }
        other => return Error::new(Code::CutOff, other.to_string()),
    };
    Error::new(Code::CutOff, message).detail(detail)
}

fn of_spool(error: &SpoolError) -> Error {
    match error {
        SpoolError::TooLarge(most) => Error::new(
            Code::CutOff,
            format!("The answer is larger than the {} allowed; its beginning was kept.", size(*most)),
        ),
        SpoolError::DiskFull => Error::new(
            Code::DiskFull,
            "The disk is nearly full, so the rest of the answer was not kept. The flow may have finished.",
        )
        .hint("Free some space, then look for the message on the tenant before sending again."),
        SpoolError::Io(error) => Error::new(
            Code::StorageFailed,
            "The answer could not be written to the data folder; what arrived before is shown.",
        )
        .hint("Check that Sluice's data folder can be written to.")
        .detail(error.to_string()),
    }
}

fn shortened(error: &io::Error) -> Error {
    Error::new(Code::InvalidInput, "A file of the body became shorter while it was sent.")
        .hint("Wait until the file is written completely, then send again.")
        .detail(error.to_string())
}

/// Host and port as they identify a place.
pub(super) fn place(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn duration(duration: Duration) -> String {
    let millis = duration.as_millis();
    match (millis / 60_000, millis / 1000, millis % 1000) {
        (_, 0, _) => format!("{millis} ms"),
        (_, _, 1..) => format!("{:.1} s", duration.as_secs_f64()),
        (1.., seconds, 0) if seconds.is_multiple_of(60) => format!("{} min", seconds / 60),
        (_, seconds, 0) => format!("{seconds} s"),
    }
}

/// A number of bytes for people.
pub(super) fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one decimal of a size is shown")]
    let bytes_f = bytes as f64;
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} KB", bytes_f / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes_f / 1e6),
        _ => format!("{:.1} GB", bytes_f / 1e9),
    }
}
