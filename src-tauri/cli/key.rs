//! `sluice key`

use jiff::Timestamp;
use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::{KeyName, KeyRenew};
use sluice_core::service_key::{KeyFacts, KeyImport, KeySave, Kind, Plan, Severity};
use sluice_core::tenant::{Custody, Key, KeyRenewal, Tenant};
use sluice_core::workbench::Workbench;

use crate::arguments::{Global, KeyVerb};
use crate::exit_code::Exit;
use crate::output::{Output, table};
use crate::{key_certificates, key_check, key_parameters, prompt, session, tenant};

pub async fn run(verb: &KeyVerb, global: &Global, output: &Output) -> Result<Exit> {
    match verb {
        KeyVerb::Import { file, tenant, stage, name, dry_run } => {
            let workbench = session::open_own(global)?;
            let import = session::read_key(&workbench, file, global).await?;
            if *dry_run {
                describe(&import, output);
                output.answer(&import, || "Nothing was saved.".to_owned());
                return Ok(Exit::Good);
            }
            let save = KeySave {
                import: import.id,
                tenant: tenant.clone(),
                stage: stage.map(Into::into),
                name: name.clone(),
                hold_for_run: false,
            };
            let key = workbench.key_save(save).await?;
            describe(&import, output);
            output.answer(&key, || format!("Saved {} of {tenant}, its secret in the keyring", key.name));
        }
        KeyVerb::Renew { name, file, tenant } => {
            let workbench = session::open_own(global)?;
            let import = session::read_key(&workbench, file, global).await?;
            describe(&import, output);
            let renew = KeyRenew { tenant: tenant.clone(), key: name.clone(), import: import.id };
            let renewal = workbench.key_renew(renew).await?;
            output.answer(&renewal, || renewed(&renewal, tenant));
        }
        KeyVerb::List { tenant: named } => {
            let workbench = session::open(global).await?;
            let tenants = match session::tenant(global, named.as_deref())? {
                Some(name) => vec![tenant::find(&workbench, name).await?],
                None => workbench.tenant_list(()).await?,
            };
            output.answer(&tenants, || list(&tenants.iter().collect::<Vec<_>>()));
        }
        KeyVerb::Check { tenant } => {
            let workbench = session::open(global).await?;
            return key_check::run(&workbench, session::tenant(global, tenant.as_deref())?, output).await;
        }
        KeyVerb::Certificates { tenant } => {
            let workbench = session::open(global).await?;
            let named = session::tenant(global, tenant.as_deref())?;
            return key_certificates::run(&workbench, named, output).await;
        }
        KeyVerb::Parameters(options) => {
            return key_parameters::run(&session::open_own(global)?, options, output).await;
        }
        KeyVerb::Remove { name, tenant: of, yes } => {
            remove(&session::open_own(global)?, name, of, *yes, output).await?;
        }
    }
    Ok(Exit::Good)
}

async fn remove(workbench: &Workbench, name: &str, of: &str, yes: bool, output: &Output) -> Result<()> {
    let found = tenant::find(workbench, of).await?;
    let key = found.keys.iter().find(|key| key.name.eq_ignore_ascii_case(name)).ok_or_else(|| {
        Error::new(Code::NotFound, format!("{} has no key {name}", found.name))
            .hint(format!("sluice key list --tenant {} shows all", found.name))
    })?;
    prompt::confirm(&format!("Remove {name} of {of} and its secret in the keyring?"), yes)?;
    let gone = KeyName { tenant: of.to_owned(), key: Some(key.name.clone()), plan: None };
    workbench.key_remove(gone).await?;
    output.answer(key, || format!("Removed {} of {of}", key.name));
    Ok(())
}

/// The keys of these tenants as a table.
pub fn list(tenants: &[&Tenant]) -> String {
    let row = |tenant: &Tenant, key: &Key| {
        vec![
            tenant.name.clone(),
            key.name.clone(),
            kind(key.kind).to_owned(),
            plan(key.plan).to_owned(),
            expiry(key),
            custody(key).to_owned(),
            key.client_id.clone(),
        ]
    };
    let rows: Vec<Vec<String>> =
        tenants.iter().flat_map(|tenant| tenant.keys.iter().map(|key| row(tenant, key))).collect();
    if rows.is_empty() {
        return "No keys yet. Add one with: sluice key import FILE --tenant NAME".to_owned();
    }
    table(&["TENANT", "KEY", "KIND", "PLAN", "EXPIRES", "SECRET", "CLIENT ID"], &rows)
}

fn renewed(renewal: &KeyRenewal, tenant: &str) -> String {
    let old = if renewal.old_secret_removed {
        "the old secret is removed"
    } else {
        "the old secret could not be removed now and goes at one of the next uses"
    };
    let name = &renewal.key.name;
    format!(
        "Renewed {name} of {tenant}: the new key got a token, {old}\n\
         Delete the old service key in the BTP cockpit when nobody else uses it"
    )
}

/// A look at the key before it is saved, on standard error.
fn describe(import: &KeyImport, output: &Output) {
    let Some(facts) = &import.facts else { return };
    output.remark(&format!("{} key, plan {}", kind(facts.kind), plan(facts.plan)));
    output.remark(&format!("client id     {}", facts.client_id));
    if let Some(host) = &facts.host_url {
        output.remark(&format!("host          {host}"));
    }
    output.remark(&format!("token server  {}", facts.token_url));
    certificate(facts, output);
    for repair in &import.repairs {
        output.remark(&format!("repaired      {} ({})", repair.message, repair.place));
    }
    for problem in &facts.problems {
        let word = match problem.severity {
            Severity::Bad => "problem",
            Severity::Warning => "warning",
            Severity::Info => "note",
        };
        output.remark(&format!("{word:<13} {}", problem.message));
    }
}

fn certificate(facts: &KeyFacts, output: &Output) {
    let Some(leaf) = facts.chain.as_ref().and_then(|chain| chain.certificates.first()) else { return };
    output.remark(&format!("certificate   {}", leaf.subject));
    output.remark(&format!("issued by     {}", leaf.issuer));
    output.remark(&format!("valid         {} to {}", day(leaf.not_before), day(leaf.not_after)));
}

fn expiry(key: &Key) -> String {
    let leaf = key.chain.as_ref().and_then(|chain| chain.certificates.first());
    leaf.map_or_else(|| "-".to_owned(), |leaf| day(leaf.not_after))
}

fn day(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d").to_string()
}

const fn custody(key: &Key) -> &'static str {
    match (key.custody, key.usable) {
        (Custody::Keyring, _) => "keyring",
        (Custody::Run, true) => "this run",
        (Custody::Run, false) => "gone",
    }
}

/// The word of a kind.
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Secret => "secret",
        Kind::Certificate => "certificate",
        Kind::External => "external",
    }
}

/// The word of a plan.
pub const fn plan(plan: Plan) -> &'static str {
    match plan {
        Plan::IntegrationFlow => "integration-flow",
        Plan::Api => "api",
        Plan::Other => "other",
    }
}
