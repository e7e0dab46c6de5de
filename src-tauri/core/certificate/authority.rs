use rustls::pki_types::CertificateDer;

use super::{CertificateFacts, Pem};
use crate::error::{Code, Error, Result};

/// The root certificates in a file: PEM with any number of them, or a single one in DER.
pub fn authorities(file: &[u8]) -> Result<Vec<CertificateDer<'static>>> {
    if CertificateFacts::read(file).is_ok() {
        return Ok(vec![CertificateDer::from(file.to_vec())]);
    }
    let certificates = std::str::from_utf8(file).ok().and_then(|text| Pem::read(text).ok());
    let certificates = certificates.map(|pem| pem.certificates()).unwrap_or_default();
    if certificates.is_empty() {
        return Err(Error::new(Code::InvalidInput, "The file with root certificates holds no certificate")
            .hint("It should be a PEM file with -----BEGIN CERTIFICATE----- in it, or a .cer file"));
    }
    Ok(certificates)
}
