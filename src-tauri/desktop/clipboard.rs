//! The system's clipboard, read and written in Rust only.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[cfg(target_os = "macos")]
use arboard::SetExtApple as _;
#[cfg(all(unix, not(target_os = "macos")))]
use arboard::SetExtLinux as _;
#[cfg(windows)]
use arboard::SetExtWindows as _;
use sluice_core::error::{Code, Error, Result};
use sluice_core::secret::Secret;

/// The clipboard; it stays open, for on X11 the one who copied must be there when somebody pastes.
#[derive(Clone, Default)]
pub struct Clipboard {
    state: Arc<Mutex<State>>,
}

/// Names one lending of a secret to the clipboard.
pub type Lending = u64;

#[derive(Default)]
struct State {
    open: Option<arboard::Clipboard>,
    lent: Option<Secret<String>>,
    last: Lending,
}

impl Clipboard {
    /// The text in it.
    pub fn text(&self) -> Result<Secret<String>> {
        self.state().text().map_err(|error| match error {
            arboard::Error::ContentNotAvailable => {
                Error::new(Code::InvalidInput, "The clipboard holds no text")
                    .hint("Copy the service key in the cockpit, then paste again")
            }
            error => unusable(&error),
        })
    }

    /// Replaces the text in it.
    pub fn copy(&self, text: &str) -> Result<()> {
        self.state().open().and_then(|open| open.set_text(text)).map_err(|error| unusable(&error))
    }

    /// Puts a secret into it until it is taken back, and asks clipboard managers not to remember it.
    pub fn lend(&self, secret: Secret<String>) -> Result<Lending> {
        let mut state = self.state();
        // EXPOSE: into the clipboard, because the user asked for it.
        let put = |open: &mut arboard::Clipboard| open.set().exclude_from_history().text(secret.expose());
        state.open().and_then(put).map_err(|error| unusable(&error))?;
        state.lent = Some(secret);
        state.last += 1;
        Ok(state.last)
    }

    /// Takes the secret of this lending out, unless another one was lent or something else copied since.
    pub fn take_back(&self, lending: Lending) -> Result<()> {
        let mut state = self.state();
        if state.last == lending { state.take_back() } else { Ok(()) }
    }

    /// Takes whatever secret is lent out, unless something else was copied since.
    pub fn take_all_back(&self) -> Result<()> {
        self.state().take_back()
    }

    /// Empties it if it still holds this text.
    pub fn clear(&self, only: &Secret<String>) -> Result<()> {
        self.state().clear(only)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn open(&mut self) -> std::result::Result<&mut arboard::Clipboard, arboard::Error> {
        if self.open.is_none() {
            self.open = Some(arboard::Clipboard::new()?);
        }
        self.open.as_mut().ok_or(arboard::Error::ClipboardNotSupported)
    }

    fn text(&mut self) -> std::result::Result<Secret<String>, arboard::Error> {
        self.open()?.get_text().map(Secret::new)
    }

    fn take_back(&mut self) -> Result<()> {
        self.lent.take().map_or(Ok(()), |secret| self.clear(&secret))
    }

    fn clear(&mut self, only: &Secret<String>) -> Result<()> {
        // EXPOSE: compared with what the clipboard holds; content that is newer or no text is left alone.
        let is_there = self.text().is_ok_and(|text| text.expose() == only.expose());
        if !is_there {
            return Ok(());
        }
        self.open().and_then(arboard::Clipboard::clear).map_err(|error| unusable(&error))
    }
}

fn unusable(error: &arboard::Error) -> Error {
    Error::new(Code::InvalidInput, "The clipboard cannot be used")
        .hint("Save the service key as a file and drop it on the window")
        .detail(error.to_string())
}
