use std::path::PathBuf;

use sluice_core::connectivity::{CertificatesSave, CertificatesWanted};
use sluice_core::error::Result;
use sluice_core::http::ExchangeId;
use tauri::{AppHandle, State};

use super::file::choose_target;
use crate::desk::Desk;

/// Lets the user choose a file and writes certificates of a connectivity test there; answers where.
#[tauri::command]
pub async fn certificates_save_choose(
    app: AppHandle,
    desk: State<'_, Desk>,
    test: ExchangeId,
    wanted: CertificatesWanted,
    host: String,
) -> Result<Option<PathBuf>> {
    let (title, end) = match wanted {
        CertificatesWanted::Root => ("Save the root certificate", "root.cer"),
        CertificatesWanted::Chain => ("Save the whole chain", "chain.zip"),
    };
    // Addresses of IPv6 have colons, which some file systems refuse.
    let name = format!("{}-{end}", host.replace([':', '[', ']'], "-"));
    let Some(path) = choose_target(&app, title, &name).await else { return Ok(None) };
    desk.workbench()?
        .connectivity_certificates(CertificatesSave { test, wanted, path: path.clone() })
        .await?;
    Ok(Some(path))
}
