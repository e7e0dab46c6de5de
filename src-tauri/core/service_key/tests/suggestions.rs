use serde_json::json;

use super::{API, API_CLIENT, CLIENT, RUNTIME, SECRET, TOKEN, of};
use crate::certificate::samples;
use crate::service_key::ServiceKey;
use crate::tenant::Stage;

fn key(client: &str, url: Option<&str>) -> ServiceKey {
    of(&json!({"clientid": client, "clientsecret": SECRET, "tokenurl": TOKEN, "url": url})).key
}

fn stage(tenant: &str) -> Option<Stage> {
    key(CLIENT, Some(&format!("https://{tenant}.it-cpi018-rt.cfapps.eu10-003.hana.ondemand.com")))
        .suggested_stage()
}

#[test]
fn two_keys_of_one_tenant_suggest_the_same_tenant_and_other_names() {
    let (flows, api) = (key(CLIENT, Some(RUNTIME)), key(API_CLIENT, Some(API)));
    assert_eq!(flows.suggested_tenant(), api.suggested_tenant());
    assert_eq!(flows.suggested_tenant().as_deref(), Some("acme-dev"));
    assert_eq!((flows.suggested_name().as_str(), api.suggested_name().as_str()), ("integration-flow", "api"));
}

#[test]
fn kinds_are_part_of_the_name_unless_they_are_secrets() {
    let pair = samples::ec();
    assert_eq!(of(&super::certificate_key(&pair)).key.suggested_name(), "integration-flow certificate");
    let external = of(&super::external_key(&samples::chain(&pair))).key;
    assert_eq!(external.suggested_name(), "integration-flow external certificate");
}

#[test]
fn without_a_host_the_subdomain_of_the_token_server_names_the_tenant() {
    assert_eq!(key(CLIENT, None).suggested_tenant().as_deref(), Some("acme-dev"));
}

#[test]
fn a_stage_is_suggested_only_when_the_name_says_exactly_one() {
    assert_eq!(stage("acme-dev"), Some(Stage::Dev));
    assert_eq!(stage("acme-test"), Some(Stage::Test));
    assert_eq!(stage("qa-acme2"), Some(Stage::Test));
    assert_eq!(stage("prod01"), Some(Stage::Prod));
    assert_eq!(stage("acme"), None);
    assert_eq!(stage("devon-foods"), None);
    assert_eq!(stage("latest-products"), None);
    assert_eq!(stage("acme-dev-prod"), None);
    assert_eq!(stage("p12345trial"), None);
}

#[test]
fn the_sandbox_is_recognised() {
    let key = key(CLIENT, Some("https://sandbox.it-cpi000-rt.cfapps.localhost:8443"));
    assert_eq!(key.suggested_tenant().as_deref(), Some("sandbox"));
    assert_eq!(key.suggested_stage(), Some(Stage::Sandbox));
}
