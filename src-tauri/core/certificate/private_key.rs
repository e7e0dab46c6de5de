use std::sync::Arc;

use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::pki_types::PrivateKeyDer;
use rustls::sign::SigningKey;

use super::chain::same_public_key;
use super::facts;
use crate::error::{Code, Error};
use crate::secret::Secret;

/// A private key that can sign, with the public key that belongs to it.
#[derive(Clone)]
pub struct PrivateKey {
    der: Secret<Vec<u8>>,
    form: KeyForm,
    signing_key: Arc<dyn SigningKey>,
    public_key: Vec<u8>,
}

/// The three ways a private key is written in DER.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyForm {
    /// RSA only: `BEGIN RSA PRIVATE KEY`.
    Pkcs1,
    /// Any algorithm: `BEGIN PRIVATE KEY`.
    Pkcs8,
    /// Elliptic curves only: `BEGIN EC PRIVATE KEY`.
    Sec1,
}

/// Why bytes are no private key that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrivateKeyError {
    /// They do not read as a private key.
    #[error("The private key is damaged: it reads neither as PKCS#1, PKCS#8 nor SEC1.")]
    Unreadable,
    /// They read as one, but TLS cannot sign with it.
    #[error("The private key cannot be used for TLS: its algorithm, curve or length is not supported.")]
    Unsupported,
    /// It is encrypted where it must not be.
    #[error("The private key is encrypted.")]
    Encrypted,
}

impl PrivateKey {
    /// Reads an unencrypted private key in DER form, whichever of the three.
    pub fn from_der(der: Secret<Vec<u8>>) -> Result<Self, PrivateKeyError> {
        // EXPOSE: to the parsers of rustls and aws-lc, in this process.
        let parsed =
            PrivateKeyDer::try_from(der.expose().as_slice()).map_err(|_| PrivateKeyError::Unreadable)?;
        let form = match parsed {
            PrivateKeyDer::Pkcs1(_) => KeyForm::Pkcs1,
            PrivateKeyDer::Sec1(_) => KeyForm::Sec1,
            _ => KeyForm::Pkcs8,
        };
        let signing_key = any_supported_type(&parsed).map_err(|_| PrivateKeyError::Unsupported)?;
        let public_key = signing_key.public_key().ok_or(PrivateKeyError::Unsupported)?.to_vec();
        Ok(Self { der, form, signing_key, public_key })
    }

    /// The key itself, unencrypted DER.
    pub const fn der(&self) -> &Secret<Vec<u8>> {
        &self.der
    }

    /// How it is written.
    pub const fn form(&self) -> KeyForm {
        self.form
    }

    /// The public key that belongs to it, as SPKI.
    pub fn public_key(&self) -> &[u8] {
        &self.public_key
    }

    /// Whether it belongs to this certificate.
    pub fn fits(&self, certificate: &[u8]) -> bool {
        facts::parse(certificate).is_ok_and(|certificate| same_public_key(&certificate, &self.public_key))
    }

    /// SHA-256 over the public key (SPKI), upper-case hexadecimal pairs, as in the facts of a certificate.
    pub fn public_key_fingerprint(&self) -> String {
        facts::fingerprint(&self.public_key)
    }

    /// What signs in a TLS handshake.
    pub fn signing_key(&self) -> Arc<dyn SigningKey> {
        Arc::clone(&self.signing_key)
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PrivateKey").field("form", &self.form).finish_non_exhaustive()
    }
}

impl std::fmt::Display for KeyForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Pkcs1 => "PKCS#1",
            Self::Pkcs8 => "PKCS#8",
            Self::Sec1 => "SEC1",
        })
    }
}

impl From<PrivateKeyError> for Error {
    fn from(error: PrivateKeyError) -> Self {
        let hint = match error {
            PrivateKeyError::Unreadable => "Copy it again, whole, the BEGIN and END lines included.",
            PrivateKeyError::Unsupported => "RSA from 2048 bits, EC P-256, P-384, P-521 and Ed25519 work.",
            PrivateKeyError::Encrypted => "Add the file it came from, and give its passphrase there.",
        };
        let code =
            if error == PrivateKeyError::Encrypted { Code::PassphraseNeeded } else { Code::InvalidInput };
        Self::new(code, error.to_string()).hint(hint)
    }
}
