use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::cache::Cache;
use super::failure::{io_error, misfit, problem, problem_error};
use super::path::{is_below, is_plain_file, split};
use super::read::document;
use super::scan::{Scanned, scan};
use super::sidecar::{self, SidecarFile};
use crate::collection::format::read_root;
use crate::collection::{CollectionId, CollectionTree, FileProblem, FolderItem, Node, NodeKind};
use crate::error::{Code, Error, Result};

/// The file that makes a folder of `.bru` files a collection.
const BRUNO_FILE: &str = "bruno.json";

/// A collection's folder, and what was read of it so far.
pub struct OpenFolder {
    pub(super) root: PathBuf,
    cache: Mutex<Cache>,
    writable: OnceLock<bool>,
}

impl OpenFolder {
    /// The folder at this place, whether it is there or not.
    pub fn new(root: PathBuf) -> Self {
        Self { root, cache: Mutex::default(), writable: OnceLock::new() }
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Everything in it, in the order it is shown; whatever is wrong is in the tree.
    pub fn tree(
        &self,
        id: CollectionId,
        chosen: Option<&str>,
        is_tenant: &dyn Fn(&str) -> bool,
    ) -> CollectionTree {
        let name = self.root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut tree = CollectionTree {
            id,
            name,
            folder: self.root.display().to_string(),
            writable: false,
            problem: None,
            environments: Vec::new(),
            environment: None,
            nodes: Vec::new(),
        };
        match self.root_item() {
            Ok(item) => tree.name = Some(item.name).filter(|name| !name.is_empty()).unwrap_or(tree.name),
            Err(problem) => tree.problem = Some(problem),
        }
        if !self.root.is_dir() || self.is_bruno() {
            return tree;
        }
        tree.writable = self.is_writable();
        tree.nodes = self.scan().into_iter().map(|scanned| scanned.node).collect();
        if let Err(problem) = SidecarFile::read(&self.root) {
            tree.nodes.push(broken_sidecar(problem));
        }
        tree.environments = self.environments(is_tenant);
        let is_there = |name: &&str| tree.environments.iter().any(|environment| environment.name == **name);
        tree.environment = chosen.filter(is_there).map(str::to_owned);
        tree
    }

    /// What the collection's own file says.
    pub(super) fn root_item(&self) -> std::result::Result<FolderItem, FileProblem> {
        let Some(file) = root_file(&self.root) else { return Err(self.no_root()) };
        let document = document(&self.root.join(file), file)?;
        read_root(document.value()).map_err(|wrong| misfit(file, &document, wrong))
    }

    /// The name of the collection's own file, which must be there.
    pub(super) fn root_file(&self) -> Result<&'static str> {
        root_file(&self.root).ok_or_else(|| {
            let mut error = problem_error(self.no_root());
            error.code = Code::NotFound;
            error
        })
    }

    /// Everything in the folder with its place.
    pub(super) fn scan(&self) -> Vec<Scanned> {
        scan(&self.root, &mut self.cache())
    }

    /// What stands in this folder beside each other, in order: its folders, or its files.
    pub(super) fn neighbours(&self, folder: &str, are_folders: bool) -> Vec<Scanned> {
        let mut nodes = self.scan();
        nodes.retain(|scanned| {
            (scanned.node.kind == NodeKind::Folder) == are_folders && split(&scanned.node.path).0 == folder
        });
        nodes
    }

    /// How many files the last reading had to read.
    #[cfg(test)]
    pub(super) fn files_read(&self) -> usize {
        self.cache().read
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_bruno(&self) -> bool {
        root_file(&self.root).is_none() && self.root.join(BRUNO_FILE).is_file()
    }

    /// Whether files can be made in the folder: permissions alone say nothing about a drive that is read-only.
    fn is_writable(&self) -> bool {
        let is_locked = fs::metadata(&self.root).is_ok_and(|facts| facts.permissions().readonly());
        !is_locked && *self.writable.get_or_init(|| super::atomic::can_write(&self.root))
    }

    fn no_root(&self) -> FileProblem {
        let folder = self.root.display();
        if self.is_bruno() {
            // The file names what the collection is, so that the window can offer to convert it.
            let message = "This is a Bruno collection in .bru files.";
            return problem(BRUNO_FILE, None, message, Some("Import it into a new folder."));
        }
        let (message, hint) = if self.root.is_dir() {
            (
                format!("There is no opencollection.yml in {folder} any more."),
                "Bring the file back, or close the collection.",
            )
        } else {
            (
                format!("The folder {folder} is not there."),
                "Connect its drive or move the folder back, then it is shown again; or close the collection.",
            )
        };
        problem("", None, message, Some(hint))
    }
}

/// The name of the file that makes a folder a collection.
pub(super) fn root_file(folder: &Path) -> Option<&'static str> {
    ["opencollection.yml", "opencollection.yaml"].into_iter().find(|name| is_plain_file(&folder.join(name)))
}

fn broken_sidecar(problem: FileProblem) -> Node {
    Node {
        path: sidecar::NAME.to_owned(),
        depth: 0,
        kind: NodeKind::Broken,
        name: sidecar::NAME.to_owned(),
        method: None,
        problem: Some(problem),
    }
}

/// Whether the path names this folder or something below it.
pub(super) fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty() || is_below(path, folder)
}

/// The folder of a collection as it is remembered, so that the same one is never open twice.
pub fn folder_to_open(folder: &Path) -> Result<PathBuf> {
    let folder = if folder.is_file() { folder.parent().unwrap_or(folder) } else { folder };
    let failed = |error| io_error("The collection was not opened", folder, &error);
    let real = super::path::resolved(folder).map_err(failed)?;
    if root_file(&real).is_none() && !real.join(BRUNO_FILE).is_file() {
        return Err(Error::new(Code::NotFound, format!("{} is no collection", folder.display()))
            .hint("Choose a folder with an opencollection.yml, or import files of other tools into a new collection"));
    }
    if real.to_str().is_none() {
        return Err(Error::new(
            Code::InvalidInput,
            format!("{} has a name that is no UTF-8", folder.display()),
        )
        .hint("Rename the folder, and open it again"));
    }
    Ok(real)
}
