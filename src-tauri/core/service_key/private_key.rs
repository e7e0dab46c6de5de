use std::cmp::Ordering;

use super::import::{Comparison, PrivateKeyFile};
use super::model::{Credential, ServiceKey};
use super::problems::date;
use crate::certificate::{
    CertificateFacts, Chain, Identity, IdentityError, KeyFile, KeyFileError, KeyFileFault, PrivateKey,
};
use crate::error::{Code, Error};
use crate::secret::Secret;

/// What adding a private key file led to.
#[derive(Clone, Debug, PartialEq)]
pub struct AddedKey {
    /// The file as far as it could be read.
    pub file: PrivateKeyFile,
    /// The key laid beside the file, when they do not fit.
    pub comparison: Option<Comparison>,
}

impl ServiceKey {
    /// Reads a file's bytes and, when its private key fits the certificate, takes it and the chain beside it.
    pub fn add_private_key(
        &mut self,
        name: &str,
        bytes: &Secret<Vec<u8>>,
        passphrase: Option<&Secret<String>>,
    ) -> AddedKey {
        let file = |format: &str| PrivateKeyFile {
            name: name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned(),
            format: format.to_owned(),
            passphrase_needed: false,
            failure: None,
            fits: None,
            requested: false,
        };
        let Some(own) = self.own_chain() else {
            let message = match &self.credential {
                Credential::Certificate(_) => {
                    "This service key has its private key inside and needs no other."
                }
                _ => "This service key has a client secret and needs no private key.",
            };
            let failure = Error::new(Code::WrongKey, message).hint("Import it without the private key file.");
            let file = PrivateKeyFile { failure: Some(failure), ..file("File") };
            return AddedKey { file, comparison: None };
        };
        let read = match KeyFile::read(bytes, passphrase) {
            Ok(read) => read,
            Err(error) => return AddedKey { file: unread(file(&error.format), error), comparison: None },
        };
        let file = file(&read.format);
        match join(own, &read) {
            Ok(identity) => {
                let chain = own.clone();
                self.credential = Credential::External { chain, identity: Some(identity) };
                AddedKey { file: PrivateKeyFile { fits: Some(true), ..file }, comparison: None }
            }
            Err(IdentityError::Mismatch) => {
                let comparison = read.keys.first().map(|key| compare(own.leaf(), key, &read));
                AddedKey { file: PrivateKeyFile { fits: Some(false), ..file }, comparison }
            }
            Err(error) => {
                let file = PrivateKeyFile { failure: Some(error.into()), ..file };
                AddedKey { file, comparison: None }
            }
        }
    }

    /// The certificates as the key has them, without those of a file.
    const fn own_chain(&self) -> Option<&Chain> {
        match &self.credential {
            Credential::External { chain, .. } | Credential::Unfit { chain, .. } => Some(chain),
            _ => None,
        }
    }
}

fn unread(file: PrivateKeyFile, error: KeyFileError) -> PrivateKeyFile {
    let locked = matches!(error.fault, KeyFileFault::PassphraseNeeded | KeyFileFault::WrongPassphrase);
    // An encrypted file nobody tried to open yet has not failed; it waits.
    let failure = (error.fault != KeyFileFault::PassphraseNeeded).then(|| error.into());
    PrivateKeyFile { passphrase_needed: locked, failure, ..file }
}

/// The key's own certificates come first: with the same key pair in both, the pinned one is the leaf.
fn join(own: &Chain, file: &KeyFile) -> Result<Identity, IdentityError> {
    let mut last = IdentityError::Mismatch;
    for key in &file.keys {
        if !key.fits(&own.certificates()[0]) {
            continue;
        }
        let all = own.certificates().iter().chain(&file.certificates).cloned().collect();
        match Identity::new(all, key.clone()) {
            Ok(identity) => return Ok(identity),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn compare(own: &CertificateFacts, key: &PrivateKey, file: &KeyFile) -> Comparison {
    let certificate = file
        .certificates
        .iter()
        .find(|certificate| key.fits(certificate))
        .or(file.certificates.first())
        .and_then(|der| CertificateFacts::read(der).ok());
    Comparison {
        explanation: explain(own, certificate.as_ref()),
        key: own.clone(),
        file: certificate,
        file_public_key: key.public_key_fingerprint(),
    }
}

fn explain(own: &CertificateFacts, file: Option<&CertificateFacts>) -> String {
    let Some(file) = file else {
        return "The file holds a private key alone, and it belongs to another certificate than the one in the \
                service key."
            .to_owned();
    };
    let other_key_pair = if own.fingerprint == file.fingerprint {
        "The certificate is the same, but the private key beside it in the file belongs to another one."
    } else if own.subject != file.subject {
        return format!(
            "The file belongs to another certificate: “{}” instead of “{}”.",
            file.name, own.name
        );
    } else if own.issuer != file.issuer {
        "The name is the same, but another authority issued the certificate in the file, for another key pair."
    } else {
        "Name and issuer are the same, but the key pair is another one."
    };
    let when = if own.issuer == file.issuer { own.not_before.cmp(&file.not_before) } else { Ordering::Equal };
    let story = match when {
        Ordering::Greater => {
            format!(" The certificate was renewed on {}; this file is from before.", date(own.not_before))
        }
        Ordering::Less => format!(
            " This file was renewed on {}; the service key still has the certificate from before.",
            date(file.not_before)
        ),
        Ordering::Equal => String::new(),
    };
    format!("{other_key_pair}{story}")
}
