use std::path::PathBuf;

use sluice_core::body::BodyName;
use sluice_core::error::Result;
use sluice_core::operation::BodySave;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::{DialogExt as _, FilePath};

use crate::desk::Desk;

/// Lets the user choose a file for a body, a part or more trusted roots.
#[tauri::command]
pub async fn file_choose(app: AppHandle, desk: State<'_, Desk>) -> Result<Option<PathBuf>> {
    let chosen = choose(&app, "Choose a file").await;
    if let Some(file) = &chosen {
        desk.chosen.add(file.clone());
    }
    Ok(chosen)
}

/// Lets the user choose where a body goes, and writes it there.
#[tauri::command]
pub async fn body_save(app: AppHandle, desk: State<'_, Desk>, body: BodyName) -> Result<Option<PathBuf>> {
    let name = desk.workbench()?.body_save_name(body.clone()).await?;
    let Some(path) = choose_target(&app, "Save the body", &name).await else { return Ok(None) };
    desk.workbench()?.exchange_save_body(BodySave { body, path: path.clone() }).await?;
    Ok(Some(path))
}

/// The file the user chooses; none when the dialog was closed.
pub async fn choose(app: &AppHandle, title: &str) -> Option<PathBuf> {
    let (chosen, choice) = tokio::sync::oneshot::channel();
    app.dialog().file().set_title(title).pick_file(move |path| {
        // Nobody waits when the window was closed meanwhile.
        let _ = chosen.send(path);
    });
    path_of(choice.await.ok().flatten())
}

/// The files the user chooses; none when the dialog was closed.
pub async fn choose_files(app: &AppHandle, title: &str) -> Vec<PathBuf> {
    let (chosen, choice) = tokio::sync::oneshot::channel();
    app.dialog().file().set_title(title).pick_files(move |paths| {
        // Nobody waits when the window was closed meanwhile.
        let _ = chosen.send(paths);
    });
    let paths = choice.await.ok().flatten().unwrap_or_default();
    paths.into_iter().filter_map(|path| path.into_path().ok()).collect()
}

/// The folder the user chooses; none when the dialog was closed.
pub async fn choose_folder(app: &AppHandle, title: &str) -> Option<PathBuf> {
    let (chosen, choice) = tokio::sync::oneshot::channel();
    app.dialog().file().set_title(title).pick_folder(move |path| {
        // Nobody waits when the window was closed meanwhile.
        let _ = chosen.send(path);
    });
    path_of(choice.await.ok().flatten())
}

/// The file the user lets us write; none when the dialog was closed.
pub async fn choose_target(app: &AppHandle, title: &str, name: &str) -> Option<PathBuf> {
    let (chosen, choice) = tokio::sync::oneshot::channel();
    app.dialog().file().set_title(title).set_file_name(name).save_file(move |path| {
        // Nobody waits when the window was closed meanwhile.
        let _ = chosen.send(path);
    });
    path_of(choice.await.ok().flatten())
}

fn path_of(chosen: Option<FilePath>) -> Option<PathBuf> {
    chosen.and_then(|path| path.into_path().ok())
}
