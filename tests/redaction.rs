//! Planted secrets appear in no byte that was written: files, database, output, errors.

use std::collections::BTreeSet;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sluice_sandbox::Options;

use crate::support::{Playground, Run, Terminal};

/// Everything that must never be written, in every form it travels in.
fn planted(playground: &Playground) -> BTreeSet<String> {
    let mut secrets = BTreeSet::from([
        "sandbox-passphrase-4711".to_owned(),
        "typed-by-the-user-4711".to_owned(),
        "typed-in-the-query-4711".to_owned(),
    ]);
    for name in ["secret", "secret-second", "api-secret", "revoked-secret", "no-role"] {
        let key = playground.key(name)["oauth"].clone();
        let secret = key["clientsecret"].as_str().expect("text").to_owned();
        let basic = format!("{}:{secret}", key["clientid"].as_str().expect("text"));
        secrets.insert(STANDARD.encode(basic));
        secrets.insert(secret.replace('$', "%24").replace('=', "%3D"));
        secrets.insert(secret);
    }
    for name in ["certificate", "wrong-private-key"] {
        secrets.extend(lines(playground.key(name)["oauth"]["key"].as_str().expect("text")));
    }
    let pem = std::fs::read_to_string(playground.file("external.key.pem")).expect("it can be read");
    secrets.extend(lines(&pem));
    secrets
}

/// The lines of a private key that are its own: before them stands the modulus, which the certificate has as well.
fn lines(pem: &str) -> impl Iterator<Item = String> + '_ {
    let content = pem.lines().filter(|line| !line.starts_with("-----") && line.len() >= 32);
    content.skip(MODULUS_LINES).map(str::to_owned)
}

/// 2,048 bits and what stands before them, at 48 bytes a line.
const MODULUS_LINES: usize = 7;

/// What only came into being on the way: tokens, CSRF tokens, cookies.
fn arisen(playground: &Playground) -> BTreeSet<String> {
    let mut secrets = BTreeSet::new();
    for call in playground.sandbox.journal().requests() {
        for name in ["authorization", "x-csrf-token", "cookie"] {
            let Some(value) = call.header(name) else { continue };
            let values = value.split("; ").map(|pair| pair.split_once('=').map_or(pair, |(_, value)| value));
            let values = values.map(|value| value.trim_start_matches("Bearer ").trim_start_matches("Basic "));
            secrets.extend(values.filter(|value| value.len() >= 16).map(str::to_owned));
        }
    }
    assert!(secrets.iter().any(|secret| secret.starts_with("eyJ")), "tokens went over the wire");
    secrets
}

fn search(what: &str, bytes: &[u8], secrets: &BTreeSet<String>) {
    for secret in secrets {
        let found = memchr::memmem::find(bytes, secret.as_bytes());
        assert!(found.is_none(), "{what} holds a secret that begins with {}", &secret[..6]);
    }
}

fn search_folder(folder: &Path, secrets: &BTreeSet<String>, files: &mut usize) {
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            search_folder(&path, secrets, files);
        } else {
            *files += 1;
            search(&path.display().to_string(), &std::fs::read(&path).expect("it can be read"), secrets);
        }
    }
}

/// Every kind of import, good ones and those that fail.
fn imports(playground: &Playground, terminal: &Terminal) -> Vec<Run> {
    let mut runs = Vec::new();
    let file = |name: &str| playground.file(&format!("{name}.json"));
    for name in ["secret", "secret-second", "api-secret", "certificate", "revoked-secret", "no-role"] {
        let file = file(name);
        for form in [&[][..], &["--json"][..]] {
            let words = ["key", "import", &file, "--tenant", "acme", "--stage", "dev", "--dry-run"];
            runs.push(terminal.run(&[&words, form].concat()));
        }
        let words = ["key", "import", &file, "--tenant", "acme", "--stage", "dev", "--name", name];
        runs.push(terminal.run(&words).ends(0));
    }
    let broken = terminal.file("broken.json", playground.key("secret").to_string().replace("\"}}", "\""));
    runs.push(
        terminal.run(&["key", "import", broken.to_str().expect("text"), "--tenant", "x", "--json"]).ends(2),
    );
    let (wrong, external) = (file("wrong-private-key"), file("external"));
    runs.push(terminal.run(&["key", "import", &wrong, "--tenant", "x", "--json"]).ends(2));
    let container = playground.file("external.p12");
    let words = [
        "key",
        "import",
        &external,
        "--tenant",
        "x",
        "--pkcs12",
        &container,
        "--passphrase-env",
        "PASSPHRASE",
    ];
    runs.push(terminal.run(&words).ends(2));
    let private_key = playground.private_key_with_chain(terminal);
    let words =
        ["key", "import", &external, "--tenant", "acme", "--private-key", &private_key, "--name", "external"];
    runs.push(terminal.run(&words).ends(0));
    runs
}

