use std::path::PathBuf;

use serde::Deserialize;
use sluice_core::collection::{CollectionId, CollectionTree, ExportFormat, ImportReport, ItemName, Loss};
use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::{CollectionCreate, CollectionOpen, ExportRead, ImportRead, ImportWrite};
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt as _;

use super::file::{choose_files, choose_folder, choose_target};
use crate::desk::Desk;

/// What the user imports.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Exported files.
    File,
    /// A folder of files.
    Folder,
}

/// Lets the user choose a folder and opens it as a collection.
#[tauri::command]
pub async fn collection_choose(app: AppHandle, desk: State<'_, Desk>) -> Result<Option<CollectionTree>> {
    let Some(folder) = choose_folder(&app, "Open a collection").await else { return Ok(None) };
    desk.workbench()?.collection_open(CollectionOpen { folder }).await.map(Some)
}

/// Lets the user choose where, and makes a collection there.
#[tauri::command]
pub async fn collection_create_in_folder(
    app: AppHandle,
    desk: State<'_, Desk>,
    name: String,
) -> Result<Option<CollectionTree>> {
    let title = format!("Choose the folder “{name}” is made in");
    let Some(folder) = choose_folder(&app, &title).await else { return Ok(None) };
    desk.workbench()?.collection_create(CollectionCreate { folder, name }).await.map(Some)
}

/// Lets the user choose what to import and says what it is.
#[tauri::command]
pub async fn import_choose(
    app: AppHandle,
    desk: State<'_, Desk>,
    what: ImportKind,
) -> Result<Option<ImportReport>> {
    let files = match what {
        ImportKind::File => choose_files(&app, "Choose the files to import").await,
        ImportKind::Folder => choose_folder(&app, "Choose the folder to import").await.into_iter().collect(),
    };
    if files.is_empty() {
        return Ok(None);
    }
    import_report(&desk, files).await.map(Some)
}

/// Says what importing an open collection of another tool does.
#[tauri::command]
pub async fn import_opened(desk: State<'_, Desk>, collection: CollectionId) -> Result<ImportReport> {
    let folder = desk.workbench()?.item_location(&ItemName { collection, path: String::new() })?;
    import_report(&desk, vec![folder]).await
}

/// Lets the user choose where, and writes what was chosen to import as a collection there.
#[tauri::command]
pub async fn import_write_to_folder(
    app: AppHandle,
    desk: State<'_, Desk>,
    hold_for_run: bool,
) -> Result<Option<CollectionTree>> {
    let (files, name) = desk.chosen_import().ok_or_else(|| {
        Error::new(Code::NotFound, "Nothing was chosen to import").hint("Choose the files first")
    })?;
    let title = format!("Choose the folder “{name}” is made in");
    let Some(parent) = choose_folder(&app, &title).await else { return Ok(None) };
    let workbench = desk.workbench()?;
    let into = workbench.collection_folder(&parent, &name);
    let wanted = ImportWrite { files, into: into.clone(), without_secrets: false, hold_for_run };
    workbench.import_write(wanted).await?;
    workbench.collection_open(CollectionOpen { folder: into }).await.map(Some)
}

/// Lets the user choose a file and writes a collection, or a part of it, there in another format.
#[tauri::command]
pub async fn export_choose(
    app: AppHandle,
    desk: State<'_, Desk>,
    collection: CollectionId,
    path: String,
    format: ExportFormat,
) -> Result<Option<Vec<Loss>>> {
    let workbench = desk.workbench()?;
    let source = workbench.item_location(&ItemName { collection, path })?;
    let stem = source.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let export = workbench.export_read(ExportRead { source, format }).await?;
    let name = format!("{stem}.{}", ending(format));
    let Some(file) = choose_target(&app, "Export", &name).await else { return Ok(None) };
    workbench.export_write(file, export.text).await?;
    Ok(Some(export.losses))
}

/// Shows a file or folder of a collection in the system's file manager.
#[tauri::command]
pub async fn show_in_file_manager(
    app: AppHandle,
    desk: State<'_, Desk>,
    collection: CollectionId,
    path: String,
) -> Result<()> {
    let place: PathBuf = desk.workbench()?.item_location(&ItemName { collection, path })?;
    app.opener().reveal_item_in_dir(&place).map_err(|error| {
        Error::new(Code::NotFound, "The file manager could not be opened")
            .hint(format!("The file is {}", place.display()))
            .detail(error.to_string())
    })
}

/// What importing these does; they are remembered for the writing.
async fn import_report(desk: &Desk, files: Vec<PathBuf>) -> Result<ImportReport> {
    let report = desk.workbench()?.import_read(ImportRead { files: files.clone() }).await?;
    desk.remember_import(files, report.name.clone());
    Ok(report)
}

const fn ending(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Opencollection => "opencollection.yml",
        ExportFormat::Postman => "postman_collection.json",
        ExportFormat::Curl => "sh",
        ExportFormat::Hurl => "hurl",
        ExportFormat::Har => "har",
    }
}
