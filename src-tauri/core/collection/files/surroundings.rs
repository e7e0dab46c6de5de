use std::path::{Path, PathBuf};

use super::failure::problem_error;
use super::open_folder::{OpenFolder, root_file};
use super::path::{inside, is_yaml, split};
use super::sidecar::SidecarFile;
use crate::collection::Surroundings;
use crate::error::{Code, Error, Result};

impl OpenFolder {
    /// What stands around a request or folder: everything it inherits. A file that is not there yet stands where its
    /// path says.
    pub fn surroundings(&self, path: &str, environment: Option<&str>) -> Result<Surroundings> {
        let is_folder = inside(&self.root, path)?.is_dir() || !is_yaml(path);
        let mut folder = if is_folder { path } else { split(path).0 };
        let mut folders = Vec::new();
        while !folder.is_empty() {
            if self.root.join(folder).is_dir() {
                folders.push(self.read_folder(folder)?.item);
            }
            folder = split(folder).0;
        }
        let root = self.root_item().map_err(problem_error)?;
        let chosen = environment.map(|name| self.find_environment(name)).transpose()?.flatten();
        // Without it nobody knows which tenant the environment means, nor how the request is to be sent.
        let sidecar = SidecarFile::open(&self.root)?;
        let tenant = chosen.as_ref().and_then(|(_, environment)| sidecar.tenant(&environment.name));
        Ok(Surroundings {
            folder: self.root.clone(),
            folders,
            root,
            environment: chosen.map(|(_, environment)| environment),
            tenant,
        })
    }

    /// The path of this file below the collection's folder, as everything names it.
    pub fn path_of(&self, file: &Path) -> Result<String> {
        let below = file.strip_prefix(&self.root).ok().and_then(Path::to_str);
        below.map(|path| path.replace(std::path::MAIN_SEPARATOR, "/")).ok_or_else(|| {
            Error::new(Code::InvalidInput, format!("{} does not stay inside the collection", file.display()))
                .hint("Name a request file below the folder of opencollection.yml")
        })
    }
}

/// The folder of the collection this file belongs to: the nearest above with an `opencollection.yml`.
pub fn root_above(file: &Path) -> Result<PathBuf> {
    let found = file.ancestors().skip(1).find(|folder| root_file(folder).is_some());
    found.map(Path::to_owned).ok_or_else(|| {
        let (shown, what) = (file.display(), if file.is_dir() { "folder" } else { "file" });
        if let Some(error) = of_bruno(file) {
            return error;
        }
        Error::new(Code::NotFound, format!("The {what} {shown} belongs to no collection"))
            .hint("Its folder, or one above it, needs an opencollection.yml")
    })
}

/// That this belongs to a Bruno collection of the old kind, and how to make one of ours of it.
pub(super) fn of_bruno(path: &Path) -> Option<Error> {
    let folder = path.ancestors().find(|folder| folder.join("bruno.json").is_file())?;
    let (shown, folder) = (path.display(), folder.display());
    Some(
        Error::new(Code::NotFound, format!("{shown} belongs to a Bruno collection of .bru files"))
            .hint(format!("Make a collection of it first: sluice import {folder} --into NEW-FOLDER")),
    )
}
