use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use rcgen::{
    CertificateParams, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256,
    PKCS_ECDSA_P384_SHA384, PKCS_RSA_SHA256, RsaKeySize, SanType, date_time_ymd,
};
use rustls::pki_types::CertificateDer;
use serde::{Deserialize, Serialize};
use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::prelude::FromDer as _;
use zeroize::Zeroize as _;

use super::chain::same_public_key;
use super::subject::Subject;
use super::{distinguished_name, facts};
use crate::error::{Code, Error};
use crate::secret::Secret;

/// A self-signed certificate is for tests; a year is what authorities give at most.
const SELF_SIGNED_DAYS: i64 = 365;

/// The kind of a new key pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum KeyPairKind {
    /// RSA with 2048 bits.
    Rsa2048,
    /// RSA with 4096 bits.
    Rsa4096,
    /// An elliptic curve key on P-256.
    EcP256,
    /// An elliptic curve key on P-384.
    EcP384,
}

/// What a certificate is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestContent {
    /// The holder.
    pub subject: Subject,
    /// DNS names it shall stand for as well; a client certificate needs none.
    pub dns_names: Vec<String>,
    /// The kind of its key pair.
    pub kind: KeyPairKind,
}

/// A new key pair with what an authority signs.
pub struct SignedRequest {
    /// The private key, PKCS#8 in DER.
    pub private_key: Secret<Vec<u8>>,
    /// The certificate signing request (PKCS#10) in DER.
    pub request: Vec<u8>,
    /// The certificate that the key signed itself, when that was asked for.
    pub certificate: Option<CertificateDer<'static>>,
}

/// Why no key pair and request were made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// A DNS name with characters none has.
    #[error("{0:?} is no DNS name.")]
    DnsName(String),
    /// The cryptographic library said no.
    #[error("The key pair could not be made: {0}")]
    Failed(String),
}

impl RequestContent {
    /// Makes a key pair and signs the request with it; slow for RSA.
    pub fn sign(&self, is_self_signed: bool) -> Result<SignedRequest, RequestError> {
        let params = self.params()?;
        let mut pair = self.kind.generate()?;
        let signed = sign(&params, &pair, is_self_signed);
        let private_key = Secret::new(pair.serialize_der());
        pair.zeroize();
        let (request, certificate) = signed?;
        Ok(SignedRequest { private_key, request, certificate })
    }

    fn params(&self) -> Result<CertificateParams, RequestError> {
        let mut params = CertificateParams::default();
        params.distinguished_name = self.subject.distinguished_name();
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        params.subject_alt_names =
            self.dns_names.iter().map(|name| dns_name(name)).collect::<Result<_, _>>()?;
        Ok(params)
    }
}

impl KeyPairKind {
    fn generate(self) -> Result<KeyPair, rcgen::Error> {
        match self {
            Self::Rsa2048 => KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048),
            Self::Rsa4096 => KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_4096),
            Self::EcP256 => KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256),
            Self::EcP384 => KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384),
        }
    }
}

impl std::fmt::Display for KeyPairKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Rsa2048 => "RSA 2048",
            Self::Rsa4096 => "RSA 4096",
            Self::EcP256 => "EC P-256",
            Self::EcP384 => "EC P-384",
        })
    }
}

/// Whether a certificate was made for the key pair of a request.
pub fn answers_request(certificate: &[u8], request: &[u8]) -> bool {
    let Some(public_key) = request_public_key(request) else { return false };
    facts::parse(certificate).is_ok_and(|certificate| same_public_key(&certificate, public_key))
}

/// The public key (SPKI) in a request; none when it cannot be read.
pub fn request_public_key(request: &[u8]) -> Option<&[u8]> {
    let (_, request) = X509CertificationRequest::from_der(request).ok()?;
    Some(request.certification_request_info.subject_pki.raw)
}

/// The distinguished name in a request, most specific part first; empty when it cannot be read.
pub fn request_subject(request: &[u8]) -> String {
    let read = X509CertificationRequest::from_der(request);
    read.map(|(_, request)| distinguished_name::write(&request.certification_request_info.subject))
        .unwrap_or_default()
}

type Signed = (Vec<u8>, Option<CertificateDer<'static>>);

fn sign(params: &CertificateParams, pair: &KeyPair, is_self_signed: bool) -> Result<Signed, rcgen::Error> {
    let request = params.serialize_request(pair)?.der().to_vec();
    if !is_self_signed {
        return Ok((request, None));
    }
    let mut params = params.clone();
    // Whole days: begun at midnight, so a clock that is a little behind accepts it, too.
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let midnight = |date: jiff::civil::Date| {
        date_time_ymd(date.year().into(), unsigned(date.month()), unsigned(date.day()))
    };
    params.not_before = midnight(today);
    params.not_after = midnight(today.saturating_add(SELF_SIGNED_DAYS.days()));
    Ok((request, Some(params.self_signed(pair)?.der().clone())))
}

const fn unsigned(number: i8) -> u8 {
    number.unsigned_abs()
}

fn dns_name(name: &str) -> Result<SanType, RequestError> {
    let wrong = || RequestError::DnsName(name.to_owned());
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'*' | b'_');
    if name.is_empty() || name.len() > 253 || !name.bytes().all(is_plain) {
        return Err(wrong());
    }
    Ok(SanType::DnsName(name.try_into().map_err(|_| wrong())?))
}

impl From<rcgen::Error> for RequestError {
    fn from(error: rcgen::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        let hint = match error {
            RequestError::DnsName(_) => "Write it like orders.acme.example",
            RequestError::Failed(_) => "Try another kind of key",
        };
        Self::new(Code::InvalidInput, error.to_string()).hint(hint)
    }
}
