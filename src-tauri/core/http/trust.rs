use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use rustls_platform_verifier::Verifier;

use super::dial;
use super::network::{Network, is_localhost};

/// The one cryptography Sluice uses; chosen here so that nothing depends on a process-wide default.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    Arc::clone(PROVIDER.get_or_init(|| Arc::new(rustls::crypto::aws_lc_rs::default_provider())))
}

/// Whom the operating system trusts, read when a handshake first needs it.
#[derive(Debug, Default)]
pub(super) struct System(OnceLock<Result<Verifier, Error>>);

impl System {
    fn verifier(&self) -> Result<&Verifier, Error> {
        self.0.get_or_init(|| Verifier::new(provider())).as_ref().map_err(Clone::clone)
    }
}

/// Decides whether a server is trusted, and notes what it showed, also when it is not.
#[derive(Debug)]
pub(crate) struct Trust {
    system: Arc<System>,
    extra: Option<Arc<WebPkiServerVerifier>>,
    sandbox: Option<Arc<WebPkiServerVerifier>>,
    unverified: Vec<String>,
    provider: Arc<CryptoProvider>,
}

impl Trust {
    /// As the network says; roots that cannot be read are left out, as the system's are.
    pub(super) fn new(network: &Network, system: Arc<System>) -> Arc<Self> {
        Arc::new(Self {
            system,
            extra: verifier(&network.roots),
            sandbox: verifier(&network.sandbox_roots),
            unverified: network
                .unverified_hosts
                .iter()
                .map(|host| host.trim().to_ascii_lowercase())
                .collect(),
            provider: provider(),
        })
    }

    /// What strict verification says about certificates as a server sent them, leaf first.
    pub(crate) fn judge(&self, sent: &[CertificateDer<'_>], name: &ServerName<'_>) -> Result<(), Error> {
        let (leaf, others) = sent.split_first().ok_or(Error::NoCertificatesPresented)?;
        self.verify(&Shown { leaf, others, name, ocsp: &[], now: UnixTime::now() }).map(|_| ())
    }

    fn is_unverified(&self, name: &ServerName<'_>) -> bool {
        !self.unverified.is_empty() && self.unverified.contains(&name.to_str().to_ascii_lowercase())
    }

    fn verify(&self, shown: &Shown<'_>) -> Result<ServerCertVerified, Error> {
        let sandbox = self.sandbox.as_ref().filter(|_| is_localhost(&shown.name.to_str()));
        for own in [sandbox, self.extra.as_ref()].into_iter().flatten() {
            match shown.verify_with(&**own) {
                // Another set of roots may know the issuer; any other fault is one under every root.
                Err(Error::InvalidCertificate(CertificateError::UnknownIssuer)) => {}
                decided => return decided,
            }
        }
        match self.system.verifier() {
            Ok(system) => shown.verify_with(system),
            // Without any root of the system nobody vouches for this issuer.
            Err(_) if sandbox.is_some() || self.extra.is_some() => {
                Err(Error::InvalidCertificate(CertificateError::UnknownIssuer))
            }
            Err(error) => Err(error),
        }
    }
}

fn verifier(roots: &[CertificateDer<'static>]) -> Option<Arc<WebPkiServerVerifier>> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots.iter().cloned());
    if store.is_empty() {
        return None;
    }
    WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider()).build().ok()
}

/// What a server showed.
struct Shown<'a> {
    leaf: &'a CertificateDer<'a>,
    others: &'a [CertificateDer<'a>],
    name: &'a ServerName<'a>,
    ocsp: &'a [u8],
    now: UnixTime,
}

impl Shown<'_> {
    fn verify_with(&self, verifier: &dyn ServerCertVerifier) -> Result<ServerCertVerified, Error> {
        verifier.verify_server_cert(self.leaf, self.others, self.name, self.ocsp, self.now)
    }
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        dial::current(|dial| dial.shown(leaf, others));
        if self.is_unverified(name) {
            return Ok(ServerCertVerified::assertion());
        }
        let decided = self.verify(&Shown { leaf, others, name, ocsp, now });
        dial::current(|dial| dial.verified(decided.is_ok()));
        decided
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        dial::current(|dial| dial.agreed("TLS 1.2"));
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        dial::current(|dial| dial.agreed("TLS 1.3"));
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
