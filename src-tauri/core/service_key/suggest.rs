use url::Url;

use super::host::first_label;
use super::{Kind, Plan, ServiceKey};
use crate::tenant::Stage;

impl ServiceKey {
    /// A name for the tenant: the first part of the service host's name, else that of the token server's.
    pub fn suggested_tenant(&self) -> Option<String> {
        let url = self.host_url().unwrap_or_else(|| self.stated_token_url());
        first_label(url).map(str::to_owned)
    }

    /// A stage, only when exactly one is part of the tenant's name as a whole word.
    pub fn suggested_stage(&self) -> Option<Stage> {
        let url = self.host_url().unwrap_or_else(|| self.stated_token_url());
        if is_sandbox(url) {
            return Some(Stage::Sandbox);
        }
        let name = self.suggested_tenant()?.to_lowercase();
        let mut stages = name.split(|char: char| !char.is_ascii_alphabetic()).filter_map(stage);
        let first = stages.next()?;
        stages.all(|stage| stage == first).then_some(first)
    }

    /// A name for the key: its plan, and its kind when that is no secret; the caller makes it unique.
    pub fn suggested_name(&self) -> String {
        let plan = match self.plan() {
            Plan::IntegrationFlow => "integration-flow",
            Plan::Api => "api",
            Plan::Other => "key",
        };
        match self.kind() {
            Kind::Secret => plan.to_owned(),
            Kind::Certificate => format!("{plan} certificate"),
            Kind::External => format!("{plan} external certificate"),
        }
    }
}

fn is_sandbox(url: &Url) -> bool {
    url.domain().is_some_and(|host| host.ends_with(".localhost"))
}

fn stage(word: &str) -> Option<Stage> {
    match word {
        "dev" | "development" => Some(Stage::Dev),
        "test" | "tst" | "qa" | "quality" => Some(Stage::Test),
        "prod" | "prd" | "production" => Some(Stage::Prod),
        _ => None,
    }
}
