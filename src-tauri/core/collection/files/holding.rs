use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use toml_edit::Item;
use uuid::Uuid;

use super::failure::io_error;
use super::leftover::{Leftover, Note, has_note, leftovers};
use crate::collection::CollectionId;
use crate::error::{Code, Error, Result};

/// How long what was removed is kept for whoever looks for it in the data folder.
const KEPT: Duration = Duration::from_hours(30 * 24);

/// Where removed items wait to be brought back.
pub struct Holding {
    folder: Option<PathBuf>,
    removals: Mutex<HashMap<Uuid, Removal>>,
    /// Made by the first removal when nothing shall outlive the program.
    temporary: Mutex<Option<TempDir>>,
}

/// Something removed in this run.
pub struct Removal {
    /// From which collection.
    pub collection: CollectionId,
    pub(super) path: String,
    pub(super) held: PathBuf,
    pub(super) beside: Vec<(String, Item)>,
    pub(super) environment: Option<EnvironmentBinding>,
    /// Of an environment: whose secret values go when it is not brought back.
    pub(super) note: Option<Note>,
}

/// An environment and the tenant it is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EnvironmentBinding {
    /// The environment.
    pub(super) environment: String,
    /// The tenant.
    pub(super) tenant: Option<String>,
}

impl Removal {
    /// Forgets the place it was held in, which is empty now.
    pub(super) fn done(&self) {
        if let Some(note) = &self.note {
            note.withdraw();
        }
        let _ = self.held.parent().map(fs::remove_dir);
    }
}

impl Holding {
    /// Holds things in this folder of the user's data; what waits there for more than a month goes.
    pub fn open(folder: PathBuf) -> Self {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        // What still has secret values in the keyring waits until they are gone.
        for entry in entries.filter(|entry| is_old(&entry.path()) && !has_note(&entry.path())) {
            let _ = fs::remove_dir_all(entry.path());
        }
        Self { folder: Some(folder), removals: Mutex::default(), temporary: Mutex::default() }
    }

    /// Holds things until the program ends.
    pub fn temporary() -> Self {
        Self { folder: None, removals: Mutex::default(), temporary: Mutex::default() }
    }

    /// Takes a file or folder out of its place.
    pub(super) fn hold(&self, from: &Path) -> Result<(Uuid, PathBuf)> {
        let failed = |error| io_error("It was not removed", from, &error);
        let id = Uuid::new_v4();
        let folder = self.folder()?.join(id.to_string());
        fs::create_dir_all(&folder).map_err(|error| io_error("It was not removed", &folder, &error))?;
        let name = from.file_name().ok_or_else(|| failed(io::ErrorKind::NotFound.into()))?;
        let held = folder.join(name);
        if let Err(error) = relocate(from, &held) {
            let _ = fs::remove_dir_all(&folder);
            return Err(failed(error));
        }
        Ok((id, held))
    }

    pub(super) fn remember(&self, id: Uuid, removal: Removal) {
        self.removals().insert(id, removal);
    }

    /// What was removed under this name in this run.
    pub fn take(&self, id: Uuid) -> Result<Removal> {
        self.removals().remove(&id).ok_or_else(|| {
            Error::new(Code::NotFound, "Nothing is left to be brought back")
                .hint("It was brought back already, or removed before the last start")
        })
    }

    /// Keeps a removal that could not be brought back.
    pub fn put_back(&self, id: Uuid, removal: Removal) {
        self.removals().insert(id, removal);
    }

    /// The environments of this collection that were removed in this run; from now on nothing brings them back.
    pub fn give_up(&self, collection: CollectionId) -> Vec<Leftover> {
        let of_it = |removal: &Removal| removal.collection == collection && removal.environment.is_some();
        let given_up = self.removals().extract_if(|_, removal| of_it(removal)).collect::<Vec<_>>();
        given_up.into_iter().filter_map(|(_, removal)| removal.note).map(Note::into_leftover).collect()
    }

    /// The environments that were removed in runs that are over.
    pub fn leftovers(&self) -> Vec<Leftover> {
        self.folder.as_deref().map(leftovers).unwrap_or_default()
    }

    fn folder(&self) -> Result<PathBuf> {
        if let Some(folder) = &self.folder {
            return Ok(folder.clone());
        }
        let mut temporary = self.temporary.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = temporary.as_ref() {
            return Ok(folder.path().to_owned());
        }
        let failed = |error| io_error("It was not removed", &std::env::temp_dir(), &error);
        let folder = tempfile::Builder::new().prefix("sluice-removed-").tempdir().map_err(failed)?;
        Ok(temporary.insert(folder).path().to_owned())
    }

    fn removals(&self) -> MutexGuard<'_, HashMap<Uuid, Removal>> {
        self.removals.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_old(folder: &Path) -> bool {
    let facts = fs::symlink_metadata(folder).ok().filter(fs::Metadata::is_dir);
    let age = facts
        .and_then(|facts| facts.modified().ok())
        .and_then(|at| SystemTime::now().duration_since(at).ok());
    age.is_some_and(|age| age > KEPT)
}

/// Moves a file or folder to where nothing is yet; across file systems the copy is whole before the original goes.
pub(super) fn relocate(from: &Path, to: &Path) -> io::Result<()> {
    if fs::symlink_metadata(to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {}
        outcome => {
            super::atomic::sync_folder(to);
            return outcome;
        }
    }
    copy_whole(from, to)?;
    if fs::symlink_metadata(from)?.is_dir() { fs::remove_dir_all(from) } else { fs::remove_file(from) }
}

/// Copies a file or folder under another name first, so that a half copy is never taken for the whole.
pub(super) fn copy_whole(from: &Path, to: &Path) -> io::Result<()> {
    let folder = to.parent().ok_or(io::ErrorKind::NotFound)?;
    let making = super::atomic::make_folder(folder)?;
    let copy = making.path().join("copy");
    copy_all(from, &copy)?;
    fs::rename(&copy, to)?;
    super::atomic::sync_folder(to);
    Ok(())
}

fn copy_all(from: &Path, to: &Path) -> io::Result<()> {
    let facts = fs::symlink_metadata(from)?;
    if facts.is_symlink() {
        return copy_link(from, to);
    }
    if facts.is_file() {
        fs::copy(from, to)?;
        return fs::File::open(to)?.sync_all();
    }
    if !facts.is_dir() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "neither file nor folder"));
    }
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy_all(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

#[cfg(unix)]
fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(not(unix))]
fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    if fs::metadata(from)?.is_file() { fs::copy(from, to).map(drop) } else { Ok(()) }
}
