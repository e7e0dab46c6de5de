//! A bus of a test's own, on which somebody or nobody keeps secrets.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(20);

/// Nothing is started by being asked for: there are no service folders.
const CONFIGURATION: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#;

/// The bus; ends with this value.
pub struct Bus {
    daemon: Child,
    pub address: String,
}

impl Bus {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let configuration = folder.path().join("bus.conf");
        std::fs::write(&configuration, CONFIGURATION).expect("it can be written");
        let mut daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", configuration.display()))
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon starts");
        let mut address = String::new();
        let stdout = daemon.stdout.take().expect("there is a pipe");
        BufReader::new(stdout).read_line(&mut address).expect("it says its address");
        Self { daemon, address: address.trim().to_owned() }
    }

    /// A keyring nobody has unlocked.
    pub fn locked_keyring(&self) -> Keyring {
        self.keyring(&[])
    }

    /// A keyring that is open, and empty.
    pub fn unlocked_keyring(&self) -> Keyring {
        let mut keyring = self.keyring(&["--unlock"]);
        let mut stdin = keyring.daemon.stdin.take().expect("there is a pipe");
        stdin.write_all(b"test-password").expect("it reads");
        drop(stdin);
        keyring
    }

    fn keyring(&self, words: &[&str]) -> Keyring {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("keyrings")).expect("it can be made");
        let daemon = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--components=secrets"])
            .args(words)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("XDG_DATA_HOME", folder.path())
            .env("XDG_RUNTIME_DIR", folder.path())
            .env("HOME", folder.path())
            .env_remove("DISPLAY")
            .stdin(if words.is_empty() { Stdio::null() } else { Stdio::piped() })
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon starts");
        Keyring { daemon, _folder: folder }
    }

    /// Waits until a keyring answers.
    pub fn wait_for_keyring(&self) {
        let deadline = Instant::now() + PATIENCE;
        while !self.search().status.success() {
            assert!(Instant::now() < deadline, "no keyring answers");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// How many secrets of Sluice are kept on this bus.
    pub fn secrets(&self) -> usize {
        let asked = self.search();
        assert!(asked.status.success(), "{asked:?}");
        String::from_utf8_lossy(&asked.stdout).lines().filter(|line| line.contains("object path")).count()
    }

    fn search(&self) -> Output {
        Command::new("dbus-send")
            .args([&format!("--bus={}", self.address), "--print-reply", "--dest=org.freedesktop.secrets"])
            .args(["/org/freedesktop/secrets", "org.freedesktop.Secret.Service.SearchItems"])
            .arg("dict:string:string:service,Sluice")
            .output()
            .expect("dbus-send starts")
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// A keyring of a test's own; ends with this value.
pub struct Keyring {
    daemon: Child,
    _folder: TempDir,
}

impl Drop for Keyring {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
