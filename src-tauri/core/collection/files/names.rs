use std::collections::HashSet;
use std::hash::BuildHasher;
use std::io;
use std::path::Path;

/// What Windows keeps for its devices, with or without an extension.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];
/// File systems stop at 255 bytes; the rest is for extension, number and the tools of others.
const LONGEST: usize = 200;
/// Names with a meaning of their own in a collection, so no item is called so.
const TAKEN_FILES: &[&str] = &["folder", "opencollection", "collection"];
const TAKEN_FOLDERS: &[&str] = &["environments", "node_modules"];

/// The file name of an item of this name, without extension: valid on every system, and what Bruno would choose.
pub fn file_name(name: &str) -> String {
    let replaced: String = name.chars().map(|each| if is_illegal(each) { '-' } else { each }).collect();
    let begun = replaced.trim_start_matches(|each: char| each.is_whitespace() || matches!(each, '-' | '.'));
    let trimmed = cut(begun, LONGEST).trim_end_matches(|each: char| each.is_whitespace() || each == '.');
    if trimmed.is_empty() {
        return "untitled".to_owned();
    }
    if !is_device(trimmed) {
        return trimmed.to_owned();
    }
    let (stem, rest) = trimmed.split_at(trimmed.find('.').unwrap_or(trimmed.len()));
    format!("{}_{rest}", stem.trim_end())
}

/// Why Windows cannot have a file of this name.
pub(super) fn illegal_on_windows(name: &str) -> Option<&'static str> {
    if name.chars().any(is_illegal) {
        return Some("it has one of the characters < > : \" / \\ | ? * in it");
    }
    if name.ends_with(['.', ' ']) {
        return Some("it ends with a dot or a space");
    }
    is_device(name).then_some("Windows keeps this name for a device")
}

/// A name nothing in the folder has, without regard to case: `Create order.yml`, `Create order 1.yml`…
/// What is called `own` now does not count, it is the item to be named.
pub fn free_name(folder: &Path, stem: &str, extension: &str, own: Option<&str>) -> io::Result<String> {
    let mut names = HashSet::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if own != Some(name.as_str()) {
            names.insert(name.to_lowercase());
        }
    }
    Ok(free_among(&names, stem, extension))
}

/// A name for a new item that is none of these, which are lower case; it joins them.
pub fn new_name<S: BuildHasher>(names: &mut HashSet<String, S>, name: &str, extension: &str) -> String {
    let name = free_among(names, &file_name(name), extension);
    names.insert(name.to_lowercase());
    name
}

fn free_among<S: BuildHasher>(names: &HashSet<String, S>, stem: &str, extension: &str) -> String {
    let kept = if extension.is_empty() { TAKEN_FOLDERS } else { TAKEN_FILES };
    let is_free = |stem: &str| {
        let name = format!("{stem}{extension}").to_lowercase();
        !names.contains(&name) && !kept.contains(&stem.to_lowercase().as_str())
    };
    if is_free(stem) {
        return format!("{stem}{extension}");
    }
    let number = first_free(|number| is_free(&format!("{stem} {number}")));
    format!("{stem} {number}{extension}")
}

/// A number from 1 that is free while the one before is not, found in a few steps however many are taken.
fn first_free(is_free: impl Fn(u32) -> bool) -> u32 {
    let (mut taken, mut free) = (0, 1);
    while !is_free(free) && free < u32::MAX {
        taken = free;
        free = free.saturating_mul(2);
    }
    while free - taken > 1 {
        let middle = taken + (free - taken) / 2;
        if is_free(middle) {
            free = middle;
        } else {
            taken = middle;
        }
    }
    free
}

fn is_illegal(each: char) -> bool {
    matches!(each, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*') || each.is_control()
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device))
}

fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&end| text.is_char_boundary(end)).unwrap_or_default();
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_as_a_person_would_name_it() {
        for (name, file) in [
            ("Create order", "Create order"),
            ("GET /orders?id=1", "GET -orders-id=1"),
            ("  - odd", "odd"),
            ("..hidden", "hidden"),
            ("ends with dots. . .", "ends with dots"),
            ("con", "con_"),
            ("Nul.txt", "Nul_.txt"),
            ("console", "console"),
            ("???", "untitled"),
            ("", "untitled"),
            ("line\nbreak\0", "line-break-"),
            ("Größe 💾", "Größe 💾"),
        ] {
            assert_eq!(file_name(name), file, "{name:?}");
            assert_eq!(illegal_on_windows(&file_name(name)), None, "{name:?}");
        }
    }

    #[test]
    fn four_thousand_equal_names_are_numbered_in_order_with_few_looks() {
        let mut names = HashSet::new();
        let given: Vec<String> = (0..4_000).map(|_| new_name(&mut names, "Order", ".yml")).collect();
        assert_eq!((given[0].as_str(), given[1].as_str()), ("Order.yml", "Order 1.yml"));
        assert!(given.iter().enumerate().skip(1).all(|(place, name)| *name == format!("Order {place}.yml")));
        let looks = std::cell::Cell::new(0);
        let free = first_free(|number| {
            looks.set(looks.get() + 1);
            number > 4_000
        });
        assert_eq!(free, 4_001);
        assert!(looks.get() < 30, "{}", looks.get());
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        let name = file_name(&"ü".repeat(300));
        assert_eq!(name, "ü".repeat(100));
    }

    #[test]
    fn a_taken_name_gets_a_number_without_regard_to_case() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("create ORDER.yml"), "").unwrap();

        let free = |stem, own| free_name(folder.path(), stem, ".yml", own).unwrap();

        assert_eq!(free("Create order", None), "Create order 1.yml");
        assert_eq!(free("Create order", Some("create ORDER.yml")), "Create order.yml");
        assert_eq!(free("Folder", None), "Folder 1.yml", "folder.yml is the folder's own file");
        assert_eq!(free_name(folder.path(), "Environments", "", None).unwrap(), "Environments 1");
    }
}
