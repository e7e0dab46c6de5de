//! A file that may hold a service key: read beside the async workers, and told from private keys and certificates.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use sluice_core::error::{Code, Error, Result};
use sluice_core::secret::Secret;

/// The largest file read as a service key; a real one has a few kilobytes.
const LARGEST: u64 = 4 * 1024 * 1024;
/// What a file in DER begins with, PKCS#12 included.
const DER_SEQUENCE: u8 = 0x30;
/// How the names of files end that hold certificates and nothing else.
const CERTIFICATE_ENDINGS: [&str; 5] = ["p7b", "p7c", "cer", "crt", "der"];
/// What a PEM file with certificates begins with.
const CERTIFICATE_BEGINNINGS: [&str; 3] =
    ["-----BEGIN CERTIFICATE-----", "-----BEGIN PKCS7-----", "-----BEGIN CMS-----"];
/// A mark some editors put before text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A file as it was read.
pub struct KeyFile {
    path: PathBuf,
    bytes: Secret<Vec<u8>>,
}

impl KeyFile {
    /// Reads a file without holding up other commands.
    pub async fn read(path: PathBuf) -> Result<Self> {
        let name = path.clone();
        let read = tauri::async_runtime::spawn_blocking(move || Self::read_now(path)).await;
        read.unwrap_or_else(|error| Err(unreadable(&name, error.to_string())))
    }

    /// Its text, if it is one.
    pub fn text(&self) -> Result<Secret<String>> {
        // EXPOSE: into the text itself, as secret as the bytes.
        let text = std::str::from_utf8(self.bytes.expose()).map(Secret::from);
        text.map_err(|_| {
            Error::new(Code::NotAServiceKey, format!("{} is not text", self.path.display())).hint(
                "A service key is a JSON file; a PKCS#12 file is added after the key of an external certificate",
            )
        })
    }

    /// Whether it holds a private key alone: PKCS#12, DER or PEM.
    pub fn is_private_key(&self) -> bool {
        let is = |ending: &str| self.ends_with(ending);
        // EXPOSE: looked at here; only what kind of file it is leaves.
        let bytes = self.bytes.expose();
        is("p12") || is("pfx") || bytes.first() == Some(&DER_SEQUENCE) || is_pem(bytes)
    }

    /// Whether it holds certificates and no private key, as an authority's answer does.
    pub fn is_certificate(&self) -> bool {
        // EXPOSE: looked at here; only what kind of file it is leaves.
        let text = std::str::from_utf8(self.bytes.expose()).map(begin).unwrap_or_default();
        let is_named = CERTIFICATE_ENDINGS.iter().any(|ending| self.ends_with(ending));
        let is_marked = CERTIFICATE_BEGINNINGS.iter().any(|mark| text.starts_with(mark));
        (is_named || is_marked) && !text.contains("PRIVATE KEY-----")
    }

    fn ends_with(&self, ending: &str) -> bool {
        self.path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
    }

    fn read_now(path: PathBuf) -> Result<Self> {
        // Asked before opening: to open a pipe would wait for someone to write to it.
        let is_file = std::fs::metadata(&path).map(|facts| facts.is_file());
        if !is_file.map_err(|error| unreadable(&path, error.to_string()))? {
            return Err(Error::new(Code::InvalidInput, format!("{} is not a file", path.display()))
                .hint("Choose the file of the service key itself"));
        }
        let bytes = read_bytes(&path).map_err(|error| unreadable(&path, error.to_string()))?;
        // EXPOSE: counted.
        if bytes.expose().len() as u64 > LARGEST {
            return Err(Error::new(Code::InvalidInput, format!("{} is larger than 4 MB", path.display()))
                .hint("A service key has a few kilobytes; choose its file"));
        }
        Ok(Self { path, bytes })
    }
}

/// One byte more than is allowed tells a file that is too large.
fn read_bytes(path: &Path) -> io::Result<Secret<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes);
    let bytes = Secret::new(bytes);
    read.map(|_| bytes)
}

/// A service key may quote a private key, so a PEM file is known by how it begins, too.
fn is_pem(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let text = begin(text);
    let begins = text.starts_with("-----BEGIN ") || text.starts_with("Bag Attributes");
    begins && text.contains("PRIVATE KEY-----")
}

/// The text from its first letter on.
fn begin(text: &str) -> &str {
    text.trim_start_matches(BYTE_ORDER_MARK).trim_start()
}

fn unreadable(path: &Path, detail: String) -> Error {
    Error::new(Code::InvalidInput, format!("{} cannot be read", path.display()))
        .hint("Check the file and its permissions")
        .detail(detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: &[u8]) -> KeyFile {
        KeyFile { path: PathBuf::from(name), bytes: Secret::new(bytes.to_vec()) }
    }

    #[test]
    fn a_private_key_is_told_by_its_name_or_its_beginning() {
        assert!(file("client.P12", b"anything").is_private_key());
        assert!(file("client.pfx", b"").is_private_key());
        assert!(file("client", &[0x30, 0x82, 0x01]).is_private_key());
        for kind in ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"] {
            let pem = format!("\u{feff}\n-----BEGIN {kind}-----\nMII\n-----END {kind}-----\n");
            assert!(file("client.pem", pem.as_bytes()).is_private_key(), "{kind}");
        }
        let chain = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n";
        assert!(file("client.pem", chain.as_bytes()).is_private_key());
    }

    #[test]
    fn a_service_key_that_quotes_its_private_key_is_none() {
        let key = br#"{"oauth": {"key": "-----BEGIN RSA PRIVATE KEY-----\nMII"}}"#;
        assert!(!file("key.json", key).is_private_key());
        assert!(!file("key.txt", b"").is_private_key());
        assert!(!file("root.pem", b"-----BEGIN CERTIFICATE-----\nMII").is_private_key());
    }

    #[test]
    fn certificates_are_told_by_their_name_or_their_beginning_unless_a_private_key_is_among_them() {
        let certificate = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n";
        assert!(file("answer.P7B", &[0x30, 0x82, 0xff]).is_certificate());
        assert!(file("answer.pem", format!("\u{feff}\n{certificate}").as_bytes()).is_certificate());
        assert!(file("answer.txt", b"-----BEGIN PKCS7-----\nMII").is_certificate());
        let both = format!("{certificate}-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\n");
        assert!(!file("client.crt", both.as_bytes()).is_certificate());
        assert!(!file("client.p12", &[0x30, 0x82]).is_certificate());
        let key = format!("{{\"certificate\": {certificate:?}}}");
        assert!(!file("key.json", key.as_bytes()).is_certificate(), "a service key has one, too");
    }

    #[test]
    fn what_is_no_file_or_too_large_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let refused = |path: &Path| KeyFile::read_now(path.to_owned()).err().unwrap().message;
        assert!(refused(folder.path()).contains("is not a file"));
        assert!(refused(&folder.path().join("missing")).contains("cannot be read"));
        let path = folder.path().join("key.json");
        let file = std::fs::File::create(&path).unwrap();
        file.set_len(LARGEST).unwrap();
        assert_eq!(KeyFile::read_now(path.clone()).unwrap().text().unwrap().length() as u64, LARGEST);
        file.set_len(LARGEST + 1).unwrap();
        assert!(refused(&path).contains("larger than 4 MB"));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_no_file() {
        assert!(KeyFile::read_now(PathBuf::from("/dev/zero")).is_err());
    }
}
