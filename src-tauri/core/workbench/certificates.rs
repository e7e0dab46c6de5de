use jiff::Timestamp;

use super::Workbench;
use crate::certificate::{CertificateCheck, CertificateReport, Origin};
use crate::error::Result;
use crate::service_key::Kind;
use crate::tenant::{ClientCertificate, KeyRecord, TenantRecord};

impl Workbench {
    /// Lists the client certificates of all keys, the next to end first; a keyring is not asked.
    pub async fn certificate_list(&self, (): ()) -> Result<Vec<ClientCertificate>> {
        let now = Timestamp::now();
        let mut certificates = Vec::new();
        for tenant in self.inner.tenants.list()? {
            certificates
                .extend(tenant.keys.iter().filter_map(|key| self.client_certificate(&tenant, key, now)));
        }
        certificates.sort_by_key(|certificate| certificate.report.leaf().map(|leaf| leaf.not_after));
        Ok(certificates)
    }

    /// What a certificate key presents; none for secret keys, and for certificates nobody can read.
    pub(super) fn client_certificate(
        &self,
        tenant: &TenantRecord,
        key: &KeyRecord,
        now: Timestamp,
    ) -> Option<ClientCertificate> {
        let origin = match key.kind {
            Kind::Secret => return None,
            Kind::Certificate => Origin::Sap,
            Kind::External => Origin::Own,
        };
        let mut report = CertificateReport::of(&key.certificates, origin, now).ok()?;
        let at_hand = self.inner.vault.usable(key.custody, &key.secret_name());
        report.checks.push(CertificateCheck::private_key(at_hand));
        report.checks.sort_by_key(|check| check.state);
        Some(ClientCertificate {
            tenant: tenant.name.clone(),
            stage: tenant.stage,
            key: key.name.clone(),
            kind: key.kind,
            plan: key.plan,
            report,
        })
    }
}
