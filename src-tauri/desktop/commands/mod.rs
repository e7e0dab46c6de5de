//! What the page may ask for, one file a noun; each command parses, calls the workbench and answers.

pub mod body;
pub mod certificate_request;
pub mod clipboard;
pub mod collection;
pub mod connectivity;
pub mod file;
pub mod history;
pub mod key;
pub mod operation;
pub mod sandbox;
pub mod sending;
pub mod shell;
