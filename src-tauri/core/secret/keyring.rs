use std::collections::HashMap;
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keyring_core::api::CredentialStore;

use super::{Secret, StoreError};

/// What the entries of Sluice are filed under.
const SERVICE: &str = "Sluice";
/// Says that an entry holds bytes: some Linux stores (KWallet) keep text only.
const BYTES: &str = "base64:";

/// The operating system's keyring, asked on a thread of its own so that a prompt nobody answers blocks nothing.
pub struct Keyring {
    store: Mutex<Option<Arc<CredentialStore>>>,
    limit: Duration,
}

impl Keyring {
    /// A keyring that is given up on after this time; nothing is opened yet.
    pub const fn new(limit: Duration) -> Self {
        Self { store: Mutex::new(None), limit }
    }

    /// The secret of this name, if there is one.
    pub fn read(&self, name: &str) -> Result<Option<Secret<Vec<u8>>>, StoreError> {
        self.ask(name, |entry| match entry.get_secret() {
            Ok(bytes) => Ok(Some(decode(bytes))),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    /// Keeps a secret under this name.
    pub fn write(&self, name: &str, secret: &Secret<Vec<u8>>) -> Result<(), StoreError> {
        let encoded = encode(secret);
        // EXPOSE: into the operating system's keyring.
        self.ask(name, move |entry| entry.set_secret(encoded.expose()))
    }

    /// Removes the secret of this name; none is fine.
    pub fn remove(&self, name: &str) -> Result<(), StoreError> {
        self.ask(name, |entry| match entry.delete_credential() {
            Err(keyring_core::Error::NoEntry) => Ok(()),
            other => other,
        })
    }

    fn ask<T: Send + 'static>(
        &self,
        name: &str,
        question: impl FnOnce(&keyring_core::Entry) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let known = self.store.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let name = name.to_owned();
        let (answer, waiting) = mpsc::channel();
        std::thread::Builder::new()
            .name("keyring".to_owned())
            .spawn(move || {
                let told = known.map_or_else(open, Ok).and_then(|store| {
                    let entry = store.build(SERVICE, &name, label().as_ref())?;
                    Ok((store, question(&entry)?))
                });
                // The one who asked may have given up; then nobody needs the answer.
                let _ = answer.send(told);
            })
            .map_err(|error| StoreError::Refused(error.to_string()))?;
        let (store, value) =
            waiting.recv_timeout(self.limit).map_err(|_| StoreError::TimedOut(self.limit))??;
        *self.store.lock().unwrap_or_else(PoisonError::into_inner) = Some(store);
        Ok(value)
    }
}

#[cfg(target_os = "linux")]
fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    let store: Arc<CredentialStore> = zbus_secret_service_keyring_store::Store::new()?;
    Ok(store)
}

#[cfg(target_os = "windows")]
fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    let store: Arc<CredentialStore> = windows_native_keyring_store::Store::new()?;
    Ok(store)
}

#[cfg(target_os = "macos")]
fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    let store: Arc<CredentialStore> = apple_native_keyring_store::keychain::Store::new()?;
    Ok(store)
}

/// What a person sees of the entry in the system's password app; only the Linux store can be told.
fn label() -> Option<HashMap<&'static str, &'static str>> {
    cfg!(target_os = "linux").then(|| HashMap::from([("label", "Sluice service key")]))
}

fn encode(secret: &Secret<Vec<u8>>) -> Secret<Vec<u8>> {
    // EXPOSE: into the form the keyring keeps.
    let bytes = secret.expose();
    let is_text = std::str::from_utf8(bytes).is_ok_and(|text| !text.starts_with(BYTES));
    if is_text || !cfg!(target_os = "linux") {
        return secret.clone();
    }
    Secret::new(format!("{BYTES}{}", STANDARD.encode(bytes)).into_bytes())
}

fn decode(kept: Vec<u8>) -> Secret<Vec<u8>> {
    let kept = Secret::new(kept);
    // EXPOSE: out of the form the keyring keeps.
    let coded = kept.expose().strip_prefix(BYTES.as_bytes()).and_then(|coded| STANDARD.decode(coded).ok());
    coded.map_or(kept, Secret::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_as_it_is_and_bytes_survive_a_store_that_keeps_text_only() {
        for bytes in [b"s3cret$=|!".to_vec(), b"base64:abc".to_vec(), vec![0x30, 0x82, 0xff, 0x00]] {
            let kept = encode(&Secret::new(bytes.clone())).expose().clone();
            assert!(std::str::from_utf8(&kept).is_ok(), "a text-only store takes it");
            assert!(decode(kept).expose() == &bytes, "it comes back unchanged");
        }
    }
}
