use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// What programs ask the desktop to tell the user, as it goes over the session's bus; nobody has to be there to show it.
pub struct Notifications {
    monitor: Child,
    heard: Arc<Mutex<String>>,
}

impl Notifications {
    /// Listens, from the moment this returns.
    pub fn listen() -> Self {
        let mut monitor = Command::new("dbus-monitor")
            .args(["--session", "interface='org.freedesktop.Notifications',member='Notify'"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-monitor starts");
        let mut output = monitor.stdout.take().expect("there is a pipe");
        let mut bytes = [0; 4096];
        // It says a few signals of its own as soon as it listens.
        let _ = output.read(&mut bytes);
        let heard = Arc::new(Mutex::new(String::new()));
        let told = Arc::clone(&heard);
        std::thread::spawn(move || {
            while let Ok(length @ 1..) = output.read(&mut bytes) {
                let text = String::from_utf8_lossy(&bytes[..length]).into_owned();
                told.lock().unwrap_or_else(PoisonError::into_inner).push_str(&text);
            }
        });
        Self { monitor, heard }
    }

    /// How often these words were said.
    pub fn count(&self, words: &str) -> usize {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).matches(words).count()
    }
}

impl Drop for Notifications {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.monitor.kill();
        let _ = self.monitor.wait();
    }
}
