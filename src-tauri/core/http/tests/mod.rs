//! Tests over real connections.

mod bodies;
mod calls;
mod client;
mod csrf;
mod sendings;
mod server;
mod tls;
