use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::collection::files::new_name;
use crate::collection::format::{self, FolderFile, RequestFile};
use crate::collection::model::{Collection, Environment, Item};
use crate::collection::yaml::emit;
use crate::error::{Code, Error, Result};

/// Writes a collection into a new or empty folder: whole, or not at all.
pub fn write(collection: &Collection, into: &Path) -> Result<()> {
    refuse_content(into)?;
    let parent = into.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(|error| unwritable(parent, &error))?;
    // Beside the target, so that the last step is a rename on one file system.
    let making = tempfile::Builder::new().prefix(".sluice-import-").tempdir_in(parent);
    let making = making.map_err(|error| unwritable(parent, &error))?;
    let folder = making.path().join("collection");
    fill(collection, &folder).map_err(|error| unwritable(into, &error))?;
    if into.exists() {
        std::fs::remove_dir(into).map_err(|error| unwritable(into, &error))?;
    }
    std::fs::rename(&folder, into).map_err(|error| unwritable(into, &error))
}

/// Adds environments to a collection; names that are taken get a number.
pub fn add_environments(environments: &mut [Environment], into: &Path) -> Result<()> {
    let folder = into.join("environments");
    std::fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
    let mut taken = entries(&folder).map_err(|error| unwritable(&folder, &error))?;
    for environment in environments {
        let file = new_name(&mut taken, &environment.name, ".yml");
        file.trim_end_matches(".yml").clone_into(&mut environment.name);
        let text = emit(&format::environment_value(environment));
        std::fs::write(folder.join(file), text).map_err(|error| unwritable(&folder, &error))?;
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
    std::fs::write(folder.join("opencollection.yml"), emit(&format::root_value(&collection.root)))?;
    let mut taken = HashSet::from(["opencollection.yml".to_owned(), "environments".to_owned()]);
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

fn refuse_content(into: &Path) -> Result<()> {
    let is_free = match std::fs::read_dir(into) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if is_free {
        return Ok(());
    }
    Err(Error::new(Code::AlreadyExists, format!("{} is there already and not empty", into.display()))
        .hint("Name a new folder for the collection"))
}

fn unwritable(path: &Path, error: &io::Error) -> Error {
    let code = if error.kind() == io::ErrorKind::StorageFull { Code::DiskFull } else { Code::InvalidInput };
    Error::new(code, format!("{} cannot be written", path.display()))
        .hint("Choose a folder you may write to, with room on its disk")
        .detail(error.to_string())
}
