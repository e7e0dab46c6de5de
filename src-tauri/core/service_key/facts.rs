use jiff::Timestamp;
use serde::Serialize;

use super::model::{Credential, ServiceKey};
use super::{Kind, Plan, problems};
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

impl ServiceKey {
    /// Everything that may be shown of it at this time.
    pub fn facts(&self, now: Timestamp) -> KeyFacts {
        let (called, stated) = (self.token_url(), self.stated_token_url());
        KeyFacts {
            kind: self.kind(),
            plan: self.plan(),
            client_id: self.client_id().to_owned(),
            host_url: self.host_url().map(|url| url.as_str().trim_end_matches('/').to_owned()),
            stated_token_url: (called != *stated).then(|| stated.to_string()),
            token_url: called.into(),
            chain: self.chain_facts().cloned(),
            private_key_fits: match self.credential() {
                Credential::Secret(_) => None,
                _ => Some(self.identity().is_some()),
            },
            problems: problems::of(self, now),
        }
    }
}
