//! Asking for a client certificate in the window, taking the answer in, and using it.

use std::path::{Path, PathBuf};
use std::process::Command;

use sluice_sandbox::KeyName;

use crate::support::{Clipboard, Home, Place, Tenant, Window, id, label, option, tab};

const PASSPHRASE: &str = "correct horse";

fn button(words: &str) -> Place {
    Place::XPath(format!(
        "//div[@role='dialog' or @role='alertdialog']//button[starts-with(normalize-space(), '{words}')]"
    ))
}

fn openssl(words: &[&str], folder: &Path) -> String {
    let run = Command::new("openssl").args(words).current_dir(folder).output().expect("openssl is installed");
    assert!(run.status.success(), "{words:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

/// What the terminal lists of this home's requests.
fn pending(home: &Home) -> serde_json::Value {
    let run = home.command(env!("CARGO_BIN_EXE_sluice")).args(["certificate", "pending", "--json"]).output();
    serde_json::from_slice(&run.expect("the program starts").stdout).expect("it answers in JSON")
}

/// Plays an authority: signs the request of this folder, and packs the certificate with its root.
fn sign(request: &str, folder: &Path) -> PathBuf {
    let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "9"];
    let root = ["req", "-x509", "-subj", "/CN=Test Root", "-keyout", "root.key", "-out", "root.pem"];
    openssl(&[&root[..], &curve].concat(), folder);
    let signed = ["x509", "-req", "-in", request, "-CA", "root.pem", "-CAkey", "root.key", "-days", "5"];
    openssl(&[&signed[..], &["-CAcreateserial", "-out", "leaf.pem"]].concat(), folder);
    let bag = ["crl2pkcs7", "-nocrl", "-certfile", "root.pem", "-certfile", "leaf.pem", "-out", "answer.p7b"];
    openssl(&bag, folder);
    folder.join("answer.p7b")
}

async fn make_request(window: &Window, name: &str) {
    window.click(&id("rail-certificates")).await;
    window.click(&tab("Requests")).await;
    window.click(&id("request-new")).await;
    window.fill(&id("request-name"), name).await;
    window.fill(&id("subject-O"), "Acme Foods").await;
    window.click(&id("request-kind")).await;
    window.click(&option("EC P-256")).await;
}

async fn remove_request(window: &Window, home: &Home) {
    window.click(&id("request-remove")).await;
    window.click(&button("Remove request")).await;
    window.gone(&id("request-row")).await;
    assert_eq!(pending(home).as_array().map(Vec::len), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_asked_for_taken_in_exported_and_found_by_its_service_key() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let window = Window::open(&home).await;
    make_request(&window, "orders-dev").await;
    window.click(&button("Make key pair and request")).await;
    window.shows(&id("request-pem"), "BEGIN CERTIFICATE REQUEST").await;
    let listed = pending(&home);
    assert_eq!((&listed[0]["name"], &listed[0]["chain"]), (&"orders-dev".into(), &serde_json::Value::Null));

    let request = home.path().join("orders.csr");
    window.choose(&id("request-save"), "^Save the certificate request", &request).await;
    window.until_file(&request, "END CERTIFICATE REQUEST").await;
    let answer = sign("orders.csr", home.path());
    window.choose(&id("request-answer"), "^Choose the authority", &answer).await;
    window.shows(&id("answer-taken"), "orders-dev is signed").await;
    window.shows(&id("answer-taken"), "The chain is whole").await;
    window.shows(&label("Certificate request facts"), "Test Root").await;

    window.click(&id("request-export")).await;
    window.fill(&id("export-passphrase"), PASSPHRASE).await;
    window.fill(&id("export-passphrase-again"), PASSPHRASE).await;
    let file = home.path().join("orders.p12");
    window.choose(&button("Choose file and export"), "^Export as PKCS", &file).await;
    window.gone(&id("export-passphrase")).await;
    let passphrase = format!("pass:{PASSPHRASE}");
    let opened = openssl(&["pkcs12", "-in", "orders.p12", "-passin", &passphrase, "-nodes"], home.path());
    assert_eq!(opened.matches("BEGIN CERTIFICATE").count(), 2);
    let private_key = opened.split("-----BEGIN PRIVATE KEY-----").nth(1).expect("there is a private key");

    let mut key = tenant.issued(KeyName::External).json;
    let leaf = std::fs::read_to_string(home.path().join("leaf.pem")).expect("openssl wrote it");
    key["oauth"]["certificate"] = leaf.into();
    let clipboard = Clipboard::holding(&key.to_string()).await;
    window.click(&Place::XPath("//button[normalize-space()='Add the service key']".to_owned())).await;
    window.click(&id("import-paste")).await;
    window.shows(&id("import-requested"), "orders-dev").await;
    drop(clipboard);
    window.click(&id("import-cancel")).await;
    let everything = window.everything().await;
    let line = private_key.lines().nth(1).expect("it has lines");
    assert!(
        !everything.contains("PRIVATE KEY") && !everything.contains(line),
        "the page got the private key"
    );
    remove_request(&window, &home).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_answers_nothing_is_explained() {
    let tenant = Tenant::start().await;
    let home = Home::trusting(&tenant);
    let window = Window::open(&home).await;
    make_request(&window, "orders-test").await;
    window.click(&id("request-self-signed")).await;
    window.click(&button("Make key pair and request")).await;
    window.shows(&id("certificate-pem"), "BEGIN CERTIFICATE").await;
    let hello = home.file("answer.pem", "hello");
    window.choose(&id("request-answer"), "^Choose the authority", &hello).await;
    window.shows(&id("error-message"), "neither PEM, DER nor PKCS#7").await;
    window.shows(&id("error-hint"), "sent back").await;
    let foreign = home.file("root.pem", tenant.sandbox.authority_pem());
    window.choose(&id("request-answer"), "^Choose the authority", &foreign).await;
    window.shows(&id("error-message"), "No certificate request of yours").await;
    remove_request(&window, &home).await;
    window.close().await;
}
