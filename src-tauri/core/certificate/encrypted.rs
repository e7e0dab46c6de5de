//! Private keys behind a passphrase: encrypted PKCS#8 of three generations, and OpenSSL's traditional form.

use aes::{Aes128, Aes192, Aes256};
use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use des::{Des, TdesEde3};
use md5::{Digest, Md5};
use pkcs8::der::asn1::OctetStringRef;
use pkcs8::der::{Decode, Reader, SliceReader};
use pkcs8::pkcs5::pbes2;
use pkcs8::spki::AlgorithmIdentifierRef;
use pkcs8::{EncryptedPrivateKeyInfoRef, ObjectIdentifier};
use pkcs12::kdf::{Pkcs12KeyType, derive_key_utf8};
use sha1::Sha1;
use zeroize::Zeroizing;

use super::pem::Block;

/// More rounds than any tool writes; above it a file only wants to keep the processor busy.
const MAX_ROUNDS: u32 = 10_000_000;
const MAX_SCRYPT_BYTES: u64 = 256 << 20;

const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
const PBE_MD5_DES: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.3");
const PBE_SHA1_DES: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.10");
const PBE_SHA1_3DES: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.3");

/// Why a private key did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The passphrase is another one, or the file is damaged; the two look the same.
    WrongPassphrase,
    /// A way of encryption we do not know.
    Unsupported,
}

type Opened = Result<Zeroizing<Vec<u8>>, Failure>;

/// Whether bytes are an encrypted PKCS#8 key.
pub(super) fn is_encrypted_pkcs8(der: &[u8]) -> bool {
    split(der).is_some()
}

/// Opens an encrypted PKCS#8 key.
pub(super) fn open_pkcs8(der: &[u8], passphrase: &str) -> Opened {
    let (algorithm, data) = split(der).ok_or(Failure::Unsupported)?;
    match algorithm.oid {
        PBES2 => open_pbes2(der, passphrase),
        PBE_MD5_DES => open_pbes1::<Md5>(algorithm, data, passphrase),
        PBE_SHA1_DES => open_pbes1::<Sha1>(algorithm, data, passphrase),
        PBE_SHA1_3DES => open_pkcs12_pbe(algorithm, data, passphrase),
        _ => Err(Failure::Unsupported),
    }
}

/// Opens a key of OpenSSL's traditional form, whose cipher stands in the `DEK-Info` header.
pub(super) fn open_traditional(block: &Block, passphrase: &str) -> Opened {
    let (cipher, iv) =
        block.header("DEK-Info").and_then(|info| info.split_once(',')).ok_or(Failure::Unsupported)?;
    let iv = hexadecimal(iv.trim()).filter(|iv| iv.len() >= 8).ok_or(Failure::Unsupported)?;
    let key = |length| bytes_to_key(passphrase.as_bytes(), &iv[..8], length);
    match cipher.trim() {
        "AES-128-CBC" => decrypt::<Aes128>(&key(16), &iv, &block.der),
        "AES-192-CBC" => decrypt::<Aes192>(&key(24), &iv, &block.der),
        "AES-256-CBC" => decrypt::<Aes256>(&key(32), &iv, &block.der),
        "DES-EDE3-CBC" => decrypt::<TdesEde3>(&key(24), &iv, &block.der),
        "DES-CBC" => decrypt::<Des>(&key(8), &iv, &block.der),
        _ => Err(Failure::Unsupported),
    }
}

fn split(der: &[u8]) -> Option<(AlgorithmIdentifierRef<'_>, &[u8])> {
    let mut reader = SliceReader::new(der).ok()?;
    let parts = reader.sequence(|reader| {
        let algorithm = AlgorithmIdentifierRef::decode(reader)?;
        let data = <&OctetStringRef>::decode(reader)?;
        Ok::<_, pkcs8::der::Error>((algorithm, data.as_bytes()))
    });
    parts.ok()
}

