use std::fs;
use std::time::{Duration, SystemTime};

use super::*;
use crate::collection::import::curl;

fn collection() -> Collection {
    curl::read_file("# A\ncurl h.example/a\n# B\ncurl h.example/b\n").unwrap().collection
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = entries(folder).unwrap().into_iter().collect();
    names.sort();
    names
}

const WHOLE: [&str; 3] = ["a.yml", "b.yml", ROOT];

#[test]
fn an_empty_folder_and_a_new_one_are_filled() {
    let place = tempfile::tempdir().unwrap();
    write(&collection(), place.path()).unwrap();
    assert_eq!(names(place.path()), WHOLE);
    let new = place.path().join("deep/er");
    write(&collection(), &new).unwrap();
    assert_eq!(names(&new), WHOLE);
    assert_eq!(names(&place.path().join("deep")), ["er"]);
}

#[test]
fn a_folder_named_by_a_dot_or_a_way_back_is_filled() {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("empty")).unwrap();
    write(&collection(), &place.path().join("empty/.")).unwrap();
    assert_eq!(names(&place.path().join("empty")), WHOLE);
}

#[cfg(unix)]
#[test]
fn a_link_to_an_empty_folder_stays_a_link() {
    let place = tempfile::tempdir().unwrap();
    let (real, link) = (place.path().join("real"), place.path().join("link"));
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    write(&collection(), &link).unwrap();
    assert_eq!(names(&real), WHOLE);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}

#[test]
fn what_a_killed_import_left_goes_with_the_next_one() {
    let place = tempfile::tempdir().unwrap();
    let (beside, within) = (place.path().join(".sluice-a.tmp"), place.path().join("empty/.sluice-b.tmp"));
    for left in [&beside, &within] {
        fs::create_dir_all(left.join("collection")).unwrap();
        let old = SystemTime::now() - Duration::from_hours(3);
        fs::File::open(left).unwrap().set_modified(old).unwrap();
    }
    write(&collection(), &place.path().join("new")).unwrap();
    write(&collection(), &place.path().join("empty")).unwrap();
    assert_eq!(names(place.path()), ["empty", "new"]);
    assert_eq!(names(&place.path().join("empty")), WHOLE);
}

#[test]
fn a_folder_with_content_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("mine.txt"), "").unwrap();
    assert_eq!(write(&collection(), place.path()).unwrap_err().code, Code::AlreadyExists);
    assert_eq!(names(place.path()), ["mine.txt"]);
}

#[test]
fn a_path_that_is_too_long_is_told_as_such() {
    let place = tempfile::tempdir().unwrap();
    let error = write(&collection(), &place.path().join("x".repeat(300))).unwrap_err();
    assert!(error.message.contains("too long"), "{error}");
    assert!(names(place.path()).is_empty());
}

#[test]
fn environments_join_those_that_are_there_under_names_of_their_own() {
    let place = tempfile::tempdir().unwrap();
    let environment = |name: &str| Environment { name: name.to_owned(), ..Environment::default() };
    add_environments(&mut [environment("dev")], place.path()).unwrap();
    let mut more = [environment("dev"), environment("test")];
    add_environments(&mut more, place.path()).unwrap();
    assert_eq!(names(&place.path().join("environments")), ["dev 1.yml", "dev.yml", "test.yml"]);
    assert_eq!(more[0].name, "dev 1");
}
