//! The parameters of service instances and service keys: a form, and the JSON the BTP cockpit takes (sap-domain 1).

mod command;
mod finding;
mod grant_type;
mod instance;
mod key;
#[cfg(test)]
mod tests;

pub use command::{CommandLines, Names};
pub use finding::ParameterFinding;
pub use grant_type::GrantType;
pub use instance::InstanceForm;
pub use key::{KeyForm, KeyType};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::{Code, Error, Result};
use crate::service_key::Plan;

/// Parameters read back from JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ParametersRead {
    /// The form of a service instance, when the JSON is of one.
    pub instance: Option<InstanceForm>,
    /// The form of a service key, when the JSON is of one.
    pub key: Option<KeyForm>,
    /// What is wrong or worth knowing, worst first.
    pub findings: Vec<ParameterFinding>,
}

/// The names only parameters of a service key have.
const OF_KEY: [&str; 4] = ["key-type", "X.509", "key-length", "validity"];

/// The names only a service key itself has, which is no place to paste it to.
const OF_SERVICE_KEY: [&str; 6] = ["oauth", "uaa", "credentials", "clientid", "clientsecret", "tokenurl"];

/// Reads parameters as the cockpit's JSON editor holds them; what is not known is kept.
pub fn read(text: &str, plan: Plan) -> Result<ParametersRead> {
    let fields = object(text)?;
    if fields.keys().any(|name| OF_SERVICE_KEY.contains(&name.as_str())) {
        let message = "This is a service key, not the parameters one is created with";
        return Err(Error::new(Code::InvalidInput, message)
            .hint("Add it as a service key; here its secret would be in plain sight"));
    }
    let (instance, key, mut findings) = if fields.keys().any(|name| OF_KEY.contains(&name.as_str())) {
        let (form, mut findings) = KeyForm::read(fields);
        findings.extend(form.findings(plan));
        (None, Some(form), findings)
    } else {
        let (form, mut findings) = InstanceForm::read(fields, plan);
        findings.extend(form.findings());
        (Some(form), None, findings)
    };
    findings.sort_by_key(|finding| finding.severity);
    Ok(ParametersRead { instance, key, findings })
}

/// Says no more of broken JSON than its place: the text may hold a key pasted by mistake.
fn object(text: &str) -> Result<Map<String, Value>> {
    let wrong = |message: String| {
        Error::new(Code::InvalidInput, message)
            .hint("Paste what the JSON editor of the BTP cockpit shows, from the first brace to the last")
    };
    match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(wrong("Parameters are a JSON object in braces; this is none".to_owned())),
        Err(error) => {
            Err(wrong(format!("This is no JSON: line {}, column {}", error.line(), error.column())))
        }
    }
}
