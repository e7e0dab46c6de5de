use serde::Serialize;

use super::{Kind, Plan};
use crate::certificate::ChainFacts;

/// A look at a service key: everything that may be shown, nothing that is secret.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct KeyFacts {
    /// How it proves who it is.
    pub kind: Kind,
    /// What it is for.
    pub plan: Plan,
    /// The client id, whole.
    pub client_id: String,
    /// The service host's base URL (runtime or API); absent in old keys.
    pub host_url: Option<String>,
    /// The token URL that will be called, rewritten for mTLS when the kind asks for it.
    pub token_url: String,
    /// The token URL as the key states it, when it differs from the one called.
    pub stated_token_url: Option<String>,
    /// The certificates, of the key or of the added identity.
    pub chain: Option<ChainFacts>,
    /// Whether the private key is present and fits the certificate; absent for secret keys.
    pub private_key_fits: Option<bool>,
    /// What is wrong or worth knowing, worst first.
    pub problems: Vec<KeyProblem>,
}

/// One finding about a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct KeyProblem {
    /// How bad it is.
    pub severity: Severity,
    /// The finding, one sentence.
    pub message: String,
    /// The next step.
    pub hint: Option<String>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The key cannot be used like this.
    Bad,
    /// It works, but not for long or not everywhere.
    Warning,
    /// Good to know.
    Info,
}

/// Something the reader put right in the pasted text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Repair {
    /// What was done: "`\n` sequences turned into line breaks".
    pub message: String,
    /// Where and how often: "84 in the certificate, 27 in the private key".
    pub place: String,
}
