use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::{network, rules, test};
use crate::connectivity::{Connectivity, RootOrigin};
use crate::http::tests::authority::{Authority, Tls};
use crate::http::tests::server::{Server, text};

/// Tests a server whose certificate is changed like this, its root trusted or not.
async fn shown(trusted: bool, names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> Connectivity {
    let authority = Authority::new("Test Root");
    let mut tls = authority.tls(names);
    (tls.chain, tls.key) = authority.issue(names, change);
    served(tls, trusted.then_some(&authority)).await
}

async fn served(tls: Tls, trusted: Option<&Authority>) -> Connectivity {
    let server = Server::tls(tls, |_| text("")).await;
    let roots: Vec<_> = trusted.map(|authority| authority.root.clone()).into_iter().collect();
    test(&server.url("/"), network(&roots)).await
}

fn severe(found: &Connectivity) -> Vec<&str> {
    let severe =
        found.findings.iter().filter(|finding| finding.severity != crate::service_key::Severity::Info);
    severe.map(|finding| finding.rule.as_str()).collect()
}

#[tokio::test]
async fn a_certificate_that_ended_or_has_not_begun_is_named_and_its_root_still_found() {
    for (from, until, rule) in [(2020, 2021, "expired"), (2090, 2091, "not_yet_valid")] {
        let found = shown(true, &["localhost"], |parameters| {
            parameters.not_before = date_time_ymd(from, 1, 1);
            parameters.not_after = date_time_ymd(until, 1, 1);
        })
        .await;
        assert_eq!(severe(&found), [rule], "{:?}", found.findings);
        let tls = found.tls.as_ref().expect("tls");
        assert_eq!(tls.trusted, Some(false));
        let root = tls.chain.as_ref().and_then(|chain| chain.root.as_ref()).expect("root");
        assert_eq!(root.origin, RootOrigin::Added);
        assert!(found.http.is_some(), "the test goes on where strict verification would stop");
    }
}

#[tokio::test]
async fn a_certificate_that_ends_soon_is_a_warning_first_a_hint_before() {
    let now = jiff::Timestamp::now().as_second();
    for (days, expected) in [(3, Some("warning")), (20, Some("info")), (60, None)] {
        let found = shown(true, &["localhost"], |parameters| {
            let end = date_time_ymd(1970, 1, 1)
                + std::time::Duration::from_secs(now.unsigned_abs() + days * 86_400);
            parameters.not_after = end;
        })
        .await;
        let ends = found.findings.iter().find(|finding| finding.rule == "ends_soon");
        let severity = ends.map(|ends| serde_json::to_value(ends.severity).expect("a word"));
        assert_eq!(severity.as_ref().and_then(|word| word.as_str()), expected, "{days} days");
    }
}

#[tokio::test]
async fn other_names_are_listed() {
    let found = shown(true, &["other.example", "10.1.2.3"], |_| {}).await;
    assert_eq!(severe(&found), ["wrong_host"], "{:?}", found.findings);
    assert!(found.findings[0].evidence.contains("other.example, 10.1.2.3"), "{:?}", found.findings[0]);
    assert_eq!(found.tls.and_then(|tls| tls.chain).map(|chain| chain.host_matches), Some(false));
}

#[tokio::test]
async fn a_root_nobody_trusts_is_named_with_its_fingerprint() {
    let found = shown(false, &["localhost"], |_| {}).await;
    assert_eq!(severe(&found), ["unknown_root"], "{:?}", found.findings);
    assert!(found.findings[0].evidence.contains("SHA-256"), "{:?}", found.findings[0]);
    let tls = found.tls.expect("tls");
    assert!(tls.refusal.is_some_and(|refusal| refusal.contains("UnknownIssuer")));
    assert_eq!(tls.chain.and_then(|chain| chain.root).map(|root| root.origin), Some(RootOrigin::Untrusted));
}

#[tokio::test]
async fn a_root_of_the_same_name_with_another_key_is_not_taken_for_it() {
    let server = Server::tls(Authority::new("Same Name").tls(&["localhost"]), |_| text("")).await;
    let found = test(&server.url("/"), network(&[Authority::new("Same Name").root])).await;
    let root =
        found.tls.and_then(|tls| tls.chain).and_then(|chain| chain.root).expect("the one that was sent");
    assert_eq!(root.origin, RootOrigin::Untrusted);
}

#[tokio::test]
async fn a_root_of_the_same_name_with_a_key_of_another_kind_is_not_taken_for_it() {
    let mut parameters = CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
    parameters.distinguished_name.push(rcgen::DnType::CommonName, "localhost");
    let key = KeyPair::generate().expect("key");
    let mut tls = Authority::new("Unused").tls(&["localhost"]);
    tls.chain = vec![parameters.self_signed(&key).expect("certificate").der().clone()];
    tls.key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let namesake = parameters.self_signed(crate::certificate::samples::rsa()).expect("certificate");
    let server = Server::tls(tls, |_| text("")).await;
    let found = test(&server.url("/"), network(&[namesake.der().clone()])).await;
    assert_eq!(severe(&found), ["self_signed"], "{:?}", found.findings);
}

#[tokio::test]
async fn a_chain_without_its_issuer_is_incomplete_unless_the_issuer_is_a_root_known_here() {
    let authority = Authority::new("Test Root");
    for trusted in [false, true] {
        let mut tls = authority.tls(&["localhost"]);
        tls.chain.truncate(1);
        let found = served(tls, trusted.then_some(&authority)).await;
        let expected: &[&str] = if trusted { &[] } else { &["incomplete_chain"] };
        assert_eq!(severe(&found), expected, "{:?}", found.findings);
        let chain = found.tls.and_then(|tls| tls.chain).expect("chain");
        assert_eq!(chain.complete, trusted);
        assert_eq!(chain.root.map(|root| root.sent), trusted.then_some(false));
    }
}

#[tokio::test]
async fn a_self_signed_certificate_is_told_apart() {
    let key = KeyPair::generate().expect("key");
    let parameters = CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
    let certificate = parameters.self_signed(&key).expect("certificate").der().clone();
    let mut tls = Authority::new("Unused").tls(&["localhost"]);
    tls.chain = vec![certificate];
    tls.key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let found = served(tls, None).await;
    assert_eq!(severe(&found), ["self_signed"], "{:?}", found.findings);
}

#[tokio::test]
async fn certificates_that_do_not_belong_are_counted() {
    let authority = Authority::new("Test Root");
    let mut tls = authority.tls(&["localhost"]);
    tls.chain.push(Authority::new("Stray Root").root);
    let found = served(tls, Some(&authority)).await;
    assert!(found.is_sound() && rules(&found).contains(&"unrelated_certificates"), "{:?}", found.findings);
    let chain = found.tls.and_then(|tls| tls.chain).expect("chain");
    assert!(chain.ordered && chain.unrelated == 1 && chain.certificates.len() == 3);
}

#[tokio::test]
async fn a_certificate_made_for_clients_only_is_told() {
    let found = shown(true, &["localhost"], |parameters| {
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    })
    .await;
    assert_eq!(severe(&found), ["no_server_auth"], "{:?}", found.findings);
}

#[tokio::test]
async fn a_host_the_settings_do_not_verify_is_judged_strictly_all_the_same() {
    let authority = Authority::new("Test Root");
    let server = Server::tls(authority.tls(&["localhost"]), |_| text("")).await;
    let mut network = network(&[]);
    network.unverified_hosts = vec!["LOCALHOST".to_owned()];
    let found = test(&server.url("/"), network).await;
    assert_eq!(found.tls.as_ref().and_then(|tls| tls.trusted), Some(false));
    assert!(rules(&found).contains(&"not_verified"), "{:?}", found.findings);
}
