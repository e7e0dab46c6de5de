use serde_json::{Value, json};

use super::{API, API_CLIENT, CERT_TOKEN, CLIENT, RUNTIME, SECRET, TOKEN, facts, of, reading, secret_key};
use crate::certificate::samples;
use crate::service_key::{Kind, Plan, ServiceKey};

/// What a secret key must come to, whatever it was wrapped in.
fn assert_secret_key(key: &ServiceKey) {
    assert_eq!((key.kind(), key.plan()), (Kind::Secret, Plan::IntegrationFlow));
    assert_eq!(key.client_id(), CLIENT);
    // EXPOSE: compared in this test.
    assert_eq!(key.secret().unwrap().expose(), SECRET);
    assert_eq!(key.token_url().as_str(), TOKEN);
    assert_eq!(key.host_url().unwrap().as_str().trim_end_matches('/'), RUNTIME);
}

fn inner() -> Value {
    secret_key()["oauth"].clone()
}

#[test]
fn a_key_wrapped_in_oauth_is_read() {
    let reading = of(&secret_key());
    assert_secret_key(&reading.key);
    assert!(reading.repairs.is_empty());
    assert_eq!(reading.key.created_at(), Some("2026-01-15T09:12:31.919Z"));
    assert!(reading.key.facts(super::now()).problems.is_empty());
}

#[test]
fn a_key_wrapped_in_credentials_is_read() {
    assert_secret_key(&of(&json!({"credentials": secret_key()})).key);
    assert_secret_key(&of(&json!({"credentials": inner()})).key);
}

#[test]
fn a_flat_key_is_read() {
    assert_secret_key(&of(&inner()).key);
}

#[test]
fn a_key_in_camel_case_or_with_underscores_is_read() {
    for names in [["clientId", "clientSecret", "tokenUrl"], ["client_id", "client_secret", "token_url"]] {
        assert_secret_key(
            &of(&json!({names[0]: CLIENT, names[1]: SECRET, names[2]: TOKEN, "url": RUNTIME})).key,
        );
    }
}

#[test]
fn the_url_of_an_xsuaa_key_is_the_authorization_server_and_never_the_host() {
    let base = "https://acme-dev.authentication.eu10.hana.ondemand.com";
    let facts = facts(&json!({
        "clientid": "sb-app!t1", "clientsecret": SECRET, "url": base, "xsappname": "app!t1",
        "uaadomain": "authentication.eu10.hana.ondemand.com", "credential-type": "instance-secret",
    }));
    assert_eq!((facts.token_url.as_str(), facts.host_url), (TOKEN, None));
    assert_eq!((facts.kind, facts.plan), (Kind::Secret, Plan::Other));
}

#[test]
fn the_certificate_url_of_an_xsuaa_key_is_used_for_mtls() {
    let key = samples::ec();
    let facts = facts(&json!({
        "clientid": "sb-app!t1", "credential-type": "x509", "xsappname": "app!t1",
        "url": "https://acme-dev.authentication.eu10.hana.ondemand.com",
        "certurl": "https://acme-dev.authentication.cert.eu10.hana.ondemand.com",
        "certificate": samples::chain_pem(&samples::chain(&key)), "key": key.serialize_pem(),
    }));
    assert_eq!((facts.kind, facts.token_url.as_str()), (Kind::Certificate, CERT_TOKEN));
    assert_eq!(facts.stated_token_url, None);
}

#[test]
fn a_key_nested_in_uaa_is_read_with_its_service_host() {
    let uaa = json!({"clientid": "sb-app!t1", "clientsecret": SECRET, "url": "https://acme-dev.authentication.eu10.hana.ondemand.com"});
    for key in [
        json!({"uri": "https://transport.cfapps.eu10.hana.ondemand.com", "uaa": uaa}),
        json!({"uaa": uaa, "endpoints": {"backend": "https://transport.cfapps.eu10.hana.ondemand.com/"}}),
    ] {
        let facts = facts(&key);
        assert_eq!(facts.token_url, TOKEN);
        assert_eq!(facts.host_url.as_deref(), Some("https://transport.cfapps.eu10.hana.ondemand.com"));
        assert_eq!(facts.client_id, "sb-app!t1");
    }
}

#[test]
fn an_old_key_without_url_is_read_and_says_what_is_missing() {
    let mut key = secret_key();
    key["oauth"].as_object_mut().unwrap().remove("url");
    let facts = facts(&key);
    assert_eq!((facts.host_url, facts.plan), (None, Plan::IntegrationFlow));
    assert_eq!(facts.problems[0].message, "The key names no service host.");
}

