use std::fs;

use super::super::{Holding, create_collection};
use super::{Fixture, folder, request};
use crate::collection::{CollectionId, NodeKind, RequestItem, Saved};
use crate::error::Code;
use crate::http::CsrfMode;

fn written(saved: Saved) -> (String, String) {
    match saved {
        Saved::Written { path, version } => (path, version),
        other => panic!("it is written: {other:?}"),
    }
}

fn item(fixture: &Fixture, path: &str) -> (RequestItem, String) {
    let read = fixture.open.read_request(path).unwrap();
    (read.item, read.version)
}

#[test]
fn saving_touches_only_what_changed_and_keeps_comments() {
    let text = request("A", "1").replace("http:\n", "http: # ours\n");
    let fixture = Fixture::new(&[("a.yml", &text)]);
    let (mut item, version) = item(&fixture, "a.yml");
    item.request.method = "POST".to_owned();

    let (path, now) = written(fixture.open.save_request("a.yml", &item, Some(&version)).unwrap());

    assert_eq!(path, "a.yml");
    assert_eq!(fixture.text("a.yml"), text.replace("GET", "POST"));
    assert_eq!(fixture.open.read_request("a.yml").unwrap().version, now);
}

#[test]
fn saving_without_a_change_leaves_the_file_untouched() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    let facts = || fs::metadata(fixture.root().join("a.yml")).unwrap().modified().unwrap();
    let before = facts();
    let (item, version) = item(&fixture, "a.yml");

    let (_, now) = written(fixture.open.save_request("a.yml", &item, Some(&version)).unwrap());

    assert_eq!((now, facts()), (version, before));
    assert!(!fixture.root().join("sluice.toml").exists());
}

#[test]
fn a_change_by_somebody_else_is_a_conflict_with_both_texts() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    let (mut item, version) = item(&fixture, "a.yml");
    fixture.write("a.yml", request("Theirs", "1"));
    item.request.method = "PUT".to_owned();

    let conflict = fixture.open.save_request("a.yml", &item, Some(&version)).unwrap();

    let Saved::Conflict { theirs, ours, version } = conflict else { panic!("a conflict: {conflict:?}") };
    assert_eq!(theirs, request("Theirs", "1"));
    assert!(ours.contains("PUT"), "{ours}");
    assert_eq!(fixture.text("a.yml"), theirs, "nothing is written");
    written(fixture.open.save_request("a.yml", &item, Some(&version)).unwrap());
    assert_eq!(fixture.text("a.yml"), ours);
}

#[test]
fn a_conflict_whose_content_is_the_same_is_none() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    let (mut item, version) = item(&fixture, "a.yml");
    item.request.method = "PUT".to_owned();
    fixture.write("a.yml", request("A", "1").replace("GET", "PUT"));

    written(fixture.open.save_request("a.yml", &item, Some(&version)).unwrap());
}

#[cfg(unix)]
#[test]
fn a_saved_file_keeps_its_permissions_and_a_new_one_gets_the_usual() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    let mode = |path: &str| fs::metadata(fixture.root().join(path)).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(fixture.root().join("a.yml"), fs::Permissions::from_mode(0o640)).unwrap();
    let (mut item, _) = item(&fixture, "a.yml");
    item.request.method = "PUT".to_owned();
    written(fixture.open.save_request("a.yml", &item, None).unwrap());
    assert_eq!(mode("a.yml"), 0o640);

    fixture.write("usual.txt", "");
    let path = fixture.open.create_request("", &item).unwrap();
    assert_eq!(mode(&path), mode("usual.txt"));
}

#[test]
fn a_file_that_may_not_be_written_stays_as_it_is_and_the_error_says_so() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    let full = fixture.root().join("a.yml");
    let mut locked = fs::metadata(&full).unwrap().permissions();
    locked.set_readonly(true);
    fs::set_permissions(&full, locked).unwrap();
    let (mut item, _) = item(&fixture, "a.yml");
    item.request.method = "PUT".to_owned();

    let refused = fixture.open.save_request("a.yml", &item, None).unwrap_err();

    assert_eq!(refused.code, Code::StorageFailed);
    assert!(refused.message.contains("a.yml") && refused.hint.unwrap().contains("permissions"));
    assert_eq!(fixture.text("a.yml"), request("A", "1"));
    assert_eq!(fixture.names(), ["a.yml", "opencollection.yml"], "nothing is left beside");
}

