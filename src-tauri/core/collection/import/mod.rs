//! Collections of other tools, read with a report of what could not be carried over.

pub mod bru;
pub mod bruno_json;
pub mod curl;
mod detect;
mod gather;
pub mod har;
pub mod insomnia;
pub mod json;
mod losses;
mod misread;
pub mod openapi;
pub mod opencollection;
pub mod postman;
pub mod postman_folder;
mod secrets;
mod source;
pub mod structured;
mod write;
pub mod wsdl;

use super::model::Collection;
use super::tree::Loss;
use crate::secret::Secret;

pub use gather::{gather, has_only_environments, report};
pub use secrets::take_out;
pub use write::{add_environments, free_folder, write};

/// What was read from another tool's files.
#[derive(Default)]
pub struct Import {
    /// The format in the user's words: `Postman collection 2.1`.
    pub format: String,
    /// The collection; secret values are taken out of it.
    pub collection: Collection,
    /// Secret values found, for the keyring.
    pub secrets: Vec<FoundSecret>,
    /// Variables of no collection: Postman globals.
    pub globals: Vec<super::model::Variable>,
    /// What could not be carried over.
    pub losses: Vec<Loss>,
}

/// A secret value found in an import, for the keyring.
pub struct FoundSecret {
    /// The environment its variable belongs to; none is the collection.
    pub environment: Option<String>,
    /// The variable.
    pub name: String,
    /// The value.
    pub value: Secret<String>,
}
