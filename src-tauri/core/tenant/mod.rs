//! Tenants and the keys they own.

mod model;

pub use model::{Custody, Health, Key, Stage, Tenant};
