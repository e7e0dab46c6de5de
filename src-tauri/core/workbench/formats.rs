use std::path::{Path, PathBuf};

use super::Workbench;
use crate::collection::export::{self, Export};
use crate::collection::files::{Loaded, load};
use crate::collection::import::{self, FoundSecret, Import};
use crate::collection::{CollectionId, ExportFormat, ImportReport, Variable};
use crate::error::{Code, Error, Result};
use crate::http::Request;
use crate::operation::{
    CollectionOpen, CurlOf, CurlText, ExportRead, ImportRead, ImportWrite, SecretVariableSet,
};
use crate::secret::SecretStoreState;

impl Workbench {
    /// Reads files of other tools without writing anything.
    pub async fn import_read(&self, wanted: ImportRead) -> Result<ImportReport> {
        read(wanted.files).await.map(|import| import::report(&import))
    }

    /// Imports files of other tools: a collection into a folder of its own, environments alone into a collection.
    pub async fn import_write(&self, wanted: ImportWrite) -> Result<ImportReport> {
        let ImportWrite { files, into, without_secrets } = wanted;
        let mut import = read(files).await?;
        if !import.secrets.is_empty() && !without_secrets {
            self.check_secret_store().await?;
        }
        let report = import::report(&import);
        if import::has_only_environments(&import) && is_collection(&into) {
            import = self.import_environments(import, &into).await?;
        } else {
            import = write(import, into.clone()).await?;
        }
        let collection = self.collection_open(CollectionOpen { folder: into }).await?.id;
        if !without_secrets {
            self.keep_found(collection, &import.globals, import.secrets).await?;
        }
        self.import_globals(import.globals).await?;
        Ok(report)
    }

    /// Says what a collection, folder or request is in another format.
    pub async fn export_read(&self, wanted: ExportRead) -> Result<Export> {
        let ExportRead { source, format } = wanted;
        blocking(move || {
            let Loaded { collection, losses } = load(&source)?;
            let mut export = match format {
                ExportFormat::Postman => export::postman::write(&collection),
                ExportFormat::Curl => export::curl::write(&collection),
                ExportFormat::Hurl => export::hurl::write(&collection),
                ExportFormat::Har => export::har::write(&collection),
                ExportFormat::Opencollection => export::opencollection::write(&collection),
            };
            export.losses.splice(0..0, losses);
            Ok(export)
        })
        .await
    }

    /// Reads a curl command as a request.
    pub async fn curl_read(&self, wanted: CurlText) -> Result<Request> {
        // EXPOSE: parsed into the request the page asked for; the page pasted the text itself.
        import::curl::read(wanted.text.expose())
    }

    /// Shows a request as a curl command without secrets.
    pub async fn curl_of(&self, wanted: CurlOf) -> Result<String> {
        Ok(export::curl::command(&wanted.request))
    }

    /// A folder for a collection of this name in which nothing is yet.
    pub fn collection_folder(&self, parent: &Path, name: &str) -> PathBuf {
        import::free_folder(parent, name)
    }

    async fn import_environments(&self, mut import: Import, into: &Path) -> Result<Import> {
        let before: Vec<String> =
            import.collection.environments.iter().map(|environment| environment.name.clone()).collect();
        import::add_environments(&mut import.collection.environments, into)?;
        let after = import.collection.environments.iter().map(|environment| environment.name.clone());
        for (before, after) in before.iter().zip(after) {
            for secret in &mut import.secrets {
                if secret.environment.as_ref() == Some(before) {
                    secret.environment = Some(after.clone());
                }
            }
        }
        Ok(import)
    }

    async fn check_secret_store(&self) -> Result<()> {
        match self.secret_store_state(()).await? {
            SecretStoreState::Unusable { reason, .. } => Err(Error::new(
                Code::SecretStoreMissing,
                "The import has secrets, and there is no secret store to keep them. Nothing was written",
            )
            .hint("Import with --without-secrets and type them in where they are needed")
            .detail(reason)),
            SecretStoreState::Ready | SecretStoreState::Locked { .. } => Ok(()),
        }
    }

    async fn keep_found(
        &self,
        collection: CollectionId,
        globals: &[Variable],
        secrets: Vec<FoundSecret>,
    ) -> Result<()> {
        for FoundSecret { environment, name, value } in secrets {
            let is_global =
                environment.is_none() && globals.iter().any(|global| global.secret && global.name == name);
            let collection = (!is_global).then_some(collection);
            let set = SecretVariableSet { collection, environment, name, value };
            self.secret_variable_set(set).await?;
        }
        Ok(())
    }

    /// New variables join those of this installation; of one name the imported value counts.
    async fn import_globals(&self, imported: Vec<Variable>) -> Result<()> {
        if imported.is_empty() {
            return Ok(());
        }
        let mut variables = self.global_variables(()).await?;
        variables.retain(|own| imported.iter().all(|new| new.name != own.name));
        variables.extend(imported);
        self.global_variables_change(variables).await.map(drop)
    }
}

async fn read(files: Vec<PathBuf>) -> Result<Import> {
    blocking(move || {
        let mut import = import::gather(&files)?;
        import::take_out(&mut import);
        Ok(import)
    })
    .await
}

async fn write(import: Import, into: PathBuf) -> Result<Import> {
    blocking(move || import::write(&import.collection, &into).map(|()| import)).await
}

/// Files may be many and large; other work goes on meanwhile.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| {
        Err(Error::new(Code::StorageFailed, "Reading stopped unexpectedly").detail(error.to_string()))
    })
}

fn is_collection(folder: &Path) -> bool {
    ["opencollection.yml", "opencollection.yaml"].iter().any(|name| folder.join(name).is_file())
}
