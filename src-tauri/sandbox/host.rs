/// The host of integration flows.
pub const RUNTIME_HOST: &str = "sandbox.it-cpi000-rt.cfapps.localhost";
/// The host of the tenant's API.
pub const API_HOST: &str = "sandbox.it-cpi000.cfapps.localhost";
/// The host of the token server for client secrets.
pub const TOKEN_HOST: &str = "sandbox.authentication.localhost";
/// The host of the token server for client certificates.
pub const MUTUAL_TOKEN_HOST: &str = "sandbox.authentication.cert.localhost";

/// Names that answer like the runtime; most of them have something special about their TLS.
const RUNTIME_ALIASES: [&str; 10] = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    "expired.localhost",
    "wrong-host.localhost",
    "unknown-ca.localhost",
    "incomplete-chain.localhost",
    "certificate-required.localhost",
    "tls12.localhost",
    "http1.localhost",
];

/// Which part of the tenant a host name reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    Runtime,
    Api,
    Token { subdomain: String, mutual: bool },
    Unknown,
}

impl Host {
    pub(crate) fn named(name: &str) -> Self {
        if name == RUNTIME_HOST || RUNTIME_ALIASES.contains(&name) {
            return Self::Runtime;
        }
        if name == API_HOST {
            return Self::Api;
        }
        let token = |suffix, mutual| {
            let subdomain = name.strip_suffix(suffix)?.to_owned();
            Some(Self::Token { subdomain, mutual })
        };
        token(".authentication.cert.localhost", true)
            .or_else(|| token(".authentication.localhost", false))
            .unwrap_or(Self::Unknown)
    }
}

/// The name in a `Host` header, without its port.
pub(crate) fn name_of(authority: &str) -> String {
    let end = match authority.rfind(':') {
        Some(colon) if !authority[colon..].contains(']') => colon,
        _ => authority.len(),
    };
    authority[..end].to_ascii_lowercase()
}
