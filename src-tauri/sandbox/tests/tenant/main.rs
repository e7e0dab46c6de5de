//! The sandbox tenant seen from outside, over real TLS.

#![expect(clippy::unwrap_used, reason = "the steps of a test panic as the test itself does")]

mod answers;
mod api;
mod client;
mod csrf;
mod identity;
mod journal;
mod keys;
mod server_tls;
mod token;
