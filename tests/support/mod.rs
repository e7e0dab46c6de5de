//! What the tests stand on: a sandbox tenant and a terminal.

mod playground;
mod terminal;

pub use playground::{Playground, shared};
pub use terminal::{Run, Terminal};
