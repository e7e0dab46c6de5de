//! Tests over real connections.

mod bodies;
mod calls;
mod server;
mod tls;
