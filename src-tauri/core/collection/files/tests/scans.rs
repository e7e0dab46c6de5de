use std::fs;
use std::time::{Duration, SystemTime};

use super::{Fixture, folder, request};
use crate::collection::{CollectionId, Environment, NodeKind};

#[test]
fn folders_stand_before_requests_and_each_by_seq_then_by_name() {
    let fixture = Fixture::new(&[
        ("b.yml", &request("Second", "2")),
        ("a.yml", &request("Between", "1.5")),
        ("z.yml", &request("First", "1")),
        ("y.yml", &request("alpha", "")),
        ("x.yml", &request("Beta", "")),
        ("last/folder.yml", &folder("Last", "2")),
        ("first/folder.yml", &folder("First", "1")),
        ("first/deep/c.yaml", &request("C", "1")),
        ("plain/d.yml", &request("D", "1")),
    ]);

    let shown: Vec<_> =
        fixture.tree().nodes.into_iter().map(|node| (node.path, node.depth, node.kind)).collect();

    let expected = [
        ("first", 0, NodeKind::Folder),
        ("first/deep", 1, NodeKind::Folder),
        ("first/deep/c.yaml", 2, NodeKind::Request),
        ("last", 0, NodeKind::Folder),
        ("plain", 0, NodeKind::Folder),
        ("plain/d.yml", 1, NodeKind::Request),
        ("z.yml", 0, NodeKind::Request),
        ("a.yml", 0, NodeKind::Request),
        ("b.yml", 0, NodeKind::Request),
        ("y.yml", 0, NodeKind::Request),
        ("x.yml", 0, NodeKind::Request),
    ];
    assert_eq!(shown, expected.map(|(path, depth, kind)| (path.to_owned(), depth, kind)));
    assert_eq!(fixture.node("z.yml").method.as_deref(), Some("GET"));
    assert_eq!(fixture.node("last").name, "Last");
    assert_eq!(fixture.tree().name, "Acme");
}

#[test]
fn what_is_no_part_of_a_collection_is_not_shown() {
    let fixture = Fixture::new(&[
        ("a.yml", &request("A", "1")),
        (".git/config.yml", "x"),
        (".hidden.yml", "x"),
        ("node_modules/pkg/x.yml", "x"),
        ("environments/dev.yml", "name: dev\n"),
        ("docs/readme.md", "x"),
        ("empty/deeper/note.txt", "x"),
        ("sluice.toml", ""),
    ]);
    assert_eq!(fixture.paths(), ["a.yml"]);
}

#[test]
fn a_file_that_cannot_be_read_is_shown_with_its_line_and_left_alone() {
    let broken = "info:\n  name: Broken\n  type: http\nhttp:\n  method: GET\n   url: oops\n";
    let fixture = Fixture::new(&[
        ("a.yml", &request("A", "1")),
        ("broken.yml", broken),
        ("note.yml", "just: a note\n"),
        ("ws.yml", "info:\n  name: Socket\n  type: websocket\n  seq: 1\n"),
        ("sub/folder.yml", "info: [\n"),
    ]);
    fixture.write("latin.yml", b"info:\n  name: Gr\xf6\xdfe\n");
    fixture.write("bom.yml", format!("\u{feff}{}", request("With BOM", "3")));

    let node = fixture.node("broken.yml");
    assert_eq!((node.kind, node.name.as_str()), (NodeKind::Broken, "broken.yml"));
    let problem = node.problem.unwrap();
    assert_eq!(problem.path, "broken.yml");
    assert!(matches!(problem.line, Some(5 | 6)), "{problem:?}");
    assert!(!problem.message.is_empty());

    for path in ["note.yml", "latin.yml"] {
        let node = fixture.node(path);
        assert_eq!(node.kind, NodeKind::Broken, "{path}");
        assert!(node.problem.is_some(), "{path}");
    }
    assert_eq!(fixture.node("bom.yml").kind, NodeKind::Request);
    assert_eq!(fixture.node("ws.yml").kind, NodeKind::Other);
    assert_eq!(fixture.node("sub").kind, NodeKind::Folder);
    assert!(fixture.node("sub").problem.is_some());
    let paths = fixture.paths();
    assert_eq!(paths.last().unwrap(), "note.yml", "broken files stand behind those with a seq: {paths:?}");
    assert_eq!(fixture.text("broken.yml"), broken);
}

#[test]
fn a_file_too_large_to_be_a_request_is_told_without_being_read() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    fs::File::create(fixture.root().join("huge.yml")).unwrap().set_len(65 * 1024 * 1024).unwrap();

    let problem = fixture.node("huge.yml").problem.unwrap();

    assert!(problem.message.contains("64 MiB"), "{}", problem.message);
}

#[cfg(unix)]
#[test]
fn links_are_told_and_never_followed() {
    use std::os::unix::fs::symlink;
    let fixture = Fixture::new(&[("sub/a.yml", &request("A", "1"))]);
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("secret.yml"), "password: x").unwrap();
    symlink(fixture.root(), fixture.root().join("sub/loop")).unwrap();
    symlink(elsewhere.path(), fixture.root().join("out")).unwrap();
    symlink(elsewhere.path().join("secret.yml"), fixture.root().join("file.yml")).unwrap();
    symlink("nowhere", fixture.root().join("dangling.yml")).unwrap();

    let mut paths = fixture.paths();
    paths.sort();

    assert_eq!(paths, ["dangling.yml", "file.yml", "out", "sub", "sub/a.yml", "sub/loop"]);
    assert!(fixture.node("sub/loop").problem.unwrap().message.contains("link"));
    assert!(fixture.open.read_request("file.yml").is_err());
    assert!(fixture.open.file_text("file.yml").is_err());
}

