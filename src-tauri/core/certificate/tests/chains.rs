use jiff::Timestamp;
use rcgen::{CertificateParams, DnType, date_time_ymd};
use rustls::pki_types::CertificateDer;

use crate::certificate::samples;
use crate::certificate::{CertificateFacts, Chain, ChainFacts, Identity, IdentityError, PrivateKey};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn facts_tell_what_the_certificate_says() {
    let key = samples::ec();
    let facts = CertificateFacts::read(&samples::chain(&key)[0]).unwrap();
    assert_eq!(facts.subject, "CN=8f2c41d7-acme-dev, O=SAP SE");
    assert_eq!(facts.name, "8f2c41d7-acme-dev");
    assert_eq!(facts.issuer, "CN=Sample Client CA");
    assert_eq!(facts.serial, "0C:77:1A");
    assert_eq!(facts.key, "EC P-256");
    assert_eq!(facts.extended_key_usage, ["clientAuth"]);
    assert!(facts.client_auth && !facts.self_signed && !facts.weak_key());
    assert_eq!(facts.fingerprint.len(), 95);
    assert_eq!(CertificateFacts::read(&samples::chain(samples::rsa())[0]).unwrap().key, "RSA 2048");
}

#[test]
fn days_left_count_whole_days_and_go_below_zero() {
    let facts = CertificateFacts::read(&samples::chain(&samples::ec())[0]).unwrap();
    assert_eq!(facts.days_left(at("2026-11-24T00:00:00Z")), 52);
    assert_eq!(facts.days_left(at("2027-01-15T01:00:00Z")), -1);
    assert!(facts.expired(at("2027-01-15T01:00:00Z")));
    assert!(facts.not_yet_valid(at("2026-01-14T00:00:00Z")));
}

#[test]
fn an_end_in_the_last_second_of_9999_is_read() {
    let der = &samples::chain_with(&samples::ec(), |params| {
        params.not_after = date_time_ymd(9999, 12, 31);
    })[0];
    assert!(CertificateFacts::read(der).unwrap().not_after > at("9999-12-30T00:00:00Z"));
}

#[test]
fn hostile_bytes_are_refused_without_a_panic() {
    let der = samples::chain(&samples::ec())[0].to_vec();
    for index in 0..der.len() {
        for value in [0x00, 0x7F, 0x80, 0xFF, der[index] ^ 0x20] {
            let mut bad = der.clone();
            bad[index] = value;
            let _ = CertificateFacts::read(&bad);
            let _ = ChainFacts::read(&[CertificateDer::from(bad.clone()), CertificateDer::from(der.clone())]);
            let _ = Chain::sort(vec![CertificateDer::from(bad), CertificateDer::from(der.clone())], None);
        }
        assert!(CertificateFacts::read(&der[..index]).is_err());
    }
}

#[test]
fn control_characters_in_a_name_are_made_harmless() {
    let der = &samples::chain_with(&samples::ec(), |params| {
        params.distinguished_name.push(DnType::CommonName, "acme\r\n\u{1b}[2J");
    })[0];
    assert!(!CertificateFacts::read(der).unwrap().subject.contains(char::is_control));
}

#[test]
fn a_chain_in_any_order_is_sorted_leaf_first_without_duplicates() {
    let right = samples::chain(&samples::ec());
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
        let mixed: Vec<_> = order.iter().chain(&[1, 2]).map(|index| right[*index].clone()).collect();
        let chain = Chain::sort(mixed, None).unwrap();
        assert_eq!(chain.certificates(), right);
        assert!(chain.unrelated().is_empty());
        assert!(ChainFacts::read(chain.certificates()).unwrap().complete);
    }
}

#[test]
fn a_certificate_of_another_chain_is_set_aside() {
    let key = samples::ec();
    let mut certificates = samples::chain(&key);
    let stranger = CertificateParams::default().self_signed(&samples::ec()).unwrap().der().clone();
    certificates.insert(0, stranger.clone());
    let private = PrivateKey::from_der(samples::secret(&key.serialize_der())).unwrap();
    let chain = Chain::sort(certificates, Some(private.public_key())).unwrap();
    assert_eq!(chain.certificates().len(), 3);
    assert_eq!(chain.unrelated(), [stranger]);
}

#[test]
fn a_chain_without_its_root_or_middle_is_incomplete() {
    let chain = samples::chain(&samples::ec());
    assert!(!ChainFacts::read(&chain[..2]).unwrap().complete);
    assert!(!ChainFacts::read(&[chain[0].clone(), chain[2].clone()]).unwrap().complete);
    assert!(!ChainFacts::read(&[]).unwrap().complete);
}

#[test]
fn an_identity_survives_storage() {
    let key = samples::rsa();
    let chain: Vec<Vec<u8>> = samples::chain(key).iter().map(|der| der.to_vec()).collect();
    let identity = Identity::from_der(chain.clone(), samples::secret(&key.serialize_der())).unwrap();
    // EXPOSE: compared and counted in this test.
    assert!(identity.private_key_der().expose().len() < 2560);
    let stored = identity.chain().iter().map(|der| der.to_vec()).collect();
    let again = Identity::from_der(stored, identity.private_key_der().clone()).unwrap();
    assert_eq!(again.fingerprint(), identity.fingerprint());
    assert_eq!(again.chain(), chain.iter().map(|der| CertificateDer::from(der.clone())).collect::<Vec<_>>());
    assert!(again.chain_facts().complete);
    assert_eq!(again.certified_key().cert.len(), 3);
}

#[test]
fn a_private_key_has_the_public_key_fingerprint_of_its_certificate() {
    for key in [samples::rsa(), &samples::ec()] {
        let private = PrivateKey::from_der(samples::secret(&key.serialize_der())).unwrap();
        let leaf = &samples::chain(key)[0];
        assert!(private.fits(leaf));
        assert_eq!(
            private.public_key_fingerprint(),
            CertificateFacts::read(leaf).unwrap().public_key_fingerprint
        );
    }
}

#[test]
fn a_key_of_another_certificate_makes_no_identity() {
    let chain = samples::chain(&samples::ec());
    let other = PrivateKey::from_der(samples::secret(&samples::ec().serialize_der())).unwrap();
    assert_eq!(Identity::new(chain, other).unwrap_err(), IdentityError::Mismatch);
}
