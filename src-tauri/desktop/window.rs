//! The one window.

use tauri::{WebviewUrl, WebviewWindowBuilder};

/// Opens the window; it never leaves the page that came with the program.
pub fn open(app: &tauri::App) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Sluice")
        .inner_size(1440.0, 900.0)
        .min_inner_size(1024.0, 640.0)
        .on_navigation(is_ours)
        .build()?;
    Ok(())
}

fn is_ours(url: &tauri::Url) -> bool {
    let ours_when_built = url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost");
    let ours_in_development = cfg!(debug_assertions) && url.host_str() == Some("localhost");
    ours_when_built || ours_in_development
}
