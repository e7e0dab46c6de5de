use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rustls::pki_types::CertificateDer;
use zeroize::Zeroizing;

use super::pem::{Block, BlockKind, Pem, PemError};
use super::private_key::PrivateKey;
use super::{encrypted, facts, pkcs12};
use crate::error::{Code, Error};
use crate::secret::Secret;

const MAX_BYTES: usize = 4 << 20;
/// Opening one may take a second, so a file with more is only read so far.
const MAX_KEYS: usize = 16;
const INDEFINITE_SEQUENCE: [u8; 2] = [0x30, 0x80];
const JAVA_KEYSTORE: [u8; 4] = [0xFE, 0xED, 0xFE, 0xED];

/// A file with a private key in it: PEM, DER or PKCS#12.
#[derive(Debug)]
pub struct KeyFile {
    /// What it is: "PKCS#12 · private key and 2 certificates".
    pub format: String,
    /// Its private keys, at least one.
    pub keys: Vec<PrivateKey>,
    /// Its certificates, in the order of the file.
    pub certificates: Vec<CertificateDer<'static>>,
}

/// Why a file gives no private key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct KeyFileError {
    /// What the file is, as far as that could be told.
    pub format: String,
    /// What is the matter.
    pub fault: KeyFileFault,
}

/// What is the matter with a key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileFault {
    /// It is encrypted.
    #[error("The file is protected by a passphrase.")]
    PassphraseNeeded,
    /// The passphrase is another one.
    #[error("The passphrase does not open this file.")]
    WrongPassphrase,
    /// It holds certificates or nothing.
    #[error("There is no private key in this file.")]
    NoPrivateKey,
    /// It is encrypted in a way we do not know.
    #[error("The file is encrypted in a way Sluice cannot open.")]
    UnsupportedEncryption,
    /// It holds a private key TLS cannot use.
    #[error("TLS cannot use the private key in this file: its algorithm, curve or length is not supported.")]
    UnsupportedKey,
    /// A keystore of Java's own kind.
    #[error("This is a Java keystore (JKS).")]
    JavaKeystore,
    /// A form older than DER, as early exports of browsers and macOS have it.
    #[error("The file is written in BER, an older form that Sluice cannot open.")]
    Ber,
    /// The PEM text is damaged.
    #[error(transparent)]
    Pem(PemError),
    /// Far larger than any key file.
    #[error("The file is larger than 4 MB, too large for a private key.")]
    TooLarge,
    /// None of it.
    #[error("This is no private key file: neither PEM nor PKCS#12.")]
    Unknown,
}

impl KeyFile {
    /// Reads a file's bytes, opening what is encrypted with the passphrase.
    pub fn read(bytes: &Secret<Vec<u8>>, passphrase: Option<&Secret<String>>) -> Result<Self, KeyFileError> {
        // EXPOSE: to the readers of this module, in this process.
        let (bytes, passphrase) = (bytes.expose(), passphrase.map(|text| text.expose().as_str()));
        let passphrase = passphrase.filter(|text| !text.is_empty());
        if bytes.len() > MAX_BYTES {
            return Err(fault("File", KeyFileFault::TooLarge));
        }
        if bytes.starts_with(&JAVA_KEYSTORE) {
            return Err(fault("Java keystore", KeyFileFault::JavaKeystore));
        }
        if bytes.starts_with(&INDEFINITE_SEQUENCE) {
            return Err(fault("PKCS#12", KeyFileFault::Ber));
        }
        if bytes.first() == Some(&0x30) {
            return read_der(bytes, passphrase);
        }
        let Ok(text) = std::str::from_utf8(bytes) else { return Err(fault("File", KeyFileFault::Unknown)) };
        if text.contains("-----BEGIN") {
            return read_pem(text, passphrase);
        }
        let mut compact = Zeroizing::new(String::with_capacity(text.len()));
        compact.extend(text.chars().filter(|char| !char.is_whitespace()));
        match BASE64_STANDARD.decode(compact.as_bytes()).map(Zeroizing::new) {
            Ok(der) if der.first() == Some(&0x30) => read_der(&der, passphrase),
            _ => Err(fault("File", KeyFileFault::Unknown)),
        }
    }
}

