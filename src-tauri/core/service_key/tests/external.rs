use rcgen::{CertificateParams, DnType, KeyPair, date_time_ymd};
use rustls::pki_types::CertificateDer;

use super::{certificate_key_of, external_key, of, secret_key};
use crate::certificate::samples;
use crate::error::Code;
use crate::secret::Secret;
use crate::service_key::{AddedKey, Kind, ServiceKey};

const PASSPHRASE: &str = "correct horse";

fn external(chain: &[CertificateDer<'_>]) -> ServiceKey {
    of(&external_key(&chain[..1])).key
}

fn add(key: &mut ServiceKey, bytes: &[u8], passphrase: Option<&str>) -> AddedKey {
    key.add_private_key(
        "/home/me/acme-partner.p12",
        &samples::secret(bytes),
        passphrase.map(Secret::from).as_ref(),
    )
}

fn explanation(own: &[CertificateDer<'_>], other: &KeyPair, theirs: &[CertificateDer<'_>]) -> String {
    let mut key = external(own);
    let added = add(&mut key, &samples::pkcs12(other, theirs, "", &[]), None);
    assert_eq!(added.file.fits, Some(false));
    assert!(key.identity().is_none() && key.blocked().is_some());
    let comparison = added.comparison.unwrap();
    assert_ne!(comparison.file_public_key, comparison.key.public_key_fingerprint);
    comparison.explanation
}

fn year(year: i32) -> impl FnOnce(&mut CertificateParams) {
    move |params| params.not_before = date_time_ymd(year, 3, 2)
}

#[test]
fn a_matching_pkcs12_file_completes_the_key_and_its_chain() {
    let pair = samples::ec();
    let chain = samples::chain(&pair);
    let mut key = external(&chain);
    let file = samples::pkcs12(&pair, &chain, PASSPHRASE, &[]);
    let added = add(&mut key, &file, Some(PASSPHRASE));
    assert_eq!(added.file.name, "acme-partner.p12");
    assert_eq!(added.file.format, "PKCS#12 · private key and 3 certificates");
    assert_eq!((added.file.fits, added.file.failure, added.comparison), (Some(true), None, None));
    let facts = key.facts(super::now());
    assert_eq!((facts.kind, facts.private_key_fits), (Kind::External, Some(true)));
    assert!(facts.chain.unwrap().complete && facts.problems.is_empty() && key.blocked().is_none());
    assert_eq!(key.identity().unwrap().chain(), chain);
}

#[test]
fn a_pem_file_with_the_key_alone_leaves_the_chain_as_it_is() {
    let pair = samples::rsa();
    let mut key = external(&samples::chain(pair));
    let added = add(&mut key, samples::pkcs1_pem(pair).as_bytes(), None);
    assert_eq!((added.file.fits, added.file.format.as_str()), (Some(true), "PEM · private key (PKCS#1)"));
    let facts = key.facts(super::now());
    assert!(!facts.chain.unwrap().complete);
    assert!(facts.problems[0].message.contains("chain is not complete"));
}

#[test]
fn a_passphrase_is_asked_for_and_a_wrong_one_named() {
    let pair = samples::ec();
    let chain = samples::chain(&pair);
    let mut key = external(&chain);
    let file = samples::pkcs12(&pair, &chain, PASSPHRASE, &["-legacy"]);
    let waiting = add(&mut key, &file, None).file;
    assert!(waiting.passphrase_needed && waiting.failure.is_none() && waiting.fits.is_none());
    let wrong = add(&mut key, &file, Some("wrong")).file;
    assert!(wrong.passphrase_needed);
    let failure = wrong.failure.unwrap();
    assert_eq!(
        (failure.code, failure.message.as_str()),
        (Code::WrongPassphrase, "The passphrase does not open this file.")
    );
    assert_eq!(add(&mut key, &file, Some(PASSPHRASE)).file.fits, Some(true));
}

#[test]
fn the_file_from_before_the_renewal_is_explained() {
    let (own, other) = (samples::ec(), samples::ec());
    let newer = samples::chain_with(&own, year(2026));
    let older = samples::chain_with(&other, year(2025));
    assert_eq!(
        explanation(&newer, &other, &older),
        "Name and issuer are the same, but the key pair is another one. The certificate was renewed on 2 March 2026; this file is from before."
    );
    assert!(explanation(&older, &own, &newer).contains("This file was renewed on 2 March 2026"));
}

#[test]
fn files_of_other_certificates_are_explained() {
    let (own, other) = (samples::ec(), samples::ec());
    let chain = samples::chain(&own);
    let renamed = samples::chain_with(&other, |params| {
        params.distinguished_name.remove(DnType::CommonName);
        params.distinguished_name.push(DnType::CommonName, "erp-partner.acme.example");
    });
    assert_eq!(
        explanation(&chain, &other, &renamed),
        "The file belongs to another certificate: “erp-partner.acme.example” instead of “8f2c41d7-acme-dev”."
    );
    let self_signed = [samples::client_params().self_signed(&other).unwrap().der().clone()];
    assert!(
        explanation(&chain, &other, &self_signed).starts_with("The name is the same, but another authority")
    );
}

#[test]
fn a_private_key_alone_or_beside_the_right_certificate_is_explained() {
    let chain = samples::chain(&samples::ec());
    let other = samples::ec();
    let mut key = external(&chain);
    let comparison = add(&mut key, other.serialize_pem().as_bytes(), None).comparison.unwrap();
    assert!(comparison.file.is_none() && comparison.explanation.contains("private key alone"));
    let both = other.serialize_pem() + &samples::chain_pem(&chain[..1]);
    let comparison = add(&mut key, both.as_bytes(), None).comparison.unwrap();
    assert!(comparison.explanation.starts_with("The certificate is the same"));
}

#[test]
fn of_several_private_keys_in_a_file_the_fitting_one_is_taken() {
    let pair = samples::ec();
    let mut key = external(&samples::chain(&pair));
    let file = samples::ec().serialize_pem() + &pair.serialize_pem() + &samples::ec().serialize_pem();
    let added = add(&mut key, file.as_bytes(), None).file;
    assert_eq!((added.fits, added.format.as_str()), (Some(true), "PEM · 3 private keys"));
    assert!(key.identity().is_some());
}

#[test]
fn the_pinned_certificate_stays_the_leaf_when_the_file_holds_its_renewal() {
    let pair = samples::ec();
    let pinned = samples::chain_with(&pair, year(2025));
    let renewed = samples::chain_with(&pair, year(2026));
    let mut key = external(&pinned);
    assert_eq!(add(&mut key, &samples::pkcs12(&pair, &renewed, "", &[]), None).file.fits, Some(true));
    assert_eq!(key.identity().unwrap().chain()[0], pinned[0]);
}

#[test]
fn a_key_that_did_not_match_is_mended_by_the_right_file() {
    let pair = samples::ec();
    let mut key = of(&certificate_key_of(&samples::chain(&pair), &samples::ec().serialize_pem())).key;
    assert_eq!(add(&mut key, pair.serialize_pem().as_bytes(), None).file.fits, Some(true));
    assert!(key.identity().is_some() && key.blocked().is_none());
}

#[test]
fn a_file_that_does_not_fit_leaves_an_earlier_one_in_place() {
    let pair = samples::ec();
    let mut key = external(&samples::chain(&pair));
    add(&mut key, pair.serialize_pem().as_bytes(), None);
    assert_eq!(add(&mut key, samples::ec().serialize_pem().as_bytes(), None).file.fits, Some(false));
    assert!(key.identity().is_some());
}

#[test]
fn a_secret_key_takes_no_private_key() {
    let mut key = of(&secret_key()).key;
    assert_eq!(add(&mut key, b"anything", None).file.failure.unwrap().code, Code::WrongKey);
}
