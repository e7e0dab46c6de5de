//! Bad input and bad weather: one message, a next step, the exit code; nothing lost, no panic.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Stdio;
use std::time::Duration;

use crate::support::{Run, Terminal, shared};

fn send(terminal: &Terminal, key: &str, words: &[&str]) -> Run {
    let (key, authority) = (shared().file(&format!("{key}.json")), shared().authority());
    terminal.run(&[&["send"], words, &["--service-key", &key, "--cacert", &authority]].concat())
}

#[test]
fn what_the_flow_answers_is_the_flows_and_ends_with_1() {
    let terminal = Terminal::new();
    let failed = send(&terminal, "secret", &["POST", "/http/fail", "-d", "{}"]).ends(1);
    assert!(failed.stdout.contains("The MPL ID for the failed message is"), "{}", failed.stdout);
    for status in [400, 404, 405, 429, 503] {
        send(&terminal, "secret", &["GET", &format!("/http/status/{status}")]).ends(1);
    }
    send(&terminal, "secret", &["GET", "/http/nowhere"]).ends(1);
}

#[test]
fn what_the_platform_refuses_ends_with_4_and_says_why() {
    let terminal = Terminal::new();
    send(&terminal, "no-role", &["GET", "/http/echo"]).ends(4).says("lack the role");
    send(&terminal, "secret", &["GET", "/http/partner"]).ends(4).says("lack the role");
    send(&terminal, "api-secret", &["GET", "/http/echo"]).ends(2).says("plan api cannot call flows");
    send(&terminal, "secret", &["GET", "/http/echo", "--auth", "none"]).ends(4).says("who is calling");
}

#[test]
fn certificates_the_server_refuses_are_told_apart() {
    let terminal = Terminal::new();
    for (key, words) in [
        ("expired-certificate", "expired"),
        ("not-yet-valid-certificate", "not valid yet"),
        ("no-client-auth", "certificate"),
        ("unknown-authority", "does not trust its issuer"),
    ] {
        for way in ["certificate", "bearer"] {
            let refused = send(&terminal, key, &["GET", "/http/echo", "--auth", way]).ends(3);
            let told = refused.stderr.to_lowercase();
            assert!(told.contains(words) && told.contains("hint: "), "{key} by {way}: {}", refused.stderr);
        }
    }
}

#[test]
fn what_is_wrong_with_a_servers_certificate_is_named() {
    let terminal = Terminal::new();
    for (host, words) in [
        ("expired.localhost", "expired"),
        ("wrong-host.localhost", "another name"),
        ("unknown-ca.localhost", "not trusted"),
        ("incomplete-chain.localhost", "not trusted"),
    ] {
        let url = shared().sandbox.url(host, "/http/echo");
        let refused = send(&terminal, "secret", &["GET", &url, "--auth", "none"]).ends(3);
        let told = refused.stderr.to_lowercase();
        assert!(told.contains("hint: "), "{host}: {}", refused.stderr);
        assert!(
            told.contains(words)
                || (words == "not trusted" && told.contains("trust"))
                || (words == "another name" && told.contains("wrong-host.localhost")),
            "{host} says {words}: {}",
            refused.stderr
        );
    }
    let url = shared().sandbox.url("certificate-required.localhost", "/http/echo");
    let refused = send(&terminal, "secret", &["GET", &url, "--auth", "none"]).ends(3);
    assert!(refused.stderr.contains("client certificate"), "{}", refused.stderr);
}

#[test]
fn an_unknown_authority_is_not_trusted_until_it_is_named() {
    let terminal = Terminal::new();
    let key = shared().file("secret.json");
    terminal.run(&["send", "GET", "/http/echo", "--service-key", &key]).ends(3).says("trust");
    let terminal = terminal.with("SSL_CERT_FILE", &shared().authority());
    terminal.run(&["send", "GET", "/http/echo", "--service-key", &key]).ends(0);
}

#[test]
fn nobody_there_is_said_with_the_address() {
    let terminal = Terminal::new();
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port");
    terminal.run(&["send", "GET", &format!("http://{closed}/")]).ends(3).says("refused");
    terminal
        .run(&["send", "GET", "https://nothing.example.invalid/"])
        .ends(3)
        .says("nothing.example.invalid");
}

