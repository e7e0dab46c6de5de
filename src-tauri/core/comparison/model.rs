use serde::{Deserialize, Serialize};

use crate::http::ExchangeId;

/// Asks what differs between two exchanges.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Compare {
    /// The first.
    pub a: ExchangeId,
    /// The second.
    pub b: ExchangeId,
    /// Header names, and JSON member or XML element names, whose values do not matter.
    pub ignore: Vec<String>,
    /// Whether bodies are compared as text only, not by structure.
    pub as_text: bool,
}

/// What differs between two exchanges.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ExchangeComparison {
    /// Status, tenant and key, time, roles, sizes.
    pub facts: Vec<ComparedRow>,
    /// Request header fields by name.
    pub request_headers: Vec<ComparedRow>,
    /// Answer header fields by name.
    pub answer_headers: Vec<ComparedRow>,
    /// The bodies of the requests.
    pub request: ComparedBodies,
    /// The bodies of the answers.
    pub answer: ComparedBodies,
    /// How many differences there are in all.
    pub differences: u32,
    /// The likeliest cause in a sentence, when one stands out.
    pub remark: Option<String>,
}

/// One fact of both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ComparedRow {
    /// What it is.
    pub name: String,
    /// Of the first; absent when it has none.
    pub a: Option<String>,
    /// Of the second.
    pub b: Option<String>,
    /// Whether both are the same.
    pub same: bool,
    /// Whether the difference was asked not to matter.
    pub ignored: bool,
}

/// Two bodies line by line.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ComparedBodies {
    /// Size and type of the first: `391 B application/json`.
    pub a: String,
    /// Of the second.
    pub b: String,
    /// The lines side by side.
    pub lines: Vec<Aligned>,
    /// How many places differ.
    pub differences: u32,
    /// What could not be done: too large, not text, another type.
    pub note: Option<String>,
}

/// A line of each side; absent where the other has more.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Aligned {
    /// What this line is.
    pub mark: DiffMark,
    /// Of the first.
    pub a: Option<DiffLine>,
    /// Of the second.
    pub b: Option<DiffLine>,
}

/// What a pair of lines is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum DiffMark {
    /// Both are the same.
    Same,
    /// They differ, and the difference was asked not to matter.
    Ignored,
    /// They differ.
    Changed,
    /// Only the first has it.
    Removed,
    /// Only the second has it.
    Added,
}

/// One line of one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct DiffLine {
    /// Its number, from 1.
    pub number: u32,
    /// Its text in turns: every second piece differs from the other side.
    pub pieces: Vec<String>,
}
