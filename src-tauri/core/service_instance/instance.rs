use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{GrantType, ParameterFinding};
use crate::service_key::{Plan, Severity};

const ROLES: &str = "roles";
const GRANT_TYPES: &str = "grant-types";
const REDIRECT_URIS: &str = "redirect-uris";
const TOKEN_VALIDITY: &str = "token-validity";

/// The parameters of a service instance (sap-domain 1.2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct InstanceForm {
    /// What the instance is for; not part of the JSON.
    pub plan: Plan,
    /// The roles its keys have.
    pub roles: Vec<String>,
    /// How its clients may get tokens.
    pub grant_types: Vec<GrantType>,
    /// Where a browser returns to; for authorization codes only. None leaves it out.
    pub redirect_uris: Option<Vec<String>>,
    /// How long a token lives, in seconds; none leaves it to SAP.
    pub token_validity: Option<u64>,
    /// Parameters not known here, kept as they are.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(type = "Record<string, unknown>"))]
    pub other: Map<String, Value>,
}

impl InstanceForm {
    /// The form as it usually is for a plan.
    pub fn usual(plan: Plan) -> Self {
        let roles: &[&str] = match plan {
            Plan::Api => &[
                "WorkspacePackagesRead",
                "WorkspacePackagesConfigure",
                "WorkspaceArtifactsDeploy",
                "MonitoringDataRead",
                "MessagePayloadsRead",
                "TraceConfigurationRead",
                "CredentialsRead",
            ],
            Plan::IntegrationFlow | Plan::Other => &["ESBMessaging.send"],
        };
        Self {
            plan,
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            grant_types: vec![GrantType::ClientCredentials],
            redirect_uris: None,
            token_validity: None,
            other: Map::new(),
        }
    }

    /// The JSON the cockpit takes.
    pub fn json(&self) -> Value {
        let mut fields = self.other.clone();
        // A value that is no list was kept as it came; only a filled form takes its place.
        if !self.grant_types.is_empty() || !fields.contains_key(GRANT_TYPES) {
            fields.insert(GRANT_TYPES.to_owned(), json!(self.grant_types));
        }
        if !self.roles.is_empty() || !fields.contains_key(ROLES) {
            fields.insert(ROLES.to_owned(), json!(self.roles));
        }
        if let Some(uris) = &self.redirect_uris {
            fields.insert(REDIRECT_URIS.to_owned(), json!(uris));
        }
        if let Some(seconds) = self.token_validity {
            fields.insert(TOKEN_VALIDITY.to_owned(), json!(seconds));
        }
        Value::Object(fields)
    }

    pub(super) fn read(mut fields: Map<String, Value>, plan: Plan) -> (Self, Vec<ParameterFinding>) {
        let mut findings = Vec::new();
        let mut list = |name: &str| take_list(&mut fields, name, &mut findings);
        let (roles, grants, redirect_uris) = (list(ROLES), list(GRANT_TYPES), list(REDIRECT_URIS));
        let token_validity = take_number(&mut fields, TOKEN_VALIDITY, &mut findings);
        let is_known = |name: &str| [ROLES, GRANT_TYPES, REDIRECT_URIS, TOKEN_VALIDITY].contains(&name);
        findings.extend(fields.keys().filter(|name| !is_known(name)).map(|name| unknown(name)));
        let form = Self {
            plan,
            roles: roles.unwrap_or_default(),
            grant_types: grants.unwrap_or_default().into_iter().map(GrantType::from).collect(),
            redirect_uris,
            token_validity,
            other: fields,
        };
        (form, findings)
    }

    /// What is wrong with it or worth knowing.
    pub fn findings(&self) -> Vec<ParameterFinding> {
        let mut findings = self.role_findings();
        findings.extend(self.grant_findings());
        if let Some(seconds) = self.token_validity {
            if !(3600..=86_400).contains(&seconds) {
                let message = format!("A token may live 3600 to 86400 seconds, not {seconds}.");
                findings.push(ParameterFinding::new(Severity::Bad, TOKEN_VALIDITY, message));
            }
            let message =
                "SAP shows this name in a picture only; the field of the form is Access Token Validity.";
            findings.push(ParameterFinding::unverified(TOKEN_VALIDITY, message));
        }
        findings.sort_by_key(|finding| finding.severity);
        findings
    }

