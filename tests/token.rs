//! Tokens of every kind of key, and what the token server may do.

use std::time::Duration;

use sluice_sandbox::Options;

use crate::support::{Playground, Terminal, shared};

fn token(terminal: &Terminal, key: &str, more: &[&str]) -> crate::support::Run {
    let authority = shared().authority();
    let words = ["token", "--service-key", key, "--cacert", &authority, "--json"];
    terminal.run(&[&words, more].concat())
}

#[test]
fn every_kind_of_key_gets_a_token_with_its_roles() {
    let terminal = Terminal::new();
    let private_key = shared().private_key_with_chain(&terminal);
    for (name, more, method, role) in [
        ("secret", vec![], "body", "ESBMessaging.send"),
        ("secret-second", vec![], "body", "PartnerRole"),
        ("certificate", vec![], "mtls", "ESBMessaging.send"),
        ("external", vec!["--private-key", &private_key], "mtls", "ESBMessaging.send"),
    ] {
        let facts = token(&terminal, &shared().file(&format!("{name}.json")), &more).ends(0).json();
        assert_eq!(facts["method"], method, "{name}");
        let roles = facts["roles"].as_array().expect("roles");
        assert!(roles.iter().any(|known| known == role), "{name} carries {role}: {roles:?}");
        assert_eq!(facts["lifetime_seconds"], 3599, "{name}");
        assert_eq!(facts["bound_to"].is_string(), method == "mtls", "{name} is bound to its certificate");
    }
}

#[test]
fn every_form_of_a_private_key_opens_an_external_certificate() {
    let terminal = Terminal::new().with("PASSPHRASE", "sandbox");
    let key = shared().file("external.json");
    let chain = std::fs::read(shared().file("external.chain.pem")).expect("it can be read");
    for (option, name) in [
        ("--private-key", "external.key.pem"),
        ("--private-key", "external.pkcs1.pem"),
        ("--private-key", "external.encrypted.pem"),
        ("--pkcs12", "external.p12"),
        ("--pkcs12", "external-legacy.p12"),
    ] {
        let mut content = std::fs::read(shared().file(name)).expect("it can be read");
        if option == "--private-key" {
            content.extend(&chain);
        }
        let file = terminal.file(name, content).to_string_lossy().into_owned();
        let more = [option, &file, "--passphrase-env", "PASSPHRASE"];
        let facts = token(&terminal, &key, &more).ends(0).json();
        assert_eq!(facts["method"], "mtls", "{name}");
    }
}

#[test]
fn a_certificate_key_sends_its_client_id_and_no_secret_at_all() {
    let playground = Playground::new(Options::default());
    let terminal = Terminal::new();
    let key = playground.file("certificate.json");
    terminal.run(&["token", "--service-key", &key, "--cacert", &playground.authority()]).ends(0);
    let [call] = playground.sandbox.journal().to("/oauth/token").try_into().expect("one call");
    let body = call.body_text();
    assert!(body.contains("grant_type=client_credentials") && body.contains("&client_id=sb-"), "{body}");
    assert!(!body.contains("client_secret"), "{body}");
    assert!(call.header("authorization").is_none(), "no Basic beside the certificate");
    assert!(call.host.starts_with("sandbox.authentication.cert.localhost"), "{}", call.host);
    assert_eq!(call.client_certificate.expect("a certificate").chain_length, 3, "the whole chain is sent");
}

#[test]
fn a_certificate_key_that_names_the_usual_token_host_is_sent_to_the_one_for_certificates() {
    let playground = Playground::new(Options::default());
    let terminal = Terminal::new();
    let key = playground.key_at(&terminal, "certificate", "sandbox.authentication.localhost");
    terminal.run(&["token", "--service-key", &key, "--cacert", &playground.authority()]).ends(0);
    let calls = playground.sandbox.journal().to("/oauth/token");
    assert!(calls[0].host.starts_with("sandbox.authentication.cert.localhost"), "{}", calls[0].host);
}

#[test]
fn the_token_is_printed_only_when_asked_for_and_then_alone() {
    let terminal = Terminal::new();
    let (key, authority) = (shared().file("secret.json"), shared().authority());
    let words = ["token", "--service-key", &key, "--cacert", &authority];
    let shown = terminal.run(&words).ends(0);
    assert!(!shown.stdout.contains("eyJ"), "no token in {}", shown.stdout);
    let revealed = terminal.run(&[&words[..], &["--reveal"]].concat()).ends(0);
    assert_eq!(revealed.stdout.trim().split('.').count(), 3, "a token alone: {}", revealed.stdout);
}

#[test]
fn a_busy_token_server_is_asked_again_after_the_time_it_names() {
    let playground = Playground::new(Options::default());
    let terminal = Terminal::new();
    let key = playground.key_at(&terminal, "secret", "limited.authentication.localhost");
    terminal.run(&["token", "--service-key", &key, "--cacert", &playground.authority()]).ends(0);
    let statuses: Vec<_> =
        playground.sandbox.journal().to("/oauth/token").iter().map(|call| call.status).collect();
    assert_eq!(statuses, [Some(429), Some(200)]);
}

#[test]
fn every_failure_of_the_token_server_is_named() {
    let terminal = Terminal::new();
    for (host, code, words) in [
        ("html.authentication.localhost", 3, "HTML page"),
        ("garbage.authentication.localhost", 3, "answered 200 with"),
        ("badgateway.authentication.localhost", 3, "not reachable behind its router"),
        ("always-limited.authentication.localhost", 3, "wait 30 s"),
        ("nobody.authentication.localhost", 3, "belongs to no subaccount"),
        ("nothing.example.invalid", 3, "name"),
    ] {
        let key = shared().key_at(&terminal, "secret", host);
        let authority = shared().authority();
        terminal.run(&["token", "--service-key", &key, "--cacert", &authority]).ends(code).says(words);
    }
    let revoked = shared().file("revoked-secret.json");
    let words = ["token", "--service-key", &revoked, "--cacert", &shared().authority()];
    terminal.run(&words).ends(4).says("Bad credentials");
}

#[test]
fn a_slow_token_server_is_given_up_on_in_time() {
    let playground = Playground::new(Options { slow_delay: Duration::from_secs(20), ..Options::default() });
    let terminal = Terminal::new();
    let key = playground.key_at(&terminal, "secret", "slow.authentication.localhost");
    let authority = playground.authority();
    let words =
        ["send", "GET", "/http/echo", "--service-key", &key, "--cacert", &authority, "--timeout", "1"];
    terminal.run(&words).ends(3).says("1 s");
}

#[test]
fn two_keys_with_one_token_url_never_share_a_token() {
    let terminal = Terminal::new();
    let authority = shared().authority();
    for name in ["secret", "secret-second"] {
        let key = shared().file(&format!("{name}.json"));
        let words = ["send", "GET", "/http/whoami", "--service-key", &key, "--cacert", &authority];
        let answer = terminal.run(&words).ends(0).json();
        let expected = shared().key(name)["oauth"]["clientid"].clone();
        assert_eq!(answer["clientId"], expected, "{name} is sent as itself: {answer}");
    }
}
