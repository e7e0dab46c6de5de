use std::path::PathBuf;

use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::{ImportName, PrivateKeyAdd};
use sluice_core::secret::Secret;
use sluice_core::service_key::{ImportId, KeyImport};
use tauri::{AppHandle, State};

use super::file::choose;
use crate::desk::Desk;
use crate::key_file::KeyFile;

/// Reads the service key in the clipboard.
#[tauri::command]
pub async fn key_paste(desk: State<'_, Desk>) -> Result<KeyImport> {
    let text = desk.clipboard.text()?;
    let import = desk.read_key(text.clone()).await?;
    desk.pasted.remember(import.id, text);
    Ok(import)
}

/// Lets the user choose the file of a service key and reads it.
#[tauri::command]
pub async fn key_choose_file(app: AppHandle, desk: State<'_, Desk>) -> Result<Option<KeyImport>> {
    let Some(path) = choose(&app, "Choose a service key").await else { return Ok(None) };
    let text = KeyFile::read(path).await?.text()?;
    desk.read_key(text).await.map(Some)
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
