use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use sluice_core::error::Result;
use sluice_core::http::{Exchange, Progress};
use sluice_core::operation::RequestSend;
use tauri::State;
use tauri::ipc::Channel;

use crate::desk::Desk;

/// The page cannot show more than this many steps of a progress bar.
const BETWEEN_REPORTS: Duration = Duration::from_millis(50);

/// Sends a request and reports how far it is.
#[tauri::command]
pub async fn send(
    desk: State<'_, Desk>,
    mut order: RequestSend,
    progress: Channel<Progress>,
) -> Result<Exchange> {
    let files = desk.workbench()?.request_files(&order).await?;
    desk.chosen.check(files.iter().map(PathBuf::as_path))?;
    order.files = files;
    let last = Mutex::new(None::<Instant>);
    let report = move |step: Progress| {
        let is_count = matches!(step, Progress::Sending { .. } | Progress::Receiving { .. });
        let Ok(mut last) = last.lock() else { return };
        if is_count && last.is_some_and(|last| last.elapsed() < BETWEEN_REPORTS) {
            return;
        }
        *last = Some(Instant::now());
        // A page that is gone needs no progress.
        let _ = progress.send(step);
    };
    desk.workbench()?.send(order, &report).await
}
