//! The key that was pasted, remembered so that it can be taken out of the clipboard, and nothing else.

use std::sync::{Mutex, MutexGuard, PoisonError};

use sluice_core::secret::Secret;
use sluice_core::service_key::ImportId;

/// The text of the key pasted last, until it left the clipboard or was discarded.
#[derive(Default)]
pub struct PastedKey(Mutex<Option<(ImportId, Secret<String>)>>);

impl PastedKey {
    /// Remembers the text an import was read from.
    pub fn remember(&self, import: ImportId, text: Secret<String>) {
        *self.held() = Some((import, text));
    }

    /// The text, once.
    pub fn take(&self) -> Option<Secret<String>> {
        self.held().take().map(|(_, text)| text)
    }

    /// Drops the text of a discarded import; one pasted since stays.
    pub fn discard(&self, import: ImportId) {
        self.held().take_if(|(held, _)| *held == import);
    }

    fn held(&self) -> MutexGuard<'_, Option<(ImportId, Secret<String>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_pasted_since_survives_the_discarding_of_the_one_before() {
        let (first, second) = (ImportId::from_u128(1), ImportId::from_u128(2));
        let pasted = PastedKey::default();
        pasted.remember(first, Secret::from("first"));
        pasted.remember(second, Secret::from("second"));
        pasted.discard(first);
        assert_eq!(pasted.take().map(|text| text.length()), Some("second".len()));
        assert!(pasted.take().is_none());
        pasted.remember(second, Secret::from("second"));
        pasted.discard(second);
        assert!(pasted.take().is_none());
    }
}
