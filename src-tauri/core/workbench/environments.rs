//! Environments of collections at the facade.

use uuid::Uuid;

use super::Workbench;
use super::tenants::clean_name;
use crate::collection::{CollectionTree, EnvironmentRead, Saved};
use crate::error::Result;
use crate::operation::{EnvironmentChoose, EnvironmentName, EnvironmentSave};

impl Workbench {
    /// Reads an environment.
    pub async fn environment_read(&self, name: EnvironmentName) -> Result<EnvironmentRead> {
        let EnvironmentName { collection, environment } = name;
        let read =
            self.in_collection(collection, move |folder| folder.read_environment(&environment)).await?;
        let kept_secrets = self.kept_secrets(collection, &read.environment);
        Ok(EnvironmentRead { kept_secrets, ..read })
    }

    /// Writes an environment, new or changed, and what tenant it is bound to.
    pub async fn environment_save(&self, mut save: EnvironmentSave) -> Result<Saved> {
        save.environment.name = clean_name(&save.environment.name)?;
        let EnvironmentSave { collection, before, environment, tenant, version } = save;
        let (old, new) = (before.clone(), environment.name.clone());
        let tenant = tenant.filter(|tenant| !tenant.trim().is_empty());
        let saved = self
            .in_collection(collection, move |folder| {
                folder.save_environment(
                    before.as_deref(),
                    &environment,
                    tenant.as_deref(),
                    version.as_deref(),
                )
            })
            .await?;
        let is_chosen = old.is_some() && self.inner.collections.environment(collection)? == old;
        if is_chosen && matches!(saved, Saved::Written { .. }) {
            self.inner.collections.store.choose(collection, Some(&new))?;
        }
        if let (Some(old), Saved::Written { .. }) = (&old, &saved)
            && *old != new
        {
            self.rename_secret_variables(collection, old, &new)?;
        }
        Ok(saved)
    }

    /// Removes an environment; answers what brings it back.
    pub async fn environment_remove(&self, name: EnvironmentName) -> Result<Uuid> {
        self.on_disk(move |workbench| {
            let collections = &workbench.inner.collections;
            let folder = collections.folder(name.collection)?;
            let _writing = collections.writing();
            folder.remove_environment(name.collection, &name.environment, &collections.holding)
        })
        .await
    }

    /// Chooses the environment requests of a collection are sent in.
    pub async fn environment_choose(&self, choose: EnvironmentChoose) -> Result<CollectionTree> {
        self.on_disk(move |workbench| {
            let EnvironmentChoose { collection, environment } = choose;
            let collections = &workbench.inner.collections;
            let folder = collections.folder(collection)?;
            if let Some(name) = &environment
                && !folder.has_environment(name)?
            {
                return Err(folder.no_environment(name));
            }
            collections.store.choose(collection, environment.as_deref())?;
            workbench.tree(collection)
        })
        .await
    }
}
