//! Refusals of TLS, from either side (sap-domain 5.5).

use std::time::Duration;

use jiff::{SpanRound, Timestamp, Unit};
use rustls::{AlertDescription, CertificateError};

use super::cause::{chain_text, find, links};
use super::dial::Seen;
use super::failure::{Circumstances, place};
use crate::certificate::CertificateFacts;
use crate::diagnosis::Reason;
use crate::error::{Code, Error};

/// One side refused the TLS connection.
#[derive(Debug, thiserror::Error)]
#[error("TLS with {host} failed")]
pub(super) struct TlsFailure {
    host: String,
    fault: Fault,
    detail: String,
}

#[derive(Debug)]
enum Fault {
    /// The server wants a client certificate and got none.
    Wanted { certain: bool },
    /// The server does not take the client certificate.
    Refused { alert: AlertDescription, sent: Option<Box<CertificateFacts>> },
    /// The server refused for another reason.
    Alert(AlertDescription),
    /// Nobody vouches for the server's certificate.
    UnknownIssuer { issuer: Option<String> },
    /// The server's certificate is for other names.
    WrongName { names: Vec<String> },
    /// The server's certificate has ended.
    Expired { ended: Option<Timestamp> },
    /// The server's certificate is not valid yet.
    NotYetValid { begins: Option<Timestamp> },
    /// The server shows the certificate of an authority instead of one of its own.
    IsAuthority,
    /// The server's certificate is not accepted for another reason.
    Untrusted,
    /// No common version or parameters.
    Incompatible,
    /// The other side does not speak TLS.
    NotTls,
    /// Something else.
    Other,
}

/// The TLS failure behind a failed call, if there is one.
pub(super) fn of(error: &reqwest::Error, circumstances: &Circumstances<'_>) -> Option<TlsFailure> {
    let seen = circumstances.seen.clone().unwrap_or_default();
    let fault = match find::<rustls::Error>(error) {
        Some(tls) => fault(tls, &seen),
        None if is_silent_refusal(error, &seen) => Fault::Wanted { certain: false },
        None => return None,
    };
    Some(TlsFailure { host: place(circumstances.url), fault, detail: chain_text(error) })
}

/// The TLS failure an alert stands for that was read apart from the call.
pub(super) fn of_alert(alert: &rustls::Error, circumstances: &Circumstances<'_>) -> Option<TlsFailure> {
    let rustls::Error::AlertReceived(description) = alert else { return None };
    let seen = circumstances.seen.clone().unwrap_or_default();
    let fault = fault_of_alert(*description, &seen);
    Some(TlsFailure { host: place(circumstances.url), fault, detail: alert.to_string() })
}

/// The alert of TLS 1.3 comes after the handshake, and a reset can overtake it. Later than that, an end of the connection
/// says nothing about certificates, for many servers ask for one without wanting it.
fn is_silent_refusal(error: &reqwest::Error, seen: &Seen) -> bool {
    const SOON: Duration = Duration::from_secs(1);
    let closed = links(error).any(|link| link.is::<hyper::Error>() || link.is::<std::io::Error>());
    let soon = seen.age().is_some_and(|age| age < SOON);
    closed && soon && !error.is_timeout() && seen.requested() && seen.sent().is_none()
}

fn fault(error: &rustls::Error, seen: &Seen) -> Fault {
    match error {
        rustls::Error::AlertReceived(alert) => fault_of_alert(*alert, seen),
        rustls::Error::InvalidCertificate(error) => of_certificate(error, seen),
        rustls::Error::PeerIncompatible(_) => Fault::Incompatible,
        rustls::Error::InvalidMessage(_) => Fault::NotTls,
        rustls::Error::NoCertificatesPresented => Fault::Untrusted,
        _ => Fault::Other,
    }
}

fn fault_of_alert(alert: AlertDescription, seen: &Seen) -> Fault {
    use AlertDescription as Alert;
    match alert {
        Alert::CertificateRequired => Fault::Wanted { certain: true },
        Alert::ProtocolVersion | Alert::InsufficientSecurity => Fault::Incompatible,
        Alert::HandshakeFailure | Alert::BadCertificate if seen.requested() && seen.sent().is_none() => {
            Fault::Wanted { certain: true }
        }
        Alert::UnknownCA
        | Alert::BadCertificate
        | Alert::UnsupportedCertificate
        | Alert::CertificateRevoked
        | Alert::CertificateExpired
        | Alert::CertificateUnknown
        | Alert::AccessDenied => Fault::Refused { alert, sent: seen.sent().cloned().map(Box::new) },
        Alert::HandshakeFailure if seen.sent().is_some() => {
            Fault::Refused { alert, sent: seen.sent().cloned().map(Box::new) }
        }
        other => Fault::Alert(other),
    }
}

fn of_certificate(error: &CertificateError, seen: &Seen) -> Fault {
    let leaf = seen.chain.first().and_then(|der| CertificateFacts::read(der).ok());
    match error {
        CertificateError::UnknownIssuer => {
            let last = seen.chain.last().and_then(|der| CertificateFacts::read(der).ok());
            Fault::UnknownIssuer { issuer: last.map(|facts| facts.issuer) }
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Fault::WrongName { names: leaf.map(|facts| facts.dns_names).unwrap_or_default() }
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            Fault::Expired { ended: leaf.map(|facts| facts.not_after) }
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Fault::NotYetValid { begins: leaf.map(|facts| facts.not_before) }
        }
        other if format!("{other:?}").contains("CaUsedAsEndEntity") => Fault::IsAuthority,
        _ => Fault::Untrusted,
    }
}

