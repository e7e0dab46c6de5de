//! A real local tenant over HTTPS: its own authority, token server, runtime and service keys of every kind.
//!
//! ```text
//! listener (TLS by server name) ─Call→ token     secret or certificate → access token
//!                                    ├→ runtime   authenticate → role → CSRF → flow
//!                                    └→ api       authenticate → plan
//! ```
//!
//! All hosts are names of the loopback address, and each has a certificate of the sandbox's authority:
//!
//! | host | what it is |
//! |---|---|
//! | `sandbox.it-cpi000-rt.cfapps.localhost`, `localhost`, `127.0.0.1` | integration flows |
//! | `sandbox.it-cpi000.cfapps.localhost` | the API |
//! | `sandbox.authentication.localhost` | tokens for client secrets |
//! | `sandbox.authentication.cert.localhost` | tokens for client certificates |
//! | `slow`, `html`, `limited`, `always-limited`, `badgateway`, `garbage`, `short`, `stale` before `.authentication…` | the same with a [`TokenFault`] |
//! | `invalid-client`, `unauthorized`, `unauthorized-client`, `unsupported-grant-type`, `invalid-scope`, `invalid-request`, `access-denied`, `method-not-allowed`, `server-error`, `no-route`, `no-path` before `.authentication…` | the refusal of that name |
//! | `expired`, `wrong-host`, `unknown-ca`, `incomplete-chain` before `.localhost` | a server certificate that is wrong |
//! | `certificate-required`, `tls12`, `http1` before `.localhost` | integration flows over a special TLS |
//!
//! `/http/weather/<name>` on a runtime host answers as the platform, its router or a flow does in one kind of failure.
//!
//! Everything received is kept in the [`Journal`], so that a test can assert on the wire.

mod answer;
mod api;
mod authority;
mod call;
mod caller;
mod encoding;
mod error;
mod fault;
mod flow;
mod form;
mod host;
mod journal;
mod key;
mod listener;
mod options;
mod runtime;
mod sandbox;
mod tenant;
mod tls;
mod token;

pub use error::Error;
pub use fault::{Faults, TokenFault};
pub use flow::Endpoint;
pub use host::{API_HOST, MUTUAL_TOKEN_HOST, RUNTIME_HOST, TOKEN_HOST};
pub use journal::{ClientCertificate, HandshakeFailure, Journal, ReceivedRequest};
pub use key::{Companion, IssuedKey, KeyName, PASSPHRASE, Plan};
pub use options::Options;
pub use sandbox::Sandbox;
