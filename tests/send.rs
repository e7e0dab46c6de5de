//! Calling flows: as whom, what, and what comes back.

use serde_json::Value;

use crate::support::{Run, Terminal, shared};

fn send(terminal: &Terminal, words: &[&str]) -> Run {
    let (key, authority) = (shared().file("secret.json"), shared().authority());
    terminal.run(&[&["send"], words, &["--service-key", &key, "--cacert", &authority]].concat())
}

#[test]
fn every_kind_of_key_calls_a_flow_in_every_way_it_can() {
    let terminal = Terminal::new();
    let (authority, private_key) = (shared().authority(), shared().private_key_with_chain(&terminal));
    for (name, ways) in [
        ("secret", ["bearer", "basic"]),
        ("certificate", ["bearer", "certificate"]),
        ("external", ["bearer", "certificate"]),
    ] {
        for way in ways {
            let key = shared().file(&format!("{name}.json"));
            let mut words = vec![
                "send",
                "GET",
                "/http/whoami",
                "--auth",
                way,
                "--service-key",
                &key,
                "--cacert",
                &authority,
            ];
            if name == "external" {
                words.extend(["--private-key", &private_key]);
            }
            let answer = terminal.run(&words).ends(0).json();
            assert_eq!(answer["clientId"], shared().key(name)["oauth"]["clientid"], "{name} by {way}");
        }
    }
}

#[test]
fn a_way_the_key_cannot_go_is_refused_before_anything_is_sent() {
    let terminal = Terminal::new();
    send(&terminal, &["GET", "/http/echo", "--auth", "certificate"]).ends(2).says("no client certificate");
    let (key, authority) = (shared().file("certificate.json"), shared().authority());
    let words =
        ["send", "GET", "/http/echo", "--auth", "basic", "--service-key", &key, "--cacert", &authority];
    terminal.run(&words).ends(2).says("no secret for Basic");
}

#[test]
fn the_client_certificate_is_shown_to_the_runtime_only_when_chosen() {
    let terminal = Terminal::new();
    let (key, authority) = (shared().file("certificate.json"), shared().authority());
    let echo = |way: &str| {
        let words =
            ["send", "GET", "/http/echo", "--auth", way, "--service-key", &key, "--cacert", &authority];
        terminal.run(&words).ends(0).json()
    };
    assert!(!echo("bearer").to_string().contains("CN="), "no certificate beside a token");
    assert!(echo("certificate").to_string().contains("CN="));
}

#[test]
fn method_query_headers_and_body_arrive_as_written() {
    let terminal = Terminal::new();
    let answer = send(
        &terminal,
        &[
            "PATCH",
            "/http/echo?a=1",
            "-Q",
            "name=Jürgen & Co",
            "-H",
            "X-Mine: one",
            "-H",
            "Content-Type: application/vnd.acme+json",
            "-d",
            "{\"a\": 1.10}",
        ],
    )
    .ends(0)
    .json();
    assert_eq!(answer["method"], "PATCH");
    let arrived = shared().sandbox.journal().matching(|call| call.header("x-mine").is_some());
    let queries: Vec<_> = arrived.iter().map(|call| call.query.clone()).collect();
    assert!(format!("{queries:?}").contains("a=1&name=J%C3%BCrgen%20%26%20Co"), "{queries:?}");
    assert_eq!(answer["body"], "{\"a\": 1.10}", "byte for byte");
    let headers = answer["headers"].to_string();
    assert!(headers.contains("application/vnd.acme+json") && headers.contains("x-mine"), "{headers}");
    assert_eq!(send(&terminal, &["REPORT", "/http/echo"]).ends(0).json()["method"], "REPORT");
}

#[test]
fn what_the_text_looks_like_decides_the_media_type() {
    let terminal = Terminal::new();
    for (text, expected) in
        [("{}", "application/json"), ("<a/>", "application/xml"), ("hello", "text/plain; charset=utf-8")]
    {
        let answer = send(&terminal, &["POST", "/http/echo", "-d", text]).ends(0).json();
        let headers = answer["headers"].to_string();
        assert!(headers.contains(expected), "{text}: {headers}");
    }
}

