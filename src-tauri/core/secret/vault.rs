use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::keyring::Keyring;
use super::{Secret, SecretStoreState, StoreError};
use crate::error::{Code, Error};
use crate::tenant::Custody;

/// A name under which nothing is ever kept; asking for it tells whether the store answers.
const PROBE: &str = "probe";
/// A name under which something is kept for a moment; so the user is asked to unlock the store.
const OPENING: &str = "opening";

/// Where the workbench keeps secrets: the keyring, or this run's memory when the user chose so.
#[derive(Clone)]
pub struct Vault {
    keyring: Arc<Keyring>,
    held: Arc<Mutex<HashMap<String, Secret<Vec<u8>>>>>,
}

impl Vault {
    /// A vault that waits for the keyring at most this long.
    pub fn new(limit: Duration) -> Self {
        Self { keyring: Arc::new(Keyring::new(limit)), held: Arc::default() }
    }

    /// The secret of this name, if it is there.
    pub async fn read(&self, custody: Custody, name: &str) -> Result<Option<Secret<Vec<u8>>>, StoreError> {
        match custody {
            Custody::Run => Ok(self.held().get(name).cloned()),
            Custody::Keyring => self.in_keyring(name, Keyring::read).await,
        }
    }

    /// Keeps a secret.
    pub async fn write(
        &self,
        custody: Custody,
        name: &str,
        secret: Secret<Vec<u8>>,
    ) -> Result<(), StoreError> {
        match custody {
            Custody::Run => {
                self.held().insert(name.to_owned(), secret);
                Ok(())
            }
            Custody::Keyring => self.in_keyring(name, move |ring, name| ring.write(name, &secret)).await,
        }
    }

    /// Removes a secret; none of this name is fine.
    pub async fn remove(&self, custody: Custody, name: &str) -> Result<(), StoreError> {
        match custody {
            Custody::Run => {
                self.held().remove(name);
                Ok(())
            }
            Custody::Keyring => self.in_keyring(name, Keyring::remove).await,
        }
    }

    /// Whether a secret held for this run is there; keyring secrets are taken to be.
    pub fn usable(&self, custody: Custody, name: &str) -> bool {
        custody == Custody::Keyring || self.held().contains_key(name)
    }

    /// Whether the operating system keeps secrets for us; never opens a prompt.
    pub async fn state(&self) -> SecretStoreState {
        let asked =
            self.in_keyring(PROBE, |ring, name| ring.read(name).and_then(|_| ring.ensure_unlocked())).await;
        let Err(error) = asked else { return SecretStoreState::Ready };
        let told = Error::from(error);
        let hint = told.hint.unwrap_or_default();
        if told.code == Code::SecretStoreLocked {
            return SecretStoreState::Locked { hint };
        }
        SecretStoreState::Unusable { reason: told.message, hint }
    }

    /// Lets the user unlock the store, if need be; fails as keeping a secret would.
    pub async fn open(&self, custody: Custody) -> Result<(), StoreError> {
        if custody == Custody::Run {
            return Ok(());
        }
        self.write(custody, OPENING, Secret::new(b"nothing".to_vec())).await?;
        self.remove(custody, OPENING).await
    }

    async fn in_keyring<T: Send + 'static>(
        &self,
        name: &str,
        question: impl FnOnce(&Keyring, &str) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (keyring, name) = (Arc::clone(&self.keyring), name.to_owned());
        tokio::task::spawn_blocking(move || question(&keyring, &name))
            .await
            .map_err(|error| StoreError::Refused(error.to_string()))?
    }

    fn held(&self) -> std::sync::MutexGuard<'_, HashMap<String, Secret<Vec<u8>>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
