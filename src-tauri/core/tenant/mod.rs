//! Tenants and the keys they own.

mod client_certificate;
mod key_check;
#[cfg(test)]
mod key_check_tests;
mod model;
mod record;
mod renewal;
mod store;

pub use client_certificate::ClientCertificate;
pub use key_check::{KeyAspect, KeyCheck, KeyFinding, Light};
pub use model::{Custody, Health, Key, KeyRenewal, Stage, Tenant};
pub use record::{KeyRecord, TenantRecord};
pub use store::TenantStore;
