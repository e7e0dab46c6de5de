//! Variables: scopes, templates and where a value comes from.
//!
//! `{{ name }}` is looked up in the order of [`Scope`]; `{{a{{b}}}}` asks for `b` first. Outside bodies, braces around what can
//! be no name are an error; in bodies they stay as they are, for they belong to a template of another language.

mod dynamic;
mod inherit;
mod places;
mod query;
mod render;
mod request;
mod scopes;
mod store;
mod template;
#[cfg(test)]
mod tests;
mod trouble;
mod usage;

pub use dynamic::{DYNAMIC, dynamic};
pub use inherit::inherit;
pub use places::{Sources, supplying};
pub use query::{available, uses};
pub use render::{Renderer, Secrets};
pub use request::{address, authorization, files, render};
pub use scopes::{DOTS, Definition, Place, ProcessVariables, Scopes, SecretSource};
pub use store::{KeptSecret, VariableStore};
pub use template::{is_reference, sole_name};
pub use trouble::Spot;
pub use usage::*;
