//! The way to the host: directly, or through a proxy.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite};

use super::model::{Connectivity, ConnectivityReach, ProxyPassage};
use super::name::{self, look_up, try_each};
use super::proxy::{Proxy, Refused};
use super::target::Target;
use super::trouble;
use crate::error::Error;
use crate::http::{Network, Trust, millis};

/// Both directions of a connection.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Unpin + Send + Sync {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync> Duplex for T {}

/// A connection to the host, whatever it runs through.
pub(super) type Wire = Box<dyn Duplex>;

/// A way that was found to work once.
pub(super) enum Route {
    /// To this address.
    Direct { host: String, address: SocketAddr },
    /// Through a proxy at this address.
    Proxied { proxy: Box<Proxy>, address: SocketAddr, target: Target, trust: Arc<Trust> },
}

impl Route {
    /// Connects once more.
    pub(super) async fn connect(&self, patience: Duration) -> Result<Wire, Error> {
        match self {
            Self::Direct { host, address } => match name::connect(*address, patience).await {
                Ok(stream) => Ok(Box::new(stream)),
                Err(failure) => Err(trouble::unreachable(host, &[failure.as_str()])),
            },
            Self::Proxied { proxy, address, target, trust } => {
                let passed = proxy.pass(*address, target, trust, patience).await;
                passed.map(|passed| passed.wire).map_err(|refused| refused.error)
            }
        }
    }
}

/// Finds the way a request would go, and reports each step.
pub(super) struct Finder<'a> {
    pub(super) target: &'a Target,
    pub(super) network: &'a Network,
    pub(super) trust: &'a Arc<Trust>,
    pub(super) patience: Duration,
}

impl Finder<'_> {
    /// The way, or none with the reason in the report.
    pub(super) async fn find(&self, report: &mut Connectivity) -> Option<Route> {
        let found = match Proxy::choose(self.network, self.target) {
            Some(proxy) => self.through(proxy, report).await,
            None => self.directly(report).await,
        };
        match found {
            Ok(route) => {
                report.reach(ConnectivityReach::Host);
                Some(route)
            }
            Err(error) => {
                report.failure = Some(error);
                None
            }
        }
    }

    async fn directly(&self, report: &mut Connectivity) -> Result<Route, Error> {
        let host = self.target.host();
        let addresses = self.addresses(report).await;
        if addresses.is_empty() {
            return Err(trouble::no_address(&host, report.lookup.as_ref()));
        }
        report.reach(ConnectivityReach::Name);
        let tried = try_each(&addresses, self.patience).await;
        let first = tried.iter().find(|(_, attempt)| attempt.failure.is_none()).map(|(address, _)| *address);
        report.attempts = tried.into_iter().map(|(_, attempt)| attempt).collect();
        let failures: Vec<&str> =
            report.attempts.iter().filter_map(|attempt| attempt.failure.as_deref()).collect();
        let address = first.ok_or_else(|| trouble::unreachable(&self.target.authority(), &failures))?;
        Ok(Route::Direct { host: self.target.authority(), address })
    }

    /// The host's own addresses.
    async fn addresses(&self, report: &mut Connectivity) -> Vec<SocketAddr> {
        let Some(name) = self.target.name() else {
            let address = self.target.host().parse().ok();
            return address.map(|address| SocketAddr::new(address, self.target.port())).into_iter().collect();
        };
        let (lookup, addresses) = look_up(&name, self.target.port(), self.patience).await;
        report.lookup = Some(lookup);
        addresses
    }

    /// Behind a proxy the proxy looks the name up; what this computer knows of it is only reported.
    async fn through(&self, proxy: Proxy, report: &mut Connectivity) -> Result<Route, Error> {
        let proxy_address = proxy.address();
        let own = look_up(proxy.host(), proxy.port(), self.patience);
        let (_, (lookup, addresses)) = tokio::join!(self.addresses(report), own);
        report.proxy = Some(ProxyPassage {
            address: proxy_address.clone(),
            status: None,
            reason: None,
            duration_ms: None,
            failure: lookup.failure,
        });
        let tried = try_each(&addresses, self.patience).await;
        let first = tried.iter().find(|(_, attempt)| attempt.failure.is_none()).map(|(address, _)| *address);
        report.attempts = tried.into_iter().map(|(_, attempt)| attempt).collect();
        let address = first.ok_or_else(|| trouble::no_proxy(&proxy_address))?;
        report.reach(ConnectivityReach::Proxy);
        self.pass(proxy, address, report).await
    }

    async fn pass(
        &self,
        proxy: Proxy,
        address: SocketAddr,
        report: &mut Connectivity,
    ) -> Result<Route, Error> {
        let begun = Instant::now();
        let passed = proxy.pass(address, self.target, self.trust, self.patience).await;
        let answer = match &passed {
            Ok(passed) => passed.answer.clone(),
            Err(Refused { answer, .. }) => answer.clone(),
        };
        if let Some(passage) = report.proxy.as_mut() {
            passage.duration_ms = Some(millis(begun.elapsed()));
            passage.failure = passed.as_ref().err().map(|refused| refused.error.message.clone());
            (passage.status, passage.reason) =
                answer.map_or((None, None), |(status, reason)| (Some(status), reason));
        }
        passed.map_err(|refused| refused.error)?;
        let (target, trust) = (self.target.clone(), Arc::clone(self.trust));
        Ok(Route::Proxied { proxy: Box::new(proxy), address, target, trust })
    }
}
