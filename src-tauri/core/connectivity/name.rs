use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use tokio::time::timeout;

use super::model::{ConnectAttempt, NameLookup};
use crate::http::{lookup, millis};

/// More addresses than this are not tried; no name worth testing has so many.
const MOST: usize = 16;

/// Looks a name up.
pub(super) async fn look_up(name: &str, port: u16, patience: Duration) -> (NameLookup, Vec<SocketAddr>) {
    let begun = Instant::now();
    let found = timeout(patience, lookup(name)).await;
    let (addresses, failure) = match found {
        Ok(Ok(found)) => (distinct(found.iter().map(SocketAddr::ip)), None),
        Ok(Err(error)) => (Vec::new(), Some(error.to_string())),
        Err(_) => (Vec::new(), Some("no answer in time".to_owned())),
    };
    let lookup = NameLookup {
        name: name.to_owned(),
        addresses: addresses.iter().map(IpAddr::to_string).collect(),
        duration_ms: millis(begun.elapsed()),
        failure,
    };
    (lookup, addresses.into_iter().map(|address| SocketAddr::new(address, port)).collect())
}

fn distinct(found: impl Iterator<Item = IpAddr>) -> Vec<IpAddr> {
    let mut addresses = Vec::new();
    for address in found {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    addresses
}

/// Tries every address at once, and says which ones answer, in the order they were given.
pub(super) async fn try_each(
    addresses: &[SocketAddr],
    patience: Duration,
) -> Vec<(SocketAddr, ConnectAttempt)> {
    let tries = addresses.iter().take(MOST).map(|address| attempt(*address, patience));
    futures_util::future::join_all(tries).await
}

async fn attempt(address: SocketAddr, patience: Duration) -> (SocketAddr, ConnectAttempt) {
    let begun = Instant::now();
    let failure = connect(address, patience).await.err();
    let duration_ms = millis(begun.elapsed());
    (address, ConnectAttempt { address: address.to_string(), duration_ms, failure })
}

/// Connects to one address, or says in words why not.
pub(super) async fn connect(address: SocketAddr, patience: Duration) -> Result<TcpStream, String> {
    match timeout(patience, TcpStream::connect(address)).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(in_words(&error)),
        Err(_) => Err(NO_ANSWER.to_owned()),
    }
}

/// What is said of an address that stays silent.
pub(super) const NO_ANSWER: &str = "no answer in time";
/// What is said of an address where nothing listens.
pub(super) const REFUSED: &str = "refused";

fn in_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::ConnectionRefused => REFUSED.to_owned(),
        std::io::ErrorKind::TimedOut => NO_ANSWER.to_owned(),
        std::io::ErrorKind::NetworkUnreachable => "the network is not reachable".to_owned(),
        std::io::ErrorKind::HostUnreachable => "the host is not reachable".to_owned(),
        _ => error.to_string(),
    }
}
