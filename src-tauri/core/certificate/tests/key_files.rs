use rcgen::KeyPair;

use crate::certificate::samples::{self, openssl};
use crate::certificate::{BlockKind, KeyFile, KeyFileError, KeyFileFault, PemError};
use crate::error::{Code, Error};
use crate::secret::Secret;

const PASSPHRASE: &str = "correct horse";
const OUT: &str = "pass:correct horse";

fn read(bytes: &[u8], passphrase: Option<&str>) -> Result<KeyFile, KeyFileError> {
    KeyFile::read(&samples::secret(bytes), passphrase.map(Secret::from).as_ref())
}

fn fault(bytes: &[u8], passphrase: Option<&str>) -> KeyFileFault {
    read(bytes, passphrase).unwrap_err().fault
}

/// Every encrypted file tells the three cases apart.
fn opens_only_with_the_passphrase(bytes: &[u8], key: &KeyPair) -> KeyFile {
    assert_eq!(fault(bytes, None), KeyFileFault::PassphraseNeeded);
    assert_eq!(fault(bytes, Some("")), KeyFileFault::PassphraseNeeded);
    assert_eq!(fault(bytes, Some("wrong")), KeyFileFault::WrongPassphrase);
    let file = read(bytes, Some(PASSPHRASE)).unwrap();
    assert!(file.keys.iter().any(|own| own.public_key().ends_with(key.public_key_raw())), "{}", file.format);
    file
}

#[test]
fn unencrypted_pem_keys_of_all_forms_are_read() {
    let ec = samples::ec();
    let sec1 = openssl(&["ec"], ec.serialize_pem().as_bytes());
    assert_eq!(read(&sec1, None).unwrap().format, "PEM · private key (SEC1)");
    assert_eq!(read(ec.serialize_pem().as_bytes(), None).unwrap().format, "PEM · private key (PKCS#8)");
    let pkcs1 = samples::pkcs1_pem(samples::rsa());
    assert_eq!(read(pkcs1.as_bytes(), None).unwrap().format, "PEM · private key (PKCS#1)");
    assert_eq!(read(&ec.serialize_der(), None).unwrap().format, "DER · private key (PKCS#8)");
}

#[test]
fn encrypted_pkcs8_of_every_generation_opens() {
    let pem = samples::rsa().serialize_pem();
    let ways: [&[&str]; 8] = [
        &[],
        &["-v2", "aes-128-cbc"],
        &["-v2", "des3"],
        &["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA1"],
        &["-scrypt"],
        &["-v1", "PBE-SHA1-3DES"],
        &["-v1", "PBE-MD5-DES", "-provider", "legacy", "-provider", "default"],
        &["-v1", "PBE-SHA1-DES", "-provider", "legacy", "-provider", "default"],
    ];
    for way in ways {
        let mut arguments = vec!["pkcs8", "-topk8", "-passout", OUT];
        arguments.extend(way);
        let file = opens_only_with_the_passphrase(&openssl(&arguments, pem.as_bytes()), samples::rsa());
        assert_eq!(file.format, "PEM · private key (PKCS#8, encrypted)", "{way:?}");
    }
}

#[test]
fn keys_in_the_traditional_openssl_encryption_open() {
    let pem = samples::rsa().serialize_pem();
    for cipher in ["-aes128", "-aes192", "-aes256", "-des3"] {
        let encrypted = openssl(&["rsa", "-traditional", cipher, "-passout", OUT], pem.as_bytes());
        assert!(String::from_utf8_lossy(&encrypted).contains("DEK-Info"));
        let file = opens_only_with_the_passphrase(&encrypted, samples::rsa());
        assert_eq!(file.format, "PEM · private key (PKCS#1, encrypted)");
    }
    let ec = samples::ec();
    let encrypted = openssl(&["ec", "-aes256", "-passout", OUT], ec.serialize_pem().as_bytes());
    opens_only_with_the_passphrase(&encrypted, &ec);
}

#[test]
fn pkcs12_files_old_and_new_open_with_their_chain() {
    let key = samples::rsa();
    let chain = samples::chain(key);
    let ways: [&[&str]; 5] = [
        &[],
        &["-legacy"],
        &["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"],
        &["-keypbe", "AES-128-CBC", "-certpbe", "NONE", "-macalg", "sha512"],
        &["-nomac"],
    ];
    for way in ways {
        let bytes = samples::pkcs12(key, &chain, PASSPHRASE, way);
        let file = opens_only_with_the_passphrase(&bytes, key);
        assert_eq!(file.format, "PKCS#12 · private key and 3 certificates", "{way:?}");
    }
}

