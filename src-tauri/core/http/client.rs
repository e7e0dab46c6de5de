use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::{Client, NoProxy};
use rustls::ClientConfig;
use rustls::client::Resumption;
use url::Url;

use super::cause::chain_text;
use super::dial::{Connections, Watch, lock};
use super::names::Names;
use super::network::Network;
use super::presentation::{Forgetful, Presentation};
use super::trust::{System, Trust, provider};
use crate::certificate::Identity;
use crate::error::{Code, Error};
use crate::settings::Proxy;

/// Below the shortest idle time of common load balancers (60 s), so that a pooled connection is rarely a dead one.
const POOL_IDLE: Duration = Duration::from_secs(45);

/// The connection pools under one network configuration, one for each identity, so that none is ever shared.
#[derive(Debug)]
pub(super) struct Clients {
    pub(super) network: Network,
    pub(super) trust: Arc<Trust>,
    connections: Connections,
    pools: Mutex<HashMap<Pool, Client>>,
}

/// What keeps connections apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Pool {
    fingerprint: Option<String>,
    http1_only: bool,
    direct: bool,
}

impl Clients {
    /// None yet, for this network.
    pub(super) fn new(network: Network, system: Arc<System>, connections: Connections) -> Self {
        let trust = Trust::new(&network, system);
        Self { network, trust, connections, pools: Mutex::default() }
    }

    /// Whether a call to this URL goes through a proxy.
    pub(super) fn is_proxied(&self, url: &Url) -> bool {
        match &self.network.proxy {
            Proxy::None => false,
            Proxy::Url { .. } => true,
            Proxy::System => {
                let uri = url.as_str().parse().ok();
                uri.is_some_and(|uri| Matcher::from_system().intercept(&uri).is_some())
            }
        }
    }

    /// The client for this identity; `direct` passes by every proxy.
    pub(super) fn get(
        &self,
        identity: Option<&Identity>,
        http1_only: bool,
        direct: bool,
    ) -> Result<Client, Error> {
        let fingerprint = identity.map(|identity| identity.fingerprint().to_owned());
        let pool = Pool { fingerprint, http1_only, direct };
        let mut pools = lock(&self.pools);
        if let Some(client) = pools.get(&pool) {
            return Ok(client.clone());
        }
        let client = self.build(identity, &pool)?;
        pools.insert(pool, client.clone());
        Ok(client)
    }

    fn build(&self, identity: Option<&Identity>, pool: &Pool) -> Result<Client, Error> {
        let mut builder = Client::builder()
            .tls_backend_preconfigured(self.tls(identity, pool.http1_only)?)
            .redirect(reqwest::redirect::Policy::none())
            // Never repeats a request that may have run. What remains is hyper's own: a request of which not a single
            // byte was written, because the pooled connection was already closed, goes out on a new connection.
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(self.network.connect_timeout)
            .pool_idle_timeout(POOL_IDLE)
            .dns_resolver(Arc::new(Names))
            .connector_layer(Watch(self.connections.clone()));
        if pool.http1_only {
            builder = builder.http1_only();
        }
        builder = match (&self.network.proxy, pool.direct) {
            (Proxy::None, _) | (_, true) => builder.no_proxy(),
            (Proxy::System, false) => builder,
            (Proxy::Url { url, bypass }, false) => builder.proxy(proxy(url, bypass)?),
        };
        builder.build().map_err(|error| unusable(&error))
    }

    pub(super) fn tls(&self, identity: Option<&Identity>, http1_only: bool) -> Result<ClientConfig, Error> {
        let mut tls = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(|error| unusable(&error))?
            .dangerous()
            .with_custom_certificate_verifier(self.trust.clone())
            .with_client_cert_resolver(Presentation::of(identity));
        tls.resumption = Resumption::store(Arc::new(Forgetful));
        tls.alpn_protocols =
            if http1_only { vec![b"http/1.1".to_vec()] } else { vec![b"h2".to_vec(), b"http/1.1".to_vec()] };
        Ok(tls)
    }
}

fn proxy(url: &str, bypass: &str) -> Result<reqwest::Proxy, Error> {
    let proxy = reqwest::Proxy::all(url.trim()).map_err(|error| {
        Error::new(Code::InvalidInput, "The address of the proxy cannot be used. Nothing was sent.")
            .hint("Write it as http://host:port or socks5://host:port in the settings.")
            .detail(error.to_string())
    })?;
    Ok(proxy.no_proxy(NoProxy::from_string(bypass)))
}

fn unusable(error: &dyn std::error::Error) -> Error {
    Error::new(Code::TlsFailed, "TLS could not be set up on this computer. Nothing was sent.")
        .hint("Check the certificate of the key and the system's trust store.")
        .detail(chain_text(error))
}
