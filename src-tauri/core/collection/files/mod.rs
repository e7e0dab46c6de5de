//! The files of open collections: read, watched, written whole or not at all.

mod atomic;
mod cache;
mod check;
mod environments;
mod failure;
mod holding;
mod items;
mod leftover;
mod moving;
mod names;
mod open_folder;
mod order;
mod path;
mod read;
mod removing;
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

pub use atomic::write_whole;
pub(in crate::collection) use atomic::{is_in_the_making, make_folder, sweep, write_new};
pub use check::check;
pub use environments::add_secret_variables;
pub use failure::unwritable;
pub use holding::{Holding, Removal};
pub use items::create_collection;
pub use leftover::Leftover;
pub use names::{file_name, new_name};
pub use open_folder::{OpenFolder, folder_to_open};
pub use store::{CollectionRecord, CollectionStore};
pub use surroundings::root_above;
pub use watch::Watch;
pub use whole::{Loaded, load};
