use super::Workbench;
use crate::certificate::{CertificateReminder, ExpiryWarning};
use crate::error::Result;
use crate::tenant::ClientCertificate;

impl Workbench {
    /// The certificates that came nearer to their end than the user was told: 60, 30 and 7 days before, and when they ended.
    pub async fn certificate_reminders(&self) -> Result<Vec<CertificateReminder>> {
        let certificates = self.certificate_list(()).await?;
        let fingerprint = |of: &ClientCertificate| of.report.leaf().map(|leaf| leaf.fingerprint.clone());
        let now: Vec<_> =
            certificates.iter().filter_map(|of| Some((fingerprint(of)?, of.report.warning))).collect();
        let due = self.inner.certificate_reminders.tell(&now)?;
        let is_due = |of: &&ClientCertificate| fingerprint(of).is_some_and(|name| due.contains(&name));
        Ok(certificates.iter().filter(is_due).map(reminder).collect())
    }
}

fn reminder(of: &ClientCertificate) -> CertificateReminder {
    let (tenant, key, days) = (&of.tenant, &of.key, of.report.days_left);
    let end =
        of.report.leaf().map(|leaf| leaf.not_after.strftime("%Y-%m-%d").to_string()).unwrap_or_default();
    let (title, text) = match (of.report.warning, days) {
        (ExpiryWarning::Expired, _) => (
            format!("The certificate of {tenant} has expired"),
            format!("{key} gets no token since {end}. Renew it with a new service key."),
        ),
        (_, 0) => (
            format!("The certificate of {tenant} ends today"),
            format!("{key} gets no token after it. Renew it with a new service key."),
        ),
        _ => (
            format!("The certificate of {tenant} ends in {days} {}", if days == 1 { "day" } else { "days" }),
            format!("{key} gets no token after {end}. A new service key may be made and tried before."),
        ),
    };
    CertificateReminder { title, text }
}
