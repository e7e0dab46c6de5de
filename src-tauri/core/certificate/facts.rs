use std::fmt::Write as _;

use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::{ExtendedKeyUsage, GeneralName};
use x509_parser::oid_registry::Oid;
use x509_parser::prelude::FromDer;
use x509_parser::public_key::PublicKey;
use x509_parser::time::ASN1Time;
use x509_parser::x509::SubjectPublicKeyInfo;

use super::chain::issued_by;
use super::distinguished_name;
use crate::error::{Code, Error};

/// What Sluice shows of one X.509 certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CertificateFacts {
    /// Distinguished name of the holder as RFC 4514 writes it, most specific part first.
    pub subject: String,
    /// The common name alone, or the whole subject without one.
    pub name: String,
    /// Distinguished name of the issuer.
    pub issuer: String,
    /// Serial number in upper-case hexadecimal pairs.
    pub serial: String,
    /// Start of validity.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub not_before: Timestamp,
    /// End of validity.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub not_after: Timestamp,
    /// Key algorithm and size: `RSA 2048`, `EC P-256`.
    pub key: String,
    /// SHA-256 over the whole certificate, upper-case hexadecimal pairs.
    pub fingerprint: String,
    /// SHA-256 over the public key (SPKI), upper-case hexadecimal pairs.
    pub public_key_fingerprint: String,
    /// Names of the extended key usages; empty when the extension is absent.
    pub extended_key_usage: Vec<String>,
    /// Whether a server accepts it from a client: no extension, or one with clientAuth or anyExtendedKeyUsage.
    pub client_auth: bool,
    /// DNS names it stands for.
    pub dns_names: Vec<String>,
    /// Whether subject and issuer are the same.
    pub self_signed: bool,
}

/// The certificates of one key or server, ordered from the leaf upwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ChainFacts {
    /// The certificates, leaf first.
    pub certificates: Vec<CertificateFacts>,
    /// Whether each one was issued by the next, up to a self-signed one.
    pub complete: bool,
}

/// Why bytes are no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// They do not parse as X.509.
    #[error("The certificate is damaged: it does not read as X.509.")]
    Unreadable,
    /// There is none.
    #[error("There is no certificate.")]
    Missing,
    /// Far more than any chain has.
    #[error("There are more than 100 certificates.")]
    TooMany,
}

impl CertificateFacts {
    /// Reads one certificate in DER form.
    pub fn read(der: &[u8]) -> Result<Self, CertificateError> {
        let certificate = parse(der)?;
        let subject = distinguished_name::write(certificate.subject());
        let usage = certificate.extended_key_usage().ok().flatten().map(|extension| extension.value);
        Ok(Self {
            name: distinguished_name::common_name(certificate.subject()).unwrap_or_else(|| subject.clone()),
            subject,
            issuer: distinguished_name::write(certificate.issuer()),
            serial: pairs(certificate.raw_serial()),
            not_before: timestamp(certificate.validity().not_before),
            not_after: timestamp(certificate.validity().not_after),
            key: key_label(certificate.public_key()),
            fingerprint: fingerprint(der),
            public_key_fingerprint: fingerprint(certificate.public_key().raw),
            extended_key_usage: usage.map(usages).unwrap_or_default(),
            client_auth: usage.is_none_or(|usage| usage.client_auth || usage.any),
            dns_names: dns_names(&certificate),
            self_signed: certificate.subject().as_raw() == certificate.issuer().as_raw(),
        })
    }

    /// Whole days until it ends; negative once it has ended.
    pub fn days_left(&self, now: Timestamp) -> i64 {
        (self.not_after.as_second() - now.as_second()).div_euclid(86_400)
    }

    /// Whether it has ended.
    pub fn expired(&self, now: Timestamp) -> bool {
        now > self.not_after
    }

    /// Whether its time has not come yet.
    pub fn not_yet_valid(&self, now: Timestamp) -> bool {
        now < self.not_before
    }

    /// Whether its key is too short to be accepted anywhere today.
    pub fn weak_key(&self) -> bool {
        self.key
            .strip_prefix("RSA ")
            .and_then(|bits| bits.parse::<u32>().ok())
            .is_some_and(|bits| bits < 2048)
    }
}