#[cfg(unix)]
#[test]
fn a_pipe_does_not_stop_the_tree() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    let made = std::process::Command::new("mkfifo").arg(fixture.root().join("pipe.yml")).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    assert!(fixture.node("pipe.yml").problem.is_some());
}

#[test]
fn a_second_look_reads_only_what_changed() {
    let fixture = Fixture::new(&[]);
    for number in 0..40 {
        let path = format!("r{number}.yml");
        fixture.write(&path, request(&format!("R{number}"), "1"));
        let file = fs::File::options().append(true).open(fixture.root().join(path)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_mins(1)).unwrap();
    }
    fixture.tree();
    assert_eq!(fixture.open.files_read(), 40);

    fixture.write("r7.yml", request("Changed", "1"));

    assert_eq!(fixture.node("r7.yml").name, "Changed");
    assert_eq!(fixture.open.files_read(), 1);
}

#[test]
fn a_folder_that_is_gone_is_told_and_shown_again_when_it_is_back() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    let (root, away) = (fixture.root().to_owned(), fixture.root().with_extension("away"));
    fs::rename(&root, &away).unwrap();

    let tree = fixture.tree();
    assert!(tree.nodes.is_empty() && !tree.writable);
    assert!(tree.problem.unwrap().hint.unwrap().contains("move the folder back"));

    fs::rename(&away, &root).unwrap();
    assert_eq!(fixture.paths(), ["a.yml"]);
    assert!(fixture.tree().problem.is_none());
}

#[test]
fn a_bru_collection_says_how_to_get_it_in() {
    let fixture = Fixture::new(&[("bruno.json", "{}"), ("a.bru", "meta {}")]);
    fs::remove_file(fixture.root().join("opencollection.yml")).unwrap();

    let problem = fixture.tree().problem.unwrap();

    assert!(problem.message.contains("Bruno collection in .bru files"), "{}", problem.message);
    assert_eq!(problem.hint.as_deref(), Some("Import it into a new folder."));
    assert_eq!(problem.path, "bruno.json");
}

#[test]
fn a_broken_root_file_is_told_and_the_requests_are_shown() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    fixture.write("opencollection.yml", "info: [\n");

    let tree = fixture.tree();

    assert_eq!(tree.problem.unwrap().path, "opencollection.yml");
    assert_eq!(tree.nodes.len(), 1);
}

#[test]
fn what_a_killed_run_left_is_removed_when_it_is_old() {
    let fixture = Fixture::new(&[(".sluice-old.tmp", "x"), (".sluice-new.tmp", "x"), (".other.tmp", "x")]);
    for name in [".sluice-old.tmp", ".other.tmp"] {
        let file = fs::File::options().append(true).open(fixture.root().join(name)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_mins(5)).unwrap();
    }
    fixture.tree();
    assert_eq!(fixture.names(), [".other.tmp", ".sluice-new.tmp", "opencollection.yml"]);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_collection_are_neither_read_nor_written_anywhere() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().unwrap();
    let out = |name: &str| elsewhere.path().join(name);
    std::fs::create_dir(out("environments")).unwrap();
    std::fs::write(out("environments/theirs.yml"), "name: theirs\n").unwrap();
    std::fs::write(out("folder.yml"), folder("Theirs", "1")).unwrap();
    std::fs::write(out("sluice.toml"), "[environments.dev]\ntenant = \"known\"\n").unwrap();
    let fixture = Fixture::new(&[("orders/a.yml", &request("A", "1"))]);
    symlink(out("environments"), fixture.root().join("environments")).unwrap();
    symlink(out("folder.yml"), fixture.root().join("orders/folder.yml")).unwrap();
    symlink(out("sluice.toml"), fixture.root().join("sluice.toml")).unwrap();
    let tree = fixture.tree();
    assert!(tree.environments.is_empty(), "{:?}", tree.environments);
    for path in ["environments", "sluice.toml", "orders/folder.yml"] {
        let told = tree.nodes.iter().find(|node| node.path == path).and_then(|node| node.problem.as_ref());
        assert!(told.is_some_and(|problem| problem.message.contains("link")), "{path}: {:?}", tree.nodes);
    }
    assert_eq!(fixture.open.read_folder("orders").unwrap().item.name, "orders");
    let made = Environment { name: "mine".to_owned(), ..Environment::default() };
    assert!(fixture.open.save_environment(None, &made, None, None).is_err());
    assert!(fixture.open.save_environment(None, &made, Some("known"), None).is_err());
    let holding = crate::collection::files::Holding::temporary();
    assert!(fixture.open.remove_environment(CollectionId::nil(), "theirs", &holding).is_err());
    assert!(fixture.open.save_folder("orders", &crate::collection::FolderItem::default(), None).is_err());
    let there: Vec<_> = std::fs::read_dir(out("environments")).unwrap().flatten().collect();
    assert_eq!(there.len(), 1);
    assert_eq!(std::fs::read_to_string(out("folder.yml")).unwrap(), folder("Theirs", "1"));
    std::fs::remove_file(fixture.root().join("opencollection.yml")).unwrap();
    std::fs::write(out("root.yml"), "opencollection: 1.0.0\ninfo:\n  name: Theirs\n").unwrap();
    symlink(out("root.yml"), fixture.root().join("opencollection.yml")).unwrap();
    assert!(fixture.open.read_folder("").is_err());
}