#[test]
fn a_folder_deleted_or_replaced_while_open_is_told() {
    let fixture = Fixture::new(&[("sub/a.yml", &request("A", "1"))]);
    let (mut item, version) = item(&fixture, "sub/a.yml");
    item.request.method = "PUT".to_owned();
    fs::remove_dir_all(fixture.root().join("sub")).unwrap();
    let refused = fixture.open.save_request("sub/a.yml", &item, Some(&version)).unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    assert!(refused.message.contains("not there any more"), "{}", refused.message);

    fixture.write("sub", "a file now");
    let refused = fixture.open.save_request("sub/a.yml", &item, Some(&version)).unwrap_err();
    assert_eq!(refused.code, Code::NotFound, "{}", refused.message);
    assert_eq!(fixture.open.create_request("sub", &item).unwrap_err().code, Code::NotFound);
}

#[test]
fn a_broken_file_is_never_overwritten_by_a_save() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    let (item, _) = item(&fixture, "a.yml");
    fixture.write("a.yml", "info: [\n");

    let refused = fixture.open.save_request("a.yml", &item, None).unwrap_err();

    assert_eq!(refused.code, Code::InvalidInput);
    assert_eq!(fixture.text("a.yml"), "info: [\n");
}

#[test]
fn new_requests_get_a_file_named_after_them_and_go_last() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1")), ("b.yml", &request("B", "2.5"))]);
    let (mut item, _) = item(&fixture, "a.yml");
    item.name = "Create: order?".to_owned();

    let first = fixture.open.create_request("", &item).unwrap();
    let second = fixture.open.create_request("", &item).unwrap();

    assert_eq!([first.as_str(), second.as_str()], ["Create- order-.yml", "Create- order- 1.yml"]);
    assert_eq!(fixture.paths(), ["a.yml", "b.yml", &first, &second]);
    assert_eq!(fixture.node(&first).name, "Create: order?");
    assert!(fixture.text(&first).contains("seq: 3\n"), "{}", fixture.text(&first));
}

#[test]
fn renaming_changes_name_and_file_and_nothing_else() {
    let text = format!("# ours\n{}", request("A", "1"));
    let fixture = Fixture::new(&[("a.yml", &text), ("taken.yml", &request("Taken", "2"))]);

    let renamed = fixture.open.rename("a.yml", "Taken").unwrap();

    assert_eq!(renamed, "Taken 1.yml");
    assert_eq!(fixture.text(&renamed), text.replace("name: A", "name: Taken"));
    assert_eq!(fixture.open.rename("taken.yml", "TAKEN").unwrap(), "TAKEN.yml");
    assert_eq!(fixture.paths(), ["Taken 1.yml", "TAKEN.yml"]);
    assert_eq!(fixture.open.rename("TAKEN.yml", " ").unwrap_err().code, Code::InvalidInput);
}

#[test]
fn renaming_a_folder_renames_its_directory_and_what_stands_beside_follows() {
    let fixture = Fixture::new(&[
        ("orders/folder.yml", &folder("orders", "1")),
        ("orders/a.yml", &request("A", "1")),
        ("plain/b.yml", &request("B", "1")),
    ]);
    let (mut item, _) = item(&fixture, "orders/a.yml");
    item.request.csrf = CsrfMode::Always;
    written(fixture.open.save_request("orders/a.yml", &item, None).unwrap());

    assert_eq!(fixture.open.rename("orders", "Sales: all").unwrap(), "Sales- all");
    assert_eq!(fixture.open.rename("plain", "Simple").unwrap(), "Simple");

    assert_eq!(fixture.node("Sales- all").name, "Sales: all");
    assert!(!fixture.root().join("Simple/folder.yml").exists() || fixture.node("Simple").name == "Simple");
    assert_eq!(fixture.open.read_request("Sales- all/a.yml").unwrap().item.request.csrf, CsrfMode::Always);
    assert!(
        fixture.text("sluice.toml").contains("[requests.\"Sales- all/a.yml\"]"),
        "{}",
        fixture.text("sluice.toml")
    );
}

