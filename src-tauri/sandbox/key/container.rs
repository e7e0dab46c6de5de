//! A private key in the file forms that people have it in.

use p12_keystore::{
    Certificate, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, PrivateKey, PrivateKeyChain,
};
use pkcs8::pkcs5::pbes2::Parameters;
use pkcs8::{LineEnding, PrivateKeyInfoRef};

use super::Identity;
use crate::encoding::{pem, random};

/// The passphrase of every encrypted file of the sandbox.
pub const PASSPHRASE: &str = "sandbox";

/// Enough for a throw-away key; the usual number takes seconds in a debug build.
const ITERATIONS: u32 = 2048;

pub(super) fn pkcs8(private_key: &[u8]) -> String {
    pem("PRIVATE KEY", private_key)
}

pub(super) fn pkcs1(private_key: &[u8]) -> String {
    pem("RSA PRIVATE KEY", info(private_key).private_key.as_bytes())
}

pub(super) fn encrypted(private_key: &[u8]) -> String {
    let parameters =
        Parameters::generate_pbkdf2_sha256_aes256cbc(ITERATIONS, &random::<16>(), random::<16>())
            .expect("the parameters are in range");
    info(private_key)
        .encrypt_with_params(parameters, PASSPHRASE)
        .expect("a key just made can be encrypted")
        .to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF)
        .expect("a label without odd characters can be written")
        .to_string()
}

pub(super) fn pkcs12(identity: &Identity) -> Vec<u8> {
    keystore(identity)
        .writer(PASSPHRASE)
        .encryption_algorithm(EncryptionAlgorithm::PbeWithHmacSha256AndAes256)
        .encryption_iterations(ITERATIONS)
        .mac_algorithm(MacAlgorithm::HmacSha256)
        .mac_iterations(ITERATIONS)
        .write()
        .expect("a chain just made can be written")
}

pub(super) fn pkcs12_legacy(identity: &Identity) -> Vec<u8> {
    keystore(identity)
        .writer(PASSPHRASE)
        .encryption_algorithm(EncryptionAlgorithm::PbeWithShaAnd3KeyTripleDesCbc)
        .encryption_iterations(ITERATIONS)
        .mac_algorithm(MacAlgorithm::HmacSha1)
        .mac_iterations(ITERATIONS)
        .write()
        .expect("a chain just made can be written")
}

fn keystore(identity: &Identity) -> KeyStore {
    let key = PrivateKey::from_der(&identity.private_key).expect("the key is PKCS#8");
    let chain = identity
        .chain
        .iter()
        .map(|certificate| Certificate::from_der(certificate).expect("a certificate just made can be read"));
    let mut keystore = KeyStore::new();
    let chain = PrivateKeyChain::new("sandbox", key, chain);
    keystore.add_entry("sandbox", KeyStoreEntry::PrivateKeyChain(chain));
    keystore
}

fn info(private_key: &[u8]) -> PrivateKeyInfoRef<'_> {
    PrivateKeyInfoRef::try_from(private_key).expect("rcgen writes PKCS#8")
}
