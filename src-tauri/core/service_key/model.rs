use serde::{Deserialize, Serialize};

/// How a service key proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Client id and secret.
    Secret,
    /// A certificate made by SAP, private key included.
    Certificate,
    /// A certificate of the user's own; the private key comes from elsewhere.
    External,
}

/// What a service key is for (sap-domain 1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "kebab-case")]
pub enum Plan {
    /// Calls integration flows on the runtime host.
    IntegrationFlow,
    /// Calls the OData API of the tenant.
    Api,
    /// Another BTP service, or not recognised.
    Other,
}
