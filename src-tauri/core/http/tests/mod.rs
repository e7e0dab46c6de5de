//! Tests over real connections.

mod arriving;
pub(crate) mod authority;
mod bodies;
mod calls;
mod client;
mod csrf;
mod sendings;
pub(crate) mod server;
mod tls;
