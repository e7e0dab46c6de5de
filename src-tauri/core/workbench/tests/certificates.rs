//! The list of client certificates, and the traffic light of a key against a server.

use jiff::Timestamp;
use uuid::Uuid;

use super::{tenant, workbench};
use crate::certificate::samples;
use crate::http::tests::server::{Got, Server, answer};
use crate::operation::KeyName;
use crate::service_key::{Kind, Plan};
use crate::tenant::{Custody, Health, KeyAspect, KeyCheck, KeyRecord, Light, Stage, TenantRecord};
use crate::token::Method;
use crate::workbench::Workbench;

fn certificate_key(name: &str, end: (i32, u8)) -> KeyRecord {
    let chain = samples::chain_with(&samples::ec(), |params| {
        params.not_after = rcgen::date_time_ymd(end.0, end.1, 1);
    });
    KeyRecord {
        id: Uuid::new_v4(),
        secret: Uuid::new_v4(),
        name: name.to_owned(),
        kind: Kind::Certificate,
        plan: Plan::IntegrationFlow,
        client_id: "sb-flow!b1".to_owned(),
        host_url: None,
        token_url: "https://acme.authentication.cert.example/oauth/token".to_owned(),
        token_url_override: None,
        stated_token_url: None,
        method: Method::Mtls,
        custody: Custody::Keyring,
        certificates: chain.iter().map(|der| der.to_vec()).collect(),
        added_at: Timestamp::now(),
    }
}

fn add(workbench: &Workbench, name: &str, keys: &[KeyRecord]) {
    let tenant = TenantRecord {
        id: Uuid::new_v4(),
        name: name.to_owned(),
        stage: Stage::Prod,
        color: None,
        group: None,
        runtime_url_override: None,
        keys: Vec::new(),
    };
    for key in keys {
        workbench.inner.tenants.add_key(&tenant, key).unwrap();
    }
}

#[tokio::test]
async fn the_certificates_of_all_tenants_are_listed_the_next_to_end_first() {
    let workbench = workbench();
    add(&workbench, "one", &[certificate_key("late", (2039, 5)), certificate_key("early", (2027, 1))]);
    add(&workbench, "two", &[certificate_key("middle", (2031, 1))]);
    tenant(&workbench, "http://localhost:9", "secret").await;
    let listed = workbench.certificate_list(()).await.unwrap();
    let names: Vec<(&str, &str)> =
        listed.iter().map(|found| (found.tenant.as_str(), found.key.as_str())).collect();
    assert_eq!(names, [("one", "early"), ("two", "middle"), ("one", "late")], "secret keys have none");
    assert_eq!(listed[0].stage, Stage::Prod);
    assert!(listed[0].report.chain.complete);
}

/// A tenant whose token server grants what `granted` says, looked at.
async fn checked(granted: &'static str, status: u16) -> (KeyCheck, Vec<Got>) {
    let server = Server::plain(move |got| match got.target.as_str() {
        "/oauth/token" => answer(status, &[("content-type", "application/json".to_owned())], granted),
        _ => answer(404, &[], ""),
    })
    .await;
    let workbench = workbench();
    tenant(&workbench, &server.url(""), "s3cret-value").await;
    let name = KeyName { tenant: "acme".to_owned(), key: Some("flow".to_owned()), plan: None };
    (workbench.key_check(name).await.unwrap(), server.got())
}

fn light(check: &KeyCheck, aspect: KeyAspect) -> Option<Light> {
    check.findings.iter().find(|finding| finding.aspect == aspect).map(|finding| finding.light)
}

const GRANTED: &str = r#"{"access_token":"opaque","token_type":"bearer","expires_in":3600,"scope":"it-rt-acme!b1.ESBMessaging.send"}"#;

#[tokio::test]
async fn a_key_that_works_is_green_and_its_host_gets_no_credentials() {
    let (check, got) = checked(GRANTED, 200).await;
    assert_eq!(check.light, Light::Green, "{:?}", check.findings);
    assert_eq!(light(&check, KeyAspect::Roles), Some(Light::Green));
    assert_eq!(light(&check, KeyAspect::Host), Some(Light::Green), "404 is an answer");
    let look = got.iter().find(|got| got.target == "/").unwrap();
    assert_eq!(look.method, "HEAD");
    assert!(!look.headers.contains_key("authorization"));
}

#[tokio::test]
async fn a_key_that_is_refused_is_red_and_says_why_first() {
    let refused = r#"{"error":"unauthorized","error_description":"Bad credentials"}"#;
    let (check, _) = checked(refused, 401).await;
    assert_eq!(check.light, Light::Red);
    assert_eq!(check.findings[0].aspect, KeyAspect::Token);
    assert!(check.findings[0].message.contains("Bad credentials"), "{}", check.findings[0].message);
    assert_eq!(light(&check, KeyAspect::Roles), None, "nothing is known of its roles");
    assert!(!serde_json::to_string(&check).unwrap().contains("s3cret-value"));
}

#[tokio::test]
async fn the_mark_of_a_key_is_what_its_last_check_found() {
    for (granted, status, expected) in [
        (GRANTED, 200, Light::Green),
        (r#"{"access_token":"opaque","token_type":"bearer","expires_in":3600}"#, 200, Light::Amber),
        (r#"{"error":"unauthorized","error_description":"Bad credentials"}"#, 401, Light::Red),
    ] {
        let server = Server::plain(move |got| match got.target.as_str() {
            "/oauth/token" => answer(status, &[("content-type", "application/json".to_owned())], granted),
            _ => answer(404, &[], ""),
        })
        .await;
        let workbench = workbench();
        tenant(&workbench, &server.url(""), "s3cret-value").await;
        let name = KeyName { tenant: "acme".to_owned(), key: Some("flow".to_owned()), plan: None };
        let check = workbench.key_check(name).await.unwrap();
        assert_eq!(check.light, expected, "{:?}", check.findings);
        let listed = workbench.tenant_list(()).await.unwrap();
        let health = &listed[0].keys.iter().find(|key| key.name == "flow").unwrap().health;
        match (expected, health) {
            (Light::Green, Health::Good { .. }) => {}
            (Light::Amber, Health::Warned { reason, .. }) | (Light::Red, Health::Bad { reason, .. }) => {
                assert_eq!(*reason, check.findings[0].message);
            }
            (_, health) => panic!("{health:?}"),
        }
    }
}

#[tokio::test]
async fn a_host_nobody_listens_at_is_red() {
    let workbench = workbench();
    tenant(&workbench, "http://127.0.0.1:9", "s3cret").await;
    let name = KeyName { tenant: "acme".to_owned(), key: None, plan: None };
    let check = workbench.key_check(name).await.unwrap();
    assert_eq!(light(&check, KeyAspect::Host), Some(Light::Red), "{:?}", check.findings);
}

#[tokio::test]
async fn the_certificate_of_a_key_gets_a_light_of_its_own() {
    let workbench = workbench();
    add(&workbench, "old", &[certificate_key("ended", (2026, 2))]);
    let name = KeyName { tenant: "old".to_owned(), key: None, plan: None };
    let check = workbench.key_check(name).await.unwrap();
    assert_eq!(light(&check, KeyAspect::Certificate), Some(Light::Red));
    assert_eq!(light(&check, KeyAspect::Host), Some(Light::Amber), "the key names none");
}