impl From<TlsFailure> for Error {
    fn from(failure: TlsFailure) -> Self {
        let told = told(&failure.fault, &failure.host);
        Error::new(Code::TlsFailed, told).detail(failure.detail).because(reason(&failure.fault))
    }
}

fn reason(fault: &Fault) -> Reason {
    match fault {
        Fault::Wanted { certain: true } => Reason::CertificateWanted,
        Fault::Wanted { .. } => Reason::CertificateProbablyWanted,
        Fault::Refused { sent: Some(sent), .. } if sent.not_yet_valid(Timestamp::now()) => {
            Reason::ClientCertificateEarly
        }
        Fault::Refused { alert, .. } => match alert {
            AlertDescription::UnknownCA => Reason::ClientAuthorityUnknown,
            AlertDescription::CertificateExpired => Reason::ClientCertificateExpired,
            AlertDescription::CertificateRevoked => Reason::ClientCertificateRevoked,
            AlertDescription::UnsupportedCertificate => Reason::ClientCertificateUnsuitable,
            _ => Reason::ClientCertificateRefused,
        },
        Fault::Alert(_) => Reason::TlsRefused,
        Fault::UnknownIssuer { .. } => Reason::ServerIssuerUnknown,
        Fault::WrongName { .. } => Reason::ServerNameWrong,
        Fault::Expired { .. } => Reason::ServerCertificateExpired,
        Fault::NotYetValid { .. } => Reason::ServerCertificateEarly,
        Fault::IsAuthority => Reason::ServerIsAuthority,
        Fault::Untrusted => Reason::ServerUntrusted,
        Fault::Incompatible => Reason::TlsIncompatible,
        Fault::NotTls => Reason::NotTls,
        Fault::Other => Reason::TlsFailed,
    }
}

/// What happened; why and what to do is in the table of diagnoses.
fn told(fault: &Fault, host: &str) -> String {
    match fault {
        Fault::Wanted { certain: true } => {
            format!("{host} wants a client certificate, but none was sent. The flow did not run.")
        }
        Fault::Wanted { .. } => format!(
            "{host} asked for a client certificate, got none and closed the connection without an answer."
        ),
        Fault::Refused { alert, sent } => refused(*alert, sent.as_deref(), host),
        Fault::Alert(alert) => format!("{host} refused the TLS connection ({alert:?}). Nothing was sent."),
        Fault::Incompatible => {
            format!("{host} and Sluice have no TLS version or cipher in common. Nothing was sent.")
        }
        Fault::NotTls => format!("{host} does not speak TLS on this port. Nothing was sent."),
        Fault::Other => format!("TLS with {host} failed. Nothing was sent."),
        _ => untrusted(fault, host),
    }
}

fn refused(alert: AlertDescription, sent: Option<&CertificateFacts>, host: &str) -> String {
    let name = sent.map_or_else(String::new, |sent| format!(" “{}”", sent.name));
    let why = match alert {
        // The alert for “expired” also stands for “not valid yet”.
        _ if sent.is_some_and(|sent| sent.not_yet_valid(Timestamp::now())) => "it is not valid yet",
        AlertDescription::UnknownCA => "it does not trust its issuer",
        AlertDescription::CertificateExpired => "it has expired",
        AlertDescription::CertificateRevoked => "it was revoked",
        AlertDescription::UnsupportedCertificate => "it is of a kind the server does not take",
        _ => "it does not accept it",
    };
    format!("{host} refused the client certificate{name}: {why}. The flow did not run.")
}

fn untrusted(fault: &Fault, host: &str) -> String {
    let now = Timestamp::now();
    let what = match fault {
        Fault::UnknownIssuer { issuer } => {
            let issuer = issuer.as_ref().map_or_else(String::new, |issuer| format!(" “{issuer}”"));
            format!("comes from an issuer{issuer} this computer does not trust")
        }
        Fault::WrongName { names } => format!("is for other names{}", names_text(names)),
        Fault::Expired { ended } => format!("is no longer valid{}", ago(*ended, now)),
        Fault::NotYetValid { begins } => format!("is not valid yet{}", ahead(*begins, now)),
        Fault::IsAuthority => "is that of an authority, not of a server".to_owned(),
        _ => "is not acceptable".to_owned(),
    };
    format!("The certificate of {host} {what}. Nothing was sent.")
}

fn names_text(names: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => String::new(),
        1..=SHOWN => format!(": {shown}"),
        more => format!(": {shown} and {} more", more - SHOWN),
    }
}

fn ago(moment: Option<Timestamp>, now: Timestamp) -> String {
    moment.map_or_else(String::new, |moment| format!(": it ended {} ago", distance(moment, now)))
}

fn ahead(moment: Option<Timestamp>, now: Timestamp) -> String {
    moment.map_or_else(String::new, |moment| format!(": it begins in {}", distance(now, moment)))
}

fn distance(from: Timestamp, to: Timestamp) -> String {
    let round = SpanRound::new().largest(Unit::Hour).smallest(Unit::Hour);
    let hours = from.until(to).and_then(|span| span.round(round)).map_or(0, |span| span.get_hours());
    match hours {
        ..1 => "less than an hour".to_owned(),
        1 => "1 hour".to_owned(),
        2..48 => format!("{hours} hours"),
        _ => format!("{} days", hours / 24),
    }
}
