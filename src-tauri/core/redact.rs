//! Text whose secret parts are replaced by their length before anyone sees it.

use serde::{Deserialize, Serialize};

/// A piece of a text that may be shown: plain, or a secret of which only label and length remain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Segment {
    /// Text shown as it is.
    Text {
        /// The text.
        text: String,
    },
    /// A value that stays hidden.
    Masked {
        /// What stands in its place: "hidden", "3 certificates"; empty for a bare length.
        label: String,
        /// Length of the value in characters.
        length: u32,
    },
}

impl Segment {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// A hidden value of this many characters.
    pub fn masked(label: impl Into<String>, length: usize) -> Self {
        Self::Masked { label: label.into(), length: u32::try_from(length).unwrap_or(u32::MAX) }
    }
}
