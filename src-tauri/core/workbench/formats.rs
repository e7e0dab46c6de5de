use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Workbench;
use crate::collection::export::{self, Export};
use crate::collection::files::{Loaded, load, unwritable, write_whole};
use crate::collection::import::{self, FoundSecret, Import};
use crate::collection::{CollectionId, ExportFormat, ImportReport, Loss, Variable};
use crate::error::{Code, Error, Result};
use crate::http::Request;
use crate::operation::{
    CollectionOpen, CurlOf, CurlText, ExportRead, ImportRead, ImportWrite, SecretVariableSet,
};

impl Workbench {
    /// Reads files of other tools without writing anything.
    pub async fn import_read(&self, wanted: ImportRead) -> Result<ImportReport> {
        self.gathered(wanted.files).await.map(|import| import::report(&import))
    }

    /// Imports files of other tools: a collection into a folder of its own, environments alone into a collection.
    pub async fn import_write(&self, wanted: ImportWrite) -> Result<ImportReport> {
        let ImportWrite { files, into, without_secrets, hold_for_run } = wanted;
        let mut import = self.gathered(files).await?;
        if !import.secrets.is_empty() && !without_secrets {
            self.open_secret_store(hold_for_run).await?;
        }
        if import::has_only_environments(&import) && is_collection(&into) {
            import = self.import_environments(import, &into).await?;
        } else {
            let folder = into.clone();
            let write = move |_: &Self| import::write(&import.collection, &folder).map(|()| import);
            import = self.on_disk(write).await?;
        }
        let report = import::report(&import);
        let collection = self.collection_open(CollectionOpen { folder: into }).await?.id;
        if !without_secrets {
            let kept = self.keep_found(collection, &import.globals, import.secrets, hold_for_run).await;
            kept.map_err(|error| without_values(&error))?;
        }
        self.import_globals(import.globals).await?;
        Ok(report)
    }

    /// Says what a collection, folder or request is in another format.
    pub async fn export_read(&self, wanted: ExportRead) -> Result<Export> {
        let ExportRead { source, format } = wanted;
        self.on_disk(move |_| {
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

    /// Writes an export to a file the user named: whole, or not at all.
    pub async fn export_write(&self, file: PathBuf, text: String) -> Result<()> {
        let write =
            move |_: &Self| write_whole(&file, text.as_bytes()).map_err(|error| unwritable(&file, &error));
        self.on_disk(write).await
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

    async fn gathered(&self, files: Vec<PathBuf>) -> Result<Import> {
        self.on_disk(move |workbench| {
            let mut import = import::gather(&files)?;
            import::take_out(&mut import);
            workbench.leave_own_globals(&mut import)?;
            Ok(import)
        })
        .await
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
        let names: Vec<&str> =
            import.collection.environments.iter().map(|environment| environment.name.as_str()).collect();
        import.collection.root.name = names.join(", ");
        Ok(import)
    }

    /// Asks for the secret store before anything is written: a refusal then changes nothing.
    async fn open_secret_store(&self, hold_for_run: bool) -> Result<()> {
        let opened = self.inner.vault.open(self.variable_custody(hold_for_run)).await;
        opened.map_err(|error| {
            let error = Error::from(error);
            let why = format!("{}. The import has secrets, and nothing was written", error.message);
            if error.code == Code::SecretStoreMissing {
                return Error { message: why, ..error }
                    .hint("Start a keyring, or hold the secrets for this run only");
            }
            Error { message: why, ..error }
        })
    }

    async fn keep_found(
        &self,
        collection: CollectionId,
        globals: &[Variable],
        secrets: Vec<FoundSecret>,
        hold_for_run: bool,
    ) -> Result<()> {
        for FoundSecret { environment, name, value } in secrets {
            let is_global =
                environment.is_none() && globals.iter().any(|global| global.secret && global.name == name);
            let collection = (!is_global).then_some(collection);
            let set = SecretVariableSet { collection, environment, name, value, hold_for_run };
            self.secret_variable_set(set).await?;
        }
        Ok(())
    }

    /// Of one name the user's own global variable counts: the imported one is left out with its secret, and told. Every
    /// collection of this installation reads them, so a file of somebody else does not change them.
    fn leave_own_globals(&self, import: &mut Import) -> Result<()> {
        let store = &self.inner.variables;
        let mut own: BTreeSet<String> =
            store.globals()?.iter().map(|variable| variable.name.trim().to_owned()).collect();
        own.extend(store.kept(None)?.into_iter().map(|secret| secret.name));
        let (left_out, new): (Vec<_>, _) = std::mem::take(&mut import.globals)
            .into_iter()
            .partition(|variable| own.contains(variable.name.trim()));
        import.globals = new;
        for Variable { name, .. } in left_out {
            let root = &import.collection.root.variables;
            if !root.iter().any(|variable| variable.secret && variable.name == name) {
                import.secrets.retain(|secret| secret.environment.is_some() || secret.name != name);
            }
            let what = format!("The global variable {name} is left out: you have one of this name.");
            import.losses.push(Loss { place: "Global variables".to_owned(), what });
        }
        Ok(())
    }

    /// New variables join those of this installation; none of them has a name that is there.
    async fn import_globals(&self, imported: Vec<Variable>) -> Result<()> {
        if imported.is_empty() {
            return Ok(());
        }
        let mut variables = self.global_variables(()).await?;
        variables.extend(imported);
        self.global_variables_change(variables).await.map(drop)
    }
}

/// The store was open a moment ago; what is written by now stays, since the values can be typed in.
fn without_values(error: &Error) -> Error {
    let message = format!("The import is written, but not every secret could be kept: {}", error.message);
    Error { message, ..error.clone() }.hint("Type the missing ones in where they are needed")
}

fn is_collection(folder: &Path) -> bool {
    ["opencollection.yml", "opencollection.yaml"].iter().any(|name| folder.join(name).is_file())
}
