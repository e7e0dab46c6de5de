//! The workbench itself, without any door: no window, no terminal, no standard output.
//!
//! One request's life, each stage a type with its own error:
//!
//! ```text
//! Request ─resolve→ Prepared (tenant, key, URL, headers) ─send→ Exchange (calls, phases, TLS, spooled body) ─explain→ Diagnosis
//! ```
//!
//! Doors call [`operation::dispatch`] or the methods of [`Workbench`]; nothing else is meant for them.

pub mod body;
pub mod certificate;
pub mod collection;
pub mod comparison;
pub mod connectivity;
pub mod database;
pub mod diagnosis;
pub mod draft;
pub mod error;
pub mod history;
pub mod http;
pub mod operation;
pub mod redact;
pub mod secret;
pub mod service_instance;
pub mod service_key;
pub mod settings;
pub mod tenant;
pub mod token;
pub mod variables;
pub mod workbench;