#[test]
fn moving_between_two_writes_only_the_moved_file() {
    let texts = [request("A", "1"), request("B", "2"), request("C", "3")];
    let fixture = Fixture::new(&[("a.yml", &texts[0]), ("b.yml", &texts[1]), ("c.yml", &texts[2])]);

    assert_eq!(fixture.open.move_item("c.yml", &fixture.open, "", Some("b.yml")).unwrap(), "c.yml");

    assert_eq!(fixture.paths(), ["a.yml", "c.yml", "b.yml"]);
    assert_eq!(fixture.text("c.yml"), texts[2].replace("seq: 3", "seq: 1.5"));
    assert_eq!((fixture.text("a.yml"), fixture.text("b.yml")), (texts[0].clone(), texts[1].clone()));
    fixture.open.move_item("a.yml", &fixture.open, "", None).unwrap();
    assert_eq!(fixture.paths(), ["c.yml", "b.yml", "a.yml"]);
    assert!(fixture.text("a.yml").contains("seq: 3\n"));
}

#[test]
fn moving_among_files_without_or_with_the_same_seq_lands_where_it_was_put() {
    let fixture = Fixture::new(&[
        ("a.yml", &request("A", "")),
        ("b.yml", &request("B", "")),
        ("c.yml", &request("C", "")),
        ("same/x.yml", &request("X", "1")),
        ("same/y.yml", &request("Y", "1")),
        ("same/z.yml", &request("Z", "1")),
    ]);
    fixture.open.move_item("c.yml", &fixture.open, "", Some("b.yml")).unwrap();
    fixture.open.move_item("same/z.yml", &fixture.open, "same", Some("same/y.yml")).unwrap();

    let paths = fixture.paths();

    assert_eq!(paths, ["same", "same/x.yml", "same/z.yml", "same/y.yml", "a.yml", "c.yml", "b.yml"]);
    assert_eq!(fixture.text("b.yml"), request("B", ""), "the one behind is not renumbered");
}

#[test]
fn moving_across_folders_and_collections_takes_everything_along() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1")), ("sub/A.yml", &request("Other", "1"))]);
    let other = Fixture::new(&[("old/x.yml", &request("X", "1"))]);
    let (mut item, _) = item(&fixture, "a.yml");
    item.request.csrf = CsrfMode::Never;
    written(fixture.open.save_request("a.yml", &item, None).unwrap());

    let moved = fixture.open.move_item("a.yml", &fixture.open, "sub", Some("sub/A.yml")).unwrap();
    assert_eq!(moved, "sub/a 1.yml");
    assert_eq!(fixture.paths(), ["sub", "sub/a 1.yml", "sub/A.yml"]);

    assert_eq!(fixture.open.move_item("sub", &other.open, "old", None).unwrap(), "old/sub");
    assert!(fixture.paths().is_empty());
    assert_eq!(other.open.read_request("old/sub/a 1.yml").unwrap().item.request.csrf, CsrfMode::Never);
    assert!(!fixture.root().join("sluice.toml").exists(), "nothing is left to be said");
}

#[test]
fn a_folder_cannot_be_moved_into_itself() {
    let fixture = Fixture::new(&[("a/b/c.yml", &request("C", "1")), ("ab/d.yml", &request("D", "1"))]);
    for target in ["a", "a/b"] {
        let refused = fixture.open.move_item("a", &fixture.open, target, None).unwrap_err();
        assert!(refused.message.contains("into itself"), "{}", refused.message);
    }
    assert_eq!(fixture.open.move_item("a", &fixture.open, "ab", None).unwrap(), "ab/a");
}

