//! Which root a chain leads to, and who trusts it.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, Error, RootCertStore};
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer as _;

use super::model::RootOrigin;
use crate::certificate::ChainFacts;
use crate::http::{Network, is_localhost, provider};

/// The roots of the operating system, read when first asked for.
fn system() -> &'static [CertificateDer<'static>] {
    static SYSTEM: OnceLock<Vec<CertificateDer<'static>>> = OnceLock::new();
    SYSTEM.get_or_init(|| rustls_native_certs::load_native_certs().certs)
}

/// The roots that count for a host.
pub(super) struct Roots<'a> {
    network: &'a Network,
    sandbox: bool,
}

/// A root a chain leads to.
pub(super) struct FoundRoot {
    pub(super) certificate: CertificateDer<'static>,
    pub(super) origin: RootOrigin,
    /// The place of the certificate in the chain that it issued: what follows is another way, to another root.
    pub(super) issued: usize,
}

impl<'a> Roots<'a> {
    /// Of this network, for this host.
    pub(super) fn new(network: &'a Network, host: &str) -> Self {
        Self { network, sandbox: is_localhost(host) }
    }

    /// The root these certificates lead to, leaf first.
    pub(super) fn find(&self, chain: &[CertificateDer<'static>], name: &ServerName<'_>) -> Option<FoundRoot> {
        let moment = moment_of(chain);
        chain.iter().enumerate().find_map(|(index, certificate)| {
            let issuer = issuer(certificate)?;
            let known = self.known().filter(|(root, _)| is_named(root, &issuer));
            let mut vouching = known.filter(|(root, _)| vouches(root, certificate, chain, name, moment));
            let (root, origin) = vouching.next()?;
            Some(FoundRoot { certificate: root.clone(), origin: refined(root, origin), issued: index })
        })
    }

    fn known(&self) -> impl Iterator<Item = (&CertificateDer<'static>, RootOrigin)> {
        let sandbox = self.network.sandbox_roots.iter().filter(|_| self.sandbox);
        let sandbox = sandbox.map(|root| (root, RootOrigin::Sandbox));
        let added = self.network.roots.iter().map(|root| (root, RootOrigin::Added));
        sandbox.chain(added).chain(system().iter().map(|root| (root, RootOrigin::Company)))
    }
}

/// A root of the system is a company's own unless everybody trusts it.
fn refined(root: &CertificateDer<'_>, origin: RootOrigin) -> RootOrigin {
    let public = webpki_root_certs::TLS_SERVER_ROOT_CERTS;
    if origin != RootOrigin::Sandbox && public.iter().any(|known| known.as_ref() == root.as_ref()) {
        return RootOrigin::Public;
    }
    origin
}

/// Whether the chain holds under this root alone, whatever else is wrong with it.
fn vouches(
    root: &CertificateDer<'static>,
    issued: &CertificateDer<'static>,
    chain: &[CertificateDer<'static>],
    name: &ServerName<'_>,
    moment: UnixTime,
) -> bool {
    let mut store = RootCertStore::empty();
    let Some((leaf, others)) = chain.split_first() else { return false };
    if store.add(root.clone()).is_err() {
        return is_linked(issued, root);
    }
    let Ok(verifier) = WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider()).build()
    else {
        return false;
    };
    let Err(Error::InvalidCertificate(fault)) = verifier.verify_server_cert(leaf, others, name, &[], moment)
    else {
        return true;
    };
    match fault {
        CertificateError::UnknownIssuer
        | CertificateError::BadSignature
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => false,
        // The name is looked at last.
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => true,
        // What is wrong with the leaf alone is found before its issuer is looked for.
        _ => is_linked(issued, root),
    }
}

/// Whether the one names the other as its issuer, by name and key identifier.
fn is_linked(issued: &CertificateDer<'static>, root: &CertificateDer<'static>) -> bool {
    issued == root || ChainFacts::read(&[issued.clone(), root.clone()]).is_ok_and(|facts| facts.complete)
}

/// A moment at which every certificate is valid, if there is one, so that an expired chain still shows its root.
fn moment_of(chain: &[CertificateDer<'_>]) -> UnixTime {
    let latest_start = chain.iter().filter_map(|der| {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        Some(certificate.validity().not_before.timestamp())
    });
    let start = latest_start.max().and_then(|start| u64::try_from(start).ok()).unwrap_or_default();
    UnixTime::since_unix_epoch(std::time::Duration::from_secs(start.saturating_add(1)))
}

fn issuer(der: &CertificateDer<'_>) -> Option<Vec<u8>> {
    X509Certificate::from_der(der).ok().map(|(_, certificate)| certificate.issuer().as_raw().to_vec())
}

fn is_named(der: &CertificateDer<'_>, name: &[u8]) -> bool {
    X509Certificate::from_der(der).is_ok_and(|(_, certificate)| certificate.subject().as_raw() == name)
}
