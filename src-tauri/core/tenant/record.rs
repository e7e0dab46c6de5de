use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{Custody, Stage};
use crate::service_key::{Kind, Plan};
use crate::token::Method;

/// A tenant as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantRecord {
    /// Stays when the name changes.
    pub id: Uuid,
    /// The name the user gave it.
    pub name: String,
    /// What it is used for.
    pub stage: Stage,
    /// A colour, `#rrggbb`.
    pub color: Option<String>,
    /// The group it is listed under.
    pub group: Option<String>,
    /// A base URL that replaces the runtime host of the key.
    pub runtime_url_override: Option<String>,
    /// Its keys in the order they were added.
    pub keys: Vec<KeyRecord>,
}

/// A service key as it is stored: everything but the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRecord {
    /// Stays when the name changes or the key is renewed.
    pub id: Uuid,
    /// Names the secret; a renewed key has another.
    pub secret: Uuid,
    /// The name the user gave it.
    pub name: String,
    /// How it proves who it is.
    pub kind: Kind,
    /// What it is for.
    pub plan: Plan,
    /// The client id.
    pub client_id: String,
    /// The service host's base URL.
    pub host_url: Option<String>,
    /// The token URL derived from the key.
    pub token_url: String,
    /// The user's token URL.
    pub token_url_override: Option<String>,
    /// The token URL the key states, when it differs from the derived one.
    pub stated_token_url: Option<String>,
    /// How tokens are asked for.
    pub method: Method,
    /// Where its secret is.
    pub custody: Custody,
    /// The certificate chain in DER, leaf first.
    pub certificates: Vec<Vec<u8>>,
    /// When it was saved.
    pub added_at: Timestamp,
}

impl KeyRecord {
    /// The token URL that is called.
    pub fn called_token_url(&self) -> &str {
        self.token_url_override.as_deref().unwrap_or(&self.token_url)
    }

    /// The name its secret is kept under.
    pub fn secret_name(&self) -> String {
        format!("service-key/{}", self.secret)
    }
}

impl TenantRecord {
    /// The key of this name; without one the first of the plan; without that the integration-flow key, else the first.
    pub fn key(&self, name: Option<&str>, plan: Option<Plan>) -> Option<&KeyRecord> {
        if let Some(name) = name {
            return self.keys.iter().find(|key| key.name.eq_ignore_ascii_case(name));
        }
        let of = |wanted: Plan| self.keys.iter().find(|key| key.plan == wanted);
        match plan {
            Some(plan) => of(plan),
            None => of(Plan::IntegrationFlow).or_else(|| self.keys.first()),
        }
    }

    /// The base URL of the runtime: the override, else the host of the integration-flow key.
    pub fn runtime_url(&self) -> Option<&str> {
        let of_key = || self.host_of(Plan::IntegrationFlow);
        self.runtime_url_override.as_deref().or_else(of_key)
    }

    /// The service host's base URL of the first key of this plan that states one.
    pub fn host_of(&self, plan: Plan) -> Option<&str> {
        self.keys.iter().filter(|key| key.plan == plan).find_map(|key| key.host_url.as_deref())
    }
}

/// The word an enum is stored as: the same the doors use.
pub(super) fn word<T: Serialize>(value: &T) -> Result<String, serde_json::Error> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(word) => Ok(word),
        other => Ok(other.to_string()),
    }
}

/// Reads a stored word back.
pub(super) fn parse<T: DeserializeOwned>(word: String) -> Result<T, serde_json::Error> {
    serde_json::from_value(serde_json::Value::String(word))
}
