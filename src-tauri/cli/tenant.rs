//! `sluice tenant`

use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::{TenantAdd, TenantName};
use sluice_core::tenant::{Stage, Tenant};
use sluice_core::workbench::Workbench;

use crate::arguments::{Global, StageWord, TenantVerb};
use crate::exit_code::Exit;
use crate::key;
use crate::output::{Output, table};
use crate::prompt;
use crate::session;

pub async fn run(verb: &TenantVerb, global: &Global, output: &Output) -> Result<Exit> {
    let workbench = session::open_own(global)?;
    match verb {
        TenantVerb::Add { name, stage, group, color } => {
            let add = TenantAdd {
                name: name.clone(),
                stage: (*stage).into(),
                color: color.clone(),
                group: group.clone(),
            };
            let tenant = workbench.tenant_add(add).await?;
            output.answer(&tenant, || format!("Added {} ({})", tenant.name, word(tenant.stage)));
        }
        TenantVerb::List => {
            let tenants = workbench.tenant_list(()).await?;
            output.answer(&tenants, || list(&tenants));
        }
        TenantVerb::Show { name } => {
            let tenant = find(&workbench, name).await?;
            output.answer(&tenant, || show(&tenant));
        }
        TenantVerb::Remove { name, yes } => {
            let tenant = find(&workbench, name).await?;
            let question =
                format!("Remove {} with {} from this computer and the keyring?", tenant.name, keys(&tenant));
            prompt::confirm(&question, *yes)?;
            workbench.tenant_remove(TenantName { tenant: tenant.name.clone() }).await?;
            output.answer(&tenant, || format!("Removed {} with {}", tenant.name, keys(&tenant)));
        }
    }
    Ok(Exit::Good)
}

/// The tenant of this name.
pub async fn find(workbench: &Workbench, name: &str) -> Result<Tenant> {
    let tenants = workbench.tenant_list(()).await?;
    tenants.into_iter().find(|tenant| tenant.name.eq_ignore_ascii_case(name)).ok_or_else(|| {
        Error::new(Code::NotFound, format!("There is no tenant {name}")).hint("sluice tenant list shows all")
    })
}

fn list(tenants: &[Tenant]) -> String {
    if tenants.is_empty() {
        return "No tenants yet. Add one with: sluice key import FILE --tenant NAME --stage dev".to_owned();
    }
    let row = |tenant: &Tenant| {
        vec![
            tenant.name.clone(),
            word(tenant.stage).to_owned(),
            tenant.group.clone().unwrap_or_default(),
            tenant.keys.len().to_string(),
            tenant.runtime_url.clone().unwrap_or_default(),
        ]
    };
    table(&["NAME", "STAGE", "GROUP", "KEYS", "RUNTIME"], &tenants.iter().map(row).collect::<Vec<_>>())
}

fn show(tenant: &Tenant) -> String {
    let mut lines = vec![format!("{} ({})", tenant.name, word(tenant.stage))];
    let facts = [("group", &tenant.group), ("runtime", &tenant.runtime_url), ("api", &tenant.api_url)];
    lines.extend(facts.iter().filter_map(|(name, value)| Some(format!("{name:<8} {}", value.as_ref()?))));
    lines.push(String::new());
    lines.push(key::list(&[tenant]));
    lines.join("\n")
}

fn keys(tenant: &Tenant) -> String {
    match tenant.keys.len() {
        1 => "1 key".to_owned(),
        count => format!("{count} keys"),
    }
}

/// The word of a stage.
pub const fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Dev => "dev",
        Stage::Test => "test",
        Stage::Prod => "prod",
        Stage::Sandbox => "sandbox",
    }
}

impl From<StageWord> for Stage {
    fn from(word: StageWord) -> Self {
        match word {
            StageWord::Dev => Self::Dev,
            StageWord::Test => Self::Test,
            StageWord::Prod => Self::Prod,
        }
    }
}
