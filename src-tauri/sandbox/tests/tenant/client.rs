use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, ClientBuilder, Response};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};
use serde_json::Value;
use sluice_sandbox::{HandshakeFailure, IssuedKey, KeyName, Options, Sandbox};

pub(crate) async fn start() -> Sandbox {
    Sandbox::start(Options::default()).await.unwrap()
}

pub(crate) fn client(sandbox: &Sandbox) -> Client {
    build(sandbox, None, &["h2", "http/1.1"])
}

pub(crate) fn http1_client(sandbox: &Sandbox) -> Client {
    build(sandbox, None, &["http/1.1"])
}

pub(crate) fn client_with(sandbox: &Sandbox, key: &IssuedKey) -> Client {
    build(sandbox, Some(key), &["h2", "http/1.1"])
}

pub(crate) async fn json(response: Response) -> Value {
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}

pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let escaped = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    fields.join("&")
}

pub(crate) async fn post_form(
    client: &Client,
    url: &str,
    fields: &[(&str, &str)],
) -> reqwest::Result<Response> {
    let request = client.post(url).header("content-type", "application/x-www-form-urlencoded");
    request.body(form(fields)).send().await
}

/// A token got with the secret of a key.
pub(crate) async fn token(sandbox: &Sandbox, name: KeyName) -> String {
    let key = sandbox.service_key(name);
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_id", key.client_id()),
        ("client_secret", key.client_secret().unwrap()),
    ];
    let answer = post_form(&client(sandbox), key.token_url(), &fields).await.unwrap();
    json(answer).await["access_token"].as_str().unwrap().to_owned()
}

pub(crate) fn runtime(sandbox: &Sandbox, path: &str) -> String {
    format!("{}{path}", sandbox.runtime_url())
}

/// The handshake failures once there are so many: the tenant may learn of one after its client does.
pub(crate) async fn handshake_failures(sandbox: &Sandbox, count: usize) -> Vec<HandshakeFailure> {
    for _ in 0..100 {
        if sandbox.journal().handshake_failures().len() >= count {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    sandbox.journal().handshake_failures()
}

/// What went wrong, down to the cause.
pub(crate) fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

fn build(sandbox: &Sandbox, identity: Option<&IssuedKey>, protocols: &[&str]) -> Client {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(sandbox.authority_pem().as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots);
    let mut config = match identity {
        Some(key) => config.with_client_auth_cert(chain(key), private_key(key)).unwrap(),
        None => config.with_no_client_auth(),
    };
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    ClientBuilder::new()
        .tls_backend_preconfigured(config)
        .dns_resolver(Arc::new(Loopback))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}

fn chain(key: &IssuedKey) -> Vec<CertificateDer<'static>> {
    let pem = key.certificate_pem.as_deref().unwrap();
    CertificateDer::pem_slice_iter(pem.as_bytes()).map(Result::unwrap).collect()
}

fn private_key(key: &IssuedKey) -> PrivateKeyDer<'static> {
    PrivateKeyDer::from_pem_slice(key.private_key_pem.as_deref().unwrap().as_bytes()).unwrap()
}

struct Loopback;

impl Resolve for Loopback {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Addrs = Box::new([SocketAddr::from((Ipv4Addr::LOCALHOST, 0))].into_iter());
        Box::pin(async move { Ok(addresses) })
    }
}
