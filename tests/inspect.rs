//! Connectivity tests at the terminal, against real servers: OpenSSL, nginx, a proxy, the sandbox.

use std::net::TcpListener;
use std::path::Path;

use serde_json::Value;

use crate::support::{Certificates, ConnectProxy, Nginx, OpenSsl, Run, Terminal, shared};

/// Long enough for any step on a busy machine; OpenSSL's server leaves HEAD without an answer for that long.
const PATIENCE: [&str; 2] = ["--timeout", "4"];

fn inspect(target: &str, words: &[&str]) -> Run {
    Terminal::new().run(&[&["inspect", target], &PATIENCE[..], words].concat())
}

fn rules(found: &Value, severities: &[&str]) -> Vec<String> {
    let findings = found["findings"].as_array().expect("findings");
    let wanted = findings.iter().filter(|finding| severities.iter().any(|word| finding["severity"] == *word));
    wanted.map(|finding| finding["rule"].as_str().expect("a rule").to_owned()).collect()
}

#[test]
fn a_host_in_order_ends_with_0_and_shows_what_there_is_to_know() {
    let certificates = Certificates::new();
    let server = Nginx::start(&certificates, "good", "ssl_protocols TLSv1.2 TLSv1.3;");
    let target = format!("https://localhost:{}/http/orders?id=1", server.port);
    let root = certificates.file("root.pem");
    let text = inspect(&target, &["--cacert", &root]).ends(0);
    for words in [
        "127.0.0.1",
        "TLS 1.3, TLS_AES_",
        "TLS 1.2 yes, TLS 1.3 yes",
        "Verification        passes",
        "in order",
        "CN=Inspect Root (added to Sluice)",
    ] {
        assert!(text.stdout.contains(words), "“{words}” is missing in\n{text:#?}");
    }
    let found = inspect(&target, &["--cacert", &root, "--json"]).ends(0).json();
    assert_eq!((found["reached"].as_str(), found["http"]["status"].as_u64()), (Some("http"), Some(404)));
    let chain = &found["tls"]["chain"];
    assert_eq!(chain["certificates"].as_array().map(Vec::len), Some(2));
    assert!(chain["ordered"] == true && chain["complete"] == true && chain["host_matches"] == true);
    assert!(rules(&found, &["bad", "warning"]).is_empty(), "{found}");
}

#[test]
fn what_is_wrong_with_a_servers_certificates_is_named_and_ends_with_1() {
    let certificates = Certificates::new();
    for (name, trusted, rule) in [
        ("expired", true, "expired"),
        ("other", true, "wrong_host"),
        ("self-signed", true, "self_signed"),
        ("leaf-alone", true, "incomplete_chain"),
        ("good", false, "unknown_root"),
    ] {
        let server = OpenSsl::start(&certificates, name, &[]);
        let target = format!("localhost:{}", server.port);
        let root = certificates.file("root.pem");
        let words = if trusted { vec!["--json", "--cacert", &root] } else { vec!["--json"] };
        let found = inspect(&target, &words).ends(1).json();
        assert_eq!(rules(&found, &["bad", "warning"]), [rule], "{name}: {found}");
        assert_eq!(found["tls"]["trusted"], false, "{name}");
        assert!(found["tls"]["refusal"].as_str().is_some_and(|text| !text.is_empty()), "{name}");
    }
}

#[test]
fn the_wrong_order_is_a_warning_though_this_computer_copes() {
    let certificates = Certificates::new();
    let server = Nginx::start(&certificates, "disordered", "");
    let target = format!("localhost:{}", server.port);
    let found = inspect(&target, &["--cacert", &certificates.file("root.pem"), "--json"]).ends(1).json();
    assert_eq!(rules(&found, &["bad", "warning"]), ["wrong_order"], "{found}");
    assert!(found["tls"]["trusted"] == true && found["tls"]["chain"]["complete"] == true);
}

