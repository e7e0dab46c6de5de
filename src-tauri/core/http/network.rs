use std::time::Duration;

use rustls::pki_types::CertificateDer;

use crate::settings::{Proxy, Settings};

/// How the network is reached and whom to trust there.
#[derive(Clone, Debug)]
pub struct Network {
    /// Time allowed to connect, TLS included.
    pub connect_timeout: Duration,
    /// Time allowed for a whole sending when the request does not say.
    pub timeout: Duration,
    /// Which proxy is used; never for loopback addresses.
    pub proxy: Proxy,
    /// More trusted roots, beside the system's.
    pub roots: Vec<CertificateDer<'static>>,
    /// Roots trusted only for names under `.localhost`.
    pub sandbox_roots: Vec<CertificateDer<'static>>,
    /// Hosts whose certificates are not verified.
    pub unverified_hosts: Vec<String>,
}

impl Network {
    /// The network as the settings say, with these extra roots already read from their files.
    pub fn new(settings: &Settings, roots: Vec<CertificateDer<'static>>) -> Self {
        Self {
            connect_timeout: Duration::from_millis(settings.connect_timeout_ms.into()),
            timeout: Duration::from_millis(settings.timeout_ms.into()),
            proxy: settings.proxy.clone(),
            roots,
            sandbox_roots: Vec::new(),
            unverified_hosts: settings.unverified_hosts.clone(),
        }
    }
}

/// Whether this host name never leaves this computer (RFC 6761, section 6.3).
pub(crate) fn is_localhost(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    host.eq_ignore_ascii_case("localhost")
        || host.len() > 10
            && host.get(host.len() - 10..).is_some_and(|end| end.eq_ignore_ascii_case(".localhost"))
}

/// Whether this URL's host is this computer.
pub(super) fn is_loopback(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => is_localhost(name),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
