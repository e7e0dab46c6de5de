//! Answers that are printed while they arrive.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Terminal, shared};

fn start(terminal: &Terminal, words: &[&str]) -> Child {
    let (key, authority) = (shared().file("secret.json"), shared().authority());
    let words = [&["send"], words, &["--service-key", &key, "--cacert", &authority]].concat();
    let mut command = terminal.command(&words);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

fn ends_soon(mut program: Child) -> std::process::ExitStatus {
    let begun = Instant::now();
    loop {
        if let Some(status) = program.try_wait().expect("its status") {
            return status;
        }
        if begun.elapsed() > Duration::from_secs(10) {
            program.kill().expect("it can be ended");
            panic!("it did not end");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn what_arrived_is_printed_before_the_rest_is_there() {
    let terminal = Terminal::new();
    let mut program = start(&terminal, &["GET", "/http/chunked?count=3&ms=3000", "-i"]);
    let begun = Instant::now();
    let mut lines = BufReader::new(program.stdout.take().expect("a pipe"));
    let mut seen = String::new();
    while !seen.contains("\"event\":0") {
        assert!(lines.read_line(&mut seen).expect("a line") > 0, "it ended after {seen}");
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert!(seen.starts_with("HTTP/") && seen.contains("200 OK\n"), "{seen}");
    lines.read_to_string(&mut seen).expect("the rest");
    assert!(seen.contains("\"event\":2"), "{seen}");
    assert_eq!(seen.matches("\"event\":0").count(), 1, "{seen}");
    assert_eq!(ends_soon(program).code(), Some(0));
}

#[test]
fn a_reader_that_has_seen_enough_ends_an_endless_answer() {
    let terminal = Terminal::new();
    let mut program = start(&terminal, &["GET", "/http/endless"]);
    let mut lines = BufReader::new(program.stdout.take().expect("a pipe"));
    let mut first = String::new();
    lines.read_line(&mut first).expect("a line");
    assert_eq!(first, "{\"tick\":0}\n");
    drop(lines);
    let mut complaint = String::new();
    let mut errors = program.stderr.take().expect("a pipe");
    let status = ends_soon(program);
    errors.read_to_string(&mut complaint).expect("text");
    assert_eq!((status.code(), complaint.as_str()), (Some(3), ""));
}

#[test]
fn the_outcome_is_told_by_the_exit_code_as_ever() {
    let terminal = Terminal::new();
    for (words, code) in [
        (["GET", "/http/cut?after=200000"], 3),
        (["GET", "/http/status/500"], 1),
        (["GET", "/http/status/404"], 1),
        (["GET", "/http/slow?ms=200"], 0),
    ] {
        let mut program = start(&terminal, &words);
        let mut body = Vec::new();
        program.stdout.take().expect("a pipe").read_to_end(&mut body).expect("the body");
        assert_eq!(ends_soon(program).code(), Some(code), "{words:?}");
        assert!(code != 3 || body.len() == 200_000, "{} bytes of a cut answer", body.len());
    }
    let target = terminal.path("cut.json");
    let name = target.to_str().expect("text");
    let program = start(&terminal, &["GET", "/http/cut?after=100", "-o", name]);
    assert_eq!(ends_soon(program).code(), Some(3));
    assert_eq!(std::fs::read(target).expect("what arrived").len(), 100);
}

#[test]
fn bodies_of_a_run_are_gone_at_its_end_and_those_of_a_killed_one_at_the_next_start() {
    let terminal = Terminal::new();
    let (key, authority) = (shared().file("secret.json"), shared().authority());
    terminal.run(&["key", "import", &key, "--tenant", "x", "--stage", "dev"]).ends(0);
    let is_part = |entry: &std::fs::DirEntry| entry.path().extension().is_some_and(|ending| ending == "part");
    let bodies = || {
        let entries = std::fs::read_dir(terminal.data().join("bodies")).expect("a folder").flatten();
        entries.filter(is_part).count()
    };
    let large = ["send", "GET", "/http/large?bytes=3000000", "--tenant", "x", "--cacert", &authority];
    assert!(terminal.run(&large).ends(0).bytes.len() >= 3_000_000);
    assert_eq!(bodies(), 0);

    let huge = ["send", "GET", "/http/large?bytes=600000000", "--tenant", "x", "--cacert", &authority];
    let mut killed = terminal.command(&huge).stdout(Stdio::piped()).spawn().expect("the program starts");
    // Nobody reads on, so the program waits for its standard output with the body in its hands.
    let mut some = [0; 1000];
    killed.stdout.as_mut().expect("a pipe").read_exact(&mut some).expect("a beginning");
    terminal.run(&["tenant", "list"]).ends(0);
    assert_eq!(bodies(), 1, "a living one holds what arrives");
    killed.kill().expect("it is killed");
    killed.wait().expect("it ends");
    assert_eq!(bodies(), 1);
    let begun = Instant::now();
    while bodies() > 0 {
        assert!(begun.elapsed() < Duration::from_secs(10), "it is never removed");
        terminal.run(&large).ends(0);
    }
}
