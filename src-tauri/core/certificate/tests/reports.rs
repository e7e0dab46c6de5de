use jiff::Timestamp;
use rcgen::ExtendedKeyUsagePurpose;
use rustls::pki_types::CertificateDer;

use crate::certificate::{
    CertificateAspect, CertificateCheck, CertificateReport, CheckState, ExpiryWarning, Origin, samples,
};

fn der(chain: &[CertificateDer<'_>]) -> Vec<Vec<u8>> {
    chain.iter().map(|certificate| certificate.to_vec()).collect()
}

fn at(day: &str) -> Timestamp {
    format!("{day}T00:00:00Z").parse().unwrap()
}

fn report(chain: &[Vec<u8>], origin: Origin) -> CertificateReport {
    CertificateReport::of(chain, origin, at("2026-06-01")).unwrap()
}

fn found(report: &CertificateReport, aspect: CertificateAspect) -> &CertificateCheck {
    report.checks.iter().find(|check| check.aspect == aspect).unwrap()
}

#[test]
fn a_certificate_in_order_is_good_in_every_aspect_but_a_root_nobody_lists() {
    let report = report(&der(&samples::chain(&samples::ec())), Origin::Sap);
    let state = |check: &CertificateCheck| {
        if check.is_about_trust() { CheckState::Unknown } else { CheckState::Good }
    };
    assert!(report.checks.iter().all(|check| check.state == state(check)), "{:?}", report.checks);
    assert!(found(&report, CertificateAspect::TokenServerTrust).message.contains("Sample Root CA"));
    assert_eq!((report.warning, report.renewals.len()), (ExpiryWarning::None, 1));
    assert_eq!(report.sha1_fingerprint.len(), 59);
}

#[test]
fn fingerprints_are_those_openssl_prints() {
    let chain = samples::chain(samples::rsa());
    let report = report(&der(&chain), Origin::Sap);
    let pem = samples::pem("CERTIFICATE", &chain[0]);
    let printed = samples::openssl(&["x509", "-noout", "-fingerprint", "-sha1"], pem.as_bytes());
    let printed = String::from_utf8(printed).unwrap();
    assert_eq!(printed.trim().split_once('=').unwrap().1, report.sha1_fingerprint);
}

#[test]
fn the_warning_comes_60_30_and_7_days_before_the_end() {
    let chain = der(&samples::chain(&samples::ec()));
    let warning = |day| CertificateReport::of(&chain, Origin::Sap, at(day)).unwrap().warning;
    assert_eq!(warning("2026-11-15"), ExpiryWarning::None);
    assert_eq!(warning("2026-11-16"), ExpiryWarning::TwoMonths);
    assert_eq!(warning("2026-12-16"), ExpiryWarning::Month);
    assert_eq!(warning("2027-01-08"), ExpiryWarning::Week);
    assert_eq!(warning("2027-01-16"), ExpiryWarning::Expired);
}

#[test]
fn a_chain_in_any_order_is_put_in_order_and_says_so() {
    let mut chain = der(&samples::chain(&samples::ec()));
    chain.rotate_left(1);
    let report = report(&chain, Origin::Sap);
    let check = found(&report, CertificateAspect::Chain);
    assert_eq!(check.state, CheckState::Good);
    assert!(check.message.contains("put in order"), "{}", check.message);
    assert_eq!(report.leaf().unwrap().name, "8f2c41d7-acme-dev");
}

#[test]
fn a_missing_issuer_is_named_where_the_chain_breaks() {
    let chain = der(&samples::chain(&samples::ec())[..1]);
    let report = report(&chain, Origin::Own);
    let check = found(&report, CertificateAspect::Chain);
    assert_eq!((check.state, check.certificate), (CheckState::Warning, Some(0)));
    assert!(check.message.contains("Sample Client CA"), "{}", check.message);
}

#[test]
fn a_certificate_for_servers_is_refused_and_one_for_anything_is_doubted() {
    let of = |usages: Vec<ExtendedKeyUsagePurpose>| {
        let chain = samples::chain_with(&samples::ec(), |params| params.extended_key_usages = usages);
        let report = report(&der(&chain), Origin::Own);
        found(&report, CertificateAspect::ClientAuth).state
    };
    assert_eq!(of(vec![ExtendedKeyUsagePurpose::ServerAuth]), CheckState::Bad);
    assert_eq!(of(Vec::new()), CheckState::Warning);
    assert_eq!(of(vec![ExtendedKeyUsagePurpose::ClientAuth]), CheckState::Good);
}

#[test]
fn what_sap_does_not_publish_stays_unknown_for_certificates_of_the_user() {
    let report = report(&der(&samples::chain(&samples::ec())), Origin::Own);
    let balancer = found(&report, CertificateAspect::LoadBalancerTrust);
    assert_eq!(balancer.state, CheckState::Unknown);
    assert!(balancer.source.as_deref().unwrap().contains("2801396"));
    assert_eq!(found(&report, CertificateAspect::TokenServerTrust).state, CheckState::Warning);
    assert_eq!(report.renewals.len(), 2, "pinned and unpinned");
}

#[test]
fn the_next_to_end_is_told_even_when_it_is_an_issuer() {
    let chain = samples::chain_with(&samples::ec(), |params| {
        params.not_after = rcgen::date_time_ymd(2045, 1, 1);
    });
    let now = at("2039-12-01");
    let report = CertificateReport::of(&der(&chain), Origin::Sap, now).unwrap();
    let check = found(&report, CertificateAspect::Validity);
    assert_eq!(check.state, CheckState::Warning);
    assert!(check.message.contains("ends first"), "{}", check.message);
}

#[test]
fn an_algorithm_that_is_broken_is_refused() {
    let key = samples::openssl(&["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], b"");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key.pem");
    std::fs::write(&file, &key).unwrap();
    let file = file.to_str().unwrap();
    let words = [
        "req", "-x509", "-new", "-sha1", "-subj", "/CN=old", "-days", "400", "-outform", "DER", "-key", file,
    ];
    let report =
        CertificateReport::of(&[samples::openssl(&words, b"")], Origin::Own, Timestamp::now()).unwrap();
    let check = found(&report, CertificateAspect::Signature);
    assert_eq!(check.state, CheckState::Bad, "{}", check.message);
    assert!(check.message.contains("SHA-1"));
}

#[test]
fn bytes_that_are_no_certificate_are_an_error_and_none_is_too() {
    assert!(CertificateReport::of(&[vec![0x30, 0x82, 0xff]], Origin::Own, at("2026-06-01")).is_err());
    assert!(CertificateReport::of(&[], Origin::Own, at("2026-06-01")).is_err());
}
