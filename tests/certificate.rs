//! Asking for a client certificate, taking the answer in, exporting it.

use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::support::Terminal;

fn openssl(words: &[&str], folder: &Path) -> String {
    let run = Command::new("openssl").args(words).current_dir(folder).output().expect("openssl is installed");
    assert!(run.status.success(), "{words:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

/// The private key of this PEM text is in no file as text or as bytes.
fn is_in_no_file(pem: &str, folder: &Path) {
    let inside = pem.split("-----BEGIN PRIVATE KEY-----").nth(1).expect("there is a private key");
    let line = inside.lines().nth(2).expect("it has several lines");
    let bytes = BASE64_STANDARD.decode(line).expect("it is base64");
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("it can be listed").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let file = std::fs::read(entry.path()).expect("it can be read");
            let holds = |part: &[u8]| file.windows(part.len()).any(|window| window == part);
            assert!(!holds(line.as_bytes()) && !holds(&bytes), "{}", entry.path().display());
        }
    }
}

#[test]
fn a_certificate_is_asked_for_signed_taken_in_and_exported_without_the_key_in_any_file() {
    let terminal = Terminal::new().with("P12_PASS", "correct horse");
    let csr = terminal.path("orders.csr");
    let folder = csr.parent().expect("a folder");
    let subject = ["--subject", "CN=orders-dev, O=Acme Foods", "--key-type", "ec-p256", "-o", "orders.csr"];
    terminal.run(&[&["certificate", "request", "orders-dev"][..], &subject].concat()).ends(0);
    let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "9"];
    let root = ["req", "-x509", "-subj", "/CN=Root", "-keyout", "root.key", "-out", "root.pem"];
    openssl(&[&root[..], &curve].concat(), folder);
    let sign = ["x509", "-req", "-in", "orders.csr", "-CA", "root.pem", "-CAkey", "root.key", "-days", "5"];
    openssl(&[&sign[..], &["-CAcreateserial", "-out", "leaf.pem"]].concat(), folder);
    let bag = ["crl2pkcs7", "-nocrl", "-certfile", "root.pem", "-certfile", "leaf.pem", "-out", "answer.p7b"];
    openssl(&bag, folder);

    let early = ["certificate", "export", "orders-dev", "-o", "orders.p12", "--passphrase-env", "P12_PASS"];
    assert!(terminal.run(&early).ends(2).stderr.contains("waiting"));
    let import =
        terminal.run(&["certificate", "import", "answer.p7b", "-o", "cockpit.pem", "--json"]).ends(0).json();
    assert_eq!(import["name"], "orders-dev");
    assert_eq!(import["chain"]["certificates"].as_array().map(Vec::len), Some(2));
    assert_eq!(import["chain"]["complete"], true);
    let for_cockpit = openssl(&["x509", "-in", "cockpit.pem", "-noout", "-subject"], folder);
    assert!(for_cockpit.contains("orders-dev"), "{for_cockpit}");
    terminal.run(&early).ends(0);
    let passphrase = ["pkcs12", "-in", "orders.p12", "-passin", "pass:correct horse", "-nodes"];
    let opened = openssl(&passphrase, folder);
    assert_eq!(opened.matches("BEGIN CERTIFICATE").count(), 2);
    is_in_no_file(&opened, folder);
    assert!(terminal.run(&early).ends(2).stderr.contains("--force"));

    terminal.run(&["certificate", "remove", "orders-dev", "--yes"]).ends(0);
    let pending = terminal.run(&["certificate", "pending", "--json"]).ends(0).json();
    assert_eq!(pending.as_array().map(Vec::len), Some(0));
}

#[test]
fn a_self_signed_certificate_is_printed_for_the_cockpit() {
    let terminal = Terminal::new();
    let words = ["certificate", "request", "x", "--subject", "x", "--key-type", "ec-p384", "--self-signed"];
    let run = terminal.run(&words).ends(0);
    assert!(run.stdout.starts_with("-----BEGIN CERTIFICATE-----"), "{}", run.stdout);
    assert!(!run.stdout.contains("PRIVATE"));
    assert!(terminal.run(&words).ends(2).stderr.contains("already"));
    terminal.run(&["certificate", "remove", "x", "--yes"]).ends(0);
}

#[test]
fn what_is_wrong_with_a_request_or_an_answer_is_said() {
    let terminal = Terminal::new();
    let request = ["certificate", "request", "x", "--subject", "O=Acme"];
    assert!(terminal.run(&request).ends(2).stderr.contains("common name"));
    let file = terminal.file("answer.pem", "hello");
    let import = ["certificate", "import", file.to_str().expect("text")];
    assert!(terminal.run(&import).ends(2).stderr.contains("neither PEM, DER nor PKCS#7"));
    let export = ["certificate", "export", "x", "-o", "x.p12"];
    assert!(terminal.run(&export).ends(2).stderr.contains("--passphrase-env"));
}
