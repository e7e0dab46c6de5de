use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::ParameterFinding;
use super::instance::{take_number, unknown};
use crate::certificate::{BlockKind, CertificateFacts, Pem};
use crate::service_key::{Plan, Severity};

const KEY_TYPE: &str = "key-type";
const VALIDITY: &str = "validity";
const KEY_LENGTH: &str = "key-length";
const CERTIFICATE: &str = "X.509";
const PIN: &str = "pin";
const PRIVATE_KEY: &str = "There is a private key in it; it stays with you and is left out.";

/// How a service key is to prove who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum KeyType {
    /// Client id and secret: no parameters at all.
    Secret,
    /// A certificate made by SAP.
    Certificate,
    /// A certificate of the user's own.
    External,
}

/// The parameters of a service key (sap-domain 1.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct KeyForm {
    /// How it is to prove who it is.
    pub key_type: KeyType,
    /// Days SAP's certificate is valid.
    pub validity: Option<u64>,
    /// Bits of SAP's key.
    pub key_length: Option<u64>,
    /// The user's certificate as PEM.
    pub certificate: Option<String>,
    /// Whether exactly this certificate is accepted; none leaves it to SAP, where it is on.
    pub pin: Option<bool>,
    /// Parameters not known here, kept as they are.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(type = "Record<string, unknown>"))]
    pub other: Map<String, Value>,
}

impl KeyForm {
    /// A form without any parameter.
    pub fn new(key_type: KeyType) -> Self {
        Self { key_type, validity: None, key_length: None, certificate: None, pin: None, other: Map::new() }
    }

    /// The JSON the cockpit takes. Only certificates get into it, whatever else was pasted with them.
    pub fn json(&self) -> Value {
        let mut fields = self.other.clone();
        match self.key_type {
            KeyType::Secret => {}
            KeyType::Certificate => drop(fields.insert(KEY_TYPE.to_owned(), json!("certificate"))),
            KeyType::External => drop(fields.insert(KEY_TYPE.to_owned(), json!("certificate_external"))),
        }
        let certificate = self.certificate.as_deref().and_then(one_line);
        if let Some(certificate) = certificate.filter(|_| self.key_type == KeyType::External) {
            fields.insert(CERTIFICATE.to_owned(), json!(certificate));
        }
        if self.key_type != KeyType::Secret {
            fields.extend(self.validity.map(|days| (VALIDITY.to_owned(), json!(days))));
            fields.extend(self.key_length.map(|bits| (KEY_LENGTH.to_owned(), json!(bits))));
        }
        Value::Object(fields)
    }

    pub(super) fn read(mut fields: Map<String, Value>) -> (Self, Vec<ParameterFinding>) {
        let mut findings = Vec::new();
        let key_type = match fields.get(KEY_TYPE).map(Value::as_str) {
            None => KeyType::Secret,
            Some(Some("certificate")) => KeyType::Certificate,
            Some(Some("certificate_external")) => KeyType::External,
            Some(_) => {
                let message =
                    "SAP documents “certificate” and “certificate_external” only; the value is kept.";
                findings.push(ParameterFinding::unverified(KEY_TYPE, message));
                KeyType::Secret
            }
        };
        if key_type != KeyType::Secret {
            fields.remove(KEY_TYPE);
        }
        let validity = take_number(&mut fields, VALIDITY, &mut findings);
        let key_length = take_number(&mut fields, KEY_LENGTH, &mut findings);
        let certificate = match fields.get(CERTIFICATE) {
            None => None,
            Some(Value::String(text)) if text.contains("PRIVATE KEY") => {
                findings.push(ParameterFinding::new(Severity::Bad, CERTIFICATE, PRIVATE_KEY));
                one_line(text).or_else(|| Some(String::new()))
            }
            Some(Value::String(text)) => Some(text.clone()),
            Some(_) => {
                findings.push(ParameterFinding::misfit(CERTIFICATE, "a certificate as PEM"));
                None
            }
        };
        if certificate.is_some() {
            fields.remove(CERTIFICATE);
        }
        let is_known = |name: &str| [KEY_TYPE, VALIDITY, KEY_LENGTH, CERTIFICATE].contains(&name);
        findings.extend(fields.keys().filter(|name| !is_known(name)).map(|name| unknown(name)));
        (Self { key_type, validity, key_length, certificate, pin: None, other: fields }, findings)
    }