#[test]
fn a_broken_file_can_be_moved_and_removed_as_it_is() {
    let fixture = Fixture::new(&[("a.yml", "info: [\n"), ("sub/b.yml", &request("B", "1"))]);
    let moved = fixture.open.move_item("a.yml", &fixture.open, "sub", None).unwrap();
    assert_eq!((fixture.text(&moved).as_str(), fixture.node(&moved).kind), ("info: [\n", NodeKind::Broken));
}

#[test]
fn a_copy_stands_beside_its_original() {
    let fixture = Fixture::new(&[
        ("a.yml", &request("A", "1")),
        ("b.yml", &request("B", "2")),
        ("orders/folder.yml", &folder("Orders", "1")),
        ("orders/x.yml", &request("X", "1")),
        ("orders/payload.json", "{}"),
    ]);
    assert_eq!(fixture.open.duplicate("a.yml").unwrap(), "A copy.yml");
    assert_eq!(fixture.open.duplicate("orders").unwrap(), "Orders copy");

    assert_eq!(
        fixture.paths(),
        ["orders", "orders/x.yml", "Orders copy", "Orders copy/x.yml", "a.yml", "A copy.yml", "b.yml"]
    );
    assert_eq!(fixture.node("A copy.yml").name, "A copy");
    assert_eq!(fixture.node("Orders copy").name, "Orders copy");
    assert_eq!(fixture.text("Orders copy/payload.json"), "{}");
}

#[test]
fn what_was_removed_comes_back_with_everything_beside() {
    let fixture = Fixture::new(&[("sub/a.yml", &request("A", "1")), ("sub/note.txt", "kept")]);
    let holding = Holding::temporary();
    let (mut item, _) = item(&fixture, "sub/a.yml");
    item.request.csrf = CsrfMode::Never;
    written(fixture.open.save_request("sub/a.yml", &item, None).unwrap());
    let before = (fixture.names(), fixture.text("sub/a.yml"), fixture.text("sluice.toml"));

    let id = fixture.open.remove(CollectionId::nil(), "sub", &holding).unwrap();
    assert_eq!(fixture.names(), ["opencollection.yml"]);
    let removal = holding.take(id).unwrap();
    assert_eq!(fixture.open.restore(&removal).unwrap(), "sub");

    assert_eq!((fixture.names(), fixture.text("sub/a.yml"), fixture.text("sluice.toml")), before);
    assert!(holding.take(id).is_err(), "once is enough");
}

#[test]
fn what_comes_back_never_replaces_what_is_there_now() {
    let fixture = Fixture::new(&[("sub/a.yml", &request("A", "1"))]);
    let holding = Holding::temporary();
    let id = fixture.open.remove(CollectionId::nil(), "sub/a.yml", &holding).unwrap();
    fixture.write("sub/a.yml", request("New", "1"));

    let path = fixture.open.restore(&holding.take(id).unwrap()).unwrap();

    assert_eq!(path, "sub/a 1.yml");
    assert_eq!(
        (fixture.node("sub/a.yml").name, fixture.node(&path).name),
        ("New".to_owned(), "A".to_owned())
    );
}

#[test]
fn the_collections_own_files_cannot_be_removed_or_moved() {
    let fixture =
        Fixture::new(&[("sub/folder.yml", &folder("Sub", "1")), ("environments/dev.yml", "name: dev\n")]);
    let holding = Holding::temporary();
    for path in ["", "opencollection.yml", "environments", "sub/folder.yml", "../x.yml", "/etc"] {
        assert!(fixture.open.remove(CollectionId::nil(), path, &holding).is_err(), "{path}");
    }
}

#[test]
fn a_broken_sluice_toml_is_told_and_never_overwritten() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1")), ("sluice.toml", "# ours\n[requests\n")]);
    let node = fixture.node("sluice.toml");
    assert_eq!((node.kind, node.problem.unwrap().line), (NodeKind::Broken, Some(2)));
    let (mut item, _) = item(&fixture, "a.yml");
    item.request.csrf = CsrfMode::Always;

    assert!(fixture.open.save_request("a.yml", &item, None).is_err());
    assert!(fixture.open.rename("a.yml", "B").is_err());

    assert_eq!(fixture.text("sluice.toml"), "# ours\n[requests\n");
    let broken = fixture.open.file_text("sluice.toml").unwrap();
    fixture.open.save_text("sluice.toml", "# ours\n[requests]\n", &broken.version).unwrap();
    fixture.open.rename("a.yml", "B").unwrap();
    assert_eq!(fixture.paths(), ["B.yml"]);
}

