use std::time::Duration;

use sluice_core::error::Result;
use sluice_core::operation::KeyName;
use tauri::State;

use crate::desk::Desk;

/// How long a copied token stays in the clipboard.
const TOKEN_STAYS: Duration = Duration::from_secs(30);

/// Copies a text the page shows; never a secret.
#[tauri::command]
pub async fn clipboard_copy(desk: State<'_, Desk>, text: String) -> Result<()> {
    desk.clipboard.copy(&text)
}

/// Takes the key that was pasted out of the clipboard, after it was saved.
#[tauri::command]
pub async fn clipboard_clear(desk: State<'_, Desk>) -> Result<()> {
    desk.pasted.take().map_or(Ok(()), |key| desk.clipboard.clear(&key))
}

/// Copies the token of a key, and takes it out of the clipboard after a while.
#[tauri::command]
pub async fn token_copy(desk: State<'_, Desk>, tenant: String, key: String) -> Result<()> {
    let token = desk.workbench()?.token_reveal(KeyName { tenant, key: Some(key), plan: None }).await?;
    let lending = desk.clipboard.lend(token)?;
    let clipboard = desk.clipboard.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(TOKEN_STAYS).await;
        // The clipboard may be gone with the session.
        let _ = clipboard.take_back(lending);
    });
    Ok(())
}
