use jiff::Timestamp;
use rcgen::{DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use rustls::pki_types::CertificateDer;
use uuid::Uuid;
use x509_parser::certificate::X509Certificate;
use x509_parser::parse_x509_certificate;

use super::KeyName;
use crate::authority::{Authority, CLIENT_AUTHORITY, Leaf, Validity};
use crate::encoding::{hex, pem};

/// A client certificate with its chain and the private key that is handed out for it.
pub(crate) struct Identity {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) private_key: Vec<u8>,
    pub(crate) common_name: String,
}

impl Identity {
    pub(crate) fn issue(name: KeyName, authority: &Authority) -> Result<Self, rcgen::Error> {
        let key = rsa_key()?;
        let common_name = Uuid::new_v4().to_string();
        let leaf = Leaf {
            subject: subject(&common_name),
            names: Vec::new(),
            purpose: purpose(name),
            validity: validity(name),
            is_revoked: name == KeyName::RevokedCertificate,
        };
        let certificate = authority.issue(&leaf, &key)?;
        let handed_out = if name == KeyName::WrongPrivateKey { rsa_key()? } else { key };
        let chain = vec![certificate.der().clone(), authority.intermediate_der(), authority.root_der()];
        Ok(Self { chain, private_key: handed_out.serialize_der(), common_name })
    }

    pub(crate) fn leaf(&self) -> &[u8] {
        &self.chain[0]
    }

    pub(crate) fn leaf_pem(&self) -> String {
        pem("CERTIFICATE", self.leaf())
    }

    pub(crate) fn chain_pem(&self) -> String {
        self.chain.iter().map(|certificate| pem("CERTIFICATE", certificate)).collect()
    }

    pub(crate) fn subject_name(&self) -> String {
        format!("CN={},L=sandbox-uaa,OU=Sandbox Clients,O=Sluice Sandbox,C=DE", self.common_name)
    }

    pub(crate) fn issuer_name(&self) -> String {
        let leaf = self.parsed();
        let issuer = leaf.issuer().iter_common_name().next().and_then(|name| name.as_str().ok());
        let issuer = issuer.unwrap_or(CLIENT_AUTHORITY);
        format!("CN={issuer},OU=Sandbox Clients,O=Sluice Sandbox,L=cf-sandbox,C=DE")
    }

    pub(crate) fn serial_number(&self) -> String {
        format!("0x{}", hex(&self.parsed().serial.to_bytes_be()).to_uppercase())
    }

    pub(crate) fn valid_until(&self) -> Timestamp {
        let seconds = self.parsed().validity().not_after.timestamp();
        Timestamp::from_second(seconds).expect("the end of validity is a date")
    }

    fn parsed(&self) -> X509Certificate<'_> {
        parse_x509_certificate(self.leaf()).expect("a certificate just made can be read").1
    }
}

fn rsa_key() -> Result<KeyPair, rcgen::Error> {
    KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)
}

fn subject(common_name: &str) -> DistinguishedName {
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CountryName, "DE");
    subject.push(DnType::OrganizationName, "Sluice Sandbox");
    subject.push(DnType::OrganizationalUnitName, "Sandbox Clients");
    subject.push(DnType::LocalityName, "sandbox-uaa");
    subject.push(DnType::CommonName, common_name);
    subject
}

fn purpose(name: KeyName) -> ExtendedKeyUsagePurpose {
    match name {
        KeyName::NoClientAuth => ExtendedKeyUsagePurpose::ServerAuth,
        _ => ExtendedKeyUsagePurpose::ClientAuth,
    }
}

fn validity(name: KeyName) -> Validity {
    match name {
        KeyName::ExpiredCertificate => Validity::Past,
        KeyName::NotYetValidCertificate => Validity::Future,
        _ => Validity::Current,
    }
}
