//! The window's door: it opens the workbench, shows the page, and carries calls between the two.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod body_scheme;
mod chosen;
mod clipboard;
mod closing;
mod commands;
mod desk;
mod drop;
mod key_file;
mod pasted;
mod reminding;
#[cfg(target_os = "linux")]
mod rendering;
mod window;

use commands::{
    body, certificate_request, clipboard as clip, collection, connectivity, file, history, key, operation,
    sandbox, sending, shell,
};

fn main() {
    #[cfg(target_os = "linux")]
    rendering::choose();
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .register_asynchronous_uri_scheme_protocol(body_scheme::NAME, body_scheme::answer)
        .setup(|app| {
            desk::open(app);
            desk::watch(app);
            closing::prepare(app);
            window::open(app)?;
            reminding::start(app);
            Ok(())
        })
        .on_window_event(drop::on_window_event)
        .on_window_event(closing::on_window_event)
        .invoke_handler(tauri::generate_handler![
            operation::call,
            sending::send,
            key::key_paste,
            key::key_choose_file,
            key::private_key_choose,
            key::private_key_passphrase,
            key::certificate_copy,
            certificate_request::certificate_request_save_choose,
            certificate_request::certificate_request_answer_choose,
            certificate_request::certificate_request_export_choose,
            clip::clipboard_copy,
            clip::clipboard_clear,
            clip::token_copy,
            file::file_choose,
            file::body_save,
            body::body_copy,
            body::body_open,
            history::history_export_choose,
            connectivity::certificates_save_choose,
            collection::collection_choose,
            collection::collection_create_in_folder,
            collection::import_choose,
            collection::import_opened,
            collection::import_write_to_folder,
            collection::export_choose,
            collection::show_in_file_manager,
            sandbox::sandbox_start,
            shell::painted,
            shell::window_close,
        ])
        .build(tauri::generate_context!())
        .expect("Tauri can start its event loop")
        .run(|app, event| {
            if matches!(event, tauri::RunEvent::Exit) {
                desk::leave(app);
            }
        });
}
