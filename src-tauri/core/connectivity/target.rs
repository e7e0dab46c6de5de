use std::net::Ipv6Addr;

use rustls::pki_types::ServerName;
use url::{Host, Url};

use crate::error::{Code, Error, Result};

/// The port of HTTPS, and of every host whose port nobody says.
const HTTPS: u16 = 443;
/// No host name is longer, and no URL worth pasting here.
const LONGEST: usize = 8 * 1024;

/// The host that is tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    host: Host<String>,
    port: u16,
}

impl Target {
    /// Reads a host, a host and port, or a whole URL, of which everything else is left out.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST {
            return Err(no_host());
        }
        let url = Url::parse(&address(text)).map_err(|error| no_host().detail(error.to_string()))?;
        let host = url.host().filter(|_| url.port() != Some(0)).ok_or_else(no_host)?.to_owned();
        let target = Self { host, port: url.port().unwrap_or(HTTPS) };
        if target.server_name().is_none() {
            return Err(no_host());
        }
        Ok(target)
    }

    /// The host as it goes over the wire, an IPv6 address without brackets.
    pub fn host(&self) -> String {
        match &self.host {
            Host::Domain(name) => name.strip_suffix('.').unwrap_or(name).to_owned(),
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        }
    }

    /// The port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The name to be looked up; absent for an address.
    pub(super) fn name(&self) -> Option<String> {
        matches!(self.host, Host::Domain(_)).then(|| self.host())
    }

    /// Host and port as CONNECT and `Host` write them.
    pub(super) fn authority(&self) -> String {
        match &self.host {
            Host::Ipv6(address) => format!("[{address}]:{}", self.port),
            _ => format!("{}:{}", self.host(), self.port),
        }
    }

    /// Where it is, for proxy rules.
    pub(super) fn uri(&self) -> Option<http::Uri> {
        format!("https://{}/", self.authority()).parse().ok()
    }

    /// Whether it is this computer.
    pub(super) fn is_loopback(&self) -> bool {
        match &self.host {
            Host::Domain(name) => crate::http::is_localhost(name),
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        }
    }

    /// The name its certificate must have.
    pub(super) fn server_name(&self) -> Option<ServerName<'static>> {
        ServerName::try_from(self.host()).ok()
    }
}

/// The text as a URL whose host can be read: only `https` knows how to write names of other scripts and addresses.
fn address(text: &str) -> String {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let authority = rest.get(..end).unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.parse::<Ipv6Addr>().is_ok() {
        return format!("https://[{host}]/");
    }
    format!("https://{host}/")
}

/// Without the text, which may be anything that was in the clipboard.
fn no_host() -> Error {
    Error::new(Code::InvalidInput, "This is no host that can be tested")
        .hint("Write it like acme-dev.example.com or acme-dev.example.com:8443, or paste a whole URL")
}
