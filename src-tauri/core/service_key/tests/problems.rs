use rcgen::{ExtendedKeyUsagePurpose, date_time_ymd};
use serde_json::Value;

use super::{certificate_key, certificate_key_of, external_key, facts, of, worst};
use crate::certificate::samples;
use crate::service_key::Severity;

fn key_with(shape: impl FnOnce(&mut rcgen::CertificateParams)) -> Value {
    let key = samples::ec();
    certificate_key_of(&samples::chain_with(&key, shape), &key.serialize_pem())
}

#[test]
fn an_expired_certificate_is_the_worst_that_is_said() {
    let facts = facts(&key_with(|params| {
        params.not_before = date_time_ymd(2025, 1, 15);
        params.not_after = date_time_ymd(2026, 3, 4);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    }));
    assert_eq!(worst(&facts), (Severity::Bad, "The certificate expired on 4 March 2026."));
    assert_eq!(facts.problems.len(), 2);
    assert!(facts.problems.iter().all(|problem| problem.hint.is_some()));
}

#[test]
fn a_certificate_that_ends_within_thirty_days_is_announced() {
    let end = |month, day| facts(&key_with(|params| params.not_after = date_time_ymd(2026, month, day)));
    assert_eq!(worst(&end(6, 13)), (Severity::Warning, "The certificate ends in 11 days, on 13 June 2026."));
    assert_eq!(worst(&end(6, 2)).1, "The certificate ends in less than a day, on 2 June 2026.");
    assert!(end(7, 3).problems.is_empty());
}

#[test]
fn a_certificate_of_the_future_is_announced() {
    let facts = facts(&key_with(|params| params.not_before = date_time_ymd(2026, 7, 1)));
    assert_eq!(worst(&facts), (Severity::Bad, "The certificate is not valid before 1 July 2026."));
}

#[test]
fn a_missing_client_auth_usage_is_bad_but_no_usage_at_all_is_fine() {
    let server =
        facts(&key_with(|params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth]));
    assert!(worst(&server).1.contains("lacks clientAuth"));
    assert!(facts(&key_with(|params| params.extended_key_usages.clear())).problems.is_empty());
}

#[test]
fn an_incomplete_chain_is_a_warning_that_names_the_issuer() {
    let key = samples::ec();
    let facts = facts(&certificate_key_of(&samples::chain(&key)[..1], &key.serialize_pem()));
    assert_eq!(worst(&facts).0, Severity::Warning);
    assert!(worst(&facts).1.contains("“CN=Sample Client CA” is missing"));
}

#[test]
fn a_key_that_does_not_match_its_certificate_is_still_shown_but_blocked() {
    let key = of(&certificate_key_of(&samples::chain(&samples::ec()), &samples::ec().serialize_pem())).key;
    let facts = key.facts(super::now());
    assert_eq!(
        worst(&facts),
        (Severity::Bad, "The private key in the service key does not belong to its certificate.")
    );
    assert_eq!(facts.private_key_fits, Some(false));
    assert_eq!(facts.chain.unwrap().certificates.len(), 3);
    assert!(key.blocked().unwrap().contains("another certificate"));
    assert!(key.identity().is_none());
}

#[test]
fn a_truncated_and_an_encrypted_private_key_are_told_apart() {
    let chain = samples::chain(&samples::ec());
    let message =
        |private_key: &str| facts(&certificate_key_of(&chain, private_key)).problems[0].message.clone();
    assert!(message(&samples::ec().serialize_pem()[..150]).contains("damaged or cut off"));
    let encrypted = samples::openssl(
        &["pkcs8", "-topk8", "-passout", "pass:secret"],
        samples::ec().serialize_pem().as_bytes(),
    );
    assert!(message(std::str::from_utf8(&encrypted).unwrap()).contains("encrypted"));
}

#[test]
fn a_short_rsa_key_is_named() {
    let private = samples::openssl(&["genrsa", "1024"], b"");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key.pem");
    std::fs::write(&path, &private).unwrap();
    let certificate = samples::openssl(
        &["req", "-x509", "-new", "-key", path.to_str().unwrap(), "-subj", "/CN=short", "-days", "3650"],
        b"",
    );
    let mut key = certificate_key(&samples::ec());
    key["oauth"]["certificate"] = String::from_utf8(certificate).unwrap().into();
    key["oauth"]["key"] = String::from_utf8(private).unwrap().into();
    let messages: Vec<String> = facts(&key).problems.into_iter().map(|problem| problem.message).collect();
    assert!(
        messages.contains(&"The key of the certificate is too short: RSA 1024.".to_owned()),
        "{messages:?}"
    );
    assert!(messages.iter().any(|message| message.contains("not usable for TLS")));
}

#[test]
fn certificates_that_do_not_belong_are_counted() {
    let key = samples::ec();
    let mut chain = samples::chain(&key);
    chain.push(rcgen::CertificateParams::default().self_signed(&samples::ec()).unwrap().der().clone());
    let facts = facts(&certificate_key_of(&chain, &key.serialize_pem()));
    assert_eq!(worst(&facts).0, Severity::Info);
    assert_eq!(facts.chain.unwrap().certificates.len(), 3);
}

#[test]
fn a_reversed_chain_is_put_in_order() {
    let key = samples::ec();
    let mut chain = samples::chain(&key);
    chain.reverse();
    for value in [certificate_key_of(&chain, &key.serialize_pem()), external_key(&chain)] {
        let chain = facts(&value).chain.unwrap();
        assert!(chain.complete);
        assert_eq!(chain.certificates[0].name, "8f2c41d7-acme-dev");
    }
}