fn fault(format: impl Into<String>, fault: KeyFileFault) -> KeyFileError {
    KeyFileError { format: format.into(), fault }
}

fn read_der(der: &[u8], passphrase: Option<&str>) -> Result<KeyFile, KeyFileError> {
    if pkcs12::is_pkcs12(der) {
        return read_pkcs12(der, passphrase);
    }
    if encrypted::is_encrypted_pkcs8(der) {
        let format = "DER · private key (PKCS#8, encrypted)";
        let opened = open(passphrase, format, |passphrase| encrypted::open_pkcs8(der, passphrase))?;
        return Ok(KeyFile { format: format.to_owned(), keys: vec![opened], certificates: Vec::new() });
    }
    if facts::parse(der).is_ok() {
        return Err(fault("DER · 1 certificate", KeyFileFault::NoPrivateKey));
    }
    match PrivateKey::from_der(Secret::new(der.to_vec())) {
        Ok(key) => {
            let format = format!("DER · private key ({})", key.form());
            Ok(KeyFile { format, keys: vec![key], certificates: Vec::new() })
        }
        Err(super::PrivateKeyError::Unsupported) => {
            Err(fault("DER · private key", KeyFileFault::UnsupportedKey))
        }
        Err(_) => Err(fault("File", KeyFileFault::Unknown)),
    }
}

fn read_pkcs12(der: &[u8], passphrase: Option<&str>) -> Result<KeyFile, KeyFileError> {
    let contents = pkcs12::open(der, passphrase.unwrap_or_default()).map_err(|failure| {
        let why = match failure {
            pkcs12::Failure::Unsupported => KeyFileFault::UnsupportedEncryption,
            pkcs12::Failure::WrongPassphrase if passphrase.is_none() => KeyFileFault::PassphraseNeeded,
            pkcs12::Failure::WrongPassphrase => KeyFileFault::WrongPassphrase,
        };
        fault("PKCS#12", why)
    })?;
    let format = format!("PKCS#12 · {}", inventory(contents.key_count, "", contents.certificates.len()));
    match (contents.key_count, contents.keys.is_empty()) {
        (0, _) => Err(fault(format, KeyFileFault::NoPrivateKey)),
        (_, true) => Err(fault(format, KeyFileFault::UnsupportedKey)),
        _ => Ok(KeyFile { format, keys: contents.keys, certificates: contents.certificates }),
    }
}

fn read_pem(text: &str, passphrase: Option<&str>) -> Result<KeyFile, KeyFileError> {
    let pem = Pem::read(text).map_err(|error| fault("PEM", KeyFileFault::Pem(error)))?;
    let certificates = pem.certificates();
    let blocks: Vec<&Block> =
        pem.blocks.iter().filter(|block| block.what() == BlockKind::PrivateKey).collect();
    let form = blocks.first().map_or("", |block| form_label(block));
    let format = format!("PEM · {}", inventory(blocks.len(), form, certificates.len()));
    if blocks.is_empty() {
        return Err(fault(format, KeyFileFault::NoPrivateKey));
    }
    let keys = blocks
        .into_iter()
        .take(MAX_KEYS)
        .map(|block| read_block(block, &format, passphrase))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(KeyFile { format, keys, certificates })
}

fn read_block(block: &Block, format: &str, passphrase: Option<&str>) -> Result<PrivateKey, KeyFileError> {
    if block.label == "ENCRYPTED PRIVATE KEY" {
        return open(passphrase, format, |passphrase| encrypted::open_pkcs8(&block.der, passphrase));
    }
    if block.header("DEK-Info").is_some() {
        return open(passphrase, format, |passphrase| encrypted::open_traditional(block, passphrase));
    }
    PrivateKey::from_der(Secret::new(block.der.to_vec())).map_err(|error| {
        let why = match error {
            super::PrivateKeyError::Unsupported => KeyFileFault::UnsupportedKey,
            _ => KeyFileFault::Pem(PemError::Content(BlockKind::PrivateKey)),
        };
        fault(format, why)
    })
}

