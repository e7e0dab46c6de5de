use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Instant;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::dial;
use super::network::is_localhost;

/// Looks names up with the system's resolver, times it, and keeps `localhost` on this computer.
#[derive(Debug)]
pub(super) struct Names;

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let begun = Instant::now();
            let found = lookup(name.as_str()).await;
            dial::current(|dial| dial.named(begun, Instant::now()));
            Ok(Box::new(found?.into_iter()) as Addrs)
        })
    }
}

/// The addresses of a name, ports left open.
pub(crate) async fn lookup(name: &str) -> std::io::Result<Vec<SocketAddr>> {
    if is_localhost(name) {
        return Ok(vec![(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()]);
    }
    let found: Vec<_> = tokio::net::lookup_host((name, 0)).await?.collect();
    if found.is_empty() {
        return Err(std::io::Error::new(std::io::ErrorKind::NotFound, "the name has no address"));
    }
    Ok(found)
}
