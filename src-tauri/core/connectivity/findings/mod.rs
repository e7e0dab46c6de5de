//! What is to be known about a host: each finding with what it was seen by and what to do (sap-domain 5.5).

mod certificates;
mod handshake;
mod hints;

use std::time::Duration;

use super::greeting::Greeted;
use super::model::{Connectivity, ConnectivityFinding};
use crate::error::Error;
use crate::http::Network;
use crate::service_key::Severity;

/// All findings, the worst first.
pub(super) fn of(
    report: &Connectivity,
    usual: Option<&Greeted>,
    network: &Network,
    patience: Duration,
) -> Vec<ConnectivityFinding> {
    let mut findings: Vec<ConnectivityFinding> = report.failure.iter().map(not_reached).collect();
    findings.extend(usual.and_then(|usual| handshake::of(report, usual, patience)));
    findings.extend(certificates::of(report, usual));
    findings.extend(hints::of(report, network));
    findings.sort_by_key(|finding| finding.severity);
    findings
}

fn not_reached(error: &Error) -> ConnectivityFinding {
    let evidence = error.detail.clone().unwrap_or_default();
    let title = error.message.trim_end_matches('.');
    finding("not_reached", Severity::Bad, title, evidence, error.hint.as_deref().unwrap_or_default())
}

fn finding(
    rule: &str,
    severity: Severity,
    title: impl Into<String>,
    evidence: impl Into<String>,
    next_step: impl Into<String>,
) -> ConnectivityFinding {
    ConnectivityFinding {
        rule: rule.to_owned(),
        severity,
        title: title.into(),
        evidence: evidence.into(),
        next_step: next_step.into(),
    }
}
