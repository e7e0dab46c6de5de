//! The secret store absent, locked or slow: said plainly, and never replaced silently.

use crate::support::{Bus, Terminal, shared};

fn import(terminal: &Terminal) -> crate::support::Run {
    let file = shared().file("secret.json");
    terminal.run(&["key", "import", &file, "--tenant", "x", "--stage", "dev"])
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
    let _keyring = bus.locked_keyring();
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
