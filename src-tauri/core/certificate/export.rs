use p12_keystore::{
    Certificate, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, PrivateKey, PrivateKeyChain,
};
use sha1::{Digest as _, Sha1};

use super::Identity;
use crate::error::{Code, Error};
use crate::secret::Secret;

/// How often a passphrase is hashed: ten times what Java does by itself, and unnoticeable to a person.
/// Unoptimised it takes seconds; the terminal's test writes a file with the real number.
const ITERATIONS: u32 = if cfg!(test) { 2_000 } else { 100_000 };

/// Why an identity was not written as PKCS#12.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Pkcs12ExportError {
    /// Java does not open a file without a passphrase.
    #[error("A PKCS#12 file with a private key needs a passphrase.")]
    NoPassphrase,
    /// The three programs that would read it encode other characters differently.
    #[error("The passphrase has characters other than ASCII letters, digits and signs.")]
    ForeignPassphrase,
    /// The cryptographic library said no.
    #[error("The PKCS#12 file could not be made: {0}")]
    Failed(String),
}

/// An identity as a PKCS#12 file: the private key and its chain under this name, encrypted with AES-256 (PBES2) and
/// guarded by an HMAC with SHA-256, so OpenSSL and Java read it.
pub fn write_pkcs12(
    identity: &Identity,
    name: &str,
    passphrase: &Secret<String>,
) -> Result<Vec<u8>, Pkcs12ExportError> {
    // EXPOSE: into the key derivation of the file.
    let passphrase = passphrase.expose();
    if passphrase.is_empty() {
        return Err(Pkcs12ExportError::NoPassphrase);
    }
    if !passphrase.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(Pkcs12ExportError::ForeignPassphrase);
    }
    // A name in such a file is a BMPString, which has no characters beyond the first plane.
    let name: String = name.chars().filter(|letter| u32::from(*letter) <= 0xFFFF).collect();
    let mut store = KeyStore::new();
    store.add_entry(&name, KeyStoreEntry::PrivateKeyChain(chain(identity)?));
    let writer = store
        .writer(passphrase)
        .encryption_algorithm(EncryptionAlgorithm::PbeWithHmacSha256AndAes256)
        .encryption_iterations(ITERATIONS)
        .mac_algorithm(MacAlgorithm::HmacSha256)
        .mac_iterations(ITERATIONS);
    Ok(writer.write()?)
}

fn chain(identity: &Identity) -> Result<PrivateKeyChain, p12_keystore::error::Error> {
    // EXPOSE: into the encrypted file the user asked for.
    let key = PrivateKey::from_der(identity.private_key_der().expose())?;
    let certificates = identity.chain().iter().map(|der| Certificate::from_der(der));
    let certificates = certificates.collect::<Result<Vec<_>, _>>()?;
    // What OpenSSL takes: the leaf's SHA-1.
    let id = identity.chain().first().map(|leaf| Sha1::digest(leaf).to_vec()).unwrap_or_default();
    Ok(PrivateKeyChain::new(id, key, certificates))
}

impl From<p12_keystore::error::Error> for Pkcs12ExportError {
    fn from(error: p12_keystore::error::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<Pkcs12ExportError> for Error {
    fn from(error: Pkcs12ExportError) -> Self {
        let (code, hint) = match error {
            Pkcs12ExportError::NoPassphrase => {
                (Code::PassphraseNeeded, "Choose one with 12 characters or more")
            }
            Pkcs12ExportError::ForeignPassphrase => {
                (Code::InvalidInput, "OpenSSL and Java read others differently; choose another passphrase")
            }
            Pkcs12ExportError::Failed(_) => (Code::InvalidInput, "Ask for a new certificate and export that"),
        };
        Self::new(code, error.to_string()).hint(hint)
    }
}
