//! Requests and folders of collections at the facade.

use std::sync::Arc;

use uuid::Uuid;

use super::Workbench;
use crate::collection::ItemName;
use crate::collection::files::{OpenFolder, add_secret_variables};
use crate::collection::secrets::{
    MovedSecret, in_folder, in_request, move_out_of_folder_beside, move_out_of_request_beside,
};
use crate::collection::{BrokenFile, CollectionId, FolderRead, RequestRead, Saved, Variable};
use crate::error::Result;
use crate::operation::{
    FolderCreate, FolderSave, ItemMove, ItemRename, ItemRestore, RequestCreate, RequestSave,
    SecretVariableSet, TextSave,
};

impl Workbench {
    /// Reads a request of a collection.
    pub async fn request_read(&self, name: ItemName) -> Result<RequestRead> {
        self.in_collection(name.collection, move |folder| folder.read_request(&name.path)).await
    }

    /// Writes a request to its file, touching only what changed.
    pub async fn request_save(&self, mut save: RequestSave) -> Result<Saved> {
        if save.move_secrets {
            let taken = self.variable_names(save.collection).await?;
            let moved = move_out_of_request_beside(&mut save.item, &taken);
            let is_current = self.is_current(save.collection, &save.path, save.version.clone()).await?;
            if is_current {
                self.keep_secrets(save.collection, moved, None).await?;
            }
        } else if !save.with_secrets {
            let found = in_request(&save.item);
            if !found.is_empty() {
                return Ok(Saved::Secrets { found });
            }
        }
        let RequestSave { collection, path, item, version, .. } = save;
        self.in_collection(collection, move |folder| folder.save_request(&path, &item, version.as_deref()))
            .await
    }

    /// Makes a request in a collection; answers its path.
    pub async fn request_create(&self, mut create: RequestCreate) -> Result<String> {
        if !create.with_secrets {
            let taken = self.variable_names(create.collection).await?;
            let moved = move_out_of_request_beside(&mut create.item, &taken);
            self.keep_secrets(create.collection, moved, None).await?;
        }
        let RequestCreate { collection, folder: above, item, .. } = create;
        self.in_collection(collection, move |folder| folder.create_request(&above, &item)).await
    }

    /// Reads a folder's settings, or the collection's own.
    pub async fn folder_read(&self, name: ItemName) -> Result<FolderRead> {
        self.in_collection(name.collection, move |folder| folder.read_folder(&name.path)).await
    }

    /// Writes a folder's settings, or the collection's own.
    pub async fn folder_save(&self, mut save: FolderSave) -> Result<Saved> {
        if save.move_secrets {
            let taken = self.variable_names(save.collection).await?;
            let moved = move_out_of_folder_beside(&mut save.item, &taken);
            let is_current = self.is_current(save.collection, &save.path, save.version.clone()).await?;
            if is_current {
                // The collection's own variables are part of what is about to be saved.
                let own = save.path.is_empty().then_some(&mut save.item.variables);
                self.keep_secrets(save.collection, moved, own).await?;
            }
        } else if !save.with_secrets {
            let found = in_folder(&save.item);
            if !found.is_empty() {
                return Ok(Saved::Secrets { found });
            }
        }
        let FolderSave { collection, path, item, version, .. } = save;
        self.in_collection(collection, move |folder| folder.save_folder(&path, &item, version.as_deref()))
            .await
    }

    /// Makes a folder in a collection; answers its path.
    pub async fn folder_create(&self, create: FolderCreate) -> Result<String> {
        self.in_collection(create.collection, move |folder| {
            folder.create_folder(&create.folder, &create.name)
        })
        .await
    }

    /// Renames a request or folder and its file; answers its path.
    pub async fn item_rename(&self, rename: ItemRename) -> Result<String> {
        self.in_collection(rename.collection, move |folder| folder.rename(&rename.path, &rename.name)).await
    }

    /// Moves a request or folder; answers its path.
    pub async fn item_move(&self, order: ItemMove) -> Result<String> {
        let target = self.inner.collections.folder(order.to_collection)?;
        self.in_collection(order.collection, move |folder| {
            folder.move_item(&order.path, &target, &order.folder, order.before.as_deref())
        })
        .await
    }

