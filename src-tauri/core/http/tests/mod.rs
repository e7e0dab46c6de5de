//! Tests over real connections.

mod bodies;
mod calls;
mod sendings;
mod server;
mod tls;
