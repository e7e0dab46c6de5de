use sluice_core::body::{BodyName, Shown};
use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::BodySave;
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt as _;

use crate::desk::Desk;

/// Copies a whole body in the form it is shown in.
#[tauri::command]
pub async fn body_copy(desk: State<'_, Desk>, shown: Shown) -> Result<()> {
    let text = desk.workbench()?.body_text(shown).await?;
    desk.clipboard.copy(&text)
}

/// Opens a body with the program the system has for its kind; never with one that would run it.
#[tauri::command]
pub async fn body_open(app: AppHandle, desk: State<'_, Desk>, body: BodyName) -> Result<()> {
    let workbench = desk.workbench()?;
    let name = workbench.body_file_name(body.clone()).await?;
    let path = desk.opened_file(&name)?;
    workbench.exchange_save_body(BodySave { body, path: path.clone() }).await?;
    app.opener().open_path(path.to_string_lossy(), None::<&str>).map_err(|error| {
        Error::new(Code::NotFound, "No program of this computer opens the body")
            .hint("Save it to a file, and open that with a program of your choice")
            .detail(error.to_string())
    })
}
