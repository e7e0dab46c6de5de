//! The `OpenCollection` layout as Bruno 4 writes it: what its YAML says, as types.

mod authorization;
mod body;
mod change;
mod environment;
mod field;
mod folder;
mod info;
mod mapping;
mod place;
mod query;
mod request;
mod script;
mod sidecar;
#[cfg(test)]
mod tests;

pub use change::before_change;
pub use environment::{environment_value, read_environment};
pub use folder::{folder_value, read_folder, read_root, root_value};
pub use request::{read_request, request_value};
pub use sidecar::{Sidecar, apply_sidecar, needs_sidecar};

use super::model::{FolderItem, RequestItem};
use serde_json::Value;

/// Why a file is YAML, but not what its place says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The JSON pointer (RFC 6901) of the place; empty for the whole file.
    pub pointer: String,
    /// What is wrong, one or two sentences in the user's words.
    pub message: String,
    /// The next step, where one is known.
    pub hint: Option<String>,
}

/// A request's file.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestFile {
    /// The request.
    pub item: RequestItem,
    /// Its place among its neighbours.
    pub seq: Option<f64>,
}

/// A folder's file, or the collection's own.
#[derive(Clone, Debug, PartialEq)]
pub struct FolderFile {
    /// What it says.
    pub item: FolderItem,
    /// Its place among its neighbours; the collection has none.
    pub seq: Option<f64>,
}

/// What an item's `info.type` says: `http`, `folder`, `graphql`…
pub fn kind(value: &Value) -> Option<&str> {
    value.get("info")?.get("type")?.as_str()
}
