use super::facts::Repair;
use super::fields::Fields;
use super::model::{Credential, PrivateKeyFault};
use super::read_error::ReadError;
use super::repairs;
use crate::certificate::{
    BlockKind, Chain, Identity, IdentityError, Pem, PemRepairs, PrivateKey, PrivateKeyError,
};
use crate::secret::Secret;

/// Which fields decide about the credential, before any of them is read.
#[derive(Clone, Copy)]
pub(super) enum CredentialFields<'j> {
    Secret(&'j str),
    Certificate { certificate: Option<&'j str>, private_key: Option<&'j str> },
}

/// Picks the fields; with a pair of certificate and private key a client secret beside it is not needed.
pub(super) fn pick<'j>(fields: &Fields<'j>) -> Option<CredentialFields<'j>> {
    let (secret, certificate, private_key) = (fields.secret(), fields.certificate(), fields.private_key());
    let for_mtls = certificate.is_some() && (private_key.is_some() || fields.is_x509());
    match secret {
        Some(secret) if !for_mtls => Some(CredentialFields::Secret(secret)),
        _ if certificate.is_some() || private_key.is_some() => {
            Some(CredentialFields::Certificate { certificate, private_key })
        }
        _ => None,
    }
}

/// Reads what was picked; a private key that is of no use does not keep the certificate from being shown.
pub(super) fn read(fields: CredentialFields<'_>, repairs: &mut Vec<Repair>) -> Result<Credential, ReadError> {
    let (certificate, private_key) = match fields {
        CredentialFields::Secret(secret)
            if secret.chars().all(|char| matches!(char, '*' | '•' | '.' | '…')) =>
        {
            return Err(ReadError::SecretMasked);
        }
        CredentialFields::Secret(secret) => return Ok(Credential::Secret(Secret::new(secret.to_owned()))),
        CredentialFields::Certificate { certificate: None, .. } => return Err(ReadError::CertificateMissing),
        CredentialFields::Certificate { certificate: Some(certificate), private_key } => {
            (certificate, private_key)
        }
    };
    let pem = Pem::read(certificate).map_err(ReadError::Pem)?;
    let certificates = pem.certificates();
    let Some(private_key) = private_key else {
        repairs.splice(0..0, repairs::of_pem(pem.repairs, PemRepairs::default()));
        let chain = Chain::sort(certificates, None).map_err(ReadError::Certificate)?;
        return Ok(Credential::External { chain, identity: None });
    };
    let (key, key_repairs) = read_private_key(private_key);
    repairs.splice(0..0, repairs::of_pem(pem.repairs, key_repairs));
    let unfit = |certificates, fault| {
        let chain = Chain::sort(certificates, None).map_err(ReadError::Certificate)?;
        Ok(Credential::Unfit { chain, fault })
    };
    match key {
        Err(fault) => unfit(certificates, fault),
        Ok(key) => match Identity::new(certificates.clone(), key) {
            Ok(identity) => Ok(Credential::Certificate(identity)),
            Err(IdentityError::Certificate(error)) => Err(ReadError::Certificate(error)),
            Err(_) => unfit(certificates, PrivateKeyFault::Mismatch),
        },
    }
}

fn read_private_key(text: &str) -> (Result<PrivateKey, PrivateKeyFault>, PemRepairs) {
    let Ok(pem) = Pem::read(text) else { return (Err(PrivateKeyFault::Damaged), PemRepairs::default()) };
    let Some(block) = pem.blocks.iter().find(|block| block.what() == BlockKind::PrivateKey) else {
        return (Err(PrivateKeyFault::Damaged), pem.repairs);
    };
    if block.label == "ENCRYPTED PRIVATE KEY" || block.header("DEK-Info").is_some() {
        return (Err(PrivateKeyFault::Encrypted), pem.repairs);
    }
    let key = PrivateKey::from_der(Secret::new(block.der.to_vec())).map_err(|error| match error {
        PrivateKeyError::Unsupported => PrivateKeyFault::Unsupported,
        PrivateKeyError::Encrypted => PrivateKeyFault::Encrypted,
        PrivateKeyError::Unreadable => PrivateKeyFault::Damaged,
    });
    (key, pem.repairs)
}
