mod edits;
mod environments;
mod facade;
mod kills;
mod looks;
mod scans;

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::OpenFolder;
use super::path::resolved;
use crate::collection::{CollectionId, CollectionTree, Node};

/// A collection's folder with these files.
struct Fixture {
    folder: TempDir,
    open: OpenFolder,
}

impl Fixture {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let open = OpenFolder::new(resolved(folder.path()).unwrap());
        let fixture = Self { folder, open };
        fixture.write("opencollection.yml", "opencollection: 1.0.0\n\ninfo:\n  name: Acme\n");
        for (path, text) in files {
            fixture.write(path, text);
        }
        fixture
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let full = self.root().join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    fn tree(&self) -> CollectionTree {
        self.open.tree(CollectionId::nil(), None, &|name| name == "known")
    }

    /// Every path in the order it is shown.
    fn paths(&self) -> Vec<String> {
        self.tree().nodes.into_iter().map(|node| node.path).collect()
    }

    fn node(&self, path: &str) -> Node {
        let nodes = self.tree().nodes;
        nodes.into_iter().find(|node| node.path == path).unwrap_or_else(|| panic!("{path} is shown"))
    }

    /// Every name on disk below the folder, hidden ones too.
    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut open = vec![self.root().to_owned()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                names.push(path.strip_prefix(self.root()).unwrap().to_str().unwrap().to_owned());
                if path.is_dir() && !path.is_symlink() {
                    open.push(path);
                }
            }
        }
        names.sort();
        names
    }
}

/// A request's file.
fn request(name: &str, seq: &str) -> String {
    let seq = if seq.is_empty() { String::new() } else { format!("  seq: {seq}\n") };
    format!(
        "info:\n  name: {name}\n  type: http\n{seq}\nhttp:\n  method: GET\n  url: \"{{{{runtimeUrl}}}}/http/orders\"\n  auth: inherit\n"
    )
}

/// A folder's file.
fn folder(name: &str, seq: &str) -> String {
    format!("info:\n  name: {name}\n  type: folder\n  seq: {seq}\n\nrequest:\n  auth: inherit\n")
}
