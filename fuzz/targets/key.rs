//! Service keys, PEM texts and key files, whatever state they are in.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sluice_core::certificate::{BlockKind, CertificateFacts, Chain, KeyFile, Pem};
use sluice_core::redact::Segment;
use sluice_core::secret::Secret;
use sluice_core::service_key::{self, Credential};

use super::texts::halves;

/// Nobody waits longer for a key.
const LONGEST: Duration = Duration::from_secs(5);
/// A shorter secret may stand in any text by chance.
const TELLING: usize = 12;

/// A pasted text.
pub fn service_key(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let secret = Secret::from(text);
    let masked = shown(&service_key::mask(&secret));
    let reading = match service_key::read(&secret) {
        Ok(reading) => reading,
        Err(error) => {
            let _ = error.to_string();
            return;
        }
    };
    let key = &reading.key;
    assert_eq!(key.token_url().scheme(), "https");
    assert!(key.host_url().is_none_or(|url| url.scheme() == "https"));
    let Credential::Secret(client_secret) = key.credential() else { return };
    // EXPOSE: to see that nothing that is shown has it.
    let client_secret = client_secret.expose();
    let is_told =
        client_secret.chars().count() >= TELLING && !key.client_id().contains(client_secret.as_str());
    assert!(!is_told || !masked.contains(client_secret.as_str()), "the secret is shown: {masked}");
    let repairs = format!("{:?}", reading.repairs);
    assert!(!is_told || !repairs.contains(client_secret.as_str()), "the secret is told: {repairs}");
}

fn shown(lines: &[Vec<Segment>]) -> String {
    let mut text = String::new();
    for segment in lines.iter().flatten() {
        match segment {
            Segment::Text { text: plain } => text.push_str(plain),
            Segment::Masked { label, length } => write!(text, "[{label} {length}]").unwrap(),
        }
    }
    text
}

/// A PEM text.
pub fn pem(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(pem) = Pem::read(text) else { return };
    assert!(!pem.blocks.is_empty() && pem.blocks.iter().all(|block| !block.der.is_empty()));
    let written = written(&pem);
    let again = Pem::read(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
    let contents = |pem: &Pem| -> Vec<_> {
        pem.blocks.iter().map(|block| (block.label.clone(), block.der.to_vec())).collect()
    };
    assert_eq!(contents(&again), contents(&pem));
    let certificates = pem.certificates();
    assert!(
        pem.blocks.iter().filter(|block| block.what() == BlockKind::Certificate).count()
            == certificates.len()
    );
    for certificate in &certificates {
        let _ = CertificateFacts::read(certificate);
    }
    let count = certificates.len();
    if let Ok(chain) = Chain::sort(certificates, None) {
        assert!(chain.certificates().len() + chain.unrelated().len() <= count);
    }
}

fn written(pem: &Pem) -> String {
    let mut text = String::new();
    for block in &pem.blocks {
        let (label, content) = (&block.label, STANDARD.encode(&*block.der));
        write!(text, "-----BEGIN {label}-----\n{content}\n-----END {label}-----\n").unwrap();
    }
    text
}

/// A passphrase and a key file: PEM, DER or PKCS#12.
pub fn key_file(data: &[u8]) {
    let (passphrase, file) = halves(data);
    let Ok(passphrase) = std::str::from_utf8(passphrase) else { return };
    let passphrase = Some(Secret::from(passphrase)).filter(|_| !passphrase.is_empty());
    let begun = Instant::now();
    let read = KeyFile::read(&Secret::new(file.to_vec()), passphrase.as_ref());
    assert!(begun.elapsed() < LONGEST, "reading took {:?}", begun.elapsed());
    match read {
        Ok(file) => {
            assert!(!file.keys.is_empty());
            for certificate in &file.certificates {
                let _ = CertificateFacts::read(certificate);
            }
        }
        Err(error) => assert!(!error.format.is_empty()),
    }
}
