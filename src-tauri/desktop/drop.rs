//! A file dropped on the window is read here: the page gets facts, never the file.

use sluice_core::operation::KeyText;
use sluice_core::secret::Secret;
use tauri::{DragDropEvent, Emitter as _, Manager as _, Window, WindowEvent};

use crate::commands::key::read_file;
use crate::desk::Desk;

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
        let desk = window.state::<Desk>();
        let read =
            async { desk.workbench()?.key_read(KeyText { text: Secret::new(read_file(&path)?) }).await };
        // A window that is gone needs no answer.
        let _ = match read.await {
            Ok(import) => window.emit(KEY_DROPPED, import),
            Err(error) => window.emit(DROP_FAILED, error),
        };
    });
}