#[test]
fn a_token_address_without_path_is_completed() {
    let mut key = secret_key();
    key["oauth"]["tokenurl"] = json!("https://acme-dev.authentication.eu10.hana.ondemand.com");
    let reading = of(&key);
    assert_secret_key(&reading.key);
    assert_eq!(reading.repairs.len(), 1);
}

#[test]
fn the_token_address_of_a_certificate_key_is_rewritten_and_the_stated_one_kept() {
    let mut key = super::certificate_key(&samples::ec());
    assert_eq!(facts(&key).stated_token_url, None);
    key["oauth"]["tokenurl"] = json!(TOKEN);
    let facts = facts(&key);
    assert_eq!(facts.token_url, CERT_TOKEN);
    assert_eq!(facts.stated_token_url.as_deref(), Some(TOKEN));
}

#[test]
fn a_certificate_key_of_sap_is_read_with_rsa_in_pkcs1() {
    let chain = samples::chain(samples::rsa());
    let reading = of(&super::certificate_key_of(&chain, &samples::pkcs1_pem(samples::rsa())));
    assert!(reading.repairs.is_empty());
    let facts = reading.key.facts(super::now());
    assert_eq!((facts.kind, facts.private_key_fits), (Kind::Certificate, Some(true)));
    assert!(facts.chain.unwrap().complete);
    assert!(facts.problems.is_empty(), "{:?}", facts.problems);
    assert_eq!(reading.key.certificates().len(), 3);
    assert!(reading.key.identity().is_some() && reading.key.blocked().is_none());
}

#[test]
fn a_certificate_without_key_makes_an_external_key_that_waits() {
    let reading = of(&super::external_key(&samples::chain(&samples::ec())[..1]));
    let facts = reading.key.facts(super::now());
    assert_eq!((facts.kind, facts.private_key_fits), (Kind::External, Some(false)));
    assert_eq!(facts.token_url, CERT_TOKEN);
    assert!(facts.problems.is_empty(), "{:?}", facts.problems);
    assert_eq!(
        reading.key.blocked(),
        Some("Save waits for the matching private key. Nothing has been stored yet.")
    );
}

#[test]
fn plan_comes_from_host_and_client_id() {
    let key = |client: &str, url: &str| {
        facts(&json!({"clientid": client, "clientsecret": SECRET, "tokenurl": TOKEN, "url": url}))
    };
    assert_eq!(key(API_CLIENT, API).plan, Plan::Api);
    assert_eq!(key(CLIENT, "https://flows.acme.example").plan, Plan::IntegrationFlow);
    assert_eq!(key("someone", API).plan, Plan::Api);
    assert_eq!(key("someone", "https://flows.acme.example").plan, Plan::Other);
    assert_eq!(
        key("x|it-rt-acme!b1", "https://acme.it-cpi001-rt.cfapps.cn40.platform.sapcloud.cn").plan,
        Plan::IntegrationFlow
    );
    assert_eq!(key("x|it!b1", "https://sandbox.it-cpi000.cfapps.localhost:8443").plan, Plan::Api);
}

#[test]
fn an_api_key_in_the_runtime_slot_and_vice_versa_is_noticed() {
    let key = |client: &str, url: &str| {
        facts(&json!({"clientid": client, "clientsecret": SECRET, "tokenurl": TOKEN, "url": url}))
    };
    let mixed = key(API_CLIENT, RUNTIME);
    assert_eq!(mixed.plan, Plan::IntegrationFlow);
    assert!(mixed.problems[0].message.contains("client id belongs to an api key"));
    assert!(key(CLIENT, API).problems[0].message.contains("belongs to an integration-flow key"));
}

#[test]
fn of_a_repeated_field_the_last_one_counts() {
    let text = format!(
        "{{\n\"clientid\": \"first\",\n\"clientid\": \"{CLIENT}\",\n\"clientsecret\": \"{SECRET}\", \"tokenurl\": \"{TOKEN}\", \"url\": \"{RUNTIME}\"}}"
    );
    let reading = reading(&text);
    assert_secret_key(&reading.key);
    assert_eq!(super::repair(&reading.repairs, "Field given twice"), "clientid, line 3");
}

#[test]
fn the_port_of_the_sandbox_is_kept() {
    let facts = facts(&json!({
        "clientid": "sb-sandbox!b1|it-rt-sandbox!b1", "clientsecret": "s",
        "url": "https://sandbox.it-cpi000-rt.cfapps.localhost:8443",
        "tokenurl": "https://sandbox.authentication.localhost:8443/oauth/token",
    }));
    assert_eq!(facts.host_url.as_deref(), Some("https://sandbox.it-cpi000-rt.cfapps.localhost:8443"));
    assert_eq!(facts.token_url, "https://sandbox.authentication.localhost:8443/oauth/token");
    assert!(facts.problems.is_empty());
}
