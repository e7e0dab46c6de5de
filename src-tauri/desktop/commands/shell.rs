use std::time::SystemTime;

/// Says when the page was painted, to a benchmark that asks for it.
#[tauri::command]
pub fn painted() {
    let Some(file) = std::env::var_os("SLUICE_PAINTED_FILE") else { return };
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    // A benchmark that cannot be told will notice.
    let _ = std::fs::write(file, now.as_nanos().to_string());
}

/// Closes the window: the page has kept everything.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands it over so")]
pub fn window_close(window: tauri::Window) -> tauri::Result<()> {
    window.destroy()
}
