//! Service keys: every kind and shape SAP hands out (sap-domain 2).

mod credential;
mod facts;
mod fields;
mod foreign;
mod host;
mod import;
mod json;
mod mask;
mod model;
mod obscure;
mod private_key;
mod problems;
mod read;
mod read_error;
mod repairs;
mod suggest;
#[cfg(test)]
mod tests;

pub use facts::{KeyFacts, KeyProblem, Repair, Severity};
pub use foreign::Foreign;
pub use host::stated_plans;
pub use import::{Comparison, ImportId, KeyImport, KeySave, PrivateKeyFile};
pub use mask::mask;
pub use model::{Credential, Kind, Plan, PrivateKeyFault, ServiceKey};
pub use private_key::AddedKey;
pub use problems::of_chain as certificate_problems;
pub use read::{Reading, read};
pub use read_error::{ReadError, UrlFault};
