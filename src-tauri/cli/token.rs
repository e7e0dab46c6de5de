//! `sluice token`

use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::{KeyName, TokenFetch};
use sluice_core::service_key::Plan;
use sluice_core::token::{Method, TokenFacts};

use crate::arguments::{Global, PlanWord, TokenOptions};
use crate::exit_code::Exit;
use crate::output::Output;
use crate::session;

pub async fn run(options: &TokenOptions, global: &Global, output: &Output) -> Result<Exit> {
    let workbench = session::open(global).await?;
    let tenant = session::tenant(global, options.tenant.as_deref())?
        .ok_or_else(|| Error::new(Code::InvalidInput, "No tenant was named").hint("Say --tenant NAME"))?
        .to_owned();
    let plan = options.plan.map(Into::into);
    let fetch = TokenFetch { tenant: tenant.clone(), key: options.key.clone(), plan, fresh: false };
    let facts = workbench.token_fetch(fetch).await?;
    if options.reveal {
        let token =
            workbench.token_reveal(KeyName { tenant, key: Some(facts.key.clone()), plan: None }).await?;
        // EXPOSE: onto standard output, because --reveal asked for it.
        output.answer(&serde_json::json!({ "token": token.expose() }), || token.expose().clone());
        return Ok(Exit::Good);
    }
    output.answer(&facts, || describe(&facts));
    Ok(Exit::Good)
}

fn describe(facts: &TokenFacts) -> String {
    let method = match facts.method {
        Method::Body => "secret in the body",
        Method::Basic => "secret as Basic",
        Method::Mtls => "client certificate",
    };
    let minutes = facts.lifetime_seconds.div_ceil(60);
    let mut lines = vec![
        format!("Token of {} by {method} in {:.0} ms, valid {minutes} min", facts.key, facts.took_ms),
        format!("expires  {}", facts.expires_at.strftime("%Y-%m-%d %H:%M:%SZ")),
    ];
    if let Some(bound_to) = &facts.bound_to {
        lines.push(format!("bound to certificate {bound_to}"));
    }
    lines.push(match facts.roles.len() {
        0 => "no roles".to_owned(),
        _ => format!("roles    {}", facts.roles.join("\n         ")),
    });
    lines.join("\n")
}

impl From<PlanWord> for Plan {
    fn from(word: PlanWord) -> Self {
        match word {
            PlanWord::IntegrationFlow => Self::IntegrationFlow,
            PlanWord::Api => Self::Api,
        }
    }
}
