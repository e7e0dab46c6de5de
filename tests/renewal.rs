//! A service key takes the place of a saved one: nothing else changes, and no moment leaves the user without a key.

use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value;

use crate::support::{Bus, Keyring, Run, Terminal, shared};

/// A user with a keyring of their own.
struct User {
    terminal: Terminal,
    bus: Bus,
    _keyring: Keyring,
}

impl User {
    fn new() -> Self {
        let bus = Bus::start();
        let keyring = bus.unlocked_keyring();
        let terminal = Terminal::new().with("DBUS_SESSION_BUS_ADDRESS", &bus.address);
        let user = Self { terminal, bus, _keyring: keyring };
        user.bus.wait_for_keyring();
        user
    }

    fn import(&self, name: &str, words: &[&str]) -> Run {
        let file = shared().file(&format!("{name}.json"));
        let words = [&["key", "import", &file, "--tenant", "acme-dev", "--stage", "dev"], words].concat();
        self.terminal.run(&words)
    }

    fn renew(&self, key: &str, name: &str) -> Run {
        let file = shared().file(&format!("{name}.json"));
        let authority = shared().authority();
        self.terminal
            .run(&["key", "renew", key, &file, "--tenant", "acme-dev", "--json", "--cacert", &authority])
    }

    /// The client id a flow sees.
    fn called_as(&self) -> Value {
        let authority = shared().authority();
        let words = ["send", "GET", "/http/whoami", "--tenant", "acme-dev", "--cacert", &authority];
        self.terminal.run(&words).ends(0).json()["clientId"].clone()
    }

    fn keys(&self) -> Vec<String> {
        let listed = self.terminal.run(&["key", "list", "--tenant", "acme-dev", "--json"]).ends(0).json();
        let keys = listed[0]["keys"].as_array().expect("a list").iter();
        keys.map(|key| key["name"].as_str().expect("a name").to_owned()).collect()
    }

    fn database(&self) -> Connection {
        Connection::open(self.terminal.data().join("sluice.db")).expect("it is there")
    }

    fn loose(&self) -> usize {
        let count: i64 = self
            .database()
            .query_row("SELECT count(*) FROM loose_secret", [], |row| row.get(0))
            .expect("a number");
        usize::try_from(count).expect("not negative")
    }
}

fn client_id(name: &str) -> Value {
    shared().key(name)["oauth"]["clientid"].clone()
}

#[test]
fn a_key_is_renewed_in_its_place_and_the_old_secret_leaves_the_keyring() {
    let user = User::new();
    user.import("secret", &["--name", "flows"]).ends(0);
    user.import("api-secret", &[]).ends(0);
    assert_eq!(user.called_as(), client_id("secret"));
    for (new, kind) in [("secret-second", "secret"), ("certificate", "certificate"), ("secret", "secret")] {
        let renewal = user.renew("flows", new).ends(0).json();
        assert_eq!(renewal["key"]["kind"], kind);
        assert_eq!(renewal["old_secret_removed"], true);
        assert_eq!(user.called_as(), client_id(new), "requests go on under the same name");
        assert_eq!(user.keys(), ["flows", "api"], "name and place stay");
        assert_eq!((user.bus.secrets(), user.loose()), (2, 0), "one secret for each key");
    }
}

#[test]
fn a_key_that_does_not_prove_good_changes_nothing() {
    let user = User::new();
    user.import("secret", &[]).ends(0);
    user.renew("integration-flow", "revoked-secret").ends(4);
    let other = user.renew("integration-flow", "api-secret").ends(2);
    assert!(other.stderr.contains("key of the same service instance"), "{}", other.stderr);
    let same = user.renew("integration-flow", "secret").ends(2);
    assert!(same.stderr.contains("has already"), "{}", same.stderr);
    user.renew("nothing", "secret-second").ends(2);
    assert_eq!(user.called_as(), client_id("secret"));
    assert_eq!((user.bus.secrets(), user.loose()), (1, 0));
}

#[test]
fn a_kill_at_any_moment_leaves_a_key_that_works_and_nothing_that_stays_in_the_keyring() {
    const STEPS: u32 = 24;
    let user = User::new();
    user.import("secret", &[]).ends(0);
    let authority = shared().authority();
    let files = ["secret-second", "secret"].map(|name| shared().file(&format!("{name}.json")));
    let words =
        |file| ["key", "renew", "integration-flow", file, "--tenant", "acme-dev", "--cacert", &authority];
    let begun = Instant::now();
    user.terminal.run(&words(&files[0])).ends(0);
    let step = begun.elapsed() / STEPS;
    let (mut moment, mut ended) = (Duration::ZERO, 0);
    // Later and later, until there was nothing left to kill.
    while ended < 2 {
        let new = usize::from(user.called_as() != client_id("secret"));
        let mut child = user.terminal.command(&words(&files[new])).spawn().expect("it starts");
        std::thread::sleep(moment);
        ended += u32::from(child.try_wait().expect("it can be asked").is_some());
        child.kill().expect("it can be killed, or has ended");
        child.wait().expect("it ends");
        user.called_as();
        moment += step;
    }
    assert!(user.bus.secrets() <= 1 + user.loose(), "whatever is in the keyring is known");
    user.database()
        .execute("UPDATE loose_secret SET since = '2026-01-01T00:00:00Z'", [])
        .expect("it can be set");
    user.called_as();
    assert_eq!((user.bus.secrets(), user.loose()), (1, 0), "what is left over goes at the next use");
}

#[test]
fn a_keyring_that_does_not_answer_leaves_the_old_key() {
    let user = User::new();
    user.import("secret", &[]).ends(0);
    let file = shared().file("secret-second.json");
    let terminal = user.terminal.with("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    let authority = shared().authority();
    terminal
        .run(&["key", "renew", "integration-flow", &file, "--tenant", "acme-dev", "--cacert", &authority])
        .ends(5);
    let listed = terminal.run(&["key", "list", "--tenant", "acme-dev", "--json"]).ends(0).json();
    assert_eq!(listed[0]["keys"][0]["client_id"], client_id("secret"));
}
