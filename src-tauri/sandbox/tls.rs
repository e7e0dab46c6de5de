//! TLS by server name: which certificate is shown, and whether one of the client is wanted.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use rcgen::KeyPair;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls::version::{TLS12, TLS13};
use rustls::{RootCertStore, ServerConfig};

use crate::Error;
use crate::authority::{Authority, Leaf, Validity};
use crate::fault::lock;
use crate::host::Host;

/// More names than a test asks for; a scanner gets the certificate of the first name.
const NAMES_AT_MOST: usize = 512;

pub(crate) struct ServerTls {
    authority: Authority,
    provider: Arc<CryptoProvider>,
    client_roots: Arc<RootCertStore>,
    revocations: CertificateRevocationListDer<'static>,
    configs: Mutex<HashMap<String, Arc<ServerConfig>>>,
}

impl ServerTls {
    pub(crate) fn new(
        client_root: CertificateDer<'static>,
        revocations: CertificateRevocationListDer<'static>,
    ) -> Result<Self, Error> {
        let mut client_roots = RootCertStore::empty();
        client_roots.add(client_root)?;
        Ok(Self {
            authority: Authority::servers()?,
            provider: Arc::new(rustls::crypto::aws_lc_rs::default_provider()),
            client_roots: Arc::new(client_roots),
            revocations,
            configs: Mutex::default(),
        })
    }

    pub(crate) fn authority_pem(&self) -> String {
        self.authority.root_pem()
    }

    /// The configuration for a server name; one per name, so that its sessions can be resumed.
    pub(crate) fn config(&self, server_name: Option<&str>) -> Result<Arc<ServerConfig>, Error> {
        let mut configs = lock(&self.configs);
        let name = match server_name.unwrap_or("localhost") {
            name if configs.len() < NAMES_AT_MOST || configs.contains_key(name) => name,
            _ => "localhost",
        };
        if let Some(config) = configs.get(name) {
            return Ok(config.clone());
        }
        let config = Arc::new(self.make(name)?);
        configs.insert(name.to_owned(), config.clone());
        Ok(config)
    }

    fn make(&self, name: &str) -> Result<ServerConfig, Error> {
        let profile = Profile::of(name);
        let (chain, key) = self.certificate(name, profile.certificate)?;
        let versions = if name == "tls12.localhost" { vec![&TLS12] } else { vec![&TLS13, &TLS12] };
        let mut config = ServerConfig::builder_with_provider(self.provider.clone())
            .with_protocol_versions(&versions)?
            .with_client_cert_verifier(self.verifier(profile.client)?)
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        if name == "http1.localhost" {
            config.alpn_protocols.remove(0);
        }
        Ok(config)
    }

    fn verifier(&self, client: ClientCertificate) -> Result<Arc<dyn ClientCertVerifier>, Error> {
        let builder =
            WebPkiClientVerifier::builder_with_provider(self.client_roots.clone(), self.provider.clone())
                .with_crls([self.revocations.clone()])
                .only_check_end_entity_revocation()
                .allow_unknown_revocation_status();
        Ok(match client {
            ClientCertificate::Ignored => WebPkiClientVerifier::no_client_auth(),
            ClientCertificate::Optional => builder.allow_unauthenticated().build()?,
            ClientCertificate::Required => builder.build()?,
        })
    }

    fn certificate(
        &self,
        name: &str,
        kind: ServerCertificate,
    ) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Error> {
        let key = KeyPair::generate()?;
        let validity = match kind {
            ServerCertificate::Expired => Validity::Past,
            _ => Validity::Current,
        };
        let leaf = match kind {
            ServerCertificate::OtherName => {
                Leaf::server("other.localhost", names("other.localhost"), validity)
            }
            _ => Leaf::server(name, names(name), validity),
        };
        let certificate = match kind {
            ServerCertificate::SelfSigned => leaf.params()?.self_signed(&key)?,
            _ => self.authority.issue(&leaf, &key)?,
        };
        let mut chain = vec![certificate.der().clone()];
        if !matches!(kind, ServerCertificate::SelfSigned | ServerCertificate::WithoutIssuer) {
            chain.push(self.authority.intermediate_der());
        }
        Ok((chain, PrivateKeyDer::Pkcs8(key.serialize_der().into())))
    }
}

#[derive(Clone, Copy)]
struct Profile {
    certificate: ServerCertificate,
    client: ClientCertificate,
}

#[derive(Clone, Copy)]
enum ServerCertificate {
    Good,
    Expired,
    OtherName,
    SelfSigned,
    WithoutIssuer,
}

#[derive(Clone, Copy)]
enum ClientCertificate {
    Ignored,
    Optional,
    Required,
}

impl Profile {
    fn of(name: &str) -> Self {
        let certificate = match name {
            "expired.localhost" => ServerCertificate::Expired,
            "wrong-host.localhost" => ServerCertificate::OtherName,
            "unknown-ca.localhost" => ServerCertificate::SelfSigned,
            "incomplete-chain.localhost" => ServerCertificate::WithoutIssuer,
            _ => ServerCertificate::Good,
        };
        let client = match Host::named(name) {
            Host::Token { mutual: true, .. } => ClientCertificate::Required,
            Host::Token { mutual: false, .. } => ClientCertificate::Ignored,
            _ if name == "certificate-required.localhost" => ClientCertificate::Required,
            _ => ClientCertificate::Optional,
        };
        Self { certificate, client }
    }
}

fn names(name: &str) -> Vec<String> {
    match name {
        "localhost" => ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into(),
        _ => vec![name.to_owned()],
    }
}
