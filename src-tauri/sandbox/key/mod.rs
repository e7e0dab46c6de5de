//! Service keys of every plan and kind, good ones and broken ones.

mod container;
mod identity;
mod issued;
mod name;
mod ring;

pub use container::PASSPHRASE;
pub use issued::{Companion, IssuedKey};
pub use name::{KeyName, Plan};

pub(crate) use identity::Identity;
pub(crate) use issued::Addresses;
pub(crate) use ring::{Key, KeyRing};
