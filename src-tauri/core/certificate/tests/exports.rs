use std::process::Command;

use crate::certificate::samples::{self, openssl};
use crate::certificate::{Identity, KeyFile, KeyPairKind, Pkcs12ExportError, write_pkcs12};
use crate::certificate::{PrivateKey, RequestContent, Subject};
use crate::secret::Secret;

const PASSPHRASE: &str = "corr ect$Horse=9";

fn identity() -> Identity {
    let key = samples::ec();
    let private = PrivateKey::from_der(samples::secret(&key.serialize_der())).unwrap();
    Identity::new(samples::chain(&key), private).unwrap()
}

fn self_signed(kind: KeyPairKind) -> Identity {
    let content =
        RequestContent { subject: Subject::read("orders-dev").unwrap(), dns_names: Vec::new(), kind };
    let signed = content.sign(true).unwrap();
    let key = PrivateKey::from_der(signed.private_key).unwrap();
    Identity::new(vec![signed.certificate.unwrap()], key).unwrap()
}

fn exported(identity: &Identity) -> Vec<u8> {
    write_pkcs12(identity, "orders-dev", &Secret::from(PASSPHRASE)).unwrap()
}

fn passin() -> String {
    format!("pass:{PASSPHRASE}")
}

#[test]
fn openssl_reads_an_exported_file_with_modern_encryption_and_the_whole_chain() {
    let identity = identity();
    let file = exported(&identity);
    let opened = openssl(&["pkcs12", "-nodes", "-passin", &passin()], &file);
    let opened = String::from_utf8(opened).unwrap();
    assert_eq!(opened.matches("-----BEGIN CERTIFICATE-----").count(), 3);
    assert_eq!(opened.matches("-----BEGIN PRIVATE KEY-----").count(), 1);
    assert!(opened.contains("friendlyName: orders-dev"), "{opened}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.p12");
    std::fs::write(&path, &file).unwrap();
    let words = ["pkcs12", "-info", "-noout", "-passin", &passin(), "-in"];
    let told = Command::new("openssl").args(words).arg(&path).output().unwrap();
    let told = String::from_utf8(told.stderr).unwrap();
    assert!(told.contains("MAC: sha256"), "{told}");
    assert_eq!(told.matches("PBES2, PBKDF2, AES-256-CBC").count(), 2, "{told}");
}

#[test]
fn openssl_opens_the_key_of_every_kind_and_it_fits_the_certificate() {
    for kind in [KeyPairKind::Rsa2048, KeyPairKind::Rsa4096, KeyPairKind::EcP256, KeyPairKind::EcP384] {
        let file = exported(&self_signed(kind));
        let key = openssl(&["pkcs12", "-nodes", "-nocerts", "-passin", &passin()], &file);
        let certificate = openssl(&["pkcs12", "-nokeys", "-passin", &passin()], &file);
        let of_key = openssl(&["pkey", "-pubout"], &key);
        let of_certificate = openssl(&["x509", "-pubkey", "-noout"], &certificate);
        assert!(!of_key.is_empty() && of_key == of_certificate, "{kind}");
    }
}

#[test]
fn keytool_lists_an_exported_file_as_one_private_key_with_its_chain() {
    if Command::new("keytool").arg("-help").output().is_err() {
        #[expect(clippy::print_stderr, reason = "a test that proves nothing says so")]
        {
            eprintln!("SKIPPED: keytool is not installed");
        }
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.p12");
    std::fs::write(&path, exported(&identity())).unwrap();
    let words = ["-J-Duser.language=en", "-list", "-v", "-storetype", "PKCS12", "-storepass", PASSPHRASE];
    let told = Command::new("keytool").args(words).arg("-keystore").arg(&path).output().unwrap();
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.status.success(), "{text}");
    assert!(text.contains("Your keystore contains 1 entry"), "{text}");
    assert!(text.contains("PrivateKeyEntry") && text.contains("Certificate chain length: 3"), "{text}");
}

#[test]
fn an_exported_file_is_read_back_and_a_wrong_passphrase_opens_nothing() {
    let identity = identity();
    let file = Secret::new(exported(&identity));
    let read = |passphrase: &str| KeyFile::read(&file, Some(&Secret::from(passphrase)));
    assert!(read(PASSPHRASE).is_ok());
    assert!(read("wrong").is_err());
}

#[test]
fn a_passphrase_that_other_programs_would_not_take_is_refused() {
    let write = |passphrase: &str| write_pkcs12(&identity(), "x", &Secret::from(passphrase)).err();
    assert_eq!(write(""), Some(Pkcs12ExportError::NoPassphrase));
    for passphrase in ["Grüße", "a\nb", "🔑"] {
        assert_eq!(write(passphrase), Some(Pkcs12ExportError::ForeignPassphrase), "{passphrase:?}");
    }
}

#[test]
fn a_name_of_any_characters_is_exported() {
    for name in ["Bücher 🔑", "🔑", "a=b, \"c\""] {
        let file = write_pkcs12(&identity(), name, &Secret::from(PASSPHRASE)).unwrap();
        assert!(!openssl(&["pkcs12", "-nodes", "-passin", &passin()], &file).is_empty(), "{name}");
    }
}
