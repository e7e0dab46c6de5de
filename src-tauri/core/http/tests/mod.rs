//! Tests over real connections.

mod authority;
mod bodies;
mod calls;
mod client;
mod csrf;
mod sendings;
mod server;
mod tls;
