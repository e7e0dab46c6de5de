use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::authority::Authority;
use crate::certificate::samples::{self, openssl};
use crate::certificate::{
    AnswerError, KeyPairKind, PemError, RequestContent, Subject, answers_request, read_answer, write_pem,
};

fn request() -> String {
    let subject = Subject::read("orders-dev").unwrap();
    let content = RequestContent { subject, dns_names: Vec::new(), kind: KeyPairKind::EcP256 };
    write_pem("CERTIFICATE REQUEST", &content.sign(false).unwrap().request)
}

fn base64_of(der: &[u8]) -> Vec<u8> {
    BASE64_STANDARD.encode(der).as_bytes().chunks(64).flat_map(|line| [line, b"\r\n"].concat()).collect()
}

#[test]
fn an_answer_is_read_in_every_form_authorities_send() {
    let authority = Authority::new();
    let asked = request();
    let leaf = authority.sign(&asked);
    let leaf_der = openssl(&["x509", "-outform", "DER"], &leaf);
    let p7b_der = authority.p7b(&leaf, "DER");
    let asked_der = openssl(&["req", "-outform", "DER"], asked.as_bytes());
    for (form, file, count) in [
        ("PEM", leaf.clone(), 1),
        ("PEM with its chain", [&leaf[..], &authority.issuer(), &authority.root()].concat(), 3),
        ("DER", leaf_der.clone(), 1),
        ("base64 alone", base64_of(&leaf_der), 1),
        ("P7B in DER", p7b_der.clone(), 3),
        ("P7B in PEM", authority.p7b(&leaf, "PEM"), 3),
        ("P7B in base64 alone", base64_of(&p7b_der), 3),
    ] {
        let found = read_answer(&file).unwrap_or_else(|error| panic!("{form}: {error}"));
        assert_eq!(found.len(), count, "{form}");
        assert_eq!(found.iter().filter(|der| answers_request(der, &asked_der)).count(), 1, "{form}");
    }
}

#[test]
fn what_is_no_answer_is_told_apart() {
    let (key, chain) = (samples::ec(), samples::chain(&samples::ec()));
    let empty = openssl(&["crl2pkcs7", "-nocrl", "-outform", "DER"], b"");
    let own = samples::chain(&key);
    for (file, error) in [
        (request().into_bytes(), AnswerError::Request),
        (key.serialize_pem().into_bytes(), AnswerError::PrivateKey),
        (samples::pkcs12(&key, &own, "secret", &[]), AnswerError::Pkcs12),
        (empty, AnswerError::Empty),
        (samples::pem("CRL", b"x").into_bytes(), AnswerError::Empty),
        (b"hello".to_vec(), AnswerError::Unknown),
        (Vec::new(), AnswerError::Unknown),
        (vec![0xff, 0x00], AnswerError::Unknown),
        (b"-----BEGIN CERTIFICATE-----\nMII".to_vec(), AnswerError::Pem(PemError::Missing)),
    ] {
        let told = read_answer(&file).unwrap_err();
        let is_pem = matches!((&told, &error), (AnswerError::Pem(_), AnswerError::Pem(_)));
        assert!(told == error || is_pem, "{told:?} instead of {error:?}");
    }
    assert_eq!(read_answer(samples::chain_pem(&chain).as_bytes()).unwrap().len(), 3);
}

#[test]
fn a_damaged_p7b_is_refused_and_never_stops_the_program() {
    let authority = Authority::new();
    let whole = authority.p7b(&authority.sign(&request()), "DER");
    for length in 0..whole.len() {
        assert!(read_answer(&whole[..length]).is_err(), "{length} bytes");
    }
    for place in 0..whole.len().min(400) {
        for value in [0x00, 0x7f, 0x80, 0x84, 0xff] {
            let mut bent = whole.clone();
            bent[place] = value;
            let _ = read_answer(&bent);
        }
    }
}

/// Signed data as Java's libraries write it: every length left open.
fn open_ended(certificates: &[u8]) -> Vec<u8> {
    let oid = |last: u8| [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, last];
    let begun =
        [&[0x30, 0x80][..], &oid(2), &[0xA0, 0x80, 0x30, 0x80, 2, 1, 1, 0x31, 0, 0x30, 0x80], &oid(1)];
    let bag = [&[0, 0, 0xA0, 0x80][..], certificates, &[0, 0, 0x31, 0, 0, 0, 0, 0, 0, 0]];
    [begun.concat(), bag.concat()].concat()
}

#[test]
fn a_p7b_with_lengths_left_open_is_read() {
    let chain = samples::chain(&samples::ec());
    let together: Vec<u8> = chain.iter().flat_map(|der| der.to_vec()).collect();
    assert_eq!(read_answer(&open_ended(&together)).unwrap(), chain);
}

#[test]
fn a_p7b_nested_without_end_is_refused() {
    assert_eq!(read_answer(&[0x30, 0x80].repeat(1_000_000)), Err(AnswerError::Unknown));
    let nested = open_ended(&[0x30, 0x80].repeat(100_000));
    assert!(read_answer(&nested).is_err());
}
