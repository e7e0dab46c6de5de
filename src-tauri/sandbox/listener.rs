//! From the socket to a call: TLS by server name, then HTTP/1.1 or HTTP/2.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use rustls::server::Acceptor;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::server::TlsStream;

use crate::answer::{Watched, text};
use crate::call::{Call, Connection};
use crate::host::name_of;
use crate::journal::Entry;
use crate::tenant::Tenant;
use crate::tls::ServerTls;

const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(20);

/// The part of a body that flows get to see; more is only counted.
const BODY_AT_MOST: usize = 64 * 1024 * 1024;

/// Accepts connections until dropped; they end with it.
pub(crate) async fn listen(socket: TcpListener, tls: ServerTls, tenant: Arc<Tenant>) {
    let tls = Arc::new(tls);
    let mut connections = JoinSet::new();
    let mut number = 0;
    loop {
        tokio::select! {
            accepted = socket.accept() => match accepted {
                Ok((stream, _)) => {
                    number += 1;
                    connections.spawn(connect(stream, number, tls.clone(), tenant.clone()));
                }
                // Out of descriptors: accepting at once again would spin.
                Err(_) => sleep(Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connect(stream: TcpStream, number: u64, tls: Arc<ServerTls>, tenant: Arc<Tenant>) {
    // Small answers should not wait for the acknowledgement of the ones before.
    let _ = stream.set_nodelay(true);
    let mut server_name = None;
    let shaken = timeout(HANDSHAKE_TIMEOUT, handshake(stream, &tls, &mut server_name)).await;
    match shaken.unwrap_or_else(|_| Err(Failure { error: io::ErrorKind::TimedOut.into(), stream: None })) {
        Ok(stream) => {
            let connection = Arc::new(Connection::new(number, server_name, stream.get_ref().1));
            serve(stream, connection, tenant).await;
        }
        Err(Failure { error, stream }) => {
            tenant.journal.handshake_failed(number, server_name, error.to_string());
            if let Some(stream) = stream {
                linger(stream).await;
            }
        }
    }
}

/// A failed handshake, with the stream on which an alert may still be on its way.
struct Failure {
    error: io::Error,
    stream: Option<TcpStream>,
}

async fn handshake(
    stream: TcpStream,
    tls: &ServerTls,
    server_name: &mut Option<String>,
) -> Result<TlsStream<TcpStream>, Failure> {
    let without_stream = |error| Failure { error, stream: None };
    let start = LazyConfigAcceptor::new(Acceptor::default(), stream).await.map_err(without_stream)?;
    *server_name = start.client_hello().server_name().map(str::to_ascii_lowercase);
    let config =
        tls.config(server_name.as_deref()).map_err(|error| without_stream(io::Error::other(error)))?;
    let accepted = start.into_stream(config).into_fallible().await;
    accepted.map_err(|(error, stream)| Failure { error, stream: Some(stream) })
}

/// Reads what the client still sends: closing before that would reset the connection and lose our alert.
async fn linger(mut stream: TcpStream) {
    let _ = stream.shutdown().await;
    let mut rest = [0; 4096];
    let drain = async { while matches!(stream.read(&mut rest).await, Ok(1..)) {} };
    let _ = timeout(Duration::from_millis(500), drain).await;
}

async fn serve(stream: TlsStream<TcpStream>, connection: Arc<Connection>, tenant: Arc<Tenant>) {
    let service = service_fn(move |request| {
        let (tenant, connection) = (tenant.clone(), connection.clone());
        async move { Ok::<_, Infallible>(respond(&tenant, connection, request).await) }
    });
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(Duration::from_mins(5));
    builder.http1().max_buf_size(1024 * 1024);
    builder.http2().timer(TokioTimer::new()).max_header_list_size(1024 * 1024);
    // An error here is the client leaving or a fault asked for; the journal has what matters.
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}

async fn respond(
    tenant: &Tenant,
    connection: Arc<Connection>,
    request: Request<Incoming>,
) -> Response<Watched> {
    let (parts, body) = request.into_parts();
    let host = parts.uri.authority().map(http::uri::Authority::as_str);
    let host = host.or_else(|| parts.headers.get("host")?.to_str().ok());
    let host = name_of(host.or(connection.server_name.as_deref()).unwrap_or("localhost"));
    let entry = tenant.journal.open(&connection, &parts, &host);
    let mut departure = Departure(Some(entry.clone()));
    let answer = match receive(body, &entry).await {
        Ok((body, body_size)) => {
            let call = Call { parts, host, body, body_size, connection, entry: entry.clone() };
            tenant.answer(call).await
        }
        Err(error) => text(StatusCode::BAD_REQUEST, format!("the body did not arrive: {error}")),
    };
    departure.0 = None;
    entry.answered(Some(answer.status().as_u16()));
    answer.map(|body| Watched::new(body, entry))
}

async fn receive(mut body: Incoming, entry: &Entry) -> Result<(Bytes, u64), hyper::Error> {
    let mut kept = BytesMut::new();
    let mut size = 0;
    while let Some(frame) = body.frame().await {
        let frame = match frame {
            Ok(frame) => frame,
            Err(error) => {
                entry.received(&kept.freeze(), size, false);
                return Err(error);
            }
        };
        if let Some(data) = frame.data_ref() {
            size += data.len() as u64;
            if kept.len() < BODY_AT_MOST {
                kept.extend_from_slice(data);
            }
        }
    }
    let kept = kept.freeze();
    entry.received(&kept, size, true);
    Ok((kept, size))
}

/// Closes the journal's entry if the client leaves before there is an answer.
struct Departure(Option<Entry>);

impl Drop for Departure {
    fn drop(&mut self) {
        if let Some(entry) = self.0.take() {
            entry.answered(None);
        }
    }
}