#[test]
fn the_versions_a_server_offers_are_told_apart() {
    let certificates = Certificates::new();
    for (option, rule, offered) in
        [("-tls1_2", "only_tls12", [true, false]), ("-tls1_3", "only_tls13", [false, true])]
    {
        let server = OpenSsl::start(&certificates, "good", &[option]);
        let target = format!("localhost:{}", server.port);
        let found = inspect(&target, &["--cacert", &certificates.file("root.pem"), "--json"]).ends(0).json();
        assert!(rules(&found, &["info"]).contains(&rule.to_owned()), "{found}");
        let versions = &found["tls"]["versions"];
        assert_eq!([&versions[0]["offered"], &versions[1]["offered"]], [offered[0], offered[1]], "{found}");
    }
    let server = OpenSsl::start(&certificates, "good", &["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"]);
    let target = format!("localhost:{}", server.port);
    let found = inspect(&target, &["--json"]).ends(1).json();
    assert_eq!(rules(&found, &["bad"]), ["no_common_tls"], "{found}");
}

#[test]
fn it_says_whether_a_client_certificate_is_wanted_and_from_whom() {
    let certificates = Certificates::new();
    let root = certificates.file("root.pem");
    for (version, verify, demand) in [
        ("-tls1_2", "-Verify", "required"),
        ("-tls1_3", "-Verify", "required"),
        ("-tls1_2", "-verify", "optional"),
        ("-tls1_3", "-verify", "optional"),
    ] {
        let server = OpenSsl::start(&certificates, "good", &[version, verify, "2", "-CAfile", &root]);
        let target = format!("localhost:{}", server.port);
        let found = inspect(&target, &["--cacert", &root, "--json"]).ends(0).json();
        let request = &found["tls"]["client_certificate"];
        assert_eq!(request["demand"], demand, "{version} {verify}: {found}");
        assert_eq!(request["issuers"][0], "CN=Inspect Root", "{version} {verify}: {found}");
    }
    let options = format!("ssl_client_certificate {root}; ssl_verify_client on;");
    let server = Nginx::start(&certificates, "good", &options);
    let found = inspect(&format!("localhost:{}", server.port), &["--cacert", &root, "--json"]).ends(0).json();
    assert_eq!(found["tls"]["client_certificate"]["demand"], "likely", "{found}");
}

#[test]
fn a_plain_text_port_ends_with_1_and_nobody_there_with_3() {
    let certificates = Certificates::new();
    let server = Nginx::plain(&certificates);
    let target = format!("localhost:{}", server.port);
    let text = inspect(&target, &[]).ends(1);
    assert!(text.stdout.contains("does not speak TLS"), "{text:#?}");
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port");
    let refused = inspect(&closed.to_string(), &[]).ends(3).says("refused");
    assert!(refused.stdout.contains(&closed.to_string()), "{refused:#?}");
    inspect("no-such-host.example.invalid", &[]).ends(3).says("was not found");
    let json = inspect(&closed.to_string(), &["--json"]).ends(3).json();
    assert_eq!(json["failure"]["code"], "connect_failed");
}

#[test]
fn what_is_no_host_is_wrong_usage() {
    for text in ["https://", "acme example", "acme.example:0"] {
        inspect(text, &[]).ends(2).says("no host");
    }
    Terminal::new().run(&["inspect", "acme.example", "--timeout", "0"]).ends(2).says("--timeout");
    Terminal::new().run(&["inspect"]).ends(2);
}