#[test]
fn files_forms_and_parts_arrive_whole() {
    let terminal = Terminal::new();
    let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    terminal.file("data.bin", &bytes);
    let mirrored = send(&terminal, &["POST", "/http/mirror", "-d", "@data.bin"]).ends(0);
    assert!(mirrored.bytes == bytes, "{} of {} bytes came back", mirrored.bytes.len(), bytes.len());

    let form = send(&terminal, &["POST", "/http/form", "--form", "a=1 2", "--form", "b=x&y=ü"]).ends(0);
    assert!(form.stdout.contains("1 2") && form.stdout.contains("x&y=ü"), "{}", form.stdout);

    let parts = send(&terminal, &["POST", "/http/form", "-F", "note=hello", "-F", "file=@data.bin"]).ends(0);
    assert!(parts.stdout.contains("data.bin") && parts.stdout.contains("300000"), "{}", parts.stdout);

    let (key, authority) = (shared().file("secret.json"), shared().authority());
    let words = ["send", "POST", "/http/mirror", "-d", "@-", "--service-key", &key, "--cacert", &authority];
    assert_eq!(terminal.run_with_input(&words, "from the pipe").ends(0).stdout, "from the pipe");
    let from_pipe = terminal.run_with_input(&words, &bytes).ends(0);
    assert!(from_pipe.bytes == bytes, "{} of {} bytes came back", from_pipe.bytes.len(), bytes.len());
}

#[test]
fn compressed_answers_are_decoded_and_both_sizes_known() {
    let terminal = Terminal::new();
    for coding in ["gzip", "br", "deflate"] {
        let answer =
            send(&terminal, &["GET", &format!("/http/{coding}?bytes=20000"), "--json"]).ends(0).json();
        let received = &last(&answer)["received"];
        assert_eq!(received["content_encoding"], coding);
        let size = |name: &str| received[name].as_u64().expect("a size");
        assert!(size("wire_size") < size("body_size"), "{received}");
        serde_json::from_str::<Value>(answer["body"].as_str().expect("text")).expect("decoded JSON");
    }
}

fn last(answer: &Value) -> &Value {
    answer["exchange"]["calls"].as_array().and_then(|calls| calls.last()).expect("a call")
}

#[test]
fn the_record_tells_phases_tls_and_what_was_sent() {
    let terminal = Terminal::new();
    let answer = send(&terminal, &["GET", "/http/slow?ms=50", "--json"]).ends(0).json();
    let calls = answer["exchange"]["calls"].as_array().expect("calls");
    let purposes: Vec<_> = calls.iter().map(|call| call["purpose"].as_str().expect("a word")).collect();
    assert_eq!(purposes, ["token", "request"]);
    let call = last(&answer);
    assert!(call["phases"]["wait_ms"].as_f64().expect("a wait") >= 50.0, "{call}");
    assert_eq!(call["tls"]["verified"], true);
    assert_eq!(call["tls"]["version"], "TLS 1.3");
    assert_eq!(call["tls"]["certificate_requested"], true);
    assert!(call["tls"]["server_chain"]["certificates"].as_array().is_some_and(|chain| chain.len() >= 2));
    let sent = call["sent"]["headers"].to_string();
    assert!(sent.contains("masked") && !sent.contains("eyJ"), "{sent}");
}

#[test]
fn the_body_goes_to_standard_output_or_to_a_file_and_the_head_when_asked() {
    let terminal = Terminal::new();
    let with_head = send(&terminal, &["GET", "/http/xml", "-i"]).ends(0).stdout;
    assert!(with_head.starts_with("HTTP/") && with_head.contains("\n\n<"), "{with_head}");
    let to_file = send(&terminal, &["GET", "/http/large?bytes=3000000", "-o", "large.json"]).ends(0);
    assert!(to_file.stdout.is_empty());
    let saved = std::fs::read(terminal.path("large.json")).expect("it was written");
    assert!(saved.len() >= 3_000_000 - 1_000, "{}", saved.len());
    serde_json::from_slice::<Value>(&saved).expect("whole JSON");
    let leftovers = std::fs::read_dir(terminal.data()).map_or(0, Iterator::count);
    assert_eq!(leftovers, 0, "a run with --service-key keeps nothing");
}

#[test]
fn empty_answers_are_empty() {
    let terminal = Terminal::new();
    for path in ["/http/empty", "/http/zero"] {
        assert_eq!(send(&terminal, &["GET", path]).ends(0).stdout, "", "{path}");
    }
}

#[test]
fn http2_is_spoken_and_http1_when_asked_for() {
    let terminal = Terminal::new();
    let version = |more: &[&str]| {
        let answer = send(&terminal, &[&["GET", "/http/echo", "--json"], more].concat()).ends(0).json();
        last(&answer)["received"]["version"].as_str().expect("a version").to_owned()
    };
    assert_eq!(version(&[]), "HTTP/2");
    assert_eq!(version(&["--http1.1"]), "HTTP/1.1");
}

