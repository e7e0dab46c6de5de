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

    /// Fails when the keyring is locked or none was made yet; never opens a prompt.
    pub fn ensure_unlocked(&self) -> Result<(), StoreError> {
        match is_locked() {
            Ok(false) => Ok(()),
            Ok(true) => Err(StoreError::Locked("the default keyring is locked".to_owned())),
            Err(reason) => Err(StoreError::Locked(reason)),
        }
    }

    /// Keeps a secret under this name.
    pub fn write(&self, name: &str, secret: &Secret<Vec<u8>>) -> Result<(), StoreError> {
        let encoded = encode(secret);
        // EXPOSE: into the operating system's keyring.
        let keep = move |entry: &keyring_core::Entry| entry.set_secret(encoded.expose());
        // The one who asked has given up meanwhile: a secret no record names must not stay behind.
        let take_back = |entry: &keyring_core::Entry| {
            let _ = entry.delete_credential();
        };
        self.ask_or_undo(name, keep, take_back)
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
        self.ask_or_undo(name, question, |_| ())
    }

    fn ask_or_undo<T: Send + 'static>(
        &self,
        name: &str,
        question: impl FnOnce(&keyring_core::Entry) -> keyring_core::Result<T> + Send + 'static,
        undo: impl FnOnce(&keyring_core::Entry) + Send + 'static,
    ) -> Result<T, StoreError> {
        let known = self.store.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let name = name.to_owned();
        let (answer, waiting) = mpsc::channel();
        std::thread::Builder::new()
            .name("keyring".to_owned())
            .spawn(move || {
                let entry = known.map_or_else(open, Ok).and_then(|store| {
                    let entry = store.build(SERVICE, &name, label().as_ref())?;
                    Ok((store, entry))
                });
                let told = entry.and_then(|(store, entry)| {
                    let value = question(&entry)?;
                    Ok(((store, value), entry))
                });
                let (told, entry) = match told {
                    Ok((told, entry)) => (Ok(told), Some(entry)),
                    Err(error) => (Err(error), None),
                };
                if let (Err(_), Some(entry)) = (answer.send(told), entry) {
                    undo(&entry);
                }
            })
            .map_err(|error| StoreError::Refused(error.to_string()))?;
        let (store, value) =
            waiting.recv_timeout(self.limit).map_err(|_| StoreError::TimedOut(self.limit))??;
        *self.store.lock().unwrap_or_else(PoisonError::into_inner) = Some(store);
        Ok(value)
    }
}

/// The Secret Service's own word for it: a search finds nothing in a locked keyring and does not say so.
#[cfg(target_os = "linux")]
fn is_locked() -> Result<bool, String> {
    let collection = || {
        let bus = zbus::blocking::Connection::session()?;
        let path = "/org/freedesktop/secrets/aliases/default";
        let interface = "org.freedesktop.Secret.Collection";
        let proxy = zbus::blocking::Proxy::new(&bus, "org.freedesktop.secrets", path, interface)?;
        proxy.get_property::<bool>("Locked")
    };
    collection().map_err(|error: zbus::Error| format!("there is no default keyring yet: {error}"))
}

#[cfg(not(target_os = "linux"))]
fn is_locked() -> Result<bool, String> {
    Ok(false)
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
