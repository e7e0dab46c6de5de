//! Secrets: the type that cannot leak by accident, and the places that keep them.

mod state;
mod value;

pub use state::SecretStoreState;
pub use value::Secret;
