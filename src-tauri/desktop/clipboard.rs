//! The system's clipboard, read and written in Rust only.

use std::sync::{Arc, Mutex, PoisonError};

use sluice_core::error::{Code, Error, Result};
use sluice_core::secret::Secret;

/// The clipboard; it stays open, for on X11 the one who copied must be there when somebody pastes.
#[derive(Clone, Default)]
pub struct Clipboard {
    open: Arc<Mutex<Option<arboard::Clipboard>>>,
}

impl Clipboard {
    /// The text in it.
    pub fn text(&self) -> Result<Secret<String>> {
        match self.with(arboard::Clipboard::get_text) {
            Ok(text) => Ok(Secret::new(text)),
            Err(arboard::Error::ContentNotAvailable) => {
                Err(Error::new(Code::InvalidInput, "The clipboard holds no text")
                    .hint("Copy the service key in the cockpit, then paste again"))
            }
            Err(error) => Err(unusable(&error)),
        }
    }

    /// Replaces the text in it.
    pub fn copy(&self, text: &str) -> Result<()> {
        self.with(|clipboard| clipboard.set_text(text)).map_err(|error| unusable(&error))
    }

    /// Empties it if it still holds this text, or whatever it holds when none is named.
    pub fn clear(&self, only: Option<&Secret<String>>) -> Result<()> {
        if let Some(only) = only {
            // EXPOSE: compared with what the clipboard holds, to leave newer content alone.
            let is_newer = self.text().is_ok_and(|text| text.expose() != only.expose());
            if is_newer {
                return Ok(());
            }
        }
        self.with(arboard::Clipboard::clear).map_err(|error| unusable(&error))
    }

    fn with<T>(
        &self,
        work: impl FnOnce(&mut arboard::Clipboard) -> std::result::Result<T, arboard::Error>,
    ) -> std::result::Result<T, arboard::Error> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.is_none() {
            *open = Some(arboard::Clipboard::new()?);
        }
        open.as_mut().map_or(Err(arboard::Error::ClipboardNotSupported), work)
    }
}

fn unusable(error: &arboard::Error) -> Error {
    Error::new(Code::InvalidInput, "The clipboard cannot be used")
        .hint("Save the service key as a file and drop it on the window")
        .detail(error.to_string())
}