    /// What is wrong with it or worth knowing, for an instance of this plan.
    pub fn findings(&self, plan: Plan) -> Vec<ParameterFinding> {
        let mut findings: Vec<ParameterFinding> =
            [self.days(), self.bits(), self.pinning(plan)].into_iter().flatten().collect();
        if self.key_type == KeyType::External {
            findings.extend(external(self.certificate.as_deref()));
        } else if self.certificate.is_some() {
            let message = "Only the key type External Certificate takes a certificate.";
            findings.push(ParameterFinding::new(Severity::Warning, CERTIFICATE, message));
        }
        findings.sort_by_key(|finding| finding.severity);
        findings
    }

    fn days(&self) -> Option<ParameterFinding> {
        let days = self.validity?;
        if !(1..=365).contains(&days) {
            let message = format!("A certificate of SAP is valid 1 to 365 days, not {days}.");
            return Some(ParameterFinding::new(Severity::Bad, VALIDITY, message));
        }
        let message =
            "SAP's sample has it for external certificates too; whether it does anything there is not said.";
        (self.key_type == KeyType::External).then(|| ParameterFinding::unverified(VALIDITY, message))
    }

    fn bits(&self) -> Option<ParameterFinding> {
        let bits = self.key_length.filter(|bits| *bits != 2048)?;
        let message = format!("SAP documents 2048 only; whether {bits} is accepted is not said.");
        Some(ParameterFinding::unverified(KEY_LENGTH, message))
    }

    fn pinning(&self, plan: Plan) -> Option<ParameterFinding> {
        let pin = self.pin?;
        if self.key_type != KeyType::External || plan != Plan::IntegrationFlow {
            let message = "Pin Certificate is for external certificates of plan integration-flow only.";
            return Some(ParameterFinding::new(Severity::Warning, PIN, message));
        }
        let message = "SAP does not publish its name in JSON. Use the form of the cockpit to switch it off.";
        (!pin).then(|| ParameterFinding {
            severity: Severity::Warning,
            ..ParameterFinding::unverified(PIN, message)
        })
    }
}

/// What SAP will say about a certificate of the user's own (sap-domain 1.3, 5.3).
fn external(text: Option<&str>) -> Vec<ParameterFinding> {
    let bad = |message: &str| vec![ParameterFinding::new(Severity::Bad, CERTIFICATE, message)];
    let Some(text) = text else { return bad("The certificate is missing.") };
    let Ok(pem) = Pem::read(text) else { return bad("This is no certificate in PEM form.") };
    if pem.blocks.iter().any(|block| block.what() == BlockKind::PrivateKey) {
        return bad(PRIVATE_KEY);
    }
    let certificates = pem.certificates();
    let Some(facts) = certificates.first().and_then(|der| CertificateFacts::read(der).ok()) else {
        return bad("This is no certificate in PEM form.");
    };
    if !facts.client_auth {
        return bad("Its extended key usage lacks clientAuth, so SAP's load balancer refuses it.");
    }
    if certificates.len() > 1 {
        let message = "The cockpit wants one certificate, not the chain; the first one is used.";
        return vec![ParameterFinding::new(Severity::Warning, CERTIFICATE, message)];
    }
    Vec::new()
}

/// The first certificate as SAP's sample has it, without any line breaks.
fn one_line(text: &str) -> Option<String> {
    let certificate = Pem::read(text).ok()?.certificates().into_iter().next()?;
    let coded = BASE64_STANDARD.encode(&certificate);
    Some(format!("-----BEGIN CERTIFICATE-----{coded}-----END CERTIFICATE-----"))
}