    fn role_findings(&self) -> Vec<ParameterFinding> {
        let found = |severity, message: String| ParameterFinding::new(severity, ROLES, message);
        let mut findings = Vec::new();
        if self.roles.is_empty() {
            findings
                .push(found(Severity::Warning, "Without roles every call is answered with 403.".to_owned()));
        }
        let is_name = |role: &&String| {
            !role.is_empty() && role.chars().all(|sign| sign.is_ascii_alphanumeric() || "_.".contains(sign))
        };
        for role in self.roles.iter().filter(|role| !is_name(role)) {
            let message = format!("“{role}” is no role: names have letters, digits, dots and underscores.");
            findings.push(found(Severity::Bad, message));
        }
        let sends = self.roles.iter().any(|role| role == "ESBMessaging.send");
        if self.plan == Plan::Api && sends {
            let message = "ESBMessaging.send calls flows, which is for plan integration-flow.".to_owned();
            findings.push(found(Severity::Warning, message));
        }
        findings
    }

    fn grant_findings(&self) -> Vec<ParameterFinding> {
        let found = |severity, message: &str| ParameterFinding::new(severity, GRANT_TYPES, message);
        let mut findings = Vec::new();
        if self.grant_types.contains(&GrantType::ClientX509) {
            let message = "client_x509 is deprecated: the instance can neither be changed nor have new keys. Use \
                           client_credentials; certificates keep working.";
            findings.push(found(Severity::Bad, message));
        }
        if !self.grant_types.contains(&GrantType::ClientCredentials) {
            let message =
                "Without client_credentials service keys get no token, and certificate keys cannot be made.";
            findings.push(found(Severity::Warning, message));
        }
        if self.grant_types.contains(&GrantType::JwtBearer) {
            let message = "The literal of JWT bearer is that of the standard; SAP does not print its own.";
            findings.push(ParameterFinding::unverified(GRANT_TYPES, message));
        }
        for grant in &self.grant_types {
            if let GrantType::Other(literal) = grant {
                findings.push(found(Severity::Warning, &format!("“{literal}” is no grant type known here.")));
            }
        }
        for uri in self.redirect_uris.iter().flatten().filter(|uri| url::Url::parse(uri).is_err()) {
            let message = format!("“{uri}” is no whole URI, which begins with https://.");
            findings.push(ParameterFinding::new(Severity::Bad, REDIRECT_URIS, message));
        }
        let has_uris = self.redirect_uris.as_ref().is_some_and(|uris| !uris.is_empty());
        if has_uris && !self.grant_types.contains(&GrantType::AuthorizationCode) {
            let message = "Redirect URIs are used with authorization_code only.";
            findings.push(ParameterFinding::new(Severity::Info, REDIRECT_URIS, message));
        }
        findings
    }
}

/// Takes a list of texts out; anything else stays where it is.
fn take_list(
    fields: &mut Map<String, Value>,
    name: &str,
    findings: &mut Vec<ParameterFinding>,
) -> Option<Vec<String>> {
    let value = fields.get(name)?;
    if let Ok(list) = serde_json::from_value(value.clone()) {
        fields.remove(name);
        return Some(list);
    }
    findings.push(ParameterFinding::misfit(name, "a list of texts"));
    None
}

/// Takes a whole number out; anything else stays where it is.
pub(super) fn take_number(
    fields: &mut Map<String, Value>,
    name: &str,
    findings: &mut Vec<ParameterFinding>,
) -> Option<u64> {
    let number = fields.get(name)?.as_u64();
    if number.is_some() {
        fields.remove(name);
    } else {
        findings.push(ParameterFinding::misfit(name, "a whole number"));
    }
    number
}

pub(super) fn unknown(name: &str) -> ParameterFinding {
    ParameterFinding::unverified(name, "Not known here; it is kept as it is.")
}
