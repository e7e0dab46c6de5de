//! A file dropped on the window is read here: the page gets facts, never the file.

use std::path::PathBuf;

use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::KeyText;
use sluice_core::service_key::KeyImport;
use tauri::{DragDropEvent, Emitter as _, Manager as _, Window, WindowEvent};

use crate::desk::Desk;
use crate::key_file::KeyFile;

/// The page listens for a key that was dropped.
const KEY_DROPPED: &str = "key-dropped";
/// The page listens for a drop that could not be read.
const DROP_FAILED: &str = "drop-failed";

/// Reads the first file of a drop as a service key.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event else { return };
    let Some(path) = paths.first().cloned() else { return };
    let window = window.clone();
    tauri::async_runtime::spawn(async move {
        // A window that is gone needs no answer.
        let _ = match read(&window.state::<Desk>(), path).await {
            Ok(import) => window.emit(KEY_DROPPED, import),
            Err(error) => window.emit(DROP_FAILED, error),
        };
    });
}

async fn read(desk: &Desk, path: PathBuf) -> Result<KeyImport> {
    let file = KeyFile::read(path).await?;
    if file.is_private_key() {
        return Err(Error::new(Code::NotAServiceKey, "This file holds a private key, not a service key")
            .hint("Import the service key first, then choose this file in the import dialog"));
    }
    desk.workbench()?.key_read(KeyText { text: file.text()? }).await
}
