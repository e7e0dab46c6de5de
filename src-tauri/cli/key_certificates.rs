//! `sluice key certificates`

use sluice_core::certificate::{CertificateCheck, CheckState, Renewal};
use sluice_core::error::Result;
use sluice_core::tenant::ClientCertificate;
use sluice_core::workbench::Workbench;

use crate::exit_code::Exit;
use crate::key;
use crate::output::{Output, table, visible};
use crate::tenant;

/// Lists the certificates of all tenants; of one tenant, each in full.
pub async fn run(workbench: &Workbench, named: Option<&str>, output: &Output) -> Result<Exit> {
    let mut certificates = workbench.certificate_list(()).await?;
    if let Some(name) = named {
        let tenant = tenant::find(workbench, name).await?;
        certificates.retain(|certificate| certificate.tenant == tenant.name);
    }
    output.answer(&certificates, || match named {
        _ if certificates.is_empty() => "No client certificates. Secret keys have none.".to_owned(),
        Some(_) => certificates.iter().map(whole).collect::<Vec<_>>().join("\n\n"),
        None => list(&certificates),
    });
    Ok(Exit::Good)
}

fn list(certificates: &[ClientCertificate]) -> String {
    let row = |certificate: &ClientCertificate| {
        let leaf = certificate.report.leaf();
        vec![
            leaf.map_or_else(String::new, |leaf| leaf.not_after.strftime("%Y-%m-%d").to_string()),
            certificate.report.days_left.to_string(),
            visible(&certificate.tenant),
            visible(&certificate.key),
            key::kind(certificate.kind).to_owned(),
            leaf.map_or_else(String::new, |leaf| visible(&leaf.name)),
            worst(certificate),
        ]
    };
    let rows: Vec<_> = certificates.iter().map(row).collect();
    table(&["ENDS", "DAYS", "TENANT", "KEY", "KIND", "CERTIFICATE", "FOUND"], &rows)
}

fn worst(certificate: &ClientCertificate) -> String {
    let worst = certificate.report.checks.first();
    let bad = worst.filter(|check| matches!(check.state, CheckState::Bad | CheckState::Warning));
    bad.map_or_else(|| "in order".to_owned(), |check| visible(&check.message))
}

fn whole(certificate: &ClientCertificate) -> String {
    let report = &certificate.report;
    let mut lines = vec![format!("{} of {}", visible(&certificate.key), visible(&certificate.tenant))];
    for (depth, link) in report.chain.certificates.iter().enumerate() {
        let name = visible(&link.subject);
        lines.push(format!("{}{} {name}", "  ".repeat(depth), if depth == 0 { "leaf " } else { "└" }));
    }
    if let Some(leaf) = report.leaf() {
        let fact = |name: &str, value: &str| format!("{name:<9}{}", visible(value));
        let days = format!("{} ({} days)", leaf.not_after.strftime("%Y-%m-%d"), report.days_left);
        lines.extend([fact("ends", &days), fact("key", &leaf.key), fact("serial", &leaf.serial)]);
        lines.extend([fact("sha-1", &report.sha1_fingerprint), fact("sha-256", &leaf.fingerprint)]);
    }
    lines.extend(report.checks.iter().map(check));
    lines.extend(report.renewals.iter().flat_map(renewal));
    lines.join("\n")
}

fn check(check: &CertificateCheck) -> String {
    let word = match check.state {
        CheckState::Bad => "bad",
        CheckState::Warning => "warning",
        CheckState::Unknown => "unknown",
        CheckState::Good => "good",
    };
    let hint = check.hint.as_deref().map(|hint| format!(" {hint}")).unwrap_or_default();
    let source = check.source.as_deref().map(|source| format!(" [{source}]")).unwrap_or_default();
    format!("{word:<9}{}{}{source}", visible(&check.message), visible(&hint))
}

fn renewal(renewal: &Renewal) -> Vec<String> {
    let head = renewal
        .applies
        .as_deref()
        .map_or_else(|| "To renew:".to_owned(), |when| format!("To renew, if {when}:"));
    let steps = renewal.steps.iter().enumerate().map(|(index, step)| format!("  {}. {step}", index + 1));
    std::iter::once(head).chain(steps).collect()
}