#[test]
fn a_host_behind_a_proxy_is_reached_through_it_and_the_proxy_is_named() {
    let certificates = Certificates::new();
    let server = Nginx::start(&certificates, "other", "");
    let root = certificates.file("root.pem");
    let proxy = ConnectProxy::start("other.example.invalid", server.port, None);
    let terminal = Terminal::new().with("HTTPS_PROXY", &format!("http://user:s3cr3t@{}", proxy.address));
    let target = format!("other.example.invalid:{}", server.port);
    let words = ["inspect", &target, "--cacert", &root, "--json"];
    let ended = terminal.run(&words).ends(0);
    assert!(!ended.stdout.contains("s3cr3t") && !ended.stderr.contains("s3cr3t"), "{ended:#?}");
    let found = ended.json();
    assert_eq!(found["proxy"]["address"], format!("http://{}", proxy.address));
    assert_eq!(
        (found["proxy"]["status"].as_u64(), found["tls"]["trusted"].as_bool()),
        (Some(200), Some(true))
    );
    assert!(proxy.heads().iter().all(|head| head.starts_with(&format!("CONNECT {target} HTTP/1.1"))));
    // The root is no public one, so somebody on the way may have opened TLS.
    let hint = found["findings"].as_array().and_then(|all| all.iter().find(|one| one["rule"] == "own_root"));
    assert!(
        hint.is_some_and(|hint| hint["title"].as_str().is_some_and(|title| title.contains("on the way")))
    );
}

#[test]
fn a_proxy_that_refuses_ends_with_3_and_says_what_it_wants() {
    for (refusal, words) in [
        ("407 Proxy Authentication Required", "user name"),
        ("403 Forbidden", "does not allow"),
        ("502 Bad Gateway", "could not reach"),
    ] {
        let proxy = ConnectProxy::start("other.example.invalid", 1, Some(refusal));
        let terminal = Terminal::new().with("HTTPS_PROXY", &format!("http://{}", proxy.address));
        let ended = terminal.run(&["inspect", "other.example.invalid"]).ends(3).says(words);
        assert!(ended.stdout.contains(&format!("CONNECT answered {refusal}")), "{ended:#?}");
    }
}

#[test]
fn root_and_chain_are_saved_as_others_read_them() {
    let certificates = Certificates::new();
    let server = Nginx::start(&certificates, "good", "");
    let (target, root) = (format!("localhost:{}", server.port), certificates.file("root.pem"));
    let terminal = Terminal::new();
    let older = terminal.file("root.cer", "an older one");
    let words =
        ["inspect", &target, "--cacert", &root, "--save-root", "root.cer", "--save-chain", "chain.zip"];
    let ended = terminal.run(&words).ends(0);
    assert!(
        ended.stderr.contains("saved: root.cer") && ended.stderr.contains("saved: chain.zip"),
        "{ended:#?}"
    );
    assert_eq!(subject(&older, "DER"), "subject=CN = Inspect Root");
    assert!(std::fs::read(terminal.path("chain.zip")).is_ok_and(|bytes| bytes.starts_with(b"PK")));
    terminal.run(&["inspect", &target, "--cacert", &root, "--save-root", "root.pem"]).ends(0);
    assert_eq!(subject(&terminal.path("root.pem"), "PEM"), "subject=CN = Inspect Root");
    terminal
        .run(&["inspect", &target, "--cacert", &root, "--save-root", "no/such/folder/root.cer"])
        .ends(2)
        .says("folder");
    terminal.run(&["inspect", &target, "--save-root", "unknown.cer"]).ends(2).says("not known");
    assert!(!terminal.path("unknown.cer").exists());
}

fn subject(file: &Path, form: &str) -> String {
    let file = file.to_str().expect("temporary paths are text");
    let words = ["x509", "-inform", form, "-in", file, "-noout", "-subject"];
    let output = std::process::Command::new("openssl").args(words).output().expect("openssl is there");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn the_sandbox_shows_every_trouble_by_its_name() {
    let authority = shared().authority();
    for (host, code, rule) in [
        ("expired.localhost", 1, Some("expired")),
        ("wrong-host.localhost", 1, Some("wrong_host")),
        ("incomplete-chain.localhost", 1, Some("incomplete_chain")),
        ("certificate-required.localhost", 0, None),
    ] {
        let target = shared().sandbox.url(host, "/");
        let found = inspect(&target, &["--cacert", &authority, "--json"]).ends(code).json();
        assert_eq!(rules(&found, &["bad"]), rule.into_iter().collect::<Vec<_>>(), "{host}: {found}");
        if rule.is_none() {
            assert_eq!(found["tls"]["client_certificate"]["demand"], "required", "{found}");
        }
    }
}
