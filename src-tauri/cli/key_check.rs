//! `sluice key check`

use serde::Serialize;
use sluice_core::error::{Error, Result};
use sluice_core::operation::{KeyName, TokenFetch};
use sluice_core::service_key::{KeyProblem, Severity};
use sluice_core::tenant::{Key, Tenant};
use sluice_core::token::TokenFacts;
use sluice_core::workbench::Workbench;

use crate::exit_code::Exit;
use crate::output::{Output, table};
use crate::tenant;

/// What was found about one key.
#[derive(Serialize)]
struct Finding {
    tenant: String,
    key: String,
    token: Option<TokenFacts>,
    failure: Option<Error>,
    problems: Vec<KeyProblem>,
}

/// Checks the keys of one tenant, or of all; several tenants at once, each with one key after the other.
pub async fn run(workbench: &Workbench, named: Option<&str>, output: &Output) -> Result<Exit> {
    let tenants = match named {
        Some(name) => vec![tenant::find(workbench, name).await?],
        None => workbench.tenant_list(()).await?,
    };
    let mut checks = Vec::new();
    for tenant in tenants {
        let workbench = workbench.clone();
        checks.push(tokio::spawn(async move { check(&workbench, &tenant).await }));
    }
    let mut findings = Vec::new();
    for check in checks {
        findings.extend(check.await.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic())));
    }
    output.answer(&findings, || describe(&findings));
    Ok(findings.iter().map(Finding::exit).max().unwrap_or(Exit::Good))
}

async fn check(workbench: &Workbench, tenant: &Tenant) -> Vec<Finding> {
    let mut findings = Vec::new();
    for key in &tenant.keys {
        findings.push(check_key(workbench, tenant, key).await);
    }
    findings
}

async fn check_key(workbench: &Workbench, tenant: &Tenant, key: &Key) -> Finding {
    let name = || (tenant.name.clone(), Some(key.name.clone()));
    let (of, named) = name();
    let token = workbench.token_fetch(TokenFetch { tenant: of, key: named, plan: None, fresh: true }).await;
    let (of, named) = name();
    let facts = workbench.key_facts(KeyName { tenant: of, key: named, plan: None }).await;
    let (token, failure) = match token {
        Ok(token) => (Some(token), None),
        Err(failure) => (None, Some(failure)),
    };
    Finding {
        tenant: tenant.name.clone(),
        key: key.name.clone(),
        token,
        failure,
        problems: facts.map(|facts| facts.problems).unwrap_or_default(),
    }
}

impl Finding {
    fn is_good(&self) -> bool {
        self.failure.is_none() && self.problems.iter().all(|problem| problem.severity != Severity::Bad)
    }

    fn exit(&self) -> Exit {
        let of_failure = self.failure.as_ref().map(|failure| Exit::from(failure.code));
        match of_failure {
            // Nothing could be checked, which says nothing about the key.
            Some(Exit::SecretStore) => Exit::SecretStore,
            _ if self.is_good() => Exit::Good,
            _ => Exit::Failed,
        }
    }

    fn state(&self) -> &'static str {
        let is_warned = self.problems.iter().any(|problem| problem.severity == Severity::Warning);
        match (self.is_good(), is_warned) {
            (false, _) => "bad",
            (true, true) => "warning",
            (true, false) => "good",
        }
    }

    fn words(&self) -> String {
        let failure = self.failure.iter().map(|failure| failure.message.clone());
        let words: Vec<String> =
            failure.chain(self.problems.iter().map(|problem| problem.message.clone())).collect();
        match &self.token {
            Some(token) if words.is_empty() => format!("token works, {}", token.roles.join(", ")),
            _ => words.join(" "),
        }
    }
}

fn describe(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "No keys to check. Add one with: sluice key import FILE --tenant NAME".to_owned();
    }
    let row = |finding: &Finding| {
        vec![finding.state().to_owned(), finding.tenant.clone(), finding.key.clone(), finding.words()]
    };
    table(&["STATE", "TENANT", "KEY", "FOUND"], &findings.iter().map(row).collect::<Vec<_>>())
}
