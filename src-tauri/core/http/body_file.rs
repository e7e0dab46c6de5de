//! The file a larger body is in.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use uuid::Uuid;

use super::dial::lock;

/// What the file of a body that is not kept is called behind its name.
const PART: &str = "part";

/// A file that is removed with the last copy of its body, unless it is kept.
#[derive(Debug)]
pub struct BodyFile {
    file: File,
    part: Mutex<Option<PathBuf>>,
}

impl BodyFile {
    /// A new one in this folder, which is made when it is not there: with a name, so that it can be kept, or without.
    pub(super) fn create(folder: &Path, named: bool) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        if !named {
            // Nobody else can open it, and it goes with the program, however that ends.
            return Ok(Self::of(tempfile::tempfile_in(folder)?));
        }
        let path = folder.join(format!("{}.{PART}", Uuid::new_v4()));
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        // It tells others that somebody still needs the file; where there are no locks, nobody removes it either.
        let _ = file.try_lock();
        Ok(Self { file, part: Mutex::new(Some(path)) })
    }

    /// One that stays when this value goes.
    pub(super) fn of(file: File) -> Self {
        Self { file, part: Mutex::default() }
    }

    /// The open file.
    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// Moves it to this path, where it stays, and tells whether that was possible.
    pub(super) fn keep(&self, path: &Path) -> bool {
        let mut part = lock(&self.part);
        let moved = part.as_ref().is_some_and(|part| std::fs::rename(part, path).is_ok());
        if moved {
            *part = None;
            // Without a lock to begin with there is none to give back.
            let _ = self.file.unlock();
        }
        moved
    }

    /// Reads from this place.
    #[cfg(unix)]
    pub(super) fn read_at(&self, buffer: &mut [u8], position: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.file, buffer, position)
    }

    /// Reads from this place.
    #[cfg(windows)]
    pub(super) fn read_at(&self, buffer: &mut [u8], position: u64) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&self.file, buffer, position)
    }
}

impl Drop for BodyFile {
    fn drop(&mut self) {
        if let Some(part) = lock(&self.part).take() {
            // What cannot be removed now is removed at the next start.
            let _ = std::fs::remove_file(part);
        }
    }
}

/// Removes what programs left behind that were killed; what a living one holds stays.
pub fn remove_leftovers(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let is_ours = path.file_stem().and_then(|stem| Uuid::parse_str(stem.to_str()?).ok()).is_some();
        if !is_ours || path.extension().is_none_or(|extension| extension != PART) {
            continue;
        }
        let Ok(file) = OpenOptions::new().read(true).write(true).open(&path) else { continue };
        if file.try_lock().is_ok() {
            // It is tried again at the next start.
            let _ = std::fs::remove_file(&path);
        }
    }
}
