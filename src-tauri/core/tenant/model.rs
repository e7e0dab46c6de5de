use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::certificate::ChainFacts;
use crate::service_key::{Kind, Plan};
use crate::token::{Method, TokenFacts};

/// What a tenant is used for; production looks different everywhere and asks before it is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Development.
    Dev,
    /// Test or quality assurance.
    Test,
    /// Production.
    Prod,
    /// The embedded tenant on this computer.
    Sandbox,
}

/// Where the secrets of a key are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Custody {
    /// In the operating system's keyring.
    Keyring,
    /// In memory, until the program ends.
    Run,
}

/// One Integration Suite tenant with its keys.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Tenant {
    /// The name the user gave it, unique.
    pub name: String,
    /// What it is used for.
    pub stage: Stage,
    /// A colour of the user's, `#rrggbb`.
    pub color: Option<String>,
    /// The group it is listed under, usually the customer.
    pub group: Option<String>,
    /// The runtime's base URL: the override, else that of the integration-flow key.
    pub runtime_url: Option<String>,
    /// A base URL of the user's that replaces the runtime host of the key (custom domains).
    pub runtime_url_override: Option<String>,
    /// The API's base URL, from the api key.
    pub api_url: Option<String>,
    /// Its keys, in the order they were added.
    pub keys: Vec<Key>,
    /// Origins that are not its own and may have its credentials: the user said so.
    pub allowed_hosts: Vec<String>,
}

/// A saved service key without its secrets.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Key {
    /// The name the user gave it, unique within the tenant.
    pub name: String,
    /// How it proves who it is.
    pub kind: Kind,
    /// What it is for.
    pub plan: Plan,
    /// The client id, whole.
    pub client_id: String,
    /// The service host's base URL.
    pub host_url: Option<String>,
    /// The token URL that is called.
    pub token_url: String,
    /// How tokens are asked for.
    pub method: Method,
    /// Where its secrets are.
    pub custody: Custody,
    /// Whether they are there now: keys held for a run lose them when it ends.
    pub usable: bool,
    /// The certificates of a certificate key.
    pub chain: Option<ChainFacts>,
    /// When it was saved.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub added_at: Timestamp,
    /// What the last token call or check said.
    pub health: Health,
}

/// A key that was renewed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct KeyRenewal {
    /// The key as it is now.
    pub key: Key,
    /// The token that proved it good.
    pub token: TokenFacts,
    /// Whether the old secret has left; otherwise it leaves at one of the next uses.
    pub old_secret_removed: bool,
}

/// What is known about a key since it was last used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Health {
    /// Never used in this run.
    Unknown,
    /// A token was granted.
    Good {
        /// When.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        at: Timestamp,
    },
    /// It works, but not for long or not for everything.
    Warned {
        /// When.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        at: Timestamp,
        /// Why, one sentence.
        reason: String,
    },
    /// It was refused or failed.
    Bad {
        /// When.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        at: Timestamp,
        /// Why, in a few words: "Bad credentials".
        reason: String,
    },
}
