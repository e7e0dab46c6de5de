//! A file dropped on the window is read here: the page gets facts, never the file.

use std::path::PathBuf;

use sluice_core::certificate::CertificateRequest;
use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::CertificateAnswer;
use sluice_core::service_key::KeyImport;
use tauri::{DragDropEvent, Emitter as _, Manager as _, Window, WindowEvent};

use crate::desk::Desk;
use crate::key_file::KeyFile;

/// The page listens for a key that was dropped.
const KEY_DROPPED: &str = "key-dropped";
/// The page listens for a drop that could not be read.
const DROP_FAILED: &str = "drop-failed";
/// The page listens for a certificate that was dropped and answers a request.
const ANSWER_DROPPED: &str = "answer-dropped";
/// The page listens for a certificate that was dropped and answers none.
const ANSWER_REFUSED: &str = "answer-refused";

/// Takes in what was dropped: certificates all together, else the first file as a service key.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event else { return };
    let Some(first) = paths.first().cloned() else { return };
    let (window, paths) = (window.clone(), paths.clone());
    tauri::async_runtime::spawn(async move {
        // A window that is gone needs no answer.
        let _ = match KeyFile::read(first).await {
            Ok(file) => take(&window, &file, paths).await,
            Err(error) => window.emit(DROP_FAILED, error),
        };
    });
}

async fn take(window: &Window, file: &KeyFile, paths: Vec<PathBuf>) -> tauri::Result<()> {
    let desk = window.state::<Desk>();
    if file.is_certificate() {
        return match take_in(&desk, paths).await {
            Ok(request) => window.emit(ANSWER_DROPPED, request),
            Err(error) => window.emit(ANSWER_REFUSED, error),
        };
    }
    match read(&desk, file).await {
        Ok(import) => window.emit(KEY_DROPPED, import),
        Err(error) => window.emit(DROP_FAILED, error),
    }
}

async fn take_in(desk: &Desk, files: Vec<PathBuf>) -> Result<CertificateRequest> {
    desk.workbench()?.certificate_request_answer(CertificateAnswer { files }).await
}

async fn read(desk: &Desk, file: &KeyFile) -> Result<KeyImport> {
    if file.is_private_key() {
        return Err(Error::new(Code::NotAServiceKey, "This file holds a private key, not a service key")
            .hint("Import the service key first, then choose this file in the import dialog"));
    }
    desk.read_key(file.text()?).await
}
