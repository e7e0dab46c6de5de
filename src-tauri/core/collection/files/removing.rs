use std::fs;
use std::path::Path;

use uuid::Uuid;

use super::environments::{FOLDER, free_environment, read_file};
use super::failure::io_error;
use super::holding::{EnvironmentBinding, Holding, Removal, relocate};
use super::items::{free, stem};
use super::leftover::Note;
use super::open_folder::OpenFolder;
use super::path::{inside, join, split};
use super::sidecar::SidecarFile;
use crate::collection::CollectionId;
use crate::error::Result;

impl OpenFolder {
    /// Removes a request, folder or broken file; the holding brings it back.
    pub fn remove(&self, collection: CollectionId, path: &str, holding: &Holding) -> Result<Uuid> {
        let full = self.item(path)?;
        let (id, held) = holding.hold(&full)?;
        let mut sidecar = SidecarFile::read(&self.root).ok();
        let beside = sidecar.as_mut().map(|sidecar| sidecar.take(path)).unwrap_or_default();
        let path = path.to_owned();
        holding.remember(id, Removal { collection, path, held, beside, environment: None, note: None });
        if let Some(sidecar) = sidecar {
            sidecar.write(&self.root)?;
        }
        Ok(id)
    }

    /// Brings back what was removed, under its old name or a free one; answers its path.
    pub fn restore(&self, removal: &Removal) -> Result<String> {
        let path = match &removal.environment {
            Some(binding) => self.restore_environment(removal, binding)?,
            None => self.restore_item(removal)?,
        };
        removal.done();
        Ok(path)
    }

    fn restore_item(&self, removal: &Removal) -> Result<String> {
        let (folder, own) = split(&removal.path);
        self.root_file()?;
        let above = inside(&self.root, folder)?;
        let failed = |error| io_error("It was not brought back", &above, &error);
        fs::create_dir_all(&above).map_err(failed)?;
        let (stem, extension) = stem(&removal.held, own);
        let file = free(&above, stem, extension, None)?;
        relocate(&removal.held, &above.join(&file)).map_err(failed)?;
        let new = join(folder, &file);
        self.put_beside(&removal.beside, &removal.path, &new)?;
        Ok(new)
    }

    /// Removes an environment; the holding brings it back.
    pub fn remove_environment(
        &self,
        collection: CollectionId,
        name: &str,
        holding: &Holding,
    ) -> Result<Uuid> {
        let found = self.environment_files().into_iter().find(|file| {
            read_file(&file.full, &file.path)
                .map_or(file.stem == name, |environment| environment.name == name)
        });
        let file = found.ok_or_else(|| self.no_environment(name))?;
        let mut sidecar = SidecarFile::read(&self.root).ok();
        let tenant = sidecar.as_ref().and_then(|sidecar| sidecar.tenant(name));
        let (id, held) = holding.hold(&file.full)?;
        let environment = Some(EnvironmentBinding { environment: name.to_owned(), tenant });
        // Without a note only the keyring is less tidy.
        let note = held.parent().and_then(|folder| Note::write(folder, collection, name).ok());
        let removal = Removal { collection, path: file.path, held, beside: Vec::new(), environment, note };
        holding.remember(id, removal);
        if let Some(sidecar) = &mut sidecar {
            sidecar.bind(name, None);
            sidecar.write(&self.root)?;
        }
        Ok(id)
    }

    /// Puts a removed environment back; answers its path.
    fn restore_environment(&self, removal: &Removal, binding: &EnvironmentBinding) -> Result<String> {
        let folder = self.environment_folder()?;
        fs::create_dir_all(&folder).map_err(|error| io_error("It was not brought back", &folder, &error))?;
        let stem =
            Path::new(&removal.path).file_stem().and_then(|stem| stem.to_str()).unwrap_or("environment");
        let file = free_environment(&folder, stem, None)?;
        relocate(&removal.held, &folder.join(&file))
            .map_err(|error| io_error("It was not brought back", &folder, &error))?;
        if binding.tenant.is_some()
            && let Ok(mut sidecar) = SidecarFile::read(&self.root)
        {
            sidecar.bind(&binding.environment, binding.tenant.as_deref());
            sidecar.write(&self.root)?;
        }
        Ok(join(FOLDER, &file))
    }
}
