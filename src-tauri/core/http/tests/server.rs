//! Small servers for the tests of this module.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::authority::Tls;
use crate::http::dial::lock;

/// A request as a server saw it.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) method: Method,
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }
}

type Answer = dyn Fn(&Got) -> Response<Full<Bytes>> + Send + Sync;

/// A server that remembers what it got.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    scheme: &'static str,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Server {
    pub(crate) async fn plain(
        answer: impl Fn(&Got) -> Response<Full<Bytes>> + Send + Sync + 'static,
    ) -> Self {
        Self::start(None, Duration::ZERO, Arc::new(answer)).await
    }

    pub(crate) async fn tls(
        tls: Tls,
        answer: impl Fn(&Got) -> Response<Full<Bytes>> + Send + Sync + 'static,
    ) -> Self {
        Self::start(Some(tls.acceptor()), Duration::ZERO, Arc::new(answer)).await
    }

    pub(crate) async fn slow(delay: Duration) -> Self {
        Self::start(None, delay, Arc::new(|_: &Got| text("late"))).await
    }

    pub(crate) async fn slow_tls(tls: Tls, delay: Duration) -> Self {
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

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}://localhost:{}{path}", self.scheme, self.address.port())
    }

    pub(crate) fn got(&self) -> Vec<Got> {
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
pub(crate) async fn raw(answer: Vec<u8>, keep_open: bool) -> SocketAddr {
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

/// A server that answers the first request of a connection and closes at the second; counts requests.
pub(crate) async fn once_only() -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let (address, requests) = (listener.local_addr().expect("address"), Arc::<AtomicUsize>::default());
    let count = Arc::clone(&requests);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            count.fetch_add(1, Ordering::SeqCst);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
            let read = stream.read(&mut [0; 4096]).await.unwrap_or(0);
            count.fetch_add(usize::from(read > 0), Ordering::SeqCst);
        }
    });
    (address, requests)
}

/// A proxy that connects every CONNECT to this address, or refuses it with this status line.
pub(crate) async fn proxy(target: SocketAddr, refusal: Option<&'static str>) -> SocketAddr {
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
pub(crate) async fn proxy_once(target: SocketAddr) -> SocketAddr {
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

/// A SOCKS 5 proxy that connects everything to this address.
pub(crate) async fn socks(target: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = listener.local_addr().expect("address");
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("first");
        let _ = stream.read(&mut [0; 64]).await;
        let _ = stream.write_all(&[5, 0]).await;
        let _ = stream.read(&mut [0; 512]).await;
        let mut onward = TcpStream::connect(target).await.expect("target");
        let _ = stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await;
        let _ = tokio::io::copy_bidirectional(&mut stream, &mut onward).await;
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

pub(crate) fn text(body: &str) -> Response<Full<Bytes>> {
    Response::new(Full::from(body.to_owned()))
}

pub(crate) fn answer(
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