#[test]
fn a_passphrase_may_have_umlauts_and_be_long() {
    let key = samples::ec();
    let chain = samples::chain(&key);
    let passphrase = "Grüße aus Walldorf, 100 € und noch ein langer Satz dazu";
    for way in [&[][..], &["-legacy"]] {
        let bytes = samples::pkcs12(&key, &chain, passphrase, way);
        assert_eq!(read(&bytes, Some(passphrase)).unwrap().keys.len(), 1);
    }
}

#[test]
fn a_pkcs12_file_without_a_passphrase_opens_by_itself() {
    let key = samples::ec();
    let chain = samples::chain(&key);
    for way in [&[][..], &["-legacy"]] {
        let bytes = samples::pkcs12(&key, &chain, "", way);
        assert_eq!(read(&bytes, None).unwrap().certificates.len(), 3);
    }
    let encoded =
        base64::Engine::encode(&base64::prelude::BASE64_STANDARD, samples::pkcs12(&key, &chain, "", &[]));
    assert_eq!(read(encoded.as_bytes(), None).unwrap().keys.len(), 1);
}

#[test]
fn a_pkcs12_file_of_java_opens_with_all_its_entries() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.p12");
    for alias in ["first", "second"] {
        let made = std::process::Command::new("keytool")
            .args(["-genkeypair", "-alias", alias, "-keyalg", "EC", "-groupname", "secp256r1", "-dname"])
            .args([
                "CN=erp-partner.acme.example",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSPHRASE,
                "-keystore",
            ])
            .arg(&path)
            .output();
        // Java is not part of the setup; where it is missing, this has nothing to read.
        let Ok(output) = made else { return };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let file = read(&std::fs::read(path).unwrap(), Some(PASSPHRASE)).unwrap();
    assert_eq!((file.keys.len(), file.certificates.len()), (2, 2));
    assert_eq!(file.format, "PKCS#12 · 2 private keys and 2 certificates");
}

#[test]
fn files_without_a_private_key_say_so() {
    let chain = samples::chain(&samples::ec());
    let certificates = read(samples::chain_pem(&chain).as_bytes(), None).unwrap_err();
    assert_eq!(certificates.format, "PEM · 3 certificates");
    assert_eq!(certificates.fault, KeyFileFault::NoPrivateKey);
    assert_eq!(fault(&chain[0], None), KeyFileFault::NoPrivateKey);
    let store = openssl(
        &["pkcs12", "-export", "-nokeys", "-passout", "pass:"],
        samples::chain_pem(&chain).as_bytes(),
    );
    assert_eq!(fault(&store, None), KeyFileFault::NoPrivateKey);
}

#[test]
fn what_is_no_key_file_is_named() {
    assert_eq!(fault(b"hello", None), KeyFileFault::Unknown);
    assert_eq!(fault(&[0x30, 0x03, 1, 2, 3], None), KeyFileFault::Unknown);
    assert_eq!(fault(&[0xFE, 0xED, 0xFE, 0xED, 0, 0], None), KeyFileFault::JavaKeystore);
    assert_eq!(fault(&[0x30, 0x80, 0x02, 0x01, 0x03], None), KeyFileFault::Ber);
    assert_eq!(fault(&vec![0x30; 5 << 20], None), KeyFileFault::TooLarge);
    let cut = &samples::rsa().serialize_pem()[..400];
    assert_eq!(fault(cut.as_bytes(), None), KeyFileFault::Pem(PemError::Truncated(BlockKind::PrivateKey)));
}

#[test]
fn damaged_pkcs12_files_never_panic() {
    let key = samples::ec();
    let bytes = samples::pkcs12(&key, &samples::chain(&key), PASSPHRASE, &["-macalg", "sha1", "-iter", "1"]);
    for index in (0..bytes.len()).step_by(3) {
        let mut bad = bytes.clone();
        bad[index] ^= 0x5A;
        let _ = read(&bad, Some(PASSPHRASE));
        let _ = read(&bytes[..index], Some(PASSPHRASE));
    }
}

#[test]
fn an_rsa_key_of_1024_bits_is_refused_with_what_works() {
    let error = read(&openssl(&["genrsa", "1024"], b""), None).unwrap_err();
    assert_eq!(error.fault, KeyFileFault::UnsupportedKey);
    let error = Error::from(error);
    assert_eq!(error.code, Code::InvalidInput);
    assert!(error.hint.unwrap().contains("2048"));
}
