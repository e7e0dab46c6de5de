//! The files of open collections: read, watched, written whole or not at all.

mod atomic;
mod cache;
mod check;
mod environments;
mod failure;
mod holding;
mod items;
mod names;
mod open_folder;
mod order;
mod path;
mod read;
mod saving;
mod scan;
mod sidecar;
mod store;
mod surroundings;
#[cfg(test)]
mod tests;
mod walk;
mod watch;
mod whole;

pub use check::check;
pub use environments::add_secret_variables;
pub use holding::{Holding, Removal};
pub use items::create_collection;
pub use names::new_name;
pub use open_folder::{OpenFolder, folder_to_open};
pub use store::{CollectionRecord, CollectionStore};
pub use surroundings::root_above;
pub use watch::Watch;
pub use whole::{Loaded, load};
