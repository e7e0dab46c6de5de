//! Tenants and the keys they own.

mod model;
mod record;
mod store;

pub use model::{Custody, Health, Key, Stage, Tenant};
pub use record::{KeyRecord, TenantRecord};
pub use store::TenantStore;
