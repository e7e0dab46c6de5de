//! Certificates and keys for tests, made on the spot.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::{LazyLock, OnceLock};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256, SerialNumber, date_time_ymd,
};
use rustls::pki_types::CertificateDer;

use crate::secret::Secret;

type Authority = CertifiedIssuer<'static, KeyPair>;

static ROOT: LazyLock<Authority> =
    LazyLock::new(|| CertifiedIssuer::self_signed(authority("Sample Root CA"), ec()).unwrap());

static CLIENT_CA: LazyLock<Authority> =
    LazyLock::new(|| CertifiedIssuer::signed_by(authority("Sample Client CA"), ec(), &*ROOT).unwrap());

/// An RSA-2048 key, made once, for it is slow.
pub(crate) fn rsa() -> &'static KeyPair {
    static KEY: OnceLock<KeyPair> = OnceLock::new();
    KEY.get_or_init(|| KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap())
}

/// A fresh key on P-256.
pub(crate) fn ec() -> KeyPair {
    KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap()
}

fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.remove(DnType::CommonName);
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2040, 1, 1);
    params.use_authority_key_identifier_extension = true;
    params
}

/// A client certificate valid through 2026, as SAP makes them.
pub(crate) fn client_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.remove(DnType::CommonName);
    params.distinguished_name.push(DnType::OrganizationName, "SAP SE");
    params.distinguished_name.push(DnType::CommonName, "8f2c41d7-acme-dev");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    params.serial_number = Some(SerialNumber::from_slice(&[0x0C, 0x77, 0x1A]));
    params.not_before = date_time_ymd(2026, 1, 15);
    params.not_after = date_time_ymd(2027, 1, 15);
    params.use_authority_key_identifier_extension = true;
    params
}

/// Leaf, client CA and root, where the leaf is shaped by the caller.
pub(crate) fn chain_with(
    key: &KeyPair,
    shape: impl FnOnce(&mut CertificateParams),
) -> Vec<CertificateDer<'static>> {
    let mut params = client_params();
    shape(&mut params);
    let leaf = params.signed_by(key, &*CLIENT_CA).unwrap();
    vec![leaf.der().clone(), CLIENT_CA.der().clone(), ROOT.der().clone()]
}

/// Leaf, client CA and root.
pub(crate) fn chain(key: &KeyPair) -> Vec<CertificateDer<'static>> {
    chain_with(key, |_| ())
}

/// A PEM block with lines of 64 characters.
pub(crate) fn pem(label: &str, der: &[u8]) -> String {
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in BASE64_STANDARD.encode(der).as_bytes().chunks(64) {
        writeln!(text, "{}", std::str::from_utf8(line).unwrap()).unwrap();
    }
    text + &format!("-----END {label}-----\n")
}

/// The certificates as PEM, one after the other.
pub(crate) fn chain_pem(chain: &[CertificateDer<'_>]) -> String {
    chain.iter().map(|der| pem("CERTIFICATE", der)).collect()
}

/// The RSA key as SAP writes it: PKCS#1.
pub(crate) fn pkcs1_pem(key: &KeyPair) -> String {
    let der = key.serialize_der();
    let info = pkcs8::PrivateKeyInfoRef::try_from(der.as_slice()).unwrap();
    pem("RSA PRIVATE KEY", info.private_key.as_bytes())
}

/// What `openssl` answers to this input.
pub(crate) fn openssl(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("openssl is installed by ./dev setup");
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A PKCS#12 file as `openssl` makes it.
pub(crate) fn pkcs12(
    key: &KeyPair,
    chain: &[CertificateDer<'_>],
    passphrase: &str,
    options: &[&str],
) -> Vec<u8> {
    let mut input = key.serialize_pem();
    input.push_str(&chain_pem(chain));
    let passphrase = format!("pass:{passphrase}");
    let mut arguments = vec!["pkcs12", "-export", "-passout", &passphrase];
    arguments.extend(options);
    openssl(&arguments, input.as_bytes())
}

/// Bytes in custody.
pub(crate) fn secret(bytes: &[u8]) -> Secret<Vec<u8>> {
    Secret::new(bytes.to_vec())
}