impl ChainFacts {
    /// Reads certificates that are in order, leaf first.
    pub fn read(chain: &[CertificateDer<'_>]) -> Result<Self, CertificateError> {
        let certificates =
            chain.iter().map(|der| CertificateFacts::read(der)).collect::<Result<Vec<_>, _>>()?;
        let linked = chain.windows(2).all(|pair| issued_by(&pair[0], &pair[1]));
        let rooted = certificates.last().is_some_and(|last| last.self_signed);
        Ok(Self { certificates, complete: linked && rooted })
    }

    /// The leaf.
    pub fn leaf(&self) -> Option<&CertificateFacts> {
        self.certificates.first()
    }
}

/// Parses a certificate and refuses bytes after it.
pub(super) fn parse(der: &[u8]) -> Result<X509Certificate<'_>, CertificateError> {
    match X509Certificate::from_der(der) {
        Ok(([], certificate)) => Ok(certificate),
        _ => Err(CertificateError::Unreadable),
    }
}

/// SHA-256 in upper-case hexadecimal pairs.
pub(super) fn fingerprint(bytes: &[u8]) -> String {
    pairs(&Sha256::digest(bytes))
}

/// Upper-case hexadecimal pairs.
pub(super) fn pairs(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3);
    for (index, byte) in bytes.iter().enumerate() {
        let _ = if index == 0 { write!(text, "{byte:02X}") } else { write!(text, ":{byte:02X}") };
    }
    text
}

/// "Valid for ever" is written as the last second of 9999, a day past what jiff can hold.
fn timestamp(time: ASN1Time) -> Timestamp {
    Timestamp::from_second(time.timestamp()).unwrap_or(Timestamp::MAX)
}

fn key_label(key: &SubjectPublicKeyInfo<'_>) -> String {
    if let Ok(PublicKey::RSA(rsa)) = key.parsed() {
        let modulus =
            rsa.modulus.iter().position(|byte| *byte != 0).map_or(&[][..], |start| &rsa.modulus[start..]);
        let bits = modulus.len() * 8 - modulus.first().map_or(0, |byte| byte.leading_zeros() as usize);
        return format!("RSA {bits}");
    }
    let algorithm = key.algorithm.algorithm.to_id_string();
    let curve = key.algorithm.parameters.as_ref().and_then(|any| Oid::try_from(any).ok());
    match (algorithm.as_str(), curve.map(|oid| oid.to_id_string()).as_deref()) {
        ("1.2.840.10045.2.1", Some("1.2.840.10045.3.1.7")) => "EC P-256".to_owned(),
        ("1.2.840.10045.2.1", Some("1.3.132.0.34")) => "EC P-384".to_owned(),
        ("1.2.840.10045.2.1", Some("1.3.132.0.35")) => "EC P-521".to_owned(),
        ("1.2.840.10045.2.1", Some(curve)) => format!("EC {curve}"),
        ("1.3.101.112", _) => "Ed25519".to_owned(),
        ("1.3.101.113", _) => "Ed448".to_owned(),
        ("1.2.840.113549.1.1.10", _) => "RSA-PSS".to_owned(),
        (other, _) => other.to_owned(),
    }
}

fn usages(usage: &ExtendedKeyUsage<'_>) -> Vec<String> {
    let known = [
        (usage.any, "anyExtendedKeyUsage"),
        (usage.server_auth, "serverAuth"),
        (usage.client_auth, "clientAuth"),
        (usage.code_signing, "codeSigning"),
        (usage.email_protection, "emailProtection"),
        (usage.time_stamping, "timeStamping"),
        (usage.ocsp_signing, "OCSPSigning"),
    ];
    let mut names: Vec<String> =
        known.iter().filter(|(set, _)| *set).map(|(_, name)| (*name).to_owned()).collect();
    names.extend(usage.other.iter().map(Oid::to_id_string));
    names
}

fn dns_names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = certificate.subject_alternative_name() else { return Vec::new() };
    extension
        .value
        .general_names
        .iter()
        .filter_map(|name| match name {
            GeneralName::DNSName(name) => Some((*name).to_owned()),
            _ => None,
        })
        .collect()
}

impl From<CertificateError> for Error {
    fn from(error: CertificateError) -> Self {
        Self::new(Code::InvalidInput, error.to_string())
            .hint("Copy it again from where it is shown, whole, the BEGIN and END lines included.")
    }
}
