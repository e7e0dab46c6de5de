//! Small servers for the tests of this module.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::certificate::Identity;
use crate::http::dial::lock;
use crate::http::trust::provider;
use crate::secret::Secret;

/// A certificate authority.
pub(super) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(super) root: CertificateDer<'static>,
}

impl Authority {
    pub(super) fn new(name: &str) -> Self {
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().expect("key");
        let root = parameters.self_signed(&key).expect("root").der().clone();
        Self { issuer: Issuer::new(parameters, key), root }
    }

    pub(super) fn issue(
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

    pub(super) fn identity(&self) -> Identity {
        let (chain, key) = self.issue(&[], |_| {});
        let chain = chain.iter().map(|certificate| certificate.to_vec()).collect();
        Identity::from_der(chain, Secret::new(key.secret_der().to_vec())).expect("identity")
    }

    /// The TLS of a server for these names.
    pub(super) fn tls(&self, names: &[&str]) -> Tls {
        let (chain, key) = self.issue(names, |_| {});
        Tls { chain, key, versions: rustls::ALL_VERSIONS.to_vec(), alpn: vec!["http/1.1"], clients: None }
    }
}

/// How a server speaks TLS.
pub(super) struct Tls {
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) key: PrivateKeyDer<'static>,
    pub(super) versions: Vec<&'static SupportedProtocolVersion>,
    pub(super) alpn: Vec<&'static str>,
    /// The root of client certificates, and whether one is required.
    pub(super) clients: Option<(CertificateDer<'static>, bool)>,
}

impl Tls {
    fn acceptor(self) -> TlsAcceptor {
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

/// A request as a server saw it.
#[derive(Clone, Debug)]
pub(super) struct Got {
    pub(super) method: Method,
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Got {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }
}

type Answer = dyn Fn(&Got) -> Response<Full<Bytes>> + Send + Sync;

/// A server that remembers what it got.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) address: SocketAddr,
    scheme: &'static str,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Server {
    pub(super) async fn plain(
        answer: impl Fn(&Got) -> Response<Full<Bytes>> + Send + Sync + 'static,
    ) -> Self {
        Self::start(None, Duration::ZERO, Arc::new(answer)).await
    }

    pub(super) async fn tls(
        tls: Tls,
        answer: impl Fn(&Got) -> Response<Full<Bytes>> + Send + Sync + 'static,
    ) -> Self {
        Self::start(Some(tls.acceptor()), Duration::ZERO, Arc::new(answer)).await
    }

    pub(super) async fn slow(delay: Duration) -> Self {
        Self::start(None, delay, Arc::new(|_: &Got| text("late"))).await
    }

    pub(super) async fn slow_tls(tls: Tls, delay: Duration) -> Self {
        Self::start(Some(tls.acceptor()), delay, Arc::new(|_: &Got| text("late"))).await
    }

    async fn start(tls: Option<TlsAcceptor>, delay: Duration, answer: Arc<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let scheme = if tls.is_some() { "https" } else { "http" };
        let server = Self { address: listener.local_addr().expect("address"), scheme, got: Arc::default() };
        let got = Arc::clone(&server.got);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (tls, answer, got) = (tls.clone(), Arc::clone(&answer), Arc::clone(&got));
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, delay, answer, got).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, delay, answer, got).await;
                            }
                        }
                    }
                });
            }
        });
        server
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("{}://localhost:{}{path}", self.scheme, self.address.port())
    }

    pub(super) fn got(&self) -> Vec<Got> {
        lock(&self.got).clone()
    }
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    delay: Duration,
    answer: Arc<Answer>,
    got: Arc<Mutex<Vec<Got>>>,
) {
    let service = service_fn(move |request: Request<Incoming>| {
        let (answer, got) = (Arc::clone(&answer), Arc::clone(&got));
        async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            let target = head.uri.to_string();
            let seen = Got { method: head.method, target, headers: head.headers, body };
            lock(&got).push(seen.clone());
            tokio::time::sleep(delay).await;
            Ok::<_, hyper::Error>(answer(&seen))
        }
    });
    let _ = auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
}

/// A server that reads a request's head and then sends these bytes, keeping the connection open or not.
pub(super) async fn raw(answer: Vec<u8>, keep_open: bool) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = listener.local_addr().expect("address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut head = [0; 4096];
                let _ = stream.read(&mut head).await;
                let _ = stream.write_all(&answer).await;
                if keep_open {
                    tokio::time::sleep(Duration::from_secs(30)).await;
                }
            });
        }
    });
    address
}

/// A proxy that connects every CONNECT to this address, or refuses it with this status line.
pub(super) async fn proxy(target: SocketAddr, refusal: Option<&'static str>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = listener.local_addr().expect("address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            match refusal {
                None => tokio::spawn(tunnel(stream, target)),
                Some(refusal) => tokio::spawn(refuse(stream, refusal)),
            };
        }
    });
    address
}

/// A proxy that answers only the first CONNECT.
pub(super) async fn proxy_once(target: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = listener.local_addr().expect("address");
    tokio::spawn(async move {
        let (first, _) = listener.accept().await.expect("first");
        tokio::spawn(tunnel(first, target));
        let _held = listener.accept().await;
        tokio::time::sleep(Duration::from_secs(30)).await;
    });
    address
}

async fn tunnel(mut stream: TcpStream, target: SocketAddr) {
    let _ = stream.read(&mut [0; 4096]).await;
    let mut onward = TcpStream::connect(target).await.expect("target");
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
    let _ = tokio::io::copy_bidirectional(&mut stream, &mut onward).await;
}

async fn refuse(mut stream: TcpStream, refusal: &'static str) {
    let _ = stream.read(&mut [0; 4096]).await;
    let _ = stream.write_all(format!("HTTP/1.1 {refusal}\r\n\r\n").as_bytes()).await;
}

pub(super) fn text(body: &str) -> Response<Full<Bytes>> {
    Response::new(Full::from(body.to_owned()))
}

pub(super) fn answer(
    status: u16,
    headers: &[(&'static str, String)],
    body: impl Into<Bytes>,
) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, value);
    }
    response.body(Full::new(body.into())).expect("response")
}
