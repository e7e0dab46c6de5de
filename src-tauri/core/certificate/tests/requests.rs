use jiff::{Timestamp, ToSpan as _};

use crate::certificate::samples::openssl;
use crate::certificate::{
    CertificateFacts, KeyPairKind, PrivateKey, RequestContent, RequestError, Subject, SubjectError,
    answers_request, request_subject, write_pem,
};

fn content(kind: KeyPairKind) -> RequestContent {
    let subject = Subject::read("CN=orders-dev, OU=Integration, O=Acme Foods\\, Inc., C=de").unwrap();
    RequestContent { subject, dns_names: Vec::new(), kind }
}

fn as_openssl_sees(request: &[u8], more: &[&str]) -> String {
    let words = [&["req", "-verify", "-noout", "-text", "-nameopt", "RFC2253"][..], more].concat();
    let pem = write_pem("CERTIFICATE REQUEST", request);
    String::from_utf8(openssl(&words, pem.as_bytes())).unwrap()
}

#[test]
fn openssl_verifies_a_request_of_every_kind_and_sees_subject_key_and_usage() {
    for (kind, size) in [
        (KeyPairKind::Rsa2048, "(2048 bit)"),
        (KeyPairKind::Rsa4096, "(4096 bit)"),
        (KeyPairKind::EcP256, "NIST CURVE: P-256"),
        (KeyPairKind::EcP384, "NIST CURVE: P-384"),
    ] {
        let signed = content(kind).sign(false).unwrap();
        let seen = as_openssl_sees(&signed.request, &[]);
        assert!(seen.contains(size), "{kind}: {seen}");
        assert!(seen.contains("CN=orders-dev,OU=Integration,O=Acme Foods\\, Inc.,C=DE"), "{kind}: {seen}");
        assert!(seen.contains("TLS Web Client Authentication"), "{kind}: {seen}");
        assert!(signed.certificate.is_none());
        assert!(signed.private_key.expose().len() <= 2560, "it must fit the keyring of Windows");
        PrivateKey::from_der(signed.private_key).unwrap();
    }
}

#[test]
fn a_request_names_its_subject_the_way_it_was_written() {
    let signed = content(KeyPairKind::EcP256).sign(false).unwrap();
    assert_eq!(request_subject(&signed.request), "CN=orders-dev, OU=Integration, O=Acme Foods\\, Inc., C=DE");
    assert_eq!(request_subject(b"no request"), "");
}

#[test]
fn dns_names_are_asked_for_and_foreign_ones_refused() {
    let with =
        |name: &str| RequestContent { dns_names: vec![name.to_owned()], ..content(KeyPairKind::EcP256) };
    let signed = with("orders.acme.example").sign(false).unwrap();
    assert!(as_openssl_sees(&signed.request, &[]).contains("DNS:orders.acme.example"));
    for name in ["", "a b", "ä.example", "a\n.example", &"a".repeat(300)] {
        let refused = with(name).sign(false).err();
        assert_eq!(refused, Some(RequestError::DnsName(name.to_owned())));
    }
}

#[test]
fn a_self_signed_certificate_belongs_to_its_key_and_is_valid_for_a_year() {
    let signed = content(KeyPairKind::EcP384).sign(true).unwrap();
    let certificate = signed.certificate.unwrap();
    let facts = CertificateFacts::read(&certificate).unwrap();
    assert!(facts.self_signed && facts.client_auth);
    assert_eq!(facts.key, "EC P-384");
    assert!((363..=365).contains(&facts.days_left(Timestamp::now())), "{}", facts.not_after);
    assert!(!facts.not_yet_valid(Timestamp::now() - 1.minute()));
    assert!(answers_request(&certificate, &signed.request));
    assert!(PrivateKey::from_der(signed.private_key).unwrap().fits(&certificate));
    let other = content(KeyPairKind::EcP384).sign(true).unwrap();
    assert!(!answers_request(&other.certificate.unwrap(), &signed.request), "another key");
}

#[test]
fn a_subject_without_equals_sign_is_the_common_name() {
    assert_eq!(Subject::read(" orders-dev "), Subject::read("cn=orders-dev"));
}

#[test]
fn a_subject_that_no_authority_takes_says_what_is_wrong_with_it() {
    for (text, error) in [
        ("O=Acme", SubjectError::NoCommonName),
        ("CN=a, Acme", SubjectError::NoValue("Acme".to_owned())),
        ("CN=a, X=1", SubjectError::UnknownPart("X".to_owned())),
        ("CN=a, CN=b", SubjectError::Repeated("CN")),
        ("CN=", SubjectError::Value("CN")),
        ("", SubjectError::Value("CN")),
        ("CN=a\u{1b}[2J", SubjectError::Value("CN")),
        ("CN=a, C=Germany", SubjectError::Country),
        ("CN=a, C=D1", SubjectError::Country),
    ] {
        assert_eq!(Subject::read(text), Err(error), "{text:?}");
    }
    assert_eq!(Subject::read(&"a".repeat(65)), Err(SubjectError::Value("CN")));
    assert!(Subject::read(&"ü".repeat(64)).is_ok(), "characters count, not bytes");
}
