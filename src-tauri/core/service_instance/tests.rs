use serde_json::json;

use super::{CommandLines, GrantType, InstanceForm, KeyForm, KeyType, Names, read};
use crate::certificate::samples;
use crate::service_key::{Plan, Severity};

fn names() -> Names {
    Names { instance: "cpi-rt".to_owned(), key: "sluice".to_owned(), subaccount: None }
}

fn external(certificate: &str) -> KeyForm {
    KeyForm { certificate: Some(certificate.to_owned()), ..KeyForm::new(KeyType::External) }
}

fn certificate() -> String {
    samples::chain_pem(&samples::chain(&samples::ec())[..1])
}

#[test]
fn the_json_is_exactly_what_sap_documents() {
    let flow = InstanceForm { redirect_uris: Some(Vec::new()), ..InstanceForm::usual(Plan::IntegrationFlow) };
    let documented =
        json!({ "grant-types": ["client_credentials"], "redirect-uris": [], "roles": ["ESBMessaging.send"] });
    assert_eq!(flow.json(), documented);
    let key = KeyForm { validity: Some(365), key_length: Some(2048), ..KeyForm::new(KeyType::Certificate) };
    assert_eq!(key.json(), json!({ "key-type": "certificate", "validity": 365, "key-length": 2048 }));
    assert_eq!(KeyForm::new(KeyType::Secret).json(), json!({}));
}

#[test]
fn an_external_certificate_stands_in_one_line_alone() {
    let whole = samples::chain_pem(&samples::chain(&samples::ec()));
    let json = external(&whole).json();
    let text = json["X.509"].as_str().unwrap();
    assert!(!text.contains('\n') && text.matches("BEGIN").count() == 1, "{text}");
    assert_eq!(json["key-type"], "certificate_external");
}

#[test]
fn a_private_key_never_gets_into_the_json_and_is_a_problem() {
    let key = samples::ec();
    let chain = samples::chain(&key);
    let form = external(&(key.serialize_pem() + &samples::chain_pem(&chain[..1])));
    assert!(!form.json().to_string().contains("PRIVATE"));
    let findings = form.findings(Plan::IntegrationFlow);
    assert!(findings[0].severity == Severity::Bad && findings[0].message.contains("private key"));
}

#[test]
fn a_private_key_in_pasted_json_is_dropped_at_the_door() {
    let pasted = json!({ "key-type": "certificate_external", "X.509": samples::ec().serialize_pem() });
    let read = read(&pasted.to_string(), Plan::IntegrationFlow).unwrap();
    assert!(!serde_json::to_string(&read.key).unwrap().contains("PRIVATE"));
    assert!(read.findings.iter().any(|finding| finding.message.contains("private key")));
}

#[test]
fn what_is_read_is_written_again_unknown_names_and_misfits_included() {
    for text in [
        r#"{"grant-types":["client_credentials","x"],"roles":["A.b"],"token-validity":4200,"new":{"deep":[1]}}"#,
        r#"{"grant-types":"client_credentials","roles":[],"redirect-uris":["https://a.example/"]}"#,
        r#"{"key-type":"certificate","validity":"long","key-length":4096,"pinned":true}"#,
        r#"{"key-type":"clientsecret"}"#,
    ] {
        let read = read(text, Plan::IntegrationFlow).unwrap();
        let json = read.instance.map(|form| form.json()).or(read.key.map(|form| form.json())).unwrap();
        let mut given: serde_json::Value = serde_json::from_str(text).unwrap();
        if let Some(fields) = given.as_object_mut().filter(|fields| fields.contains_key("grant-types")) {
            fields.entry("roles").or_insert(json!([]));
        }
        assert_eq!(json, given);
    }
}

#[test]
fn problems_name_their_parameter() {
    let text = r#"{"grant-types":["client_x509"],"roles":["a b"],"token-validity":60,"extra":1,
        "redirect-uris":["acme.example/back","https://*.acme.example/**"]}"#;
    let findings = read(text, Plan::IntegrationFlow).unwrap().findings;
    let bad: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Bad)
        .map(|finding| finding.parameter.as_str())
        .collect();
    assert_eq!(bad.len(), 4, "{findings:?}");
    for name in ["grant-types", "redirect-uris", "roles", "token-validity"] {
        assert!(bad.contains(&name), "{name}");
    }
    assert!(findings.iter().any(|finding| finding.parameter == "extra" && finding.unverified));
}

