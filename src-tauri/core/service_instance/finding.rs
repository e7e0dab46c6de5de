use serde::Serialize;

use crate::service_key::Severity;

/// Something wrong with parameters, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ParameterFinding {
    /// How bad it is.
    pub severity: Severity,
    /// The name of the parameter in JSON.
    pub parameter: String,
    /// The finding, one sentence.
    pub message: String,
    /// Whether SAP's public documentation leaves it open.
    pub unverified: bool,
}

impl ParameterFinding {
    pub(super) fn new(severity: Severity, parameter: &str, message: impl Into<String>) -> Self {
        Self { severity, parameter: parameter.to_owned(), message: message.into(), unverified: false }
    }

    pub(super) fn unverified(parameter: &str, message: impl Into<String>) -> Self {
        Self { unverified: true, ..Self::new(Severity::Info, parameter, message) }
    }

    /// A value of another type than expected; it is kept as it is.
    pub(super) fn misfit(parameter: &str, expected: &str) -> Self {
        Self::new(Severity::Bad, parameter, format!("Expected {expected}; the value is kept as it is."))
    }
}
