use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::sign::CertifiedKey;

use super::chain::Chain;
use super::facts::{CertificateError, CertificateFacts, ChainFacts};
use super::private_key::{PrivateKey, PrivateKeyError};
use crate::error::{Code, Error};
use crate::secret::Secret;

/// A client certificate chain with its private key; cheap to clone.
#[derive(Clone)]
pub struct Identity(Arc<Inner>);

struct Inner {
    certified_key: Arc<CertifiedKey>,
    private_key: PrivateKey,
    chain: Chain,
}

/// Why a chain and a private key make no identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// The certificates cannot be read, or there are none.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The private key cannot be used.
    #[error(transparent)]
    PrivateKey(#[from] PrivateKeyError),
    /// The private key belongs to another certificate.
    #[error("The private key belongs to another certificate.")]
    Mismatch,
}

impl Identity {
    /// Joins a private key with its certificate and the issuers of that, given in any order.
    pub fn new(chain: Vec<CertificateDer<'static>>, key: PrivateKey) -> Result<Self, IdentityError> {
        let chain = Chain::sort(chain, Some(key.public_key()))?;
        if !key.fits(&chain.certificates()[0]) {
            return Err(IdentityError::Mismatch);
        }
        let certified_key = Arc::new(CertifiedKey::new(chain.certificates().to_vec(), key.signing_key()));
        Ok(Self(Arc::new(Inner { certified_key, private_key: key, chain })))
    }

    /// Puts together again what storage keeps apart: the chain from the database, the key from the keyring.
    pub fn from_der(chain: Vec<Vec<u8>>, key: Secret<Vec<u8>>) -> Result<Self, IdentityError> {
        Self::new(chain.into_iter().map(CertificateDer::from).collect(), PrivateKey::from_der(key)?)
    }

    /// What rustls presents and signs with.
    pub fn certified_key(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.0.certified_key)
    }

    /// Facts of the leaf.
    pub fn facts(&self) -> &CertificateFacts {
        self.0.chain.leaf()
    }

    /// Facts of the whole chain.
    pub fn chain_facts(&self) -> &ChainFacts {
        self.0.chain.facts()
    }

    /// SHA-256 of the leaf, as in the facts.
    pub fn fingerprint(&self) -> &str {
        &self.facts().fingerprint
    }

    /// The certificates, leaf first.
    pub fn chain(&self) -> &[CertificateDer<'static>] {
        self.0.chain.certificates()
    }

    /// How many certificates were given that have nothing to do with the leaf.
    pub fn unrelated(&self) -> usize {
        self.0.chain.unrelated().len()
    }

    /// The private key, for the keyring.
    pub fn private_key_der(&self) -> &Secret<Vec<u8>> {
        self.0.private_key.der()
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity").field("fingerprint", &self.fingerprint()).finish_non_exhaustive()
    }
}

impl From<IdentityError> for Error {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Certificate(error) => error.into(),
            IdentityError::PrivateKey(error) => error.into(),
            IdentityError::Mismatch => Self::new(Code::KeyMismatch, error.to_string())
                .hint("Choose the file that was made together with this certificate."),
        }
    }
}
