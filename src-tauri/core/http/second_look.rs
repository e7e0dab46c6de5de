//! Why a server closed a connection over which it had asked for a client certificate.

use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::Url;

use super::cause::find;
use super::names::lookup;

/// A refusal comes at once; a server that says nothing has no quarrel with the certificate.
const PATIENCE: Duration = Duration::from_secs(2);

/// The alert that HTTP/2 swallowed: in TLS 1.3 it comes after the handshake, and then hyper only knows that the connection
/// is gone. The same greeting over a connection of its own, without any request, lets it be read.
pub(super) async fn alert(tls: ClientConfig, url: &Url) -> Option<rustls::Error> {
    tokio::time::timeout(PATIENCE, greet(tls, url)).await.ok().flatten()
}

async fn greet(tls: ClientConfig, url: &Url) -> Option<rustls::Error> {
    let host = url.host_str()?;
    let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned()).ok()?;
    let mut addresses = lookup(host.trim_matches(['[', ']'])).await.ok()?;
    for address in &mut addresses {
        address.set_port(url.port_or_known_default()?);
    }
    let stream = TcpStream::connect(addresses.as_slice()).await.ok()?;
    let greeted = TlsConnector::from(Arc::new(tls)).connect(name, stream).await;
    let refused = match greeted {
        Err(error) => error,
        Ok(mut stream) => stream.read_u8().await.err()?,
    };
    find::<rustls::Error>(&refused).cloned()
}
