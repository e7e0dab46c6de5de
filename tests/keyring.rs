//! The secret store absent, locked or slow: said plainly, and never replaced silently.

use std::process::{Command, Stdio};

use crate::support::{Terminal, shared};

fn import(terminal: &Terminal) -> crate::support::Run {
    let file = shared().file("secret.json");
    terminal.run(&["key", "import", &file, "--tenant", "x", "--stage", "dev"])
}

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

/// A bus of its own, on which somebody or nobody keeps secrets.
struct Bus {
    daemon: std::process::Child,
    address: String,
}

impl Bus {
    fn start() -> Self {
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
        std::io::BufRead::read_line(&mut std::io::BufReader::new(stdout), &mut address)
            .expect("it says its address");
        Self { daemon, address: address.trim().to_owned() }
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

#[test]
fn without_a_bus_there_is_no_keyring_and_nothing_is_kept() {
    let terminal = Terminal::new().with("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    import(&terminal).ends(5);
    let refused = import(&terminal);
    assert!(refused.stderr.contains("no keyring"), "{}", refused.stderr);
    assert_eq!(
        terminal.run(&["tenant", "list", "--json"]).json(),
        serde_json::json!([]),
        "nothing half saved"
    );
}

#[test]
fn without_a_service_on_the_bus_the_next_step_is_named() {
    let bus = Bus::start();
    let terminal = Terminal::new().with("DBUS_SESSION_BUS_ADDRESS", &bus.address);
    let refused = import(&terminal).ends(5);
    assert!(refused.stderr.contains("no keyring"), "{}", refused.stderr);
    assert!(refused.stderr.contains("hint: Start one"), "{}", refused.stderr);
}

#[test]
fn a_keyring_that_is_not_unlocked_is_said_to_be_locked() {
    let bus = Bus::start();
    let folder = tempfile::tempdir().expect("a folder");
    let mut daemon = Command::new("gnome-keyring-daemon")
        .args(["--foreground", "--components=secrets"])
        .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
        .env("XDG_DATA_HOME", folder.path())
        .env("XDG_RUNTIME_DIR", folder.path())
        .env("HOME", folder.path())
        .env_remove("DISPLAY")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("gnome-keyring-daemon starts");
    let terminal =
        Terminal::new().with("DBUS_SESSION_BUS_ADDRESS", &bus.address).with("SLUICE_KEYRING_SECONDS", "5");
    terminal.file("call.sh", CALL);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    let refused = loop {
        let refused = import(&terminal).ends(5);
        let not_there_yet = refused.stderr.contains("no keyring");
        if !not_there_yet || std::time::Instant::now() > deadline {
            break refused;
        }
    };
    let import = terminal.run(&["import", "call.sh", "--into", "calls"]).ends(5);
    assert!(import.stderr.contains("nothing was written"), "{}", import.stderr);
    assert!(!terminal.path("calls").exists(), "the next try finds the place as free as this one did");
    // It may have ended by itself.
    let _ = daemon.kill();
    let _ = daemon.wait();
    assert!(refused.stderr.contains("locked"), "{}", refused.stderr);
    assert!(refused.stderr.contains("hint: "), "{}", refused.stderr);
}

const CALL: &str = "curl https://h.example -H 'X-Api-Key: planted'";

#[test]
fn without_a_keyring_an_import_with_secrets_writes_nothing_and_says_how_to_go_on() {
    let terminal = Terminal::new().with("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    terminal.file("call.sh", CALL);
    let refused = terminal.run(&["import", "call.sh", "--into", "calls"]).ends(5).says("nothing was written");
    assert!(refused.stderr.contains("--without-secrets"), "{}", refused.stderr);
    assert!(!terminal.path("calls").exists());
    terminal.run(&["import", "call.sh", "--into", "calls", "--without-secrets"]).ends(0);
}

#[test]
fn a_key_of_this_run_needs_no_keyring() {
    let terminal = Terminal::new().with("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    let (key, authority) = (shared().file("secret.json"), shared().authority());
    let words = ["send", "GET", "/http/whoami", "--service-key", &key, "--cacert", &authority];
    terminal.run(&words).ends(0);
    assert!(!terminal.data().exists(), "and leaves nothing behind");
}
