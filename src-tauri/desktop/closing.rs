//! The window closes once the page has kept what was typed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tauri::{Emitter as _, Manager as _, Window, WindowEvent};

/// The page listens for the wish to close, and answers with `window_close`.
const CLOSING: &str = "closing";
/// A page that does not answer is waited for no longer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether the user asked to close the window.
#[derive(Default)]
struct Asked(AtomicBool);

/// Gives the window its memory of being asked.
pub fn prepare(app: &tauri::App) {
    app.manage(Asked::default());
}

/// Lets the page keep its edits before the window goes; whoever asks twice does not want to wait.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    if window.state::<Asked>().0.swap(true, Ordering::Relaxed) {
        return;
    }
    api.prevent_close();
    // A page that cannot be told does not answer.
    let _ = window.emit(CLOSING, ());
    let window = window.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(PATIENCE).await;
        // It may be gone, as it should.
        let _ = window.destroy();
    });
}