fn open(
    passphrase: Option<&str>,
    format: &str,
    opening: impl FnOnce(&str) -> Result<Zeroizing<Vec<u8>>, encrypted::Failure>,
) -> Result<PrivateKey, KeyFileError> {
    let passphrase = passphrase.ok_or_else(|| fault(format, KeyFileFault::PassphraseNeeded))?;
    let der = opening(passphrase).map_err(|failure| match failure {
        encrypted::Failure::WrongPassphrase => fault(format, KeyFileFault::WrongPassphrase),
        encrypted::Failure::Unsupported => fault(format, KeyFileFault::UnsupportedEncryption),
    })?;
    // Padding is right by chance once in 256 wrong passphrases, so nonsense means wrong here, not damaged.
    PrivateKey::from_der(Secret::new(der.to_vec())).map_err(|error| match error {
        super::PrivateKeyError::Unsupported => fault(format, KeyFileFault::UnsupportedKey),
        _ => fault(format, KeyFileFault::WrongPassphrase),
    })
}

fn form_label(block: &Block) -> &'static str {
    let encrypted = block.header("DEK-Info").is_some();
    match (block.label.as_str(), encrypted) {
        ("ENCRYPTED PRIVATE KEY", _) => "PKCS#8, encrypted",
        ("RSA PRIVATE KEY", false) => "PKCS#1",
        ("RSA PRIVATE KEY", true) => "PKCS#1, encrypted",
        ("EC PRIVATE KEY", false) => "SEC1",
        ("EC PRIVATE KEY", true) => "SEC1, encrypted",
        (_, true) => "encrypted",
        _ => "PKCS#8",
    }
}

/// "private key (PKCS#8) and 2 certificates".
fn inventory(keys: usize, form: &str, certificates: usize) -> String {
    let mut parts = Vec::new();
    match keys {
        0 => {}
        1 if form.is_empty() => parts.push("private key".to_owned()),
        1 => parts.push(format!("private key ({form})")),
        many => parts.push(format!("{many} private keys")),
    }
    match certificates {
        0 => {}
        1 => parts.push("1 certificate".to_owned()),
        many => parts.push(format!("{many} certificates")),
    }
    if parts.is_empty() { "no private key".to_owned() } else { parts.join(" and ") }
}

impl From<KeyFileError> for Error {
    fn from(error: KeyFileError) -> Self {
        let code = match error.fault {
            KeyFileFault::PassphraseNeeded => Code::PassphraseNeeded,
            KeyFileFault::WrongPassphrase => Code::WrongPassphrase,
            _ => Code::InvalidInput,
        };
        Self::new(code, error.fault.to_string()).hint(hint(error.fault))
    }
}

fn hint(fault: KeyFileFault) -> &'static str {
    match fault {
        KeyFileFault::PassphraseNeeded => "Enter the passphrase the file was saved with.",
        KeyFileFault::WrongPassphrase => "Check upper and lower case, or ask whoever made the file.",
        KeyFileFault::NoPrivateKey => {
            "Choose the file of the time the key pair was made, often .p12, .pfx or .key."
        }
        KeyFileFault::UnsupportedEncryption => {
            "Convert it: openssl pkcs12 -legacy -in old.p12 -out key.pem, or openssl pkey -in old.key -aes256 \
             -out key.pem."
        }
        KeyFileFault::Ber => "Convert it: openssl pkcs12 -in old.p12 -out key.pem",
        KeyFileFault::UnsupportedKey => "RSA from 2048 bits, EC P-256, P-384, P-521 and Ed25519 work.",
        KeyFileFault::JavaKeystore => {
            "Convert it: keytool -importkeystore -srckeystore FILE -destkeystore key.p12 \
             -deststoretype pkcs12."
        }
        KeyFileFault::Pem(PemError::Missing) | KeyFileFault::TooLarge | KeyFileFault::Unknown => {
            "Choose a .p12, .pfx, .pem or .key file."
        }
        KeyFileFault::Pem(_) => "Copy it again, whole, the BEGIN and END lines included.",
    }
}
