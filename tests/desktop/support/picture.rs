use std::path::PathBuf;
use std::process::Command;

use super::Window;

fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// Keeps what the screen shows, to find out why a test failed.
pub fn of_the_screen() {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("test").replace("::", "-");
    let file = folder().join(format!("failed-{test}.png"));
    // A picture is a help only; the test failed for another reason.
    let _ = Command::new("import").args(["-window", "root"]).arg(file).status();
}

/// What the screen shows of the window; WebKit's own pictures wait for a change where nothing moves.
fn of_the_window() -> Vec<u8> {
    let script = "import -window \"$(xdotool search --onlyvisible --name '^Sluice$')\" png:-";
    let taken = Command::new("sh").args(["-c", script]).output().expect("import starts");
    assert!(taken.status.success(), "the window can be pictured: {taken:?}");
    taken.stdout
}

impl Window {
    /// Keeps a picture of the window in each theme.
    pub async fn pictures(&self, view: &str) {
        let size = self.width().await;
        let size = if size == 1280 { "1280x720".to_owned() } else { format!("{size}x900") };
        for theme in ["light", "dark", "contrast"] {
            // The settings do the same; `settings.rs` goes through them.
            let draw = "document.documentElement.dataset.theme = arguments[0]";
            self.client.execute(draw, vec![theme.into()]).await.expect("the page takes it");
            let picture = self.picture().await;
            let file = folder().join(format!("{view}-{theme}-{size}.png"));
            std::fs::write(file, picture).expect("the picture can be written");
        }
    }

    /// Makes the window as large as this, as a user would by dragging its edge.
    pub async fn resize(&self, width: u32, height: u32) {
        let script = "xdotool search --onlyvisible --name '^Sluice$' windowsize \"$1\" \"$2\"";
        let arguments = [script, "sh", &width.to_string(), &height.to_string()];
        let status = Command::new("sh").arg("-c").args(arguments).status().expect("xdotool starts");
        assert!(status.success(), "xdotool finds the window");
        self.until("the window has its size", async || self.width().await == i64::from(width)).await;
    }

    /// A picture of what is painted completely: the next one shows the same, unless a clock goes on ticking.
    async fn picture(&self) -> Vec<u8> {
        let mut last = Vec::new();
        for _ in 0..4 {
            self.painted().await;
            let next = of_the_window();
            if next == last {
                break;
            }
            last = next;
        }
        last
    }

    /// Waits until what is in the document is drawn, and nothing moves any more.
    async fn painted(&self) {
        let script = "const done = arguments[0];
            const moving = document.getAnimations().filter((one) => one.effect.getTiming().iterations !== Infinity);
            Promise.allSettled(moving.map((one) => one.finished))
              .then(() => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))));";
        self.client.execute_async(script, Vec::new()).await.expect("the page paints");
    }

    async fn width(&self) -> i64 {
        let width = self.client.execute("return window.innerWidth", Vec::new()).await;
        width.expect("the page answers").as_i64().unwrap_or_default()
    }
}
