//! How the page gets to the screen on Linux, where WebKit's usual way does not work well everywhere.

use std::path::Path;

/// WebKit's way through buffers of the graphics card, and the variable that closes it.
const CLOSED: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Chooses how WebKit paints, before it starts; what the user set counts.
///
/// Without a graphics card every frame would be drawn by programs compiled for the processor first, which halves the frames and
/// doubles the time of a start; beside NVIDIA's own driver windows stay white (`docs/decisions/0013-painting.md`).
pub fn choose() {
    if std::env::var_os(CLOSED).is_some() || !is_better_closed(Path::new("/")) {
        return;
    }
    // Without it the window opens as well, only slower.
    let _ = glib::setenv(CLOSED, "1", false);
}

fn is_better_closed(root: &Path) -> bool {
    let devices = std::fs::read_dir(root.join("dev/dri")).into_iter().flatten().flatten();
    let has_card =
        devices.into_iter().any(|device| device.file_name().to_string_lossy().starts_with("renderD"));
    !has_card || root.join("proc/driver/nvidia/version").exists()
}

#[cfg(test)]
mod tests {
    use super::is_better_closed;

    fn root(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        root
    }

    #[test]
    fn only_a_card_with_a_free_driver_is_painted_with() {
        let cases: [(&[&str], bool); 4] = [
            (&["dev/dri/card0", "dev/dri/renderD128"], false),
            (&[], true),
            (&["dev/dri/card0"], true),
            (&["dev/dri/renderD128", "proc/driver/nvidia/version"], true),
        ];
        for (files, closed) in cases {
            assert_eq!(is_better_closed(root(files).path()), closed, "{files:?}");
        }
    }
}