    /// Copies a request or folder beside itself; answers the copy's path.
    pub async fn item_duplicate(&self, name: ItemName) -> Result<String> {
        self.in_collection(name.collection, move |folder| folder.duplicate(&name.path)).await
    }

    /// Removes a request, folder or broken file; answers what brings it back.
    pub async fn item_remove(&self, name: ItemName) -> Result<Uuid> {
        self.on_disk(move |workbench| {
            let collections = &workbench.inner.collections;
            let folder = collections.folder(name.collection)?;
            let _writing = collections.writing();
            folder.remove(name.collection, &name.path, &collections.holding)
        })
        .await
    }

    /// Brings back what was removed in this run.
    pub async fn item_restore(&self, restore: ItemRestore) -> Result<String> {
        self.on_disk(move |workbench| {
            let collections = &workbench.inner.collections;
            let removal = collections.holding.take(restore.removal)?;
            let _writing = collections.writing();
            let folder = collections.folder(removal.collection);
            let restored = folder.and_then(|folder| folder.restore(&removal));
            if restored.is_err() {
                collections.holding.put_back(restore.removal, removal);
            }
            restored
        })
        .await
    }

    /// Reads the text of a broken file, with what is wrong.
    pub async fn file_text(&self, name: ItemName) -> Result<BrokenFile> {
        self.in_collection(name.collection, move |folder| folder.file_text(&name.path)).await
    }

    /// Writes the text of a broken file after its repair.
    pub async fn file_save_text(&self, save: TextSave) -> Result<String> {
        self.in_collection(save.collection, move |folder| {
            folder.save_text(&save.path, &save.text, &save.version)
        })
        .await
    }

    /// Work in the folder of an open collection, one after the other.
    pub(super) async fn in_collection<T: Send + 'static>(
        &self,
        collection: CollectionId,
        work: impl FnOnce(&Arc<OpenFolder>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.on_disk(move |workbench| {
            let folder = workbench.inner.collections.folder(collection)?;
            let _writing = workbench.inner.collections.writing();
            work(&folder)
        })
        .await
    }

    /// Puts what was taken out of an item where its variables find it: the values into the keyring, the names into the
    /// chosen environment or the collection. The values go first; a name without a value would only mislead.
    async fn keep_secrets(
        &self,
        collection: CollectionId,
        moved: Vec<MovedSecret>,
        own: Option<&mut Vec<Variable>>,
    ) -> Result<()> {
        if moved.is_empty() {
            return Ok(());
        }
        let environment = self.chosen(collection).await?;
        let mut names = Vec::new();
        for MovedSecret { name, value, .. } in moved {
            names.push(name.clone());
            let environment = environment.clone();
            let collection = Some(collection);
            let set = SecretVariableSet { collection, environment, name, value, hold_for_run: false };
            self.secret_variable_set(set).await?;
        }
        match own {
            Some(own) if environment.is_none() => add_secret_variables(own, &names),
            _ => {
                let add = move |folder: &Arc<OpenFolder>| {
                    folder.add_secret_variables(environment.as_deref(), &names)
                };
                self.in_collection(collection, add).await?;
            }
        }
        Ok(())
    }

    /// The chosen environment, if it is there.
    async fn chosen(&self, collection: CollectionId) -> Result<Option<String>> {
        let Some(name) = self.inner.collections.environment(collection)? else { return Ok(None) };
        self.in_collection(collection, move |folder| Ok(folder.has_environment(&name)?.then_some(name))).await
    }

    /// The names a new variable must not take.
    async fn variable_names(&self, collection: CollectionId) -> Result<Vec<String>> {
        let environment = self.chosen(collection).await?;
        self.in_collection(collection, move |folder| folder.variable_names(environment.as_deref())).await
    }

    async fn is_current(
        &self,
        collection: CollectionId,
        path: &str,
        version: Option<String>,
    ) -> Result<bool> {
        let path = path.to_owned();
        self.in_collection(collection, move |folder| folder.is_current(&path, version.as_deref())).await
    }
}
