//! The traffic light of a key: what was looked at, and what came of it.

use serde::Serialize;

use super::{KeyRecord, Stage};
use crate::certificate::{CertificateCheck, CertificateReport, CheckState};
use crate::error::Error;
use crate::service_key::{Kind, Plan, stated_plans};
use crate::token::{Role, TokenFacts};

/// A traffic light.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// It works.
    Green,
    /// It works, but not for long or not for everything.
    Amber,
    /// It does not work.
    Red,
}

/// What is looked at about a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum KeyAspect {
    /// Whether the token server grants a token.
    Token,
    /// Whether the token carries roles the plan is used with.
    Roles,
    /// Whether the service host answers.
    Host,
    /// Whether the certificate is in order.
    Certificate,
    /// Whether host and client id are of the plan the key is used for.
    Plan,
}

/// One light of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct KeyFinding {
    /// What was looked at.
    pub aspect: KeyAspect,
    /// What came of it.
    pub light: Light,
    /// The finding, one sentence.
    pub message: String,
    /// The next step, where one is needed.
    pub hint: Option<String>,
}

/// Everything a check found about one key.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct KeyCheck {
    /// The tenant.
    pub tenant: String,
    /// What that is used for.
    pub stage: Stage,
    /// The key's name.
    pub key: String,
    /// How it proves who it is.
    pub kind: Kind,
    /// What it is for.
    pub plan: Plan,
    /// The worst of its lights.
    pub light: Light,
    /// Each light, worst first.
    pub findings: Vec<KeyFinding>,
    /// The token that was granted.
    pub token: Option<TokenFacts>,
    /// Why none was.
    pub failure: Option<Error>,
}

impl KeyFinding {
    /// In order.
    pub fn green(aspect: KeyAspect, message: impl Into<String>) -> Self {
        Self { aspect, light: Light::Green, message: message.into(), hint: None }
    }

    /// Not quite in order, or not known.
    pub fn amber(aspect: KeyAspect, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { light: Light::Amber, hint: Some(hint.into()), ..Self::green(aspect, message) }
    }

    /// Not in order.
    pub fn red(aspect: KeyAspect, message: impl Into<String>, hint: Option<String>) -> Self {
        Self { light: Light::Red, hint, ..Self::green(aspect, message) }
    }

    /// What a token, or the lack of one, says.
    pub fn of_token(token: Result<&TokenFacts, &Error>) -> Self {
        match token {
            Ok(token) => Self::green(
                KeyAspect::Token,
                format!("The token server grants a token for {} minutes.", token.lifetime_seconds / 60),
            ),
            Err(failure) => Self::red(KeyAspect::Token, failure.message.clone(), failure.hint.clone()),
        }
    }

    /// Whether the roles of a token are those the plan is used with; none for plans nothing is known of.
    pub fn of_roles(token: &TokenFacts, plan: Plan) -> Option<Self> {
        const ASPECT: KeyAspect = KeyAspect::Roles;
        const SEND: &str = Role::SEND.name;
        const SLOW: &str = "A change may take an hour to take effect.";
        // What UAA gives every client is no role of the service.
        let roles: Vec<&str> =
            token.roles.iter().map(String::as_str).filter(|role| !role.starts_with("uaa.")).collect();
        let listed = roles.join(", ");
        let finding = match plan {
            Plan::Other => return None,
            _ if token.claims.is_none() && token.scopes.is_empty() => Self::amber(
                ASPECT,
                "The token does not show its roles.",
                "Call a flow to see whether they suffice.",
            ),
            _ if roles.is_empty() => Self::red(
                ASPECT,
                "The token carries no role, so every call is answered with 403.",
                Some(format!("Add roles to the service instance in the BTP cockpit. {SLOW}")),
            ),
            Plan::IntegrationFlow if roles.contains(&SEND) => {
                Self::green(ASPECT, format!("Roles: {listed}."))
            }
            Plan::IntegrationFlow => {
                let message = format!(
                    "Only other roles than {SEND}: {listed}. Flows that ask for {SEND} refuse the key."
                );
                Self::green(ASPECT, message)
            }
            Plan::Api if roles == [SEND] => Self::red(
                ASPECT,
                format!("The only role is {SEND}, which the API has no use for."),
                Some(format!(
                    "Add roles such as {} to the service instance of plan api. {SLOW}",
                    Role::MONITORING.name
                )),
            ),
            Plan::Api if Role::MONITORING.is_among(&token.roles) => {
                Self::green(ASPECT, format!("Roles: {listed}."))
            }
            Plan::Api => Self::amber(
                ASPECT,
                format!(
                    "{} is not among the roles, so message logs cannot be read: {listed}.",
                    Role::MONITORING.words()
                ),
                format!("Add it to the service instance in the BTP cockpit. {SLOW}"),
            ),
        };
        Some(finding)
    }

    /// Whether host and client id are of the plan the key is used for.
    pub fn of_plan(key: &KeyRecord) -> Self {
        const ASPECT: KeyAspect = KeyAspect::Plan;
        let (by_host, by_client) = stated_plans(key.host_url.as_deref(), &key.client_id);
        let word = |plan: Plan| if plan == Plan::Api { "api" } else { "integration-flow" };
        let differs = |stated: Option<Plan>| stated.filter(|stated| *stated != key.plan);
        if key.plan == Plan::Other {
            let hint =
                "Flows need an integration-flow key, message logs an api key. Set the plan if you know it.";
            return Self::amber(ASPECT, "The plan is not recognised.", hint);
        }
        for (what, stated) in [("host", differs(by_host)), ("client id", differs(by_client))] {
            let Some(stated) = stated else { continue };
            let message =
                format!("Used as plan {}, but its {what} is that of plan {}.", word(key.plan), word(stated));
            let hint = "Copy the key again from one service instance, or correct its plan.".to_owned();
            return Self::red(ASPECT, message, Some(hint));
        }
        Self::green(ASPECT, format!("Plan {}.", word(key.plan)))
    }

    /// The worst that was found about the certificate; what cannot be known is no reason to warn of a key that works.
    pub fn of_certificate(report: &CertificateReport) -> Self {
        const ASPECT: KeyAspect = KeyAspect::Certificate;
        let worst = |state: CheckState| report.checks.iter().find(|check| check.state == state);
        let sentence = |check: &CertificateCheck| (check.message.clone(), check.hint.clone());
        if let Some((message, hint)) = worst(CheckState::Bad).map(sentence) {
            return Self::red(ASPECT, message, hint);
        }
        if let Some((message, hint)) = worst(CheckState::Warning).map(sentence) {
            return Self { light: Light::Amber, hint, ..Self::green(ASPECT, message) };
        }
        Self::green(ASPECT, format!("The certificate is in order, {} days left.", report.days_left))
    }
}

impl KeyCheck {
    /// The worst of these lights; green without any.
    pub fn worst(findings: &[KeyFinding]) -> Light {
        findings.iter().map(|finding| finding.light).max().unwrap_or(Light::Green)
    }
}
