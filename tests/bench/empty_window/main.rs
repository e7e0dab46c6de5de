//! An empty Tauri window of the same size, which says when it was painted as the real one does: what
//! `./dev bench` measures the real one beside.

use std::time::SystemTime;

use tauri::{WebviewUrl, WebviewWindowBuilder};

/// Says when the page was painted.
#[tauri::command]
fn painted() {
    let Some(file) = std::env::var_os("SLUICE_PAINTED_FILE") else { return };
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    // A benchmark that cannot be told will notice.
    let _ = std::fs::write(file, now.as_nanos().to_string());
}

fn main() {
    tauri::Builder::default()
        .setup(|app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
                .title("Empty")
                .inner_size(1440.0, 900.0)
                .build()?;
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![painted])
        .run(tauri::generate_context!("tests/bench/empty_window/tauri.conf.json"))
        .expect("Tauri can start its event loop");
}
