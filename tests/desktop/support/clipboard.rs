use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What another program copied; it is gone when this is dropped.
pub struct Clipboard {
    owner: Child,
}

impl Clipboard {
    /// Copies a text in another program, and returns when it can be pasted.
    pub async fn holding(text: &str) -> Self {
        let mut owner = Command::new("xclip")
            .args(["-selection", "clipboard", "-quiet"])
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("xclip starts");
        let mut pipe = owner.stdin.take().expect("there is a pipe");
        pipe.write_all(text.as_bytes()).expect("xclip reads");
        drop(pipe);
        let clipboard = Self { owner };
        let since = Instant::now();
        while Self::text() != text {
            assert!(since.elapsed() < Duration::from_secs(10), "xclip did not get the clipboard");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        clipboard
    }

    /// What a user would paste now; nothing when it is empty.
    pub fn text() -> String {
        let output = Command::new("xclip").args(["-selection", "clipboard", "-o"]).output();
        String::from_utf8_lossy(&output.expect("xclip starts").stdout).into_owned()
    }
}

impl Drop for Clipboard {
    fn drop(&mut self) {
        // It ended by itself when another program copied something.
        let _ = self.owner.kill();
        let _ = self.owner.wait();
    }
}
