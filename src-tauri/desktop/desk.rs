//! What the window's commands share: the workbench, the clipboard, the sandbox.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sluice_core::error::{Code, Error, Result};
use sluice_core::http::ExchangeId;
use sluice_core::operation::{ImportName, KeyText};
use sluice_core::secret::Secret;
use sluice_core::service_key::{ImportId, KeyImport, PrivateKeyFile};
use sluice_core::workbench::{Options, Storage, Workbench, default_data_dir, handed_over};
use sluice_sandbox::Sandbox;
use tauri::{Emitter as _, Manager as _};

use crate::chosen::ChosenFiles;
use crate::clipboard::Clipboard;
use crate::pasted::PastedKey;

/// A person may have to find the unlock dialog first.
const KEYRING_PATIENCE: Duration = Duration::from_mins(3);

/// The state of the window's door.
pub struct Desk {
    workbench: Result<Workbench>,
    /// The system's clipboard.
    pub clipboard: Clipboard,
    /// The embedded tenant, once it runs.
    pub sandbox: tokio::sync::Mutex<Option<Sandbox>>,
    /// The private key files chosen for imports, until their passphrase is typed.
    pub private_keys: Mutex<HashMap<ImportId, PathBuf>>,
    /// The files the page may name.
    pub chosen: ChosenFiles,
    /// What was chosen to import: the files and what the collection is called.
    import: Mutex<Option<(Vec<PathBuf>, String)>>,
    /// Bodies that were given to other programs; gone with this one.
    opened: Mutex<Option<tempfile::TempDir>>,
    /// The key that may still be in the clipboard.
    pub pasted: PastedKey,
}

impl Desk {
    /// The workbench, or why it could not be opened.
    pub fn workbench(&self) -> Result<&Workbench> {
        self.workbench.as_ref().map_err(Clone::clone)
    }

    /// Reads a service key, and adds its private key when its certificate was asked for here.
    pub async fn read_key(&self, text: Secret<String>) -> Result<KeyImport> {
        let workbench = self.workbench()?;
        let read = workbench.key_read(KeyText { text }).await?;
        if read.blocked.is_none() || read.failure.is_some() {
            return Ok(read);
        }
        match workbench.key_add_requested_key(ImportName { import: read.id }).await {
            Ok(read) => Ok(read),
            // The key was read all the same: the user can unlock the keyring, or choose a file.
            Err(error) => Ok(KeyImport { private_key: Some(unavailable(error)), ..read }),
        }
    }

    /// Where a body is written that another program is to open: in a folder of this user's only, gone with the program.
    pub fn opened_file(&self, name: &str) -> Result<PathBuf> {
        let mut folder = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if folder.is_none() {
            *folder = Some(tempfile::Builder::new().prefix("sluice-").tempdir().map_err(|error| {
                Error::new(Code::StorageFailed, "There is no place for the body to be opened from")
                    .hint("Free some space for temporary files, or save the body to a file")
                    .detail(error.to_string())
            })?);
        }
        let place =
            folder.as_ref().map(|folder| folder.path().join(format!("{}-{name}", ExchangeId::new_v4())));
        place.ok_or_else(|| {
            Error::new(Code::StorageFailed, "There is no place for the body to be opened from")
        })
    }

    /// Remembers what the user chose to import.
    pub fn remember_import(&self, files: Vec<PathBuf>, name: String) {
        *self.import.lock().unwrap_or_else(PoisonError::into_inner) = Some((files, name));
    }

    /// What the user chose to import last.
    pub fn chosen_import(&self) -> Option<(Vec<PathBuf>, String)> {
        self.import.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Opens the workbench and gives it to the commands; a failure is told by each of them, in the window.
pub fn open(app: &tauri::App) {
    let workbench = workbench();
    let chosen = workbench
        .as_ref()
        .map(|workbench| tauri::async_runtime::block_on(ChosenFiles::kept(workbench)))
        .unwrap_or_default();
    app.manage(Desk {
        workbench,
        clipboard: Clipboard::default(),
        sandbox: tokio::sync::Mutex::default(),
        private_keys: Mutex::default(),
        chosen,
        pasted: PastedKey::default(),
        import: Mutex::default(),
        opened: Mutex::default(),
    });
}

/// Tells the page whenever a file of an open collection changed.
pub fn watch(app: &tauri::App) {
    let handle = app.handle().clone();
    let Ok(workbench) = app.state::<Desk>().workbench().cloned() else { return };
    let tell = move |collection| {
        // A page that is gone needs no news.
        let _ = handle.emit("collection-changed", collection);
    };
    // Unwatched collections are read anew whenever somebody looks.
    let _ = workbench.watch_collections(tell);
}

/// Takes what is secret out of the clipboard before the program ends.
pub fn leave(app: &tauri::AppHandle) {
    let Some(desk) = app.try_state::<Desk>() else { return };
    // The clipboard may be gone with the session, and nobody is left to be told.
    let _ = desk.clipboard.take_all_back();
    // State outlives the event loop, so nothing would drop it.
    drop(desk.opened.lock().unwrap_or_else(PoisonError::into_inner).take());
}

/// The private key of a certificate request that the keyring did not give.
fn unavailable(error: Error) -> PrivateKeyFile {
    PrivateKeyFile {
        name: "The private key of your certificate request".to_owned(),
        format: String::new(),
        passphrase_needed: false,
        failure: Some(error),
        fits: None,
        requested: true,
    }
}

fn workbench() -> Result<Workbench> {
    let named = std::env::var_os("SLUICE_DATA_DIR").filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = named.or_else(default_data_dir).ok_or_else(|| {
        Error::new(Code::StorageFailed, "There is no home folder to keep data in")
            .hint("Name one with SLUICE_DATA_DIR")
    })?;
    let patience = std::env::var("SLUICE_KEYRING_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    Workbench::open(Options {
        door: sluice_core::operation::Door::Window,
        storage: Storage::Folder(folder),
        keyring_patience: patience.map_or(KEYRING_PATIENCE, Duration::from_secs),
        authorities: authorities()?,
        process: std::env::var("SLUICE_PROCESS_ENV").map(|names| handed_over(&names)).unwrap_or_default(),
    })
}

fn authorities() -> Result<Vec<Vec<u8>>> {
    let Some(file) = std::env::var_os("SSL_CERT_FILE").filter(|value| !value.is_empty()) else {
        return Ok(Vec::new());
    };
    let bytes = std::fs::read(&file).map_err(|error| {
        Error::new(Code::InvalidInput, "The file named by SSL_CERT_FILE cannot be read")
            .hint("Correct the variable or remove it")
            .detail(error.to_string())
    })?;
    Ok(vec![bytes])
}
