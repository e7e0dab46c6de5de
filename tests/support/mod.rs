//! What the tests stand on: a sandbox tenant, a terminal and a collection.

mod bus;
mod collection;
mod playground;
mod servers;
mod terminal;

pub use bus::{Bus, Keyring};
pub use collection::Collection;
pub use playground::{Playground, shared};
pub use servers::{Certificates, ConnectProxy, Nginx, OpenSsl};
pub use terminal::{Run, Terminal};
