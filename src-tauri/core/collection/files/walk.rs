use std::fs::{self, DirEntry, Metadata};
use std::path::Path;
use std::time::SystemTime;

use super::atomic::{is_in_the_making, remove_left_over};
use super::failure::{linked, problem, unreadable};
use super::path::{is_yaml, join};
use crate::collection::FileProblem;

/// Deeper folders are a mistake or an attack; no file system path is much longer.
const DEEPEST: usize = 100;
/// Never looked into, wherever they stand.
const SKIPPED: &[&str] = &["node_modules"];

/// A folder as it is on disk.
#[derive(Debug, Default)]
pub(super) struct Branch {
    pub(super) path: String,
    pub(super) own: Option<Leaf>,
    pub(super) branches: Vec<Branch>,
    pub(super) leaves: Vec<Leaf>,
    pub(super) problem: Option<FileProblem>,
}

/// A file as it is on disk, before anybody read it.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) path: String,
    pub(super) state: Result<Stamp, FileProblem>,
}

/// What changes when a file changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) modified: Option<SystemTime>,
    size: u64,
    inode: u64,
}

/// Everything below a collection's folder that may be an item.
pub(super) fn walk(root: &Path) -> Branch {
    branch(root, String::new(), 0)
}

fn branch(folder: &Path, path: String, depth: usize) -> Branch {
    let mut branch = Branch { path, ..Branch::default() };
    if depth > DEEPEST {
        let message = format!("The folder is more than {DEEPEST} levels deep, so it is not read.");
        branch.problem = Some(problem(&branch.path, None, message, Some("Move it further up.")));
        return branch;
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            branch.problem = Some(problem(
                &branch.path,
                None,
                "The folder cannot be read.",
                Some("Check its permissions."),
            ))
            .filter(|_| error.kind() != std::io::ErrorKind::NotFound);
            return branch;
        }
    };
    for entry in entries.flatten() {
        take(&mut branch, &entry, depth);
    }
    branch
}

fn take(branch: &mut Branch, entry: &DirEntry, depth: usize) {
    let raw = entry.file_name();
    let name = raw.to_string_lossy();
    if is_in_the_making(&name) {
        return remove_left_over(&entry.path());
    }
    let Ok(kind) = entry.file_type() else { return };
    if name.starts_with('.') || (!kind.is_dir() && !kind.is_symlink() && !is_yaml(&name)) {
        return;
    }
    let path = join(&branch.path, &name);
    if kind.is_symlink() {
        return branch.leaves.extend(link(entry, path));
    }
    if raw.to_str().is_none() {
        let wrong = problem(&path, None, "The name is no UTF-8.", Some("Rename it with your file manager."));
        return branch.leaves.push(Leaf { path, state: Err(wrong) });
    }
    if kind.is_dir() {
        return take_folder(branch, entry, path, depth);
    }
    let state = entry.metadata().map(|facts| Stamp::of(&facts)).map_err(|error| unreadable(&path, &error));
    let leaf = Leaf { path, state };
    let is_own = |stem: &str| ["yml", "yaml"].iter().any(|extension| name == format!("{stem}.{extension}"));
    if is_own("folder") {
        branch.own = Some(leaf);
    } else if depth > 0 || !is_own("opencollection") {
        branch.leaves.push(leaf);
    }
}

fn take_folder(branch: &mut Branch, entry: &DirEntry, path: String, depth: usize) {
    let name = entry.file_name();
    let is_skipped = SKIPPED.iter().any(|skipped| name == *skipped) || (depth == 0 && name == "environments");
    if is_skipped {
        return;
    }
    let full = entry.path();
    if super::open_folder::root_file(&full).is_none() {
        return branch.branches.push(self::branch(&full, path, depth + 1));
    }
    let hint = Some("Open its folder by itself.");
    let problem = Some(problem(&path, None, "This folder is a collection of its own.", hint));
    branch.branches.push(Branch { path, problem, ..Branch::default() });
}

/// A link is never followed: it may lead out, upward, or to what is shown already.
fn link(entry: &DirEntry, path: String) -> Option<Leaf> {
    let leads_to_folder = fs::metadata(entry.path()).is_ok_and(|facts| facts.is_dir());
    let is_skipped = SKIPPED.iter().any(|skipped| entry.file_name() == *skipped);
    if is_skipped || (!leads_to_folder && !is_yaml(&path)) {
        return None;
    }
    let wrong = linked(&path);
    Some(Leaf { path, state: Err(wrong) })
}

impl Stamp {
    fn of(facts: &Metadata) -> Self {
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(facts);
        #[cfg(not(unix))]
        let inode = 0;
        Self { modified: facts.modified().ok(), size: facts.len(), inode }
    }
}
