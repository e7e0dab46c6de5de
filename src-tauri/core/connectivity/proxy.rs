//! The proxy in between.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV4, SocksV5};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::AsyncWriteExt as _;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tower_service::Service as _;

use super::head::{parse_status, read_head};
use super::name;
use super::route::Wire;
use super::target::Target;
use super::trouble;
use crate::error::Error;
use crate::http::{Network, Trust, chain_text, lookup, provider};
use crate::settings::Proxy as Setting;

/// A proxy a request to the host would go through.
pub(super) struct Proxy {
    intercept: Intercept,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Http,
    Https,
    /// SOCKS 4, where this computer looks the name up or the proxy does.
    Socks4 {
        remote: bool,
    },
    /// SOCKS 5, likewise.
    Socks5 {
        remote: bool,
    },
}

/// Status and words a proxy answered CONNECT with.
pub(super) type ConnectAnswer = Option<(u16, Option<String>)>;

/// A connection through the proxy.
pub(super) struct Passed {
    pub(super) wire: Wire,
    pub(super) answer: ConnectAnswer,
}

/// No connection through the proxy.
pub(super) struct Refused {
    pub(super) error: Error,
    pub(super) answer: ConnectAnswer,
}

impl Refused {
    fn silently(error: Error) -> Self {
        Self { error, answer: None }
    }
}

impl Proxy {
    /// The proxy the network's settings choose for this host; none for this computer itself.
    pub(super) fn choose(network: &Network, target: &Target) -> Option<Self> {
        if target.is_loopback() {
            return None;
        }
        let matcher = match &network.proxy {
            Setting::None => return None,
            Setting::System => Matcher::from_system(),
            Setting::Url { url, bypass } => {
                Matcher::builder().all(url.trim().to_owned()).no(bypass.clone()).build()
            }
        };
        let intercept = matcher.intercept(&target.uri()?)?;
        let kind = match intercept.uri().scheme_str() {
            Some("https") => Kind::Https,
            Some("socks4") => Kind::Socks4 { remote: false },
            Some("socks4a") => Kind::Socks4 { remote: true },
            Some("socks5") => Kind::Socks5 { remote: false },
            Some("socks5h") => Kind::Socks5 { remote: true },
            _ => Kind::Http,
        };
        Some(Self { intercept, kind })
    }

    /// Its address without a login.
    pub(super) fn address(&self) -> String {
        let scheme = self.intercept.uri().scheme_str().unwrap_or("http");
        format!("{scheme}://{}:{}", self.written_host(), self.port())
    }

    fn written_host(&self) -> &str {
        self.intercept.uri().host().unwrap_or_default()
    }

    pub(super) fn host(&self) -> &str {
        self.written_host().trim_matches(['[', ']'])
    }

    pub(super) fn port(&self) -> u16 {
        let usual = match self.kind {
            Kind::Http => 80,
            Kind::Https => 443,
            Kind::Socks4 { .. } | Kind::Socks5 { .. } => 1080,
        };
        self.intercept.uri().port_u16().unwrap_or(usual)
    }

    /// Connects to the host through the proxy at this address.
    pub(super) async fn pass(
        &self,
        address: SocketAddr,
        target: &Target,
        trust: &Arc<Trust>,
        patience: Duration,
    ) -> Result<Passed, Refused> {
        let passing = async {
            match self.kind {
                Kind::Http | Kind::Https => self.tunnel(address, target, trust, patience).await,
                Kind::Socks4 { remote } | Kind::Socks5 { remote } => {
                    self.socks(address, target, remote).await.map_err(Refused::silently)
                }
            }
        };
        let refused = |_| Refused::silently(trouble::silent_proxy(&self.address()));
        timeout(patience, passing).await.map_err(refused)?
    }

    async fn tunnel(
        &self,
        address: SocketAddr,
        target: &Target,
        trust: &Arc<Trust>,
        patience: Duration,
    ) -> Result<Passed, Refused> {
        let broken = |detail: String| Refused::silently(trouble::broken_proxy(&self.address(), &detail));
        let stream = name::connect(address, patience).await.map_err(broken)?;
        let mut wire: Wire = if self.kind == Kind::Https {
            self.greet(Box::new(stream), trust).await.map_err(broken)?
        } else {
            Box::new(stream)
        };
        let answer = self.ask(&mut wire, target).await.map_err(broken)?;
        match answer {
            Some((200..=299, _)) => Ok(Passed { wire, answer }),
            Some((status, ref reason)) => {
                let error = trouble::proxy_refusal(&self.address(), status, reason.as_deref());
                Err(Refused { error, answer })
            }
            None => Err(broken("It answered something that is not HTTP".to_owned())),
        }
    }

    /// Says CONNECT and reads the answer, not a byte more.
    async fn ask(&self, wire: &mut Wire, target: &Target) -> Result<ConnectAnswer, String> {
        let authority = target.authority();
        let mut request = format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n").into_bytes();
        if let Some(login) = self.intercept.basic_auth() {
            request.extend_from_slice(b"Proxy-Authorization: ");
            request.extend_from_slice(login.as_bytes());
            request.extend_from_slice(b"\r\n");
        }
        request.extend_from_slice(b"\r\n");
        wire.write_all(&request).await.map_err(|error| chain_text(&error))?;
        let head = read_head(wire, 1).await.map_err(|error| chain_text(&error))?;
        Ok(parse_status(&head))
    }

    /// TLS to the proxy itself, strictly verified: it may get a login.
    async fn greet(&self, wire: Wire, trust: &Arc<Trust>) -> Result<Wire, String> {
        let config = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .dangerous()
            .with_custom_certificate_verifier(Arc::<Trust>::clone(trust))
            .with_no_client_auth();
        let name = ServerName::try_from(self.host().to_owned()).map_err(|error| error.to_string())?;
        let greeted = TlsConnector::from(Arc::new(config)).connect(name, wire).await;
        greeted.map(|stream| Box::new(stream) as Wire).map_err(|error| chain_text(&error))
    }

    async fn socks(&self, address: SocketAddr, target: &Target, remote: bool) -> Result<Passed, Error> {
        let broken = |detail: &str| trouble::broken_proxy(&self.address(), detail);
        let proxy: Uri = format!("http://{address}").parse().map_err(|_| broken("its address is none"))?;
        let to = if remote { target.uri() } else { resolved(target).await };
        let to =
            to.ok_or_else(|| broken("This computer does not know the name, and the proxy is not asked"))?;
        let login = self.intercept.raw_auth();
        let connected = if matches!(self.kind, Kind::Socks4 { .. }) {
            SocksV4::new(proxy, HttpConnector::new()).call(to).await.map_err(|error| error.to_string())
        } else {
            let mut socks = SocksV5::new(proxy, HttpConnector::new());
            if let Some((user, password)) = login {
                socks = socks.with_auth(user.to_owned(), password.to_owned());
            }
            socks.call(to).await.map_err(|error| error.to_string())
        };
        let stream = connected.map_err(|detail| broken(&detail))?;
        Ok(Passed { wire: Box::new(stream.into_inner()), answer: None })
    }
}

/// The host by its first address.
async fn resolved(target: &Target) -> Option<Uri> {
    let Some(name) = target.name() else { return target.uri() };
    let mut address = *lookup(&name).await.ok()?.first()?;
    address.set_port(target.port());
    format!("https://{address}/").parse().ok()
}
