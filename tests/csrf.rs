//! CSRF protection, repeats and redirects, proved by what arrived on the wire.

use std::sync::Arc;

use sluice_core::http::{Exchange, ExchangeId, Request};
use sluice_core::operation::{KeyText, RequestSend};
use sluice_core::secret::Secret;
use sluice_core::service_key::KeySave;
use sluice_core::tenant::Stage;
use sluice_core::workbench::{Options, Storage, Workbench};
use sluice_sandbox::{KeyName, Options as SandboxOptions};

use crate::support::{Playground, Run, Terminal};

fn send(playground: &Playground, terminal: &Terminal, words: &[&str]) -> Run {
    let (key, authority) = (playground.file("secret.json"), playground.authority());
    terminal.run(&[&["send"], words, &["--service-key", &key, "--cacert", &authority]].concat())
}

/// What arrived at the runtime: method, whether a fetch was asked for, status.
fn arrived(playground: &Playground) -> Vec<String> {
    let calls = playground.sandbox.journal().matching(|call| call.path.starts_with("/http/"));
    calls
        .iter()
        .map(|call| {
            let token = match call.header("x-csrf-token") {
                Some(value) if value.eq_ignore_ascii_case("fetch") => " fetch",
                Some(_) => " token",
                None => "",
            };
            format!("{}{token} {}", call.method, call.status.unwrap_or_default())
        })
        .collect()
}

#[test]
fn auto_fetches_a_token_only_when_asked_for_one_and_sends_its_cookies_back() {
    let (playground, terminal) = (Playground::new(SandboxOptions::default()), Terminal::new());
    send(&playground, &terminal, &["POST", "/http/orders", "-d", "{\"items\":[]}"]).ends(0);
    assert_eq!(arrived(&playground), ["POST 403", "GET fetch 200", "POST token 201"]);
    let calls = playground.sandbox.journal().to("/http/orders");
    let cookies = calls[2].header("cookie").expect("cookies come back");
    for name in ["JSESSIONID=", "__VCAP_ID__=", "__VCAP_ID_META__="] {
        assert!(cookies.contains(name), "{name} in {cookies}");
    }
    assert_eq!(playground.sandbox.journal().runs_of("/http/orders").len(), 1, "the flow ran once");
}

#[test]
fn always_fetches_first_and_never_does_not_fetch() {
    let (playground, terminal) = (Playground::new(SandboxOptions::default()), Terminal::new());
    send(&playground, &terminal, &["POST", "/http/orders", "-d", "{}", "--csrf", "always"]).ends(0);
    assert_eq!(arrived(&playground), ["GET fetch 200", "POST token 201"]);
    playground.sandbox.journal().clear();
    send(&playground, &terminal, &["POST", "/http/orders", "-d", "{}", "--csrf", "never"])
        .ends(4)
        .says("wants a CSRF token");
    assert_eq!(arrived(&playground), ["POST 403"]);
}

#[test]
fn nothing_is_fetched_blindly_from_a_sender_without_protection() {
    let (playground, terminal) = (Playground::new(SandboxOptions::default()), Terminal::new());
    send(&playground, &terminal, &["POST", "/http/echo", "-d", "{}"]).ends(0);
    assert_eq!(arrived(&playground), ["POST 200"]);
}

#[test]
fn a_platform_401_brings_one_fresh_token_and_one_repeat() {
    let (playground, terminal) = (Playground::new(SandboxOptions::default()), Terminal::new());
    let key = playground.key_at(&terminal, "secret", "stale.authentication.localhost");
    let authority = playground.authority();
    let words = ["send", "POST", "/http/echo", "-d", "{}", "--service-key", &key, "--cacert", &authority];
    terminal.run(&words).ends(0);
    assert_eq!(arrived(&playground), ["POST 401", "POST 200"]);
    assert_eq!(playground.sandbox.journal().to("/oauth/token").len(), 2);
}

#[test]
fn a_401_the_flow_made_is_never_repeated() {
    let (playground, terminal) = (Playground::new(SandboxOptions::default()), Terminal::new());
    send(&playground, &terminal, &["POST", "/http/reject", "-d", "{}"]).ends(1);
    assert_eq!(arrived(&playground), ["POST 401"]);
}

#[test]
fn a_failed_flow_is_never_sent_again() {
    let (playground, terminal) = (Playground::new(SandboxOptions::default()), Terminal::new());
    for path in ["/http/fail", "/http/unavailable"] {
        send(&playground, &terminal, &["POST", path, "-d", "{}"]).ends(1);
        assert_eq!(playground.sandbox.journal().to(path).len(), 1, "{path}");
    }
}

