//! Tells the user through the system when a client certificate comes to its end.

use std::time::Duration;

use notify_rust::Notification;
use tauri::Manager as _;

use crate::desk::Desk;

/// A window may stay open for days.
const EVERY: Duration = Duration::from_hours(6);

/// Looks now and from time to time; each step is told once, also over restarts.
pub fn start(app: &tauri::App) {
    let Ok(workbench) = app.state::<Desk>().workbench().cloned() else { return };
    tauri::async_runtime::spawn(async move {
        loop {
            // What cannot be read now is told the next time; the certificates page says why.
            for due in workbench.certificate_reminders().await.unwrap_or_default() {
                let notification =
                    Notification::new().appname("Sluice").summary(&due.title).body(&due.text).finalize();
                // A desktop without notifications has the status bar; one that does not answer keeps nobody waiting.
                let _ = tauri::async_runtime::spawn_blocking(move || notification.show().map(drop)).await;
            }
            tokio::time::sleep(EVERY).await;
        }
    });
}
