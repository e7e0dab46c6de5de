use p12_keystore::{Pkcs12Archive, error::Error as P12Error};
use pkcs8::der::{Decode, Reader, SliceReader};
use rustls::pki_types::CertificateDer;

use super::private_key::PrivateKey;
use crate::secret::Secret;

/// What a PKCS#12 file holds: private keys that can be used, and all certificates.
pub(super) struct Contents {
    pub(super) keys: Vec<PrivateKey>,
    /// Private keys inside, usable or not.
    pub(super) key_count: usize,
    pub(super) certificates: Vec<CertificateDer<'static>>,
}

/// Why a PKCS#12 file did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    WrongPassphrase,
    Unsupported,
}

/// Whether bytes begin as a PKCS#12 file does: version 3 and a content that follows.
pub(super) fn is_pkcs12(der: &[u8]) -> bool {
    let Ok(mut reader) = SliceReader::new(der) else { return false };
    let version = reader.sequence(|reader| {
        let version = u8::decode(reader)?;
        reader.tlv_bytes()?;
        if !reader.is_finished() {
            reader.tlv_bytes()?;
        }
        Ok::<_, pkcs8::der::Error>(version)
    });
    version == Ok(3)
}

/// Opens a file of which [`is_pkcs12`] holds.
pub(super) fn open(der: &[u8], passphrase: &str) -> Result<Contents, Failure> {
    let archive = Pkcs12Archive::from_pkcs12(der, passphrase).map_err(|error| match error {
        P12Error::InvalidVersion
        | P12Error::UnsupportedContentType
        | P12Error::UnsupportedCertificateType
        | P12Error::UnsupportedEncryptionScheme
        | P12Error::UnsupportedMacAlgorithm => Failure::Unsupported,
        // Without a MAC, what a wrong passphrase decrypts to is noise, which may fail at any later step.
        _ => Failure::WrongPassphrase,
    })?;
    let keys = archive
        .keys
        .iter()
        .filter_map(|bag| PrivateKey::from_der(Secret::new(bag.key.as_der().to_vec())).ok())
        .collect();
    let certificates =
        archive.certs.iter().map(|bag| CertificateDer::from(bag.cert.as_der().to_vec())).collect();
    Ok(Contents { keys, key_count: archive.keys.len(), certificates })
}
