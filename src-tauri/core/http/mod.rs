//! Requests and exchanges: a request is resolved, sent, recorded and shown.
//!
//! ```text
//! Request ─Prepared→ Post (tokens, CSRF, cookies, redirects) ─WireRequest→ Engine ─Call→ Exchange
//! ```

mod arrival;
mod body;
mod body_file;
mod cause;
mod client;
mod cookie;
mod course;
mod csrf;
mod decoding;
mod dial;
mod digest;
mod engine;
mod exchange;
mod failure;
mod file_name;
mod growing;
mod header;
mod hidden;
mod intake;
mod jar;
mod journey;
pub(crate) mod mask;
mod multipart;
mod names;
mod network;
mod outgoing;
mod platform_page;
mod post;
mod prepared;
mod presentation;
mod record;
mod redirect;
mod refusal;
mod request;
mod resolve;
mod resolved;
mod second_look;
mod session;
mod signature;
mod spool;
#[cfg(test)]
pub(crate) mod tests;
mod tls_failure;
mod trust;
mod view;

pub use arrival::Arriving;
pub use body::Payload;
pub use body_file::{BodyFile, remove_leftovers};
pub(crate) use cause::{chain_text, find as find_cause};
pub use cookie::{Cookie, CookieJar, CookieName, CookieSet};
pub use course::Course;
pub(crate) use dial::millis;
pub use engine::{Engine, Performed, Via, WireRequest};
pub use exchange::{Call, Exchange, Header, Phases, Progress, Purpose, Received, Sent, TlsFacts};
pub use file_name::{file_name, safe_name};
pub(crate) use header::AGENT;
pub use header::{basic, bearer, method, sensitive, writes};
pub use hidden::Hidden;
pub use jar::Jar;
pub use mask::{Revealed, request as masked_request, reveal, url as masked_url, variables as mask_variables};
pub(crate) use names::lookup;
pub use network::Network;
pub(crate) use network::is_localhost;
pub(crate) use platform_page::is_platform_page;
pub use post::{Post, Sending};
pub use prepared::{Access, Caller, GrantedToken, Prepared, TokenCall, TokenFailure, TokenSource};
pub(crate) use presentation::names as distinguished_names;
pub use refusal::refusal;
pub use request::{
    ApiKeyPlacement, Authorization, Body, ClientPlacement, CsrfMode, ExchangeId, Field, Part, PartContent,
    Request, RequestOptions,
};
pub use resolve::resolve;
pub use resolved::Resolved;
pub use session::Scope;
pub(crate) use spool::UNFINISHED;
pub use spool::{BodyReader, SpooledBody, Spooling, write_file};
pub(crate) use trust::{Trust, provider};
pub use view::BodyForm;
