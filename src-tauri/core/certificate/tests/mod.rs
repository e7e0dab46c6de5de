mod answers;
pub(crate) mod authority;
mod chains;
mod exports;
mod key_files;
mod pems;
mod reports;
mod requests;
