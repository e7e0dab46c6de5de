use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

/// How a sandbox is started; the default listens on any free port of 127.0.0.1.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address to listen on.
    pub address: IpAddr,
    /// The port to listen on; 0 takes any free one.
    pub port: u16,
    /// A file that gets one JSON line for everything received.
    pub journal: Option<PathBuf>,
    /// What `expires_in` says; without it, the default of the key's plan.
    pub token_lifetime: Option<Duration>,
    /// How long `slow.authentication.localhost` takes.
    pub slow_delay: Duration,
    /// What `expires_in` says at `short.authentication.localhost`.
    pub short_lifetime: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            journal: None,
            token_lifetime: None,
            slow_delay: Duration::from_secs(3),
            short_lifetime: Duration::from_secs(2),
        }
    }
}