/// Every way to send, with answers good, bad and cut, shown as text and as JSON.
fn sends(playground: &Playground, terminal: &Terminal) -> Vec<Run> {
    let mut runs = Vec::new();
    let authority = playground.authority();
    for (key, ways) in [
        ("secret", &["bearer", "basic"][..]),
        ("certificate", &["bearer", "certificate"]),
        ("external", &["bearer"]),
        ("revoked-secret", &["bearer", "basic"]),
        ("no-role", &["bearer"]),
    ] {
        for way in ways {
            for path in ["/http/orders", "/http/fail", "/http/cookie", "/http/cut?after=10"] {
                for form in [&["-i"][..], &["--json"][..]] {
                    let words =
                        ["send", "POST", path, "-d", "{\"items\":[]}", "--tenant", "acme", "--key", key];
                    let more =
                        ["--auth", way, "--cacert", &authority, "-H", "X-Api-Key: typed-by-the-user-4711"];
                    runs.push(terminal.run(&[&words, &more[..], form].concat()));
                }
            }
        }
        runs.push(
            terminal.run(&["token", "--tenant", "acme", "--key", key, "--json", "--cacert", &authority]),
        );
    }
    runs
}

/// Answers that hold what was sent, or a token: only the file the user asked for may have it. Answers those tokens.
fn echoes(playground: &Playground, terminal: &Terminal) -> BTreeSet<String> {
    let authority = playground.authority();
    let answer = terminal.path("answer.json");
    let file = answer.to_str().expect("text");
    for way in ["bearer", "basic"] {
        let words = ["send", "POST", "/http/echo", "-d", "{}", "--tenant", "acme", "--key", "secret"];
        terminal.run(&[&words, &["--auth", way, "--cacert", &authority, "-o", file][..]].concat()).ends(0);
    }
    let quotes = terminal.file("quotes.txt", "\"".repeat(900_000));
    let large = format!("@{}", quotes.to_str().expect("text"));
    let words = ["send", "POST", "/http/echo", "-d", &large, "--tenant", "acme", "--key", "secret"];
    terminal.run(&[&words, &["--auth", "basic", "--cacert", &authority, "-o", file][..]].concat()).ends(0);
    assert!(
        answer.metadata().expect("it is written").len() > 1024 * 1024,
        "too large to be looked at as a whole"
    );
    let echoed = std::fs::read_to_string(&answer).expect("it is written");
    assert!(echoed.contains("Basic "), "the answer repeats the credentials: {echoed}");
    let oauth = playground.key("secret")["oauth"].clone();
    let of = |name: &str| oauth[name].as_str().expect("text").to_owned();
    let [id, secret] = [("client_id", "clientid"), ("client_secret", "clientsecret")]
        .map(|(name, own)| format!("{name}={}", of(own)));
    let words = ["send", "POST", &of("tokenurl"), "--auth", "none", "--cacert", &authority, "-o", file];
    let form = ["--form", "grant_type=client_credentials", "--form", &id, "--form", &secret];
    terminal.run(&[&words[..], &form].concat()).ends(0);
    let granted: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&answer).expect("it is written")).expect("it is JSON");
    BTreeSet::from([granted["access_token"].as_str().expect("a token").to_owned()])
}

/// Everything the history shows and exports of what was sent, and answers that hold secrets themselves.
fn history(terminal: &Terminal) -> Vec<Run> {
    let file = terminal.path("all.har");
    let all = terminal.run(&["history", "--json", "--limit", "500"]).ends(0);
    let ids: Vec<String> = all.json()["entries"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| entry["id"].as_str().expect("text").to_owned())
        .collect();
    let mut runs: Vec<Run> =
        ids.iter().map(|id| terminal.run(&["history", "show", id, "--json", "--body"]).ends(0)).collect();
    let words: Vec<&str> = ids.iter().map(String::as_str).collect();
    let file = file.to_str().expect("text");
    terminal.run(&[&["history", "export", "-o", file], &words[..]].concat()).ends(0);
    let archive = std::fs::read(file).expect("it is written");
    runs.push(Run { bytes: archive, code: 0, stdout: String::new(), stderr: String::new() });
    runs.extend([all, terminal.run(&["history", "show", &ids[0]]).ends(0)]);
    runs
}

#[test]
fn secrets_are_in_no_file_database_output_or_error() {
    let playground = Playground::new(Options::default());
    let terminal = Terminal::new().with("PASSPHRASE", "sandbox-passphrase-4711");
    let temporary = terminal.path("temporary");
    std::fs::create_dir(&temporary).expect("it can be made");
    let terminal = terminal.with("TMPDIR", temporary.to_str().expect("text"));

    let mut runs = imports(&playground, &terminal);
    runs.extend(sends(&playground, &terminal));
    let tokens = echoes(&playground, &terminal);
    runs.extend(history(&terminal));
    runs.push(terminal.run(&["tenant", "show", "acme", "--json"]).ends(0));
    runs.push(terminal.run(&["key", "list"]).ends(0));

    let mut secrets = planted(&playground);
    secrets.extend(arisen(&playground));
    secrets.extend(tokens);
    for run in &runs {
        search("standard output", &run.bytes, &secrets);
        search("standard error", run.stderr.as_bytes(), &secrets);
    }
    let mut files = 0;
    search_folder(&terminal.data(), &secrets, &mut files);
    search_folder(&temporary, &secrets, &mut files);
    assert!(files > 0, "there was a database to search");
    assert!(terminal.data().join("sluice.db-wal").exists() || files > 1, "its log was searched too");
    terminal.run(&["tenant", "remove", "acme", "--yes"]).ends(0);
}
