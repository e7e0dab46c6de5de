//! Lets Tauri embed its configuration, only when the window is built.

fn main() {
    #[cfg(feature = "desktop")]
    tauri_build::build();
}
