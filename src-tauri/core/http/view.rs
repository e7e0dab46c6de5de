use serde::{Deserialize, Serialize};

/// How a body is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum BodyForm {
    /// Indented, when it is JSON or XML.
    Pretty,
    /// As it came.
    Raw,
    /// Offset, bytes and characters.
    Hex,
}
