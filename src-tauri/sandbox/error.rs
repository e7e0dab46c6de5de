use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What can keep a sandbox from starting or from writing its files.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}")]
    Bind {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// A certificate could not be made.
    #[error("cannot make a certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// A TLS configuration could not be made.
    #[error("cannot prepare TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// The client certificate check could not be prepared.
    #[error("cannot prepare the check of client certificates: {0}")]
    Verifier(#[from] rustls::server::VerifierBuilderError),
    /// A file could not be written.
    #[error("cannot write {}: {source}", path.display())]
    File {
        /// The file asked for.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}