#[test]
fn redirects_carry_no_credentials_to_another_origin() {
    let (playground, terminal) = (Playground::new(SandboxOptions::default()), Terminal::new());
    let elsewhere = playground.sandbox.url("localhost", "/http/echo");
    let path = format!("/http/redirect?status=307&to={}", elsewhere.replace('/', "%2F").replace(':', "%3A"));
    send(&playground, &terminal, &["GET", &path]).ends(4);
    let calls = playground.sandbox.journal().to("/http/echo");
    let [call] = calls.as_slice() else { panic!("one call arrives: {calls:?}") };
    assert!(call.host.starts_with("localhost"), "{}", call.host);
    assert!(call.header("authorization").is_none() && call.header("cookie").is_none());
    let home = playground.sandbox.runtime_url() + "/http/echo";
    let path = format!("/http/redirect?status=302&to={}", home.replace('/', "%2F").replace(':', "%3A"));
    send(&playground, &terminal, &["GET", &path]).ends(0);
    let calls = playground.sandbox.journal().to("/http/echo");
    assert!(calls[1].header("authorization").is_some(), "the same origin gets them");
    assert!(send(&playground, &terminal, &["GET", &path, "--no-redirects"]).ends(0).stdout.is_empty());
}

async fn workbench(playground: &Playground) -> Workbench {
    let workbench = Workbench::open(Options {
        door: sluice_core::operation::Door::Terminal,
        storage: Storage::Memory,
        keyring_patience: std::time::Duration::from_secs(5),
        authorities: vec![playground.sandbox.authority_pem().as_bytes().to_vec()],
        process: std::collections::BTreeMap::new(),
    })
    .expect("it opens");
    for name in [KeyName::Secret, KeyName::SecretSecond] {
        let text = Secret::new(playground.sandbox.service_key(name).json.to_string());
        let import = workbench.key_read(KeyText { text }).await.expect("it is read");
        let save = KeySave {
            import: import.id,
            tenant: "here".to_owned(),
            stage: Some(Stage::Dev),
            name: Some(name.to_string()),
            hold_for_run: true,
        };
        workbench.key_save(save).await.expect("it is saved");
    }
    workbench
}

async fn call(workbench: &Workbench, key: &str, method: &str, path: &str) -> Exchange {
    let request: Request = serde_json::from_value(serde_json::json!({
        "method": method, "url": path, "authorization": { "kind": "bearer", "key": key },
    }))
    .expect("a request");
    let order = RequestSend {
        id: ExchangeId::new_v4(),
        tenant: Some("here".to_owned()),
        request,
        confirmed: false,
        context: None,
        files: Vec::new(),
    };
    workbench.send(order, &|_| {}).await.expect("it is sent")
}

fn status(exchange: &Exchange) -> u16 {
    exchange.answer().map_or(0, |answer| answer.status)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_sends_at_once_ask_for_one_token() {
    let playground =
        Arc::new(tokio::task::spawn_blocking(|| Playground::new(SandboxOptions::default())).await.unwrap());
    let workbench = workbench(&playground).await;
    let sends: Vec<_> = (0..1_000)
        .map(|_| {
            let workbench = workbench.clone();
            tokio::spawn(async move { status(&call(&workbench, "secret", "GET", "/http/zero").await) })
        })
        .collect();
    for send in sends {
        assert_eq!(send.await.unwrap(), 200);
    }
    assert_eq!(playground.sandbox.journal().to("/oauth/token").len(), 1);
    assert_eq!(playground.sandbox.journal().runs_of("/http/zero").len(), 1_000);
    tokio::task::spawn_blocking(move || drop(playground)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn csrf_tokens_cookies_and_connections_are_kept_for_the_next_send_of_the_same_key_only() {
    let playground =
        Arc::new(tokio::task::spawn_blocking(|| Playground::new(SandboxOptions::default())).await.unwrap());
    let workbench = workbench(&playground).await;
    assert_eq!(status(&call(&workbench, "secret", "POST", "/http/orders").await), 201);
    playground.sandbox.journal().clear();
    let second = call(&workbench, "secret", "POST", "/http/orders").await;
    assert_eq!((status(&second), second.calls.len()), (201, 1), "token, CSRF token and cookies are there");
    assert!(
        second.calls[0].phases.reused && second.calls[0].tls.is_some(),
        "so is the connection, and what it is"
    );
    let other = call(&workbench, "secret-second", "POST", "/http/orders").await;
    assert_eq!(other.calls.len(), 4, "another key starts from nothing");
    playground.sandbox.faults().end_sessions();
    playground.sandbox.journal().clear();
    let later = call(&workbench, "secret", "POST", "/http/orders").await;
    assert_eq!(status(&later), 201, "an ended session is begun anew");
    assert_eq!(arrived(&playground), ["POST token 403", "GET fetch 200", "POST token 201"]);
    tokio::task::spawn_blocking(move || drop(playground)).await.unwrap();
}
