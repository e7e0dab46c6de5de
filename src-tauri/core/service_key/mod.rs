//! Service keys: every kind and shape SAP hands out (sap-domain 2).

mod facts;
mod import;
mod model;

pub use facts::{KeyFacts, KeyProblem, Repair, Severity};
pub use import::{Comparison, ImportId, KeyImport, KeySave, PrivateKeyFile};
pub use model::{Kind, Plan};
