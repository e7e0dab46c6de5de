use std::path::{Path, PathBuf};

use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::{ImportName, KeyText, PrivateKeyAdd};
use sluice_core::secret::Secret;
use sluice_core::service_key::{ImportId, KeyImport};
use tauri::{AppHandle, State};

use super::file::choose;
use crate::desk::Desk;

/// The largest file read as a service key; a real one has a few kilobytes.
const LARGEST_KEY: u64 = 4 * 1024 * 1024;

/// Reads the service key in the clipboard.
#[tauri::command]
pub async fn key_paste(desk: State<'_, Desk>) -> Result<KeyImport> {
    desk.workbench()?.key_read(KeyText { text: desk.clipboard.text()? }).await
}

/// Lets the user choose the file of a service key and reads it.
#[tauri::command]
pub async fn key_choose_file(app: AppHandle, desk: State<'_, Desk>) -> Result<Option<KeyImport>> {
    let Some(path) = choose(&app, "Choose a service key").await else { return Ok(None) };
    let text = Secret::new(read_file(&path)?);
    desk.workbench()?.key_read(KeyText { text }).await.map(Some)
}

/// Lets the user choose the private key of an external certificate.
#[tauri::command]
pub async fn private_key_choose(
    app: AppHandle,
    desk: State<'_, Desk>,
    import: ImportId,
) -> Result<Option<KeyImport>> {
    let Some(path) = choose(&app, "Choose the private key (PKCS#12 or PEM)").await else { return Ok(None) };
    if let Ok(mut chosen) = desk.private_keys.lock() {
        chosen.insert(import, path.clone());
    }
    desk.workbench()?.key_add_private_key(PrivateKeyAdd { import, path, passphrase: None }).await.map(Some)
}

/// Opens the chosen private key with its passphrase.
#[tauri::command]
pub async fn private_key_passphrase(
    desk: State<'_, Desk>,
    import: ImportId,
    passphrase: Secret<String>,
) -> Result<KeyImport> {
    let path = desk.private_keys.lock().ok().and_then(|chosen| chosen.get(&import).cloned());
    let path: PathBuf = path.ok_or_else(|| {
        Error::new(Code::NotFound, "No private key file was chosen").hint("Choose it first")
    })?;
    desk.workbench()?.key_add_private_key(PrivateKeyAdd { import, path, passphrase: Some(passphrase) }).await
}

/// Copies the certificate of a read key as PEM, the form the cockpit wants.
#[tauri::command]
pub async fn certificate_copy(desk: State<'_, Desk>, import: ImportId) -> Result<()> {
    desk.clipboard.copy(&desk.workbench()?.key_certificate_pem(ImportName { import })?)
}

/// The text of a file, if it is one and not too large.
pub fn read_file(path: &Path) -> Result<String> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(LARGEST_KEY).read_to_end(&mut bytes)).map_err(
        |error| {
            Error::new(Code::InvalidInput, format!("{} cannot be read", path.display()))
                .hint("Check the file and its permissions")
                .detail(error.to_string())
        },
    )?;
    String::from_utf8(bytes).map_err(|_| {
        Error::new(Code::NotAServiceKey, format!("{} is not text", path.display())).hint(
            "A service key is a JSON file; a PKCS#12 file is added after the key of an external certificate",
        )
    })
}