#[test]
fn days_sizes_and_pins_nobody_documents_are_marked() {
    let form = KeyForm { validity: Some(366), key_length: Some(4096), ..KeyForm::new(KeyType::Certificate) };
    let findings = form.findings(Plan::IntegrationFlow);
    assert_eq!((findings[0].severity, findings[0].parameter.as_str()), (Severity::Bad, "validity"));
    assert!(findings.iter().any(|finding| finding.parameter == "key-length" && finding.unverified));
    let unpinned = KeyForm { pin: Some(false), ..external(&certificate()) };
    let findings = unpinned.findings(Plan::IntegrationFlow);
    assert!(findings.iter().any(|finding| finding.parameter == "pin" && finding.unverified), "{findings:?}");
    assert_eq!(external(&certificate()).findings(Plan::IntegrationFlow), []);
}

#[test]
fn what_is_no_object_is_refused_without_quoting_it() {
    for text in ["", "[]", "{\"key-type\": TOPSECRET", "null"] {
        let error = read(text, Plan::Api).unwrap_err();
        assert!(!format!("{error:?}").contains("TOPSECRET"));
    }
}

#[test]
fn broken_json_is_refused_with_line_and_column() {
    for (text, place) in [
        (r#"{"roles": [1 2]}"#, "line 1, column 14"),
        ("{\n  \"roles\": [\"a\",]\n}", "line 2, column 17"),
        ("{\n", "line 2, column 0"),
    ] {
        let error = read(text, Plan::Api).unwrap_err();
        assert!(error.message.trim_end_matches('.').ends_with(place), "{text}: {}", error.message);
    }
}

#[test]
fn a_service_key_pasted_by_mistake_is_named_for_what_it_is_and_not_shown() {
    for text in [
        r#"{"oauth":{"clientid":"sb-1","clientsecret":"TOPSECRET","url":"https://a.example"}}"#,
        r#"{"clientid":"sb-1","clientsecret":"TOPSECRET"}"#,
    ] {
        let error = read(text, Plan::IntegrationFlow).unwrap_err();
        assert!(error.message.contains("This is a service key"), "{}", error.message);
        assert!(error.hint.is_some() && !format!("{error:?}").contains("TOPSECRET"));
    }
}

#[test]
fn a_shell_hands_the_json_over_unharmed() {
    let mut form = InstanceForm::usual(Plan::IntegrationFlow);
    form.roles.push("it's $HOME `x` \"y\"".to_owned());
    let names = Names { instance: "a b; touch /nowhere".to_owned(), ..names() };
    let lines = CommandLines::of(&form, &KeyForm::new(KeyType::Secret), &names);
    let script = lines.cf[0].replacen("cf ", "printf '%s\\n' ", 1);
    let output = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
    let words = String::from_utf8(output.stdout).unwrap();
    let words: Vec<&str> = words.lines().collect();
    assert_eq!(words[..5], ["create-service", "it-rt", "integration-flow", names.instance.as_str(), "-c"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(words[5]).unwrap(), form.json());
    assert!(
        lines.findings.iter().any(|found| found.parameter == "instance" && found.severity == Severity::Bad)
    );
}

#[test]
fn a_secret_key_is_made_without_parameters() {
    let form = InstanceForm::usual(Plan::Api);
    let lines = CommandLines::of(&form, &KeyForm::new(KeyType::Secret), &names());
    assert_eq!(lines.cf[1], "cf create-service-key cpi-rt sluice");
    assert!(lines.btp[0].contains("--plan-name api --parameters "), "{}", lines.btp[0]);
    assert!(lines.btp[1].ends_with("--instance-name cpi-rt"), "{}", lines.btp[1]);
}

#[test]
fn grant_types_keep_their_literals() {
    for literal in ["client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer", "of the future"] {
        assert_eq!(String::from(GrantType::from(literal.to_owned())), literal);
    }
}
