use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::super::{Watch, check};
use super::{Fixture, folder, request};
use crate::collection::FindingKind;
use crate::error::Code;

const PATIENCE: Duration = Duration::from_secs(10);

#[test]
fn check_finds_every_kind_of_trouble_by_path_and_line() {
    let literal = request("Literal", "1").replace(
        "auth: inherit",
        "headers:\n    - name: Authorization\n      value: Bearer abcdef0123456789\n  auth: inherit",
    );
    let fixture = Fixture::new(&[
        ("a.yml", &request("A", "2")),
        ("b.yml", &request("B", "2")),
        ("broken.yml", "info: [\n"),
        ("note.yml", "just: a note\n"),
        ("literal.yml", &literal),
        ("Twin.yml", &request("T", "3")),
        ("twin.yml", &request("T", "4")),
        ("what?.yml", &request("W", "5")),
        ("sub/folder.yml", &folder("Sub", "1")),
        ("environments/dev.yml", "name: dev\nextends: base\nvariables:\n  - name: a\n    value: [x, y]\n"),
        ("sluice.toml", "[environments.gone]\ntenant = \"x\"\n\n[requests.\"a.yml\"]\nany_host = true\n"),
    ]);
    fixture
        .write("opencollection.yml", "opencollection: 1.0.0\ninfo:\n  name: Acme\nextensions:\n  ours: 1\n");

    let findings = check(fixture.root()).unwrap();

    let found = |path: &str, kind: FindingKind, line: Option<u32>, word: &str| {
        let is_it = findings.iter().any(|finding| {
            let problem = &finding.problem;
            problem.path == path
                && finding.kind == kind
                && problem.line == line
                && problem.message.contains(word)
        });
        assert!(is_it, "{path} {word}: {findings:#?}");
    };
    found("b.yml", FindingKind::Format, None, "same seq as a.yml");
    found("literal.yml", FindingKind::Secret, Some(11), "Authorization");
    found("note.yml", FindingKind::Broken, Some(1), "no item");
    found("what?.yml", FindingKind::Format, None, "Windows");
    found("opencollection.yml", FindingKind::Format, Some(4), "extensions");
    found("environments/dev.yml", FindingKind::Format, Some(2), "extends");
    found("environments/dev.yml", FindingKind::Format, Some(5), "variants");
    found("sluice.toml", FindingKind::Format, Some(1), "gone");
    found("sluice.toml", FindingKind::Format, Some(5), "any_host");
    assert!(findings.iter().any(|finding| finding.problem.path == "broken.yml"));
    let is_sensitive =
        fixture.root().join("Twin.yml").exists() && fixture.names().contains(&"twin.yml".to_owned());
    assert!(!is_sensitive || findings.iter().any(|finding| finding.problem.message.contains("cannot tell")));
    let places: Vec<_> =
        findings.iter().map(|finding| (&finding.problem.path, finding.problem.line)).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn check_has_nothing_to_say_about_a_clean_collection() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1")), ("environments/dev.yml", "name: dev\n")]);
    assert_eq!(check(fixture.root()).unwrap(), []);
}

#[test]
fn check_of_a_folder_that_is_no_collection_says_what_to_name() {
    let folder = tempfile::tempdir().unwrap();
    let refused = check(folder.path()).unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    assert!(refused.hint.unwrap().contains("opencollection.yml"));
}

fn watched(root: &Path) -> (Watch, Receiver<()>) {
    let (told, changes) = channel();
    let watch = Watch::new(root.to_owned(), move || told.send(()).unwrap_or_default()).unwrap();
    // The watch begins on its own thread.
    std::thread::sleep(Duration::from_millis(300));
    (watch, changes)
}

#[test]
fn a_change_deep_in_the_folder_is_told_once_and_reading_is_none() {
    let fixture = Fixture::new(&[("sub/a.yml", &request("A", "1"))]);
    let (_watch, changes) = watched(fixture.root());

    fixture.tree();
    fixture.write(".git/index", "x");
    assert!(changes.recv_timeout(Duration::from_millis(600)).is_err(), "reading is no change");

    for number in 0..20 {
        fixture.write("sub/a.yml", request("B", &number.to_string()));
    }
    changes.recv_timeout(PATIENCE).expect("the change is told");
    assert!(changes.recv_timeout(Duration::from_millis(600)).is_err(), "once");

    fixture.write("new/deep/b.yml", request("B", "1"));
    changes.recv_timeout(PATIENCE).expect("new folders are told");
}

#[test]
fn a_folder_that_disappears_and_comes_back_is_told_and_watched_on() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    let (_watch, changes) = watched(fixture.root());
    let away = fixture.root().with_extension("away");

    fs::rename(fixture.root(), &away).unwrap();
    changes.recv_timeout(PATIENCE).expect("it is gone");
    fs::rename(&away, fixture.root()).unwrap();
    std::thread::sleep(Duration::from_millis(2500));
    while changes.try_recv().is_ok() {}

    fixture.write("b.yml", request("B", "1"));
    changes.recv_timeout(PATIENCE).expect("it is watched again");
}
