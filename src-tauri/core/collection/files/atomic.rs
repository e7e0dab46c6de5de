use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

/// How many bytes of the hash make a version: enough that no edit meets another by chance.
const VERSION_BYTES: usize = 8;
/// Files in the making begin and end like this, so that neither a scan nor another tool takes them for items.
const PREFIX: &str = ".sluice-";
const SUFFIX: &str = ".tmp";
/// Files in the making are done within moments; older ones belong to a run that was killed.
const LEFT_OVER: Duration = Duration::from_mins(1);
/// A folder may be filled with thousands of files first.
const LEFT_OVER_FOLDER: Duration = Duration::from_hours(1);

/// Names the state of a file: equal for equal bytes.
pub fn version(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().take(VERSION_BYTES).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Writes a file that is there: all of it or, whatever happens, nothing.
pub fn write_over(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let facts = fs::metadata(path)?;
    if facts.permissions().readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let made = make(path, bytes)?;
    fs::set_permissions(made.path(), facts.permissions())?;
    made.persist(path).map_err(|error| error.error)?;
    sync_folder(path);
    Ok(())
}

/// Writes a file, whether or not it is there: all of it or nothing. What is no ordinary file is written as it is.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::canonicalize(path) {
        // A link stays one; what it leads to is written.
        Ok(real) if fs::metadata(&real)?.is_file() => write_over(&real, bytes),
        Ok(real) => fs::write(real, bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            write_new(&std::path::absolute(path)?, bytes)
        }
        Err(error) => Err(error),
    }
}

/// Writes a file that must not be there yet: all of it or nothing.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    make(path, bytes)?.persist_noclobber(path).map_err(|error| error.error)?;
    sync_folder(path);
    Ok(())
}

/// The whole content in a file beside; it disappears by itself unless it is put into its place.
fn make(path: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    // As any program makes files: readable for whom the user's mask says, not for the user alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut made = builder.tempfile_in(folder)?;
    made.write_all(bytes)?;
    made.as_file().sync_all()?;
    Ok(made)
}

/// Makes a rename last through a power cut where the platform can; the file itself is whole in any case.
pub(super) fn sync_folder(path: &Path) {
    if cfg!(unix)
        && let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// Whether a file of this name is one in the making.
pub fn is_in_the_making(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// Removes what a killed run left in the making.
pub(super) fn remove_left_over(path: &Path) {
    let Ok(facts) = fs::symlink_metadata(path) else { return };
    let age = facts.modified().ok().and_then(|at| SystemTime::now().duration_since(at).ok());
    if facts.is_file() && age.is_some_and(|age| age > LEFT_OVER) {
        let _ = fs::remove_file(path);
    } else if facts.is_dir() && age.is_some_and(|age| age > LEFT_OVER_FOLDER) {
        let _ = fs::remove_dir_all(path);
    }
}

/// Removes the folders a killed run left in the making in this one.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if is_in_the_making(&entry.file_name().to_string_lossy()) {
            remove_left_over(&entry.path());
        }
    }
}

/// Whether files can be made in this folder.
pub(super) fn can_write(folder: &Path) -> bool {
    tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder).is_ok()
}

/// A folder in the making; it disappears by itself.
pub fn make_folder(beside: &Path) -> io::Result<tempfile::TempDir> {
    tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempdir_in(beside)
}
