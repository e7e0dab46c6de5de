use std::path::PathBuf;

use sluice_core::error::Result;
use sluice_core::history::HistoryExport;
use sluice_core::http::ExchangeId;
use tauri::{AppHandle, State};

use super::file::choose_target;
use crate::desk::Desk;

/// Lets the user choose a file and writes exchanges there as HAR, without secrets; answers where.
#[tauri::command]
pub async fn history_export_choose(
    app: AppHandle,
    desk: State<'_, Desk>,
    exchanges: Vec<ExchangeId>,
) -> Result<Option<PathBuf>> {
    let Some(path) = choose_target(&app, "Export as HAR", "exchanges.har").await else { return Ok(None) };
    desk.workbench()?.history_export(HistoryExport { exchanges, path: path.clone() }).await?;
    Ok(Some(path))
}
