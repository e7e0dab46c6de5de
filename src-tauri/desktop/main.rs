//! The window's door: it opens the workbench, shows the page, and carries calls between the two.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod chosen;
mod clipboard;
mod commands;
mod desk;
mod drop;
mod key_file;
mod pasted;
mod window;

use commands::{clipboard as clip, file, key, operation, sandbox, sending, shell};

fn main() {
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .setup(|app| {
            desk::open(app);
            window::open(app)?;
            Ok(())
        })
        .on_window_event(drop::on_window_event)
        .invoke_handler(tauri::generate_handler![
            operation::call,
            sending::send,
            key::key_paste,
            key::key_choose_file,
            key::private_key_choose,
            key::private_key_passphrase,
            key::certificate_copy,
            clip::clipboard_copy,
            clip::clipboard_clear,
            clip::token_copy,
            file::file_choose,
            file::body_save,
            sandbox::sandbox_start,
            shell::painted,
        ])
        .build(tauri::generate_context!())
        .expect("Tauri can start its event loop")
        .run(|app, event| {
            if matches!(event, tauri::RunEvent::Exit) {
                desk::leave(app);
            }
        });
}
