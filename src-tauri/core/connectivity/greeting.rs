//! One TLS handshake, watched.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::client::Resumption;
use rustls::pki_types::ServerName;
use rustls::version::{TLS12, TLS13};
use rustls::{AlertDescription, ClientConfig, SupportedProtocolVersion};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::model::TlsVersionOffer;
use super::recorder::{Recorder, Seen};
use super::route::{Route, Wire};
use crate::error::Error;
use crate::http::{chain_text, find_cause, millis, provider};

/// What the client offers in a handshake.
#[derive(Clone, Copy)]
pub(super) enum Offer {
    /// Both versions, HTTP/2 and HTTP/1.1: what a usual client does.
    Usual,
    /// TLS 1.2 and HTTP/1.1 alone.
    Tls12,
    /// TLS 1.3 and HTTP/1.1 alone.
    Tls13,
}

/// A handshake that was tried.
pub(super) struct Greeted {
    /// What the server showed, also when it failed.
    pub(super) seen: Seen,
    /// The connection, or why there is none.
    pub(super) outcome: Result<TlsStream<Wire>, Refusal>,
    /// How long the handshake took, in milliseconds.
    pub(super) handshake_ms: f64,
}

/// Why a handshake failed.
#[derive(Debug)]
pub(super) enum Refusal {
    /// There was no connection for it.
    NotConnected(Box<Error>),
    /// The server said nothing in time.
    Silent,
    /// The server closed the connection.
    Closed(String),
    /// Either side refused.
    Tls(rustls::Error),
}

impl Offer {
    fn versions(self) -> Vec<&'static SupportedProtocolVersion> {
        match self {
            Self::Usual => vec![&TLS13, &TLS12],
            Self::Tls12 => vec![&TLS12],
            Self::Tls13 => vec![&TLS13],
        }
    }

    fn protocols(self) -> Vec<Vec<u8>> {
        match self {
            Self::Usual => vec![b"h2".to_vec(), b"http/1.1".to_vec()],
            Self::Tls12 | Self::Tls13 => vec![b"http/1.1".to_vec()],
        }
    }

    /// The one version it stands for.
    pub(super) const fn version(self) -> &'static str {
        match self {
            Self::Tls12 => "TLS 1.2",
            Self::Usual | Self::Tls13 => "TLS 1.3",
        }
    }

    fn config(self, recorder: &Arc<Recorder>) -> Result<ClientConfig, rustls::Error> {
        let mut config = ClientConfig::builder_with_provider(provider())
            .with_protocol_versions(&self.versions())?
            .dangerous()
            .with_custom_certificate_verifier(Arc::<Recorder>::clone(recorder))
            .with_client_cert_resolver(Arc::<Recorder>::clone(recorder));
        config.resumption = Resumption::disabled();
        config.alpn_protocols = self.protocols();
        Ok(config)
    }
}

/// Connects and greets.
pub(super) async fn greet(
    route: &Route,
    name: &ServerName<'static>,
    offer: Offer,
    patience: Duration,
) -> Greeted {
    let recorder = Arc::<Recorder>::default();
    let config = match offer.config(&recorder) {
        Ok(config) => config,
        Err(error) => return failed(Refusal::Tls(error)),
    };
    let wire = match route.connect(patience).await {
        Ok(wire) => wire,
        Err(error) => return failed(Refusal::NotConnected(Box::new(error))),
    };
    let begun = Instant::now();
    let connecting = TlsConnector::from(Arc::new(config)).connect(name.clone(), wire);
    let outcome = match timeout(patience, connecting).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(Refusal::of(&error)),
        Err(_) => Err(Refusal::Silent),
    };
    Greeted { seen: recorder.seen(), outcome, handshake_ms: millis(begun.elapsed()) }
}

fn failed(refusal: Refusal) -> Greeted {
    Greeted { seen: Seen::default(), outcome: Err(refusal), handshake_ms: 0.0 }
}

impl Greeted {
    /// Whether the version this handshake offered alone is one of the server's.
    pub(super) fn verdict(&self, offer: Offer) -> TlsVersionOffer {
        let offered = if self.outcome.is_ok() || !self.seen.chain.is_empty() {
            Some(true)
        } else {
            self.outcome.as_ref().err().and_then(Refusal::denies_version)
        };
        let detail = self.outcome.as_ref().err().filter(|_| offered != Some(true)).map(Refusal::text);
        TlsVersionOffer { version: offer.version().to_owned(), offered, detail }
    }
}

impl Refusal {
    /// The refusal behind an I/O error.
    pub(super) fn of(error: &std::io::Error) -> Self {
        match find_cause::<rustls::Error>(error) {
            Some(error) => Self::Tls(error.clone()),
            None => Self::Closed(chain_text(error)),
        }
    }

    /// The alert the server sent.
    pub(super) fn alert(&self) -> Option<AlertDescription> {
        match self {
            Self::Tls(rustls::Error::AlertReceived(alert)) => Some(*alert),
            _ => None,
        }
    }

    /// `Some(false)` when it says that the version is not offered, nothing when it may have another reason.
    fn denies_version(&self) -> Option<bool> {
        match self {
            Self::Tls(rustls::Error::PeerIncompatible(_)) => Some(false),
            _ => match self.alert()? {
                AlertDescription::ProtocolVersion
                | AlertDescription::InsufficientSecurity
                | AlertDescription::HandshakeFailure => Some(false),
                _ => None,
            },
        }
    }

    /// The raw text.
    pub(super) fn text(&self) -> String {
        match self {
            Self::NotConnected(error) => error.message.clone(),
            Self::Silent => "no answer in time".to_owned(),
            Self::Closed(text) => text.clone(),
            Self::Tls(error) => error.to_string(),
        }
    }
}

impl Greeted {
    /// The version that was agreed on, as far as it came.
    pub(super) fn agreed(&self) -> Option<&'static str> {
        self.seen.version
    }

    /// Whether the other side said something that is no TLS at all, or nothing: asking again would not help.
    pub(super) fn is_no_tls(&self) -> bool {
        self.seen.chain.is_empty()
            && matches!(
                self.outcome,
                Err(Refusal::NotConnected(_)
                    | Refusal::Silent
                    | Refusal::Tls(rustls::Error::InvalidMessage(_)))
            )
    }
}
