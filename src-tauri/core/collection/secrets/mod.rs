//! Secrets that stand in clear text where a file would keep them.

mod moving;
mod names;
mod passage;
mod recognition;
mod row;
mod scan;
#[cfg(test)]
mod tests;

pub use moving::{
    MovedSecret, move_out_of_environment, move_out_of_folder, move_out_of_folder_among,
    move_out_of_folder_beside, move_out_of_request, move_out_of_request_among, move_out_of_request_beside,
};
pub use names::{Holding, Names};
pub use scan::in_value;

use super::model::{Environment, FolderItem, RequestItem};
use super::tree::LiteralSecret;

/// The secrets a request's file would say in clear text.
pub fn in_request(item: &RequestItem) -> Vec<LiteralSecret> {
    found(move_out_of_request(&mut item.clone()))
}

/// The secrets a folder's file would say in clear text.
pub fn in_folder(item: &FolderItem) -> Vec<LiteralSecret> {
    found(move_out_of_folder(&mut item.clone()))
}

/// The secrets an environment's file would say in clear text.
pub fn in_environment(environment: &Environment) -> Vec<LiteralSecret> {
    found(move_out_of_environment(&mut environment.clone()))
}

fn found(moved: Vec<MovedSecret>) -> Vec<LiteralSecret> {
    moved.into_iter().map(|secret| LiteralSecret { place: secret.place, variable: secret.name }).collect()
}
