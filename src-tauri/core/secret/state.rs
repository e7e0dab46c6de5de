use serde::Serialize;

/// Whether the operating system keeps secrets for us.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SecretStoreState {
    /// It can be used.
    Ready,
    /// It is there but locked.
    Locked {
        /// What to do.
        hint: String,
    },
    /// There is none, or it refused.
    Unusable {
        /// Why.
        reason: String,
        /// What to do.
        hint: String,
    },
}
