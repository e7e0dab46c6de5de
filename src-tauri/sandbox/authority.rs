//! The throw-away authorities: one for servers, one for client certificates, and a stranger nobody trusts.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertificateRevocationListParams, CertifiedIssuer,
    DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, KeyIdMethod, KeyPair, KeyUsagePurpose,
    PublicKeyData, RevocationReason, RevokedCertParams, SerialNumber, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer};

use crate::encoding::{pem, random};

const DAY: Duration = Duration::from_hours(24);

/// A root with one intermediate that signs the leaves.
pub(crate) struct Authority {
    root: Certificate,
    intermediate: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn servers() -> Result<Self, rcgen::Error> {
        Self::new("Sluice Sandbox Root CA", "Sluice Sandbox Server CA")
    }

    pub(crate) fn clients() -> Result<Self, rcgen::Error> {
        Self::new("Sandbox Cloud Root CA", CLIENT_AUTHORITY)
    }

    pub(crate) fn stranger() -> Result<Self, rcgen::Error> {
        Self::new("Stranger Root CA", "Stranger Issuing CA")
    }

    fn new(root_name: &str, intermediate_name: &str) -> Result<Self, rcgen::Error> {
        let root = CertifiedIssuer::self_signed(authority_params(root_name, 1), KeyPair::generate()?)?;
        let params = authority_params(intermediate_name, 0);
        let intermediate = CertifiedIssuer::signed_by(params, KeyPair::generate()?, &root)?;
        Ok(Self { root: root.as_ref().clone(), intermediate })
    }

    pub(crate) fn root_pem(&self) -> String {
        pem("CERTIFICATE", self.root.der())
    }

    pub(crate) fn root_der(&self) -> CertificateDer<'static> {
        self.root.der().clone()
    }

    pub(crate) fn intermediate_der(&self) -> CertificateDer<'static> {
        self.intermediate.der().clone()
    }

    pub(crate) fn issue(&self, leaf: &Leaf, key: &impl PublicKeyData) -> Result<Certificate, rcgen::Error> {
        leaf.params()?.signed_by(key, &self.intermediate)
    }

    /// The list that takes back the one leaf issued as revoked.
    pub(crate) fn revocations(&self) -> Result<CertificateRevocationListDer<'static>, rcgen::Error> {
        let day = |time| date_time_ymd(1970, 1, 1) + since_epoch(time);
        let now = SystemTime::now();
        let revoked = RevokedCertParams {
            serial_number: revoked_serial_number(),
            revocation_time: day(now - DAY),
            reason_code: Some(RevocationReason::KeyCompromise),
            invalidity_date: None,
        };
        let list = CertificateRevocationListParams {
            this_update: day(now - DAY),
            next_update: day(now + 365 * DAY),
            crl_number: SerialNumber::from_slice(&[1]),
            issuing_distribution_point: None,
            revoked_certs: vec![revoked],
            key_identifier_method: KeyIdMethod::Sha256,
        };
        Ok(list.signed_by(&self.intermediate)?.der().clone())
    }
}

pub(crate) const CLIENT_AUTHORITY: &str = "Sandbox PKI Certificate Service Client CA";

/// What a leaf certificate says.
pub(crate) struct Leaf {
    pub(crate) subject: DistinguishedName,
    pub(crate) names: Vec<String>,
    pub(crate) purpose: ExtendedKeyUsagePurpose,
    pub(crate) validity: Validity,
    pub(crate) is_revoked: bool,
}

impl Leaf {
    pub(crate) fn server(common_name: &str, names: Vec<String>, validity: Validity) -> Self {
        let mut subject = DistinguishedName::new();
        subject.push(DnType::OrganizationName, "Sluice Sandbox");
        subject.push(DnType::CommonName, common_name);
        Self { subject, names, purpose: ExtendedKeyUsagePurpose::ServerAuth, validity, is_revoked: false }
    }

    pub(crate) fn params(&self) -> Result<CertificateParams, rcgen::Error> {
        let mut params = CertificateParams::new(self.names.clone())?;
        params.distinguished_name = self.subject.clone();
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
        params.extended_key_usages = vec![self.purpose.clone()];
        params.serial_number = Some(if self.is_revoked { revoked_serial_number() } else { serial_number() });
        params.use_authority_key_identifier_extension = true;
        let (from, until) = self.validity.bounds();
        params.not_before = date_time_ymd(1970, 1, 1) + since_epoch(from);
        params.not_after = date_time_ymd(1970, 1, 1) + since_epoch(until);
        Ok(params)
    }
}

/// When a leaf is valid, seen from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Validity {
    Current,
    Past,
    Future,
}

impl Validity {
    pub(crate) fn bounds(self) -> (SystemTime, SystemTime) {
        let now = SystemTime::now();
        match self {
            Self::Current => (now - DAY, now + 365 * DAY),
            Self::Past => (now - 366 * DAY, now - DAY),
            Self::Future => (now + 30 * DAY, now + 395 * DAY),
        }
    }
}

fn authority_params(common_name: &str, path_length: u8) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = authority_name(common_name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(path_length));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.serial_number = Some(serial_number());
    params.use_authority_key_identifier_extension = true;
    let now = SystemTime::now();
    params.not_before = date_time_ymd(1970, 1, 1) + since_epoch(now - 2 * 365 * DAY);
    params.not_after = date_time_ymd(1970, 1, 1) + since_epoch(now + 10 * 365 * DAY);
    params
}

fn authority_name(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CountryName, "DE");
    name.push(DnType::LocalityName, "cf-sandbox");
    name.push(DnType::OrganizationName, "Sluice Sandbox");
    name.push(DnType::OrganizationalUnitName, "Sandbox Clients");
    name.push(DnType::CommonName, common_name);
    name
}

fn serial_number() -> SerialNumber {
    let mut bytes: [u8; 16] = random();
    // A serial number is a positive integer: the top bit stays clear, and a leading zero would not survive DER.
    bytes[0] = bytes[0] & 0x7f | 0x40;
    SerialNumber::from_slice(&bytes)
}

/// Known before the certificate is made, so that the list can be there first.
fn revoked_serial_number() -> SerialNumber {
    SerialNumber::from_slice(b"Revoked")
}

fn since_epoch(time: SystemTime) -> Duration {
    let seconds = time.duration_since(UNIX_EPOCH).expect("the clock is past 1970").as_secs();
    Duration::from_secs(seconds)
}