fn open_pbes2(der: &[u8], passphrase: &str) -> Opened {
    let info = EncryptedPrivateKeyInfoRef::from_der(der).map_err(|_| Failure::Unsupported)?;
    let parameters = info.encryption_algorithm.pbes2().ok_or(Failure::Unsupported)?;
    let affordable = match &parameters.kdf {
        pbes2::Kdf::Pbkdf2(kdf) => kdf.iteration_count <= MAX_ROUNDS,
        pbes2::Kdf::Scrypt(kdf) => {
            let block = 128 * u64::from(kdf.block_size) * u64::from(kdf.parallelization);
            kdf.cost_parameter.checked_mul(block).is_some_and(|bytes| bytes <= MAX_SCRYPT_BYTES)
        }
        _ => false,
    };
    if !affordable {
        return Err(Failure::Unsupported);
    }
    let opened = info.decrypt(passphrase).map_err(|_| Failure::WrongPassphrase)?;
    Ok(Zeroizing::new(opened.as_bytes().to_vec()))
}

fn open_pbes1<D: Digest>(algorithm: AlgorithmIdentifierRef<'_>, data: &[u8], passphrase: &str) -> Opened {
    let (salt, rounds) = salt_and_rounds(algorithm)?;
    let mut derived =
        Zeroizing::new(D::new().chain_update(passphrase).chain_update(salt).finalize().to_vec());
    for _ in 1..rounds {
        *derived = D::digest(&*derived).to_vec();
    }
    decrypt::<Des>(&derived[..8], &derived[8..16], data)
}

fn open_pkcs12_pbe(algorithm: AlgorithmIdentifierRef<'_>, data: &[u8], passphrase: &str) -> Opened {
    let (salt, rounds) = salt_and_rounds(algorithm)?;
    let rounds = i32::try_from(rounds).map_err(|_| Failure::Unsupported)?;
    let derive = |kind, length| {
        derive_key_utf8::<Sha1>(passphrase, salt, kind, rounds, length)
            .map(Zeroizing::new)
            .map_err(|_| Failure::WrongPassphrase)
    };
    decrypt::<TdesEde3>(&derive(Pkcs12KeyType::EncryptionKey, 24)?, &derive(Pkcs12KeyType::Iv, 8)?, data)
}

fn salt_and_rounds(algorithm: AlgorithmIdentifierRef<'_>) -> Result<(&[u8], u32), Failure> {
    let parameters = algorithm.parameters.ok_or(Failure::Unsupported)?;
    let mut reader = SliceReader::new(parameters.value()).map_err(|_| Failure::Unsupported)?;
    let salt = <&OctetStringRef>::decode(&mut reader).map_err(|_| Failure::Unsupported)?;
    let rounds = u32::decode(&mut reader).map_err(|_| Failure::Unsupported)?;
    if salt.as_bytes().is_empty() || rounds > MAX_ROUNDS {
        return Err(Failure::Unsupported);
    }
    Ok((salt.as_bytes(), rounds))
}

fn decrypt<C: KeyInit + BlockCipherDecrypt>(key: &[u8], iv: &[u8], data: &[u8]) -> Opened {
    let cipher = Decryptor::<C>::new_from_slices(key, iv).map_err(|_| Failure::Unsupported)?;
    cipher.decrypt_padded_vec::<Pkcs7>(data).map(Zeroizing::new).map_err(|_| Failure::WrongPassphrase)
}

/// OpenSSL's `EVP_BytesToKey` with MD5 and one round, as the traditional form prescribes.
fn bytes_to_key(passphrase: &[u8], salt: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let mut key = Zeroizing::new(Vec::with_capacity(length + 16));
    let mut last = Zeroizing::new(Vec::new());
    while key.len() < length {
        *last =
            Md5::new().chain_update(&*last).chain_update(passphrase).chain_update(salt).finalize().to_vec();
        key.extend_from_slice(&last);
    }
    key.truncate(length);
    key
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}
