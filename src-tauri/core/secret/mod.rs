//! Secrets: the type that cannot leak by accident, and the places that keep them.

mod error;
mod keyring;
mod state;
mod value;
mod vault;

pub use error::StoreError;
pub use keyring::Keyring;
pub use state::SecretStoreState;
pub use value::Secret;
pub use vault::Vault;
