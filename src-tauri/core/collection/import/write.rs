#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use crate::collection::files::{is_in_the_making, make_folder, new_name, sweep, unwritable, write_new};
use crate::collection::format::{self, FolderFile, RequestFile};
use crate::collection::model::{Collection, Environment, Item};
use crate::collection::yaml::emit;
use crate::error::{Code, Error, Result};

const ROOT: &str = "opencollection.yml";

/// Writes a collection into a new or empty folder: whole, or not at all.
pub fn write(collection: &Collection, into: &Path) -> Result<()> {
    let failed = |error: io::Error| unwritable(into, &error);
    match std::fs::canonicalize(into) {
        Ok(folder) => {
            sweep(&folder);
            refuse_content(into, &folder)?;
            write_in(collection, &folder).map_err(failed)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            write_new_folder(collection, into).map_err(failed)
        }
        Err(error) => Err(failed(error)),
    }
}

fn write_new_folder(collection: &Collection, into: &Path) -> io::Result<()> {
    let into = std::path::absolute(into)?;
    let parent = into.parent().ok_or(io::ErrorKind::InvalidFilename)?;
    std::fs::create_dir_all(parent)?;
    sweep(parent);
    // Beside the target, so that the last step is a rename on one file system.
    let making = make_folder(parent)?;
    let folder = making.path().join("collection");
    fill(collection, &folder)?;
    std::fs::rename(&folder, &into)
}

/// The folder stays the one it is: somebody may stand in it, or a disk may be mounted there.
fn write_in(collection: &Collection, into: &Path) -> io::Result<()> {
    let making = make_folder(into)?;
    let folder = making.path().join("collection");
    fill(collection, &folder)?;
    let mut names: Vec<OsString> = std::fs::read_dir(&folder)?
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect::<io::Result<_>>()?;
    // With this file it is a collection, so it comes last.
    names.sort_by_key(|name| name == ROOT);
    for (place, name) in names.iter().enumerate() {
        if let Err(error) = std::fs::rename(folder.join(name), into.join(name)) {
            for moved in names.iter().take(place) {
                // What cannot be taken back either is told by the error that led here.
                let _ = std::fs::rename(into.join(moved), folder.join(moved));
            }
            return Err(error);
        }
    }
    Ok(())
}

/// Adds environments to a collection, all or none; names that are taken get a number.
pub fn add_environments(environments: &mut [Environment], into: &Path) -> Result<()> {
    let folder = into.join("environments");
    let failed = |error: io::Error| unwritable(&folder, &error);
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let mut taken = entries(&folder).map_err(failed)?;
    let mut written: Vec<PathBuf> = Vec::new();
    for environment in environments {
        let file = new_name(&mut taken, &environment.name, ".yml");
        file.trim_end_matches(".yml").clone_into(&mut environment.name);
        let path = folder.join(file);
        if let Err(error) = write_new(&path, emit(&format::environment_value(environment)).as_bytes()) {
            for path in written {
                let _ = std::fs::remove_file(path);
            }
            return Err(failed(error));
        }
        written.push(path);
    }
    Ok(())
}

/// A folder of this name where nothing is yet.
pub fn free_folder(parent: &Path, name: &str) -> PathBuf {
    let mut taken = entries(parent).unwrap_or_default();
    parent.join(new_name(&mut taken, name, ""))
}

fn fill(collection: &Collection, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(ROOT), emit(&format::root_value(&collection.root)))?;
    let mut taken = HashSet::from([ROOT.to_owned(), "environments".to_owned()]);
    fill_items(&collection.items, folder, &mut taken)?;
    if collection.environments.is_empty() {
        return Ok(());
    }
    let environments = folder.join("environments");
    std::fs::create_dir_all(&environments)?;
    let mut taken = HashSet::new();
    for environment in &collection.environments {
        let file = new_name(&mut taken, &environment.name, ".yml");
        std::fs::write(environments.join(file), emit(&format::environment_value(environment)))?;
    }
    Ok(())
}

fn fill_items(items: &[Item], folder: &Path, taken: &mut HashSet<String>) -> io::Result<()> {
    let mut seq = 0.0;
    for item in items {
        seq += 1.0;
        match item {
            Item::Request(request) => {
                let file = new_name(taken, &request.name, ".yml");
                let value = format::request_value(&RequestFile { item: (**request).clone(), seq: Some(seq) });
                std::fs::write(folder.join(file), emit(&value))?;
            }
            Item::Folder(own, items) => {
                let below = folder.join(new_name(taken, &own.name, ""));
                std::fs::create_dir_all(&below)?;
                let value = format::folder_value(&FolderFile { item: own.clone(), seq: Some(seq) });
                std::fs::write(below.join("folder.yml"), emit(&value))?;
                fill_items(items, &below, &mut HashSet::from(["folder.yml".to_owned()]))?;
            }
        }
    }
    Ok(())
}

/// The names in a folder, lower case: some file systems tell no case.
fn entries(folder: &Path) -> io::Result<HashSet<String>> {
    let names = std::fs::read_dir(folder)?.flatten();
    Ok(names.map(|entry| entry.file_name().to_string_lossy().to_lowercase()).collect())
}

fn refuse_content(into: &Path, folder: &Path) -> Result<()> {
    let entries = std::fs::read_dir(folder).map_err(|error| unwritable(into, &error))?;
    let mut names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    if names.all(|name| is_in_the_making(&name)) {
        return Ok(());
    }
    Err(Error::new(Code::AlreadyExists, format!("{} is there already and not empty", into.display()))
        .hint("Name a new folder for the collection"))
}
