use std::time::Duration;

use http::{HeaderMap, Method};
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::keys::find_key;
use super::{Workbench, lock};
use crate::certificate::CheckState;
use crate::error::{Code, Error, Result};
use crate::http::{Course, Payload, Purpose, Via, WireRequest};
use crate::operation::{KeyName, TokenFetch};
use crate::tenant::{Health, KeyAspect, KeyCheck, KeyFinding, KeyRecord, Light, TenantRecord};

/// A host that has not answered by then does not answer.
const PATIENCE: Duration = Duration::from_secs(15);

impl Workbench {
    /// Looks whether a key works: token, roles, host, certificate and plan.
    pub async fn key_check(&self, name: KeyName) -> Result<KeyCheck> {
        let tenant = self.tenant(&name.tenant)?;
        let key = find_key(&tenant, name.key.as_deref(), name.plan)?;
        let wanted =
            TokenFetch { tenant: tenant.name.clone(), key: Some(key.name.clone()), plan: None, fresh: true };
        let (token, host) =
            tokio::join!(Box::pin(self.token_fetch(wanted)), Box::pin(self.host_finding(&tenant, key)));
        let mut findings = vec![KeyFinding::of_token(token.as_ref()), KeyFinding::of_plan(key)];
        findings.extend(token.as_ref().ok().and_then(|token| KeyFinding::of_roles(token, key.plan)));
        findings.extend(host);
        findings.extend(self.certificate_finding(&tenant, key, token.is_ok()));
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.light));
        self.note_check(key, &findings, token.as_ref().err());
        let (token, failure) = match token {
            Ok(token) => (Some(token), None),
            Err(failure) => (None, Some(failure)),
        };
        Ok(KeyCheck {
            tenant: tenant.name.clone(),
            stage: tenant.stage,
            key: key.name.clone(),
            kind: key.kind,
            plan: key.plan,
            light: KeyCheck::worst(&findings),
            findings,
            token,
            failure,
        })
    }

    /// What the mark of the key says from now on. A keyring that is not usable says nothing about the key.
    fn note_check(&self, key: &KeyRecord, findings: &[KeyFinding], failure: Option<&Error>) {
        const NOT_THE_KEY: [Code; 4] =
            [Code::SecretStoreMissing, Code::SecretStoreLocked, Code::SecretStoreRefused, Code::Cancelled];
        if failure.is_some_and(|failure| NOT_THE_KEY.contains(&failure.code)) {
            return;
        }
        let Some(worst) = findings.first() else { return };
        let (at, reason) = (Timestamp::now(), worst.message.clone());
        let health = match worst.light {
            Light::Green => Health::Good { at },
            Light::Amber => Health::Warned { at, reason },
            Light::Red => Health::Bad { at, reason },
        };
        lock(&self.inner.health).insert(key.id, health);
    }

    /// A granted token proves what lists only let expect, so it outweighs the warning that the root is in none.
    fn certificate_finding(
        &self,
        tenant: &TenantRecord,
        key: &KeyRecord,
        granted: bool,
    ) -> Option<KeyFinding> {
        let mut report = self.client_certificate(tenant, key, Timestamp::now())?.report;
        if granted {
            report.checks.retain(|check| !(check.state == CheckState::Warning && check.is_about_trust()));
        }
        Some(KeyFinding::of_certificate(&report))
    }

    /// Asks the service host for its root without any credentials: whatever it answers, it is there.
    async fn host_finding(&self, tenant: &TenantRecord, key: &KeyRecord) -> Option<KeyFinding> {
        const ASPECT: KeyAspect = KeyAspect::Host;
        let of_tenant =
            || (key.plan == crate::service_key::Plan::IntegrationFlow).then(|| tenant.runtime_url());
        let Some(host) = of_tenant().flatten().or(key.host_url.as_deref()) else {
            let hint = "Old keys leave it out. Create a new key, or set the runtime's address on the tenant.";
            return Some(KeyFinding::amber(ASPECT, "The key names no service host.", hint));
        };
        let Ok(url) = Url::parse(host) else {
            let hint =
                Some("Correct the runtime's address on the tenant, or import the key again.".to_owned());
            return Some(KeyFinding::red(ASPECT, format!("The service host is no URL: {host}."), hint));
        };
        let request = WireRequest {
            purpose: Purpose::Request,
            reason: "To see whether the host answers.".to_owned(),
            method: Method::HEAD,
            url,
            headers: HeaderMap::new(),
            body: Payload::default(),
        };
        let cancel = CancellationToken::new();
        let course = Course::begin(PATIENCE.min(self.inner.engine.timeout()), &|_| {}, &cancel);
        let performed = self.inner.engine.perform(request, &Via::default(), &course).await;
        Some(match performed.call.failure {
            None => KeyFinding::green(ASPECT, format!("{host} answers.")),
            Some(failure) => KeyFinding::red(ASPECT, failure.message, failure.hint),
        })
    }
}
