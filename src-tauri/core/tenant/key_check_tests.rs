use jiff::Timestamp;
use uuid::Uuid;

use super::{Custody, KeyCheck, KeyFinding, KeyRecord, Light};
use crate::certificate::{CertificateReport, Origin, samples};
use crate::service_key::{Kind, Plan};
use crate::token::{Method, TokenFacts};

fn token(roles: &[&str]) -> TokenFacts {
    TokenFacts {
        tenant: "acme".to_owned(),
        key: "flow".to_owned(),
        fetched_at: Timestamp::UNIX_EPOCH,
        expires_at: Timestamp::UNIX_EPOCH,
        lifetime_seconds: 3600,
        took_ms: 0.0,
        cached: false,
        method: Method::Body,
        length: 900,
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        scopes: Vec::new(),
        claims: Some(serde_json::json!({})),
        bound_to: None,
    }
}

fn key(plan: Plan, host: &str, client_id: &str) -> KeyRecord {
    KeyRecord {
        id: Uuid::nil(),
        secret: Uuid::new_v4(),
        name: "flow".to_owned(),
        kind: Kind::Secret,
        plan,
        client_id: client_id.to_owned(),
        host_url: Some(host.to_owned()),
        token_url: "https://acme.authentication.example/oauth/token".to_owned(),
        token_url_override: None,
        stated_token_url: None,
        method: Method::Body,
        custody: Custody::Run,
        certificates: Vec::new(),
        added_at: Timestamp::UNIX_EPOCH,
    }
}

fn light_of_roles(roles: &[&str], plan: Plan) -> Option<Light> {
    KeyFinding::of_roles(&token(roles), plan).map(|finding| finding.light)
}

#[test]
fn a_token_without_roles_is_red_even_with_what_everybody_gets() {
    assert_eq!(light_of_roles(&[], Plan::IntegrationFlow), Some(Light::Red));
    assert_eq!(light_of_roles(&["uaa.resource"], Plan::Api), Some(Light::Red));
}

#[test]
fn custom_roles_of_flows_are_as_good_as_the_usual_one() {
    assert_eq!(light_of_roles(&["ESBMessaging.send"], Plan::IntegrationFlow), Some(Light::Green));
    assert_eq!(light_of_roles(&["OrderSender"], Plan::IntegrationFlow), Some(Light::Green));
}

#[test]
fn an_api_key_wants_roles_of_the_api() {
    assert_eq!(light_of_roles(&["ESBMessaging.send"], Plan::Api), Some(Light::Red));
    assert_eq!(light_of_roles(&["WorkspacePackagesRead"], Plan::Api), Some(Light::Amber));
    assert_eq!(light_of_roles(&["MonitoringDataRead"], Plan::Api), Some(Light::Green));
    let as_tokens_say_it = ["IntegrationOperationServer.read", "NodeManager.read"];
    assert_eq!(light_of_roles(&as_tokens_say_it, Plan::Api), Some(Light::Green));
}

#[test]
fn nothing_is_said_about_roles_of_other_services_and_an_opaque_token_is_no_failure() {
    assert_eq!(light_of_roles(&[], Plan::Other), None);
    let opaque = TokenFacts { claims: None, ..token(&[]) };
    assert_eq!(KeyFinding::of_roles(&opaque, Plan::Api).map(|finding| finding.light), Some(Light::Amber));
}

#[test]
fn a_key_used_as_another_plan_than_its_host_or_client_says_is_red() {
    let runtime = "https://acme.it-cpi001-rt.cfapps.eu10-001.hana.ondemand.com";
    let api = "https://acme.it-cpi001.cfapps.eu10-001.hana.ondemand.com";
    let of = |plan, host, client| KeyFinding::of_plan(&key(plan, host, client));
    assert_eq!(of(Plan::IntegrationFlow, runtime, "sb-x!b1|it-rt-acme!b2").light, Light::Green);
    let mixed = of(Plan::IntegrationFlow, runtime, "sb-x!b1|it!b2");
    assert_eq!(mixed.light, Light::Red);
    assert!(mixed.message.contains("client id is that of plan api"), "{}", mixed.message);
    let host = of(Plan::IntegrationFlow, api, "sb-x!b1|it-rt-acme!b2");
    assert!(host.light == Light::Red && host.message.contains("host"), "{}", host.message);
    assert_eq!(of(Plan::Other, "https://x.example", "x").light, Light::Amber);
    assert_eq!(
        of(Plan::Api, "https://x.example", "x").light,
        Light::Green,
        "who says nothing says nothing wrong"
    );
}

#[test]
fn a_certificate_is_red_when_refused_and_amber_when_it_ends_soon() {
    let chain: Vec<Vec<u8>> = samples::chain(&samples::ec()).iter().map(|der| der.to_vec()).collect();
    let light = |now: &str| {
        let report = CertificateReport::of(&chain, Origin::Sap, now.parse().unwrap()).unwrap();
        KeyFinding::of_certificate(&report).light
    };
    assert_eq!(light("2026-06-01T00:00:00Z"), Light::Green);
    assert_eq!(light("2026-12-20T00:00:00Z"), Light::Amber);
    assert_eq!(light("2027-02-01T00:00:00Z"), Light::Red);
}

#[test]
fn the_worst_light_is_that_of_the_key() {
    let finding = |light| KeyFinding { light, ..KeyFinding::green(super::KeyAspect::Plan, "Plan api.") };
    assert_eq!(
        KeyCheck::worst(&[finding(Light::Green), finding(Light::Red), finding(Light::Amber)]),
        Light::Red
    );
    assert_eq!(KeyCheck::worst(&[]), Light::Green);
}
