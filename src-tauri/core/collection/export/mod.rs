//! Collections in the formats of other tools, with a report of what those cannot hold.

mod call;
pub mod curl;
mod flat;
pub mod har;
pub mod hurl;
pub mod opencollection;
pub mod postman;
mod target;
mod template;
#[cfg(test)]
mod tests;

pub use call::call;
use serde::Serialize;

use super::import::{Import, take_out};
use super::model::{Collection, RequestItem};
use super::secrets::move_out_of_request;
use super::tree::Loss;
use crate::http::Request;

/// A collection in another format.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Export {
    /// The file's text.
    pub text: String,
    /// What the format cannot hold.
    pub losses: Vec<Loss>,
}

/// The collection with variables where secrets stood in clear text, and a note that names them.
fn without_secrets(collection: &Collection) -> (Collection, Vec<Loss>) {
    let mut import = Import { collection: collection.clone(), ..Import::default() };
    take_out(&mut import);
    let mut names: Vec<String> = import.secrets.into_iter().map(|secret| secret.name).collect();
    names.sort();
    names.dedup();
    let what =
        format!("Secret values are never exported; give these variables their values: {}.", names.join(", "));
    let losses =
        if names.is_empty() { Vec::new() } else { vec![Loss { place: collection.root.name.clone(), what }] };
    (import.collection, losses)
}

/// The request with variables where secrets stood in clear text.
fn request_without_secrets(request: &Request) -> Request {
    let mut item = RequestItem {
        name: String::new(),
        request: request.clone(),
        details: super::RequestDetails::default(),
    };
    move_out_of_request(&mut item);
    item.request
}
