//! Keys as people paste them, made of invented values.

mod external;
mod masking;
mod problems;
mod rejections;
mod repairs;
mod shapes;
mod suggestions;

use jiff::Timestamp;
use rcgen::KeyPair;
use rustls::pki_types::CertificateDer;
use serde_json::{Value, json};

use super::{KeyFacts, ReadError, Reading, Repair, Severity, read};
use crate::certificate::samples;
use crate::secret::Secret;

const CLIENT: &str = "sb-3f6e1b0c-7a52-4d0e-9c1f-58b2d4a7e913!b123|it-rt-acme-dev!b45";
const API_CLIENT: &str = "sb-3f6e1b0c-7a52-4d0e-9c1f-58b2d4a7e914!b123|it!b45";
const SECRET: &str = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee$AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE=";
const RUNTIME: &str = "https://acme-dev.it-cpi018-rt.cfapps.eu10-003.hana.ondemand.com";
const API: &str = "https://acme-dev.it-cpi018.cfapps.eu10-003.hana.ondemand.com";
const TOKEN: &str = "https://acme-dev.authentication.eu10.hana.ondemand.com/oauth/token";
const CERT_TOKEN: &str = "https://acme-dev.authentication.cert.eu10.hana.ondemand.com/oauth/token";

fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

fn secret_key() -> Value {
    json!({"oauth": {
        "clientid": CLIENT, "clientsecret": SECRET, "url": RUNTIME,
        "createdate": "2026-01-15T09:12:31.919Z", "tokenurl": TOKEN,
    }})
}

fn certificate_key_of(chain: &[CertificateDer<'_>], private_key: &str) -> Value {
    json!({"oauth": {
        "createdate": "2026-01-15T09:12:31.919Z", "clientid": CLIENT, "url": RUNTIME,
        "certificate": samples::chain_pem(chain), "key": private_key, "tokenurl": CERT_TOKEN,
        "certificatedetails": {
            "issuerdn": "CN=Sample Client CA", "subjectdn": "CN=8f2c41d7-acme-dev,O=SAP SE",
            "validuntil": "2027-01-15T00:00:00.000Z", "serialnumber": "0x0C771A",
        },
    }})
}

fn certificate_key(key: &KeyPair) -> Value {
    certificate_key_of(&samples::chain(key), &key.serialize_pem())
}

fn external_key(chain: &[CertificateDer<'_>]) -> Value {
    json!({"oauth": {
        "clientid": CLIENT, "url": RUNTIME, "certificate": samples::chain_pem(chain), "tokenurl": TOKEN,
    }})
}

fn pretty(key: &Value) -> String {
    serde_json::to_string_pretty(key).unwrap()
}

fn reading(text: &str) -> Reading {
    read(&Secret::from(text)).unwrap_or_else(|error| panic!("{error}"))
}

fn of(key: &Value) -> Reading {
    reading(&pretty(key))
}

fn facts(key: &Value) -> KeyFacts {
    of(key).key.facts(now())
}

fn refusal(text: &str) -> ReadError {
    read(&Secret::from(text)).unwrap_err()
}

fn repair<'r>(repairs: &'r [Repair], message: &str) -> &'r str {
    let found = repairs.iter().find(|repair| repair.message.contains(message));
    &found.unwrap_or_else(|| panic!("no {message:?} in {repairs:?}")).place
}

fn worst(facts: &KeyFacts) -> (Severity, &str) {
    let problem = facts.problems.first().unwrap();
    (problem.severity, &problem.message)
}
