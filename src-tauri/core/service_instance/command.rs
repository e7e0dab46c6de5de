use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{InstanceForm, KeyForm, ParameterFinding};
use crate::collection::export::curl::quoted;
use crate::service_key::{Plan, Severity};

/// The service as tools name it; the cockpit calls it Process Integration Runtime.
const OFFERING: &str = "it-rt";
const LONGEST_NAME: usize = 32;

/// What instance and key are called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Names {
    /// The service instance.
    pub instance: String,
    /// The service key.
    pub key: String,
    /// The subaccount's id, for the btp command line.
    pub subaccount: Option<String>,
}

/// The same parameters as text: for the cockpit, and as command lines for a POSIX shell.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CommandLines {
    /// The JSON of the instance, for the cockpit.
    pub instance_json: String,
    /// The JSON of the key, for the cockpit; empty braces mean: leave the editor empty.
    pub key_json: String,
    /// Lines for `cf`.
    pub cf: Vec<String>,
    /// Lines for `btp`.
    pub btp: Vec<String>,
    /// What is wrong or worth knowing, worst first.
    pub findings: Vec<ParameterFinding>,
}

impl CommandLines {
    /// Writes both forms out.
    pub fn of(instance: &InstanceForm, key: &KeyForm, names: &Names) -> Self {
        let (instance_json, key_json) = (instance.json(), key.json());
        let mut findings = [instance.findings(), key.findings(instance.plan), name_findings(names)].concat();
        findings.extend(offering(instance.plan));
        findings.sort_by_key(|finding| finding.severity);
        Self {
            cf: cf(instance.plan, names, &instance_json, &key_json),
            btp: btp(instance.plan, names, &instance_json, &key_json),
            instance_json: format!("{instance_json:#}"),
            key_json: format!("{key_json:#}"),
            findings,
        }
    }
}

const fn word(plan: Plan) -> &'static str {
    match plan {
        Plan::Api => "api",
        Plan::IntegrationFlow | Plan::Other => "integration-flow",
    }
}

fn line(words: &[&str]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// Parameters behind their option; none when there are none.
fn parameters(option: &str, json: &Value) -> String {
    if json.as_object().is_some_and(serde_json::Map::is_empty) {
        return String::new();
    }
    format!(" {option} {}", quoted(&json.to_string()))
}

fn cf(plan: Plan, names: &Names, instance: &Value, key: &Value) -> Vec<String> {
    let (create, bind) = (["cf", "create-service"], ["cf", "create-service-key"]);
    vec![
        line(&[&create[..], &[OFFERING, word(plan), &names.instance]].concat()) + &parameters("-c", instance),
        line(&[&bind[..], &[names.instance.as_str(), &names.key]].concat()) + &parameters("-c", key),
        line(&["cf", "service-key", &names.instance, &names.key]),
    ]
}

fn btp(plan: Plan, names: &Names, instance: &Value, key: &Value) -> Vec<String> {
    let subaccount = names.subaccount.as_deref().unwrap_or("SUBACCOUNT_ID");
    let create =
        ["btp", "create", "services/instance", "--subaccount", subaccount, "--name", &names.instance];
    let service = ["--offering-name", OFFERING, "--plan-name", word(plan)];
    let bind = ["btp", "create", "services/binding", "--subaccount", subaccount, "--name", &names.key];
    let of = ["--instance-name", names.instance.as_str()];
    vec![
        line(&[&create[..], &service].concat()) + &parameters("--parameters", instance),
        line(&[&bind[..], &of].concat()) + &parameters("--parameters", key),
    ]
}

fn name_findings(names: &Names) -> Vec<ParameterFinding> {
    let is_name = |name: &str| {
        !name.is_empty()
            && name.len() <= LONGEST_NAME
            && !name.starts_with('-')
            && name.chars().all(|sign| sign.is_ascii_alphanumeric() || "._-".contains(sign))
    };
    [("instance", &names.instance), ("key", &names.key)]
        .into_iter()
        .filter(|(_, name)| !is_name(name))
        .map(|(what, _)| {
            let message =
                "A name has 1 to 32 letters, digits, dots, underscores and hyphens, no hyphen first.";
            ParameterFinding::new(Severity::Bad, what, message)
        })
        .collect()
}

fn offering(plan: Plan) -> Vec<ParameterFinding> {
    let mut findings = vec![ParameterFinding::unverified(
        "offering",
        "The service is called it-rt by tools; SAP's documentation names it Process Integration Runtime only. \
         `cf marketplace` shows it. Whether the btp command line offers it is not said.",
    )];
    if plan == Plan::Other {
        let message = "No such plan is known; the lines say integration-flow.";
        findings.push(ParameterFinding::new(Severity::Warning, "plan", message));
    }
    findings
}
