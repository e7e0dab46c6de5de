use serde::{Deserialize, Serialize};

use super::request::ExchangeId;

/// How a body is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum BodyForm {
    /// Indented, when it is JSON or XML.
    Pretty,
    /// As it came.
    Raw,
}

/// Which part of a body is wanted.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct BodyQuery {
    /// Of which exchange.
    pub exchange: ExchangeId,
    /// In which form.
    pub form: BodyForm,
}

/// A body ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct BodyView {
    /// The text; empty for binary bodies.
    pub text: String,
    /// What to colour it as.
    pub language: BodyLanguage,
    /// Whether it was indented.
    pub pretty: bool,
    /// Why it was not indented though asked for: broken JSON with its place, too large.
    pub note: Option<String>,
    /// Size of the whole body in bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub size: u64,
    /// Whether the text is only the beginning.
    pub cut: bool,
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum BodyLanguage {
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// HTML, shown as source.
    Html,
    /// Other text.
    Text,
    /// Not text.
    Binary,
}
