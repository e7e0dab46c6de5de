use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rustls::pki_types::CertificateDer;

use super::pem::{BlockKind, Pem, PemError};
use super::{CertificateFacts, pkcs7, pkcs12};
use crate::error::{Code, Error};

/// Why a file is no authority's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// It reads as none of the forms authorities answer in.
    #[error("The file holds no certificate: it is neither PEM, DER nor PKCS#7 (P7B).")]
    Unknown,
    /// PEM that is damaged.
    #[error(transparent)]
    Pem(#[from] PemError),
    /// It is the request itself.
    #[error("The file is the certificate request itself, not the authority's answer.")]
    Request,
    /// PEM with a private key and no certificate.
    #[error("The file holds a private key and no certificate.")]
    PrivateKey,
    /// A PKCS#12 file brings a private key of its own.
    #[error("The file is a PKCS#12 file with a private key of its own, not the answer to a request.")]
    Pkcs12,
    /// A PKCS#7 message without certificates.
    #[error("The PKCS#7 file (P7B) holds no certificate.")]
    Empty,
}

/// The certificates in an authority's answer, in the order they came: PEM, DER or PKCS#7, the latter two also in base64
/// without the BEGIN and END lines.
pub fn read_answer(file: &[u8]) -> Result<Vec<CertificateDer<'static>>, AnswerError> {
    if let Some(certificates) = binary(file)? {
        return Ok(certificates);
    }
    let text = std::str::from_utf8(file).map_err(|_| AnswerError::Unknown)?;
    match Pem::read(text) {
        Ok(pem) => in_pem(&pem),
        Err(PemError::Missing) => bare_base64(text),
        Err(error) => Err(error.into()),
    }
}

fn binary(der: &[u8]) -> Result<Option<Vec<CertificateDer<'static>>>, AnswerError> {
    if CertificateFacts::read(der).is_ok() {
        return Ok(Some(vec![CertificateDer::from(der.to_vec())]));
    }
    if pkcs12::is_pkcs12(der) {
        return Err(AnswerError::Pkcs12);
    }
    match pkcs7::certificates(der) {
        Some(certificates) if certificates.is_empty() => Err(AnswerError::Empty),
        certificates => Ok(certificates),
    }
}

fn in_pem(pem: &Pem) -> Result<Vec<CertificateDer<'static>>, AnswerError> {
    let mut certificates = pem.certificates();
    for block in pem.blocks.iter().filter(|block| matches!(block.label.as_str(), "PKCS7" | "CMS")) {
        certificates.extend(pkcs7::certificates(&block.der).ok_or(AnswerError::Unknown)?);
    }
    if !certificates.is_empty() {
        return Ok(certificates);
    }
    let has = |is: fn(&super::pem::Block) -> bool| pem.blocks.iter().any(is);
    Err(if has(|block| block.label.ends_with("CERTIFICATE REQUEST")) {
        AnswerError::Request
    } else if has(|block| block.what() == BlockKind::PrivateKey) {
        AnswerError::PrivateKey
    } else {
        AnswerError::Empty
    })
}

/// Some authorities' web pages hand out base64 alone.
fn bare_base64(text: &str) -> Result<Vec<CertificateDer<'static>>, AnswerError> {
    let content: String = text.trim_start_matches('\u{feff}').split_whitespace().collect();
    let der = BASE64_STANDARD.decode(content).map_err(|_| AnswerError::Unknown)?;
    binary(&der)?.ok_or(AnswerError::Unknown)
}

impl From<AnswerError> for Error {
    fn from(error: AnswerError) -> Self {
        let hint = match error {
            AnswerError::Pem(error) => return error.into(),
            AnswerError::Pkcs12 => {
                "Add it to the service key it belongs to, as the file with its private key"
            }
            AnswerError::Unknown | AnswerError::Request | AnswerError::PrivateKey | AnswerError::Empty => {
                "Give the file the certificate authority sent back: .pem, .crt, .cer, .der or .p7b"
            }
        };
        Self::new(Code::InvalidInput, error.to_string()).hint(hint)
    }
}