#[test]
fn what_others_wrote_into_sluice_toml_stays() {
    let fixture = Fixture::new(&[
        ("a.yml", &request("A", "1")),
        ("sluice.toml", "# ours\n[requests.\"a.yml\"] # hi\ncsrf = \"never\" # why\npayload = \"x\"\n"),
    ]);
    let (mut item, _) = item(&fixture, "a.yml");
    assert_eq!(item.request.csrf, CsrfMode::Never);
    item.request.options.http1_only = true;
    item.request.csrf = CsrfMode::Auto;

    written(fixture.open.save_request("a.yml", &item, None).unwrap());

    assert_eq!(
        fixture.text("sluice.toml"),
        "# ours\n[requests.\"a.yml\"] # hi\npayload = \"x\"\nhttp1_only = true\n"
    );
    assert_eq!(fixture.text("a.yml"), request("A", "1"), "the request's own file has nothing new to say");
}

#[test]
fn a_new_collection_never_takes_a_folder_that_is_there() {
    let into = tempfile::tempdir().unwrap();
    let made = create_collection(into.path(), "ACME: orders").unwrap();
    assert_eq!(made, into.path().join("ACME- orders"));
    assert!(made.join("opencollection.yml").is_file());
    assert_eq!(create_collection(into.path(), "ACME: orders").unwrap_err().code, Code::AlreadyExists);
}

#[test]
fn what_somebody_else_wrote_beside_a_request_is_a_conflict_and_stays() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    let read = fixture.open.read_request("a.yml").unwrap();
    let theirs = "[requests.\"a.yml\"]\ncsrf = \"never\"\n";
    fixture.write("sluice.toml", theirs);
    let mut item = read.item.clone();
    item.request.csrf = crate::http::CsrfMode::Always;
    let saved = fixture.open.save_request("a.yml", &item, Some(&read.version)).unwrap();
    let Saved::Conflict { theirs: shown, ours, version } = saved else { panic!("{saved:?}") };
    assert!(shown.contains("never") && ours.contains("always"), "{shown} {ours}");
    assert_eq!(fixture.text("sluice.toml"), theirs);
    assert!(!fixture.open.is_current("a.yml", Some(&read.version)).unwrap());

    let saved = fixture.open.save_request("a.yml", &item, Some(&version)).unwrap();
    let Saved::Written { version, .. } = saved else { panic!("{saved:?}") };
    assert!(fixture.text("sluice.toml").contains("always"));
    let again = fixture.open.read_request("a.yml").unwrap();
    assert_eq!(again.version, version, "what was written is what is read");
    assert!(fixture.open.is_current("a.yml", Some(&version)).unwrap());

    item.request.url = "{{runtimeUrl}}/other".to_owned();
    fixture.write("sluice.toml", theirs);
    let saved = fixture.open.save_request("a.yml", &item, Some(&version)).unwrap();
    assert!(matches!(saved, Saved::Conflict { .. }), "{saved:?}");
    assert!(!fixture.text("a.yml").contains("other"));
}

#[test]
fn what_a_broken_sluice_toml_says_of_a_request_does_not_stay_behind_when_it_gets_another_path() {
    let fixture = Fixture::new(&[
        ("a.yml", &request("A", "1")),
        ("orders/folder.yml", &folder("Orders", "1")),
        ("sluice.toml", "[requests.\"a.yml\"]\ncsrf = \"never\n"),
    ]);
    for refused in
        [fixture.open.rename("a.yml", "B"), fixture.open.move_item("a.yml", &fixture.open, "orders", None)]
    {
        assert!(refused.unwrap_err().message.contains("sluice.toml, line 2"));
    }
    assert!(fixture.root().join("a.yml").exists());
}