#[test]
fn any_host_may_be_called_without_a_tenant() {
    let terminal = Terminal::new();
    let url = shared().sandbox.url("localhost", "/http/echo");
    let words = ["send", "GET", &url, "--cacert", &shared().authority()];
    terminal.run(&words).ends(4).says("wants to know who is calling");
}

#[test]
fn a_production_tenant_asks_before_it_is_written_to() {
    let terminal = Terminal::new();
    let (file, authority) = (shared().file("secret.json"), shared().authority());
    terminal.run(&["key", "import", &file, "--tenant", "acme-prod", "--stage", "prod"]).ends(0);
    let words = |method| ["send", method, "/http/echo", "--tenant", "acme-prod", "--cacert", &authority];
    terminal.run(&words("POST")).ends(2).says("acme-prod is a production tenant");
    terminal.run(&words("GET")).ends(0);
    terminal.run(&[&words("POST")[..], &["--yes"]].concat()).ends(0);
    terminal.run(&["tenant", "remove", "acme-prod", "--yes"]).ends(0);
}

#[test]
fn completions_and_help_are_there_for_every_verb() {
    let terminal = Terminal::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = terminal.run(&["completions", shell]).ends(0).stdout;
        assert!(script.contains("sandbox") && script.contains("service-key"), "{shell}");
    }
    for verb in ["tenant", "key", "token", "send", "sandbox", "completions"] {
        let help = terminal.run(&[verb, "--help"]).ends(0).stdout;
        assert!(help.contains("Examples:"), "{verb}: {help}");
    }
    terminal.run(&["sned"]).ends(2);
}

#[test]
fn credentials_stay_with_the_hosts_of_the_tenant_unless_the_request_says_otherwise() {
    let terminal = Terminal::new();
    let url = shared().sandbox.url("localhost", "/http/echo?foreign=1");
    send(&terminal, &["GET", &url]).ends(2).says("is no host of");
    let arrived =
        || shared().sandbox.journal().matching(|call| call.query.as_deref() == Some("foreign=1")).len();
    assert_eq!(arrived(), 0, "nothing was sent");
    send(&terminal, &["GET", &url, "--any-host"]).ends(0);
    send(&terminal, &["GET", &url, "--auth", "none"]).ends(4);
    assert_eq!(arrived(), 2);
    send(&terminal, &["GET", "http://127.0.0.1:9/", "--auth", "basic"]).ends(2).says("is no host of");
}

#[test]
fn a_target_that_cannot_be_written_is_found_before_anything_is_sent() {
    let terminal = Terminal::new();
    for target in ["/nowhere/at/all", "."] {
        send(&terminal, &["POST", "/http/echo?target=1", "-d", "{}", "-o", target])
            .ends(2)
            .says("Nothing was sent");
    }
    let arrived = shared().sandbox.journal().matching(|call| call.query.as_deref() == Some("target=1"));
    assert!(arrived.is_empty(), "{arrived:?}");
    assert!(
        !send(&terminal, &["GET", "/http/xml", "-o", "-"]).ends(0).stdout.is_empty(),
        "- is standard output"
    );
}

#[test]
fn a_wrong_command_line_is_told_like_every_other_error() {
    let terminal = Terminal::new();
    for words in [
        &["token"][..],
        &["send", "GET", "/x", "-d", "a", "--form", "b=c"],
        &["tenant", "add", "x", "--stage", "foo"],
    ] {
        terminal.run(words).ends(2).says("--help");
    }
    let json = terminal.run(&["token", "--json"]).ends(2);
    let told: serde_json::Value = serde_json::from_str(&json.stderr).expect("JSON on standard error");
    assert_eq!(told["error"]["code"], "invalid_input");
}

#[test]
fn a_key_for_one_run_changes_nothing_that_stays() {
    let terminal = Terminal::new();
    let key = shared().file("secret.json");
    for words in [
        &["tenant", "add", "x", "--stage", "dev"][..],
        &["key", "import", &key, "--tenant", "x", "--stage", "dev"],
        &["tenant", "remove", "x", "--yes"],
    ] {
        terminal.run(&[words, &["--service-key", &key]].concat()).ends(2).says("--service-key");
    }
    terminal.run(&["token", "--tenant", "x", "--service-key", &key]).ends(2).says("two keys");
    assert!(!terminal.data().exists());
}
