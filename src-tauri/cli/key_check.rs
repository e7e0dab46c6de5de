//! `sluice key check`

use std::io::IsTerminal as _;

use sluice_core::error::Result;
use sluice_core::operation::KeyName;
use sluice_core::tenant::{KeyCheck, KeyFinding, Light, Tenant};
use sluice_core::workbench::Workbench;
use tokio::task::JoinSet;

use crate::exit_code::Exit;
use crate::output::{Output, table, visible};
use crate::tenant;

/// Checks the keys of one tenant, or of all: all tenants at once, each with one key after the other.
pub async fn run(workbench: &Workbench, named: Option<&str>, output: &Output) -> Result<Exit> {
    let tenants = match named {
        Some(name) => vec![tenant::find(workbench, name).await?],
        None => workbench.tenant_list(()).await?,
    };
    let checks = check_all(workbench, tenants, output).await?;
    output.answer(&checks, || describe(&checks));
    for check in &checks {
        let name = visible(&format!("{}, {}", check.tenant, check.key));
        check.failure.iter().for_each(|failure| output.failure_of(&name, failure));
    }
    Ok(checks.iter().map(exit).max().unwrap_or(Exit::Good))
}

/// The checks in the order of the tenants, whoever is ready first.
async fn check_all(workbench: &Workbench, tenants: Vec<Tenant>, output: &Output) -> Result<Vec<KeyCheck>> {
    let all: usize = tenants.iter().map(|tenant| tenant.keys.len()).sum();
    let (told, mut ready) = tokio::sync::mpsc::unbounded_channel();
    let mut running = JoinSet::new();
    for (place, tenant) in tenants.into_iter().enumerate() {
        let (workbench, told) = (workbench.clone(), told.clone());
        running.spawn(async move {
            for key in tenant.keys {
                let name = KeyName { tenant: tenant.name.clone(), key: Some(key.name), plan: None };
                if told.send((place, workbench.key_check(name).await)).is_err() {
                    return;
                }
            }
        });
    }
    drop(told);
    let mut checks = Vec::with_capacity(all);
    while let Some((place, check)) = ready.recv().await {
        checks.push((place, check?));
        let (_, check) = &checks[checks.len() - 1];
        progress(checks.len(), all, check, output);
    }
    while let Some(ended) = running.join_next().await {
        ended.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()));
    }
    checks.sort_by_key(|(place, _)| *place);
    Ok(checks.into_iter().map(|(_, check)| check).collect())
}

/// On a terminal, where somebody waits.
fn progress(done: usize, all: usize, check: &KeyCheck, output: &Output) {
    if std::io::stderr().is_terminal() {
        let (tenant, key) = (visible(&check.tenant), visible(&check.key));
        output.remark(&format!("{done}/{all}  {:<5}  {tenant}  {key}", word(check.light)));
    }
}

fn exit(check: &KeyCheck) -> Exit {
    match check.failure.as_ref().map(|failure| Exit::from(failure.code)) {
        // Nothing could be checked, which says nothing about the key.
        Some(Exit::SecretStore) => Exit::SecretStore,
        _ if check.light == Light::Red => Exit::Failed,
        _ => Exit::Good,
    }
}

const fn word(light: Light) -> &'static str {
    match light {
        Light::Green => "green",
        Light::Amber => "amber",
        Light::Red => "red",
    }
}

/// What was found, in a sentence or a few: all that is not green, or the roles of a key that is.
fn words(check: &KeyCheck) -> String {
    let sentence = |finding: &KeyFinding| match &finding.hint {
        Some(hint) => format!("{} {hint}", finding.message),
        None => finding.message.clone(),
    };
    let found: Vec<String> =
        check.findings.iter().filter(|finding| finding.light != Light::Green).map(sentence).collect();
    if !found.is_empty() {
        return visible(&found.join(" "));
    }
    let roles = check.token.as_ref().map(|token| token.roles.join(", ")).unwrap_or_default();
    visible(&format!("token works, {roles}"))
}

fn describe(checks: &[KeyCheck]) -> String {
    if checks.is_empty() {
        return "No keys to check. Add one with: sluice key import FILE --tenant NAME".to_owned();
    }
    let row = |check: &KeyCheck| {
        vec![word(check.light).to_owned(), visible(&check.tenant), visible(&check.key), words(check)]
    };
    table(&["LIGHT", "TENANT", "KEY", "FOUND"], &checks.iter().map(row).collect::<Vec<_>>())
}