#[test]
fn what_arrived_before_the_connection_was_cut_is_kept_and_shown() {
    let terminal = Terminal::new();
    let cut = send(&terminal, "secret", &["GET", "/http/cut?after=1000"]).ends(3);
    assert_eq!(cut.stdout.len(), 1_000, "{cut:?}");
    assert!(cut.stderr.contains("hint: "), "{}", cut.stderr);
    let record = send(&terminal, "secret", &["GET", "/http/cut?after=1000", "--json"]).ends(3).json();
    assert_eq!(record["exchange"]["failure"]["code"], "cut_off");
    assert_eq!(record["body"].as_str().map(str::len), Some(1_000));
}

#[test]
fn an_endless_answer_ends_with_the_time_allowed_or_when_cancelled() {
    let terminal = Terminal::new();
    send(&terminal, "secret", &["GET", "/http/endless", "-o", "endless", "--timeout", "1"]).ends(3);
    let (key, authority) = (shared().file("secret.json"), shared().authority());
    let words = ["send", "GET", "/http/endless", "--service-key", &key, "--cacert", &authority, "-o", "part"];
    let mut child = terminal.command(&words).stderr(Stdio::piped()).spawn().expect("it starts");
    let arrived = || !shared().sandbox.journal().matching(|call| call.path == "/http/endless").is_empty();
    let deadline = std::time::Instant::now() + Duration::from_secs(20);
    while !arrived() && std::time::Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(200));
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.is_ok_and(|status| status.success()));
    let mut told = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut told).expect("text");
    assert_eq!(child.wait().expect("it ends").code(), Some(3), "{told}");
    assert!(told.contains("ancel"), "{told}");
}

#[test]
fn a_flow_that_takes_too_long_may_still_finish_and_that_is_said() {
    let terminal = Terminal::new();
    send(&terminal, "secret", &["POST", "/http/slow?seconds=30", "-d", "{}", "--timeout", "1"])
        .ends(3)
        .says("may still");
}

#[test]
fn header_names_values_and_urls_that_cannot_be_sent_are_refused_before_anything_is_sent() {
    let terminal = Terminal::new();
    for (words, said) in [
        (vec!["GET", "/http/echo", "-H", "Bad Name: x"], "Bad Name"),
        (vec!["GET", "/http/echo", "-H", "X: a\u{1}b"], "control character"),
        (vec!["GET", "/http/echo", "-H", "no colon"], "name and a value"),
        (vec!["GE T", "/http/echo"], "GE T"),
        (vec!["GET", "https://"], "URL"),
        (vec!["GET", "ftp://example.org/x"], "ftp"),
        (vec!["POST", "/http/echo", "-d", "@missing.bin"], "missing.bin"),
        (vec!["POST", "/http/echo", "-F", "f=@missing.bin"], "missing.bin"),
        (vec!["GET", "/http/echo", "--timeout", "0"], "--timeout"),
    ] {
        send(&terminal, "secret", &words).ends(2).says(said);
    }
}

#[test]
fn an_answer_that_is_no_http_is_said_to_be_none() {
    let socket = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = socket.local_addr().expect("an address");
    let server = std::thread::spawn(move || {
        let (mut stream, _) = socket.accept().expect("a connection");
        let mut request = [0; 1024];
        let _ = stream.read(&mut request);
        let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n");
    });
    let refused = Terminal::new().run(&["send", "GET", &format!("http://{address}/")]).ends(3);
    server.join().expect("it ends");
    assert!(refused.stderr.contains("hint: ") && refused.stderr.lines().count() <= 3, "{}", refused.stderr);
}

#[test]
fn a_full_disk_is_said_and_what_fits_stays() {
    let terminal = Terminal::new();
    let full = send(&terminal, "secret", &["GET", "/http/large?bytes=300000", "-o", "/dev/full"]);
    assert_ne!(full.code, 0, "{full:?}");
    assert!(full.stderr.contains("hint: ") && !full.stderr.contains("panicked"), "{full:?}");
}

#[test]
fn a_pipe_that_closes_early_is_no_panic() {
    let terminal = Terminal::new();
    let (key, authority) = (shared().file("secret.json"), shared().authority());
    let words = ["send", "GET", "/http/large?bytes=5000000", "--service-key", &key, "--cacert", &authority];
    let mut child =
        terminal.command(&words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut some = [0; 100];
    child.stdout.take().expect("a pipe").read_exact(&mut some).expect("it begins");
    let mut told = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut told).expect("text");
    child.wait().expect("it ends");
    assert!(!told.contains("panicked"), "{told}");
}
