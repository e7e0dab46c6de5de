//! A program that edits is killed at any moment: what it acknowledged is there, and every file is whole.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::super::OpenFolder;
use super::{Fixture, request};
use crate::collection::{NodeKind, RequestItem, Saved};
use crate::error::Code;

const FOLDER: &str = "SLUICE_TEST_EDITED_FOLDER";
const KILLS: u32 = 200;

/// This test program anew, running one test only.
fn again(test: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([
        "--exact",
        "--ignored",
        "--nocapture",
        &format!("collection::files::tests::kills::{test}"),
    ]);
    command.env(FOLDER, folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

#[test]
#[ignore = "run by the test that kills it"]
fn edit_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let open = OpenFolder::new(folder.into());
    let mut item = open.read_request("a.yml").unwrap().item;
    let first: u64 = item.details.docs.parse().unwrap();
    let mut out = std::io::stdout();
    let mut moved = "b.yml".to_owned();
    for number in first + 1.. {
        item.details.docs = number.to_string();
        let saved = open.save_request("a.yml", &item, None).unwrap();
        assert!(matches!(saved, Saved::Written { .. }));
        writeln!(out, "\nsaved {number}").unwrap();
        out.flush().unwrap();
        moved = open.rename(&moved, if number % 2 == 0 { "B" } else { "b" }).unwrap();
        let made = open.create_request("", &item).unwrap();
        fs::remove_file(open.root().join(made)).unwrap();
    }
}

/// Lets the editing program run for a moment; answers the last number it acknowledged.
fn killed_after(folder: &Path, moment: Duration) -> Option<u64> {
    let mut child = again("edit_until_killed", folder).spawn().unwrap();
    let out = child.stdout.take().unwrap();
    let reading = std::thread::spawn(move || {
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        lines.filter_map(|line| line.strip_prefix("saved ")?.parse().ok()).last()
    });
    std::thread::sleep(moment);
    kill(&mut child);
    reading.join().unwrap()
}

fn kill(child: &mut Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_saved() {
    let fixture = Fixture::new(&[
        ("a.yml", &format!("{}\ndocs: \"0\"\n", request("A", "1"))),
        ("b.yml", &request("b", "2")),
    ]);
    let (mut before, mut acknowledgements) = (0, 0);
    for turn in 0..KILLS {
        let moment = Duration::from_micros(u64::from(turn * 7919 % 1000) * 40 + 10_000);
        let acknowledged = killed_after(fixture.root(), moment);
        acknowledgements += u32::from(acknowledged.is_some());

        let item: RequestItem = fixture.open.read_request("a.yml").unwrap().item;
        let found: u64 = item.details.docs.parse().unwrap();
        assert!(found >= acknowledged.unwrap_or(before), "{found} is older than {acknowledged:?}");
        before = found;
        for node in fixture.tree().nodes {
            assert_eq!((node.kind, &node.problem), (NodeKind::Request, &None), "{}", node.path);
            if node.path != "a.yml" && !node.path.eq_ignore_ascii_case("b.yml") {
                fs::remove_file(fixture.root().join(node.path)).unwrap();
            }
        }
        let paths = fixture.paths();
        assert_eq!(paths.len(), 2, "{paths:?}");
        if paths.iter().all(|path| path != "b.yml") {
            fixture.open.rename("B.yml", "b").unwrap();
        }
    }
    assert!(acknowledgements > KILLS / 4, "too few saves were seen: {acknowledgements}");
}

#[test]
#[ignore = "run by the test that limits it"]
fn save_more_than_fits() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let open = OpenFolder::new(folder.into());
    let mut item = open.read_request("a.yml").unwrap().item;
    item.details.docs = "x".repeat(100_000);
    let saved = open.save_request("a.yml", &item, None).unwrap_err();
    let made = open.create_request("", &item).unwrap_err();
    let codes = [saved.code, made.code];
    let is_told =
        codes == [Code::DiskFull; 2] && saved.hint.is_some_and(|hint| hint.contains("Free some space"));
    writeln!(std::io::stdout(), "\ntold {is_told}").unwrap();
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_leaves_everything_as_it_was() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    let command = again("save_more_than_fits", fixture.root());
    // No file may grow beyond a few blocks, and the signal that says so is not heard.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
    let limited = Command::new("sh")
        .args(["-c", script])
        .arg(command.get_program())
        .args(command.get_args())
        .env(FOLDER, fixture.root())
        .output()
        .unwrap();

    let out = String::from_utf8_lossy(&limited.stdout).into_owned();

    assert!(out.contains("told true"), "{out}");
    assert_eq!(fixture.text("a.yml"), request("A", "1"));
    assert_eq!(fixture.names(), ["a.yml", "opencollection.yml"]);
}
