//! The connectivity test: how far a host can be reached from here, and what its TLS looks like.
//!
//! ```text
//! Target ─name→ addresses ─route→ connection (direct, or through the proxy) ─greeting→ HostFacts ─head→ HTTP ─→ findings
//! ```
//!
//! It connects where strict verification would refuse, notes what strict verification says, and sends nothing but a HEAD:
//! no credentials, no client certificate.

mod certificates;
mod connectivity_test;
mod demand;
mod findings;
mod greeting;
mod head;
mod model;
mod name;
mod proxy;
mod recorder;
mod roots;
mod route;
mod server_chain;
mod target;
#[cfg(test)]
mod tests;
mod trouble;

pub use certificates::{CertificatesSave, CertificatesWanted, ShownCertificates};
pub use connectivity_test::{ConnectivityTest, Tested};
pub use model::{
    ClientCertificateDemand, ClientCertificateRequest, ConnectAttempt, Connectivity, ConnectivityFinding,
    ConnectivityId, ConnectivityQuery, ConnectivityReach, HeadAnswer, HostFacts, NameLookup, ProxyPassage,
    RootFacts, RootOrigin, ServerChain, TlsVersionOffer,
};
pub use target::Target;
