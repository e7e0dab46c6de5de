use std::sync::{Arc, Mutex};

use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{DigitallySignedStruct, Error, SignatureScheme};

use crate::http::provider;

/// What a server showed in a handshake.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// Its certificates as sent.
    pub(super) chain: Vec<CertificateDer<'static>>,
    /// The version agreed on.
    pub(super) version: Option<&'static str>,
    /// The issuers it accepts, if it asked for a certificate.
    pub(super) requested: Option<Vec<Vec<u8>>>,
    /// Why its signature does not prove that it has the certificate's key.
    pub(super) unproved: Option<String>,
}

/// Notes what a server shows and refuses nothing; it has no certificate to show.
#[derive(Debug, Default)]
pub(super) struct Recorder(Mutex<Seen>);

impl Recorder {
    /// What was noted.
    pub(super) fn seen(&self) -> Seen {
        self.note(|seen| seen.clone())
    }

    fn note<T>(&self, note: impl FnOnce(&mut Seen) -> T) -> T {
        note(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    fn proved(&self, version: &'static str, proof: Result<HandshakeSignatureValid, Error>) {
        self.note(|seen| {
            seen.version = Some(version);
            seen.unproved = proof.err().map(|error| error.to_string());
        });
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = std::iter::once(leaf).chain(others).map(|der| der.clone().into_owned()).collect();
        self.note(|seen| seen.chain = chain);
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = provider().signature_verification_algorithms;
        self.proved(
            "TLS 1.2",
            rustls::crypto::verify_tls12_signature(message, certificate, signed, &algorithms),
        );
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = provider().signature_verification_algorithms;
        self.proved(
            "TLS 1.3",
            rustls::crypto::verify_tls13_signature(message, certificate, signed, &algorithms),
        );
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        provider().signature_verification_algorithms.supported_schemes()
    }
}

impl ResolvesClientCert for Recorder {
    fn resolve(&self, issuers: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.note(|seen| seen.requested = Some(issuers.iter().map(|name| name.to_vec()).collect()));
        None
    }

    fn has_certs(&self) -> bool {
        false
    }
}
