//! Collections: folders of requests in files a team shares (OpenCollection as Bruno 4 writes it).

pub mod export;
pub mod files;
pub mod format;
pub mod import;
mod model;
pub mod secrets;
mod tree;
pub mod yaml;

pub use model::*;
pub use tree::*;
