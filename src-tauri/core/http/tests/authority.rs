//! Certificates for the tests of this module.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};
use tokio_rustls::TlsAcceptor;

use crate::certificate::Identity;
use crate::http::trust::provider;
use crate::secret::Secret;

/// A certificate authority.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) root: CertificateDer<'static>,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().expect("key");
        let root = parameters.self_signed(&key).expect("root").der().clone();
        Self { issuer: Issuer::new(parameters, key), root }
    }

    pub(crate) fn issue(
        &self,
        names: &[&str],
        change: impl FnOnce(&mut CertificateParams),
    ) -> (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let mut parameters = CertificateParams::new(names).expect("parameters");
        parameters.distinguished_name.push(DnType::CommonName, "leaf");
        change(&mut parameters);
        let key = KeyPair::generate().expect("key");
        let leaf = parameters.signed_by(&key, &self.issuer).expect("leaf");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        (vec![leaf.der().clone(), self.root.clone()], key)
    }

    pub(crate) fn identity(&self) -> Identity {
        let (chain, key) = self.issue(&[], |_| {});
        let chain = chain.iter().map(|certificate| certificate.to_vec()).collect();
        Identity::from_der(chain, Secret::new(key.secret_der().to_vec())).expect("identity")
    }

    /// The TLS of a server for these names.
    pub(crate) fn tls(&self, names: &[&str]) -> Tls {
        let (chain, key) = self.issue(names, |_| {});
        Tls { chain, key, versions: rustls::ALL_VERSIONS.to_vec(), alpn: vec!["http/1.1"], clients: None }
    }
}

/// How a server speaks TLS.
pub(crate) struct Tls {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivateKeyDer<'static>,
    pub(crate) versions: Vec<&'static SupportedProtocolVersion>,
    pub(crate) alpn: Vec<&'static str>,
    /// The root of client certificates, and whether one is required.
    pub(crate) clients: Option<(CertificateDer<'static>, bool)>,
}

impl Tls {
    pub(crate) fn acceptor(self) -> TlsAcceptor {
        let builder = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(&self.versions)
            .expect("versions");
        let builder = match self.clients {
            None => builder.with_no_client_auth(),
            Some((root, required)) => {
                let mut roots = RootCertStore::empty();
                roots.add(root).expect("root");
                let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), provider());
                let verifier = if required { verifier } else { verifier.allow_unauthenticated() };
                builder.with_client_cert_verifier(verifier.build().expect("verifier"))
            }
        };
        let mut config = builder.with_single_cert(self.chain, self.key).expect("certificate");
        config.alpn_protocols = self.alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
        TlsAcceptor::from(Arc::new(config))
    }
}
