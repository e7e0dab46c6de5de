//! The integration flows of the tenant: one table, and what each of them does.

mod body;
mod document;
mod echo;
mod failure;
mod multipart;
mod order;
mod payment;
mod streamed;
mod table;

pub use table::Endpoint;
pub(crate) use table::{at, endpoints};
