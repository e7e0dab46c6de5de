//! What the tests stand on: a sandbox tenant, a terminal and a collection.

mod collection;
mod playground;
mod terminal;

pub use collection::Collection;
pub use playground::{Playground, shared};
pub use terminal::{Run, Terminal};
