use std::path::{Component, Path, PathBuf};

use super::scene::Scene;
use super::{Workbench, lock};
use crate::collection::{CollectionId, Environment, Variable};
use crate::error::{Code, Error, Result};
use crate::operation::{RequestSend, SecretVariableSet, VariableQuery};
use crate::secret::Secret;
use crate::tenant::Custody;
use crate::variables::{KeptSecret, Renderer, Scopes, VariableUse, available, files, uses};

impl Workbench {
    /// Reads the variables of this installation.
    pub async fn global_variables(&self, (): ()) -> Result<Vec<Variable>> {
        Ok(self.inner.variables.globals()?)
    }

    /// Replaces the variables of this installation.
    pub async fn global_variables_change(&self, variables: Vec<Variable>) -> Result<Vec<Variable>> {
        for variable in &variables {
            check_name(&variable.name)?;
        }
        self.inner.variables.replace_globals(&variables)?;
        let kept = self.inner.variables.kept(None)?;
        let is_left = |secret: &KeptSecret| {
            variables.iter().any(|variable| variable.secret && variable.name == secret.name)
        };
        for gone in kept.into_iter().filter(|secret| !is_left(secret)) {
            self.forget_secret_variable(None, &gone).await?;
        }
        Ok(self.inner.variables.globals()?)
    }

    /// Puts a secret variable's value into the keyring, or holds it for this run if the user says so.
    pub async fn secret_variable_set(&self, set: SecretVariableSet) -> Result<()> {
        check_name(&set.name)?;
        let environment = set.environment.unwrap_or_default();
        let store = &self.inner.variables;
        let known = store.kept(set.collection)?;
        let known = known.into_iter().find(|kept| kept.name == set.name && kept.environment == environment);
        if set.value.length() == 0 {
            return match known {
                Some(known) => self.forget_secret_variable(set.collection, &known).await,
                None => Ok(()),
            };
        }
        let custody = self.variable_custody(set.hold_for_run);
        let entry = store.keep(set.collection, &environment, &set.name, custody)?;
        // EXPOSE: into the bytes the vault keeps.
        let bytes = Secret::new(set.value.expose().clone().into_bytes());
        lock(&self.inner.variable_values).remove(&entry);
        if let Err(error) = self.inner.vault.write(custody, &entry, bytes).await {
            // What is noted as kept is as it was before.
            match known {
                None => store.forget(set.collection, &environment, &set.name)?,
                Some(known) => drop(store.keep(set.collection, &environment, &set.name, known.custody)?),
            }
            return Err(error.into());
        }
        Ok(())
    }

    /// Says what the variables of a request are and where they come from.
    pub async fn variable_query(&self, query: VariableQuery) -> Result<Vec<VariableUse>> {
        Ok(uses(&self.scopes_of(&query)?, &query.texts))
    }

    /// Lists every variable a request could use, for completion.
    pub async fn variable_list(&self, query: VariableQuery) -> Result<Vec<VariableUse>> {
        Ok(available(&self.scopes_of(&query)?))
    }

    /// The files outside the collection's folder a request would read: its door asks whether the user chose them.
    pub async fn request_files(&self, order: &RequestSend) -> Result<Vec<PathBuf>> {
        self.scene(order.tenant.as_deref(), order.context.as_ref(), order.request.clone())?.strange_files()
    }

    /// The file a request of this collection means by a path, unless it is the collection's own: its door asks whether the
    /// user chose it. A path of variables names no file yet.
    pub fn strange_file(&self, collection: CollectionId, path: &Path) -> Option<PathBuf> {
        if path.as_os_str().is_empty() || path.to_string_lossy().contains("{{") {
            return None;
        }
        let Ok(folder) = self.inner.collections.folder(collection) else { return Some(path.to_owned()) };
        let file = folder.root().join(path);
        (!is_own(&file, folder.root())).then_some(file)
    }

    /// The names of the environment's secret variables whose value is kept.
    pub fn kept_secrets(&self, collection: CollectionId, environment: &Environment) -> Vec<String> {
        let kept = self.usable_secrets(Some(collection)).unwrap_or_default();
        let names = kept.into_iter().filter(|secret| secret.environment == environment.name);
        names.map(|secret| secret.name).collect()
    }

    /// Lets the secret variables of a renamed environment follow it.
    pub fn rename_secret_variables(&self, collection: CollectionId, before: &str, after: &str) -> Result<()> {
        Ok(self.inner.variables.rename(collection, before, after)?)
    }

    /// Removes the values of an environment's secret variables, or without one those of the whole collection.
    pub async fn forget_secret_variables(
        &self,
        collection: CollectionId,
        environment: Option<&str>,
    ) -> Result<()> {
        for secret in self.inner.variables.kept(Some(collection))? {
            if environment.is_none_or(|environment| secret.environment == environment) {
                self.forget_secret_variable(Some(collection), &secret).await?;
            }
        }
        Ok(())
    }

    /// The secret variables whose value can be had; those held for a run that ended are as if never set.
    pub(super) fn usable_secrets(&self, collection: Option<CollectionId>) -> Result<Vec<KeptSecret>> {
        let mut kept = self.inner.variables.kept(collection)?;
        kept.retain(|secret| self.inner.vault.usable(secret.custody, &secret.entry));
        Ok(kept)
    }

    /// Where the value of a secret variable goes.
    pub(super) fn variable_custody(&self, hold_for_run: bool) -> Custody {
        if hold_for_run { Custody::Run } else { self.inner.variable_custody }
    }

    async fn forget_secret_variable(
        &self,
        collection: Option<CollectionId>,
        secret: &KeptSecret,
    ) -> Result<()> {
        self.inner.vault.remove(secret.custody, &secret.entry).await?;
        lock(&self.inner.variable_values).remove(&secret.entry);
        Ok(self.inner.variables.forget(collection, &secret.environment, &secret.name)?)
    }

    fn scopes_of(&self, query: &VariableQuery) -> Result<Scopes> {
        let around = query.context.as_ref().map(|context| self.surroundings(context));
        let around = around.transpose()?;
        // A tenant that is gone is shown elsewhere; its variables are then not set.
        let tenant = self.tenant_of(query.tenant.as_deref(), around.as_ref()).ok().flatten();
        self.scopes(tenant.as_ref(), query.context.as_ref(), around.as_ref())
    }
}

impl Scene {
    /// The files the request would read that are not the collection's own.
    pub(super) fn strange_files(&self) -> Result<Vec<PathBuf>> {
        let files = files(&Renderer::shown(&self.scopes), &self.request.body, &self.folder)?;
        Ok(files.into_iter().filter(|file| !is_own(file, &self.folder)).collect())
    }
}

fn check_name(name: &str) -> Result<()> {
    if !name.trim().is_empty() && !name.contains(['{', '}', '\n', '\r']) {
        return Ok(());
    }
    Err(Error::new(Code::InvalidInput, format!("“{}” cannot be the name of a variable", name.escape_debug()))
        .hint("A name has letters, digits and the signs _ - . only"))
}

/// Whether a file is the collection's to send: below its folder once links and `..` are followed, and in no hidden place
/// there, by its written and by its real path. `.git/config` and `.env` are nobody's payload.
fn is_own(file: &Path, folder: &Path) -> bool {
    if folder.as_os_str().is_empty() {
        return false;
    }
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| straight(path));
    let is_hidden =
        |below: &Path| below.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."));
    let written = straight(file);
    let is_hidden_as_written = written.strip_prefix(straight(folder)).is_ok_and(is_hidden);
    !is_hidden_as_written && real(file).strip_prefix(real(folder)).is_ok_and(|below| !is_hidden(below))
}

/// The path without `.` and `..`, for one that is not there.
fn straight(path: &Path) -> PathBuf {
    let mut straight = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                straight.pop();
            }
            Component::CurDir => {}
            other => straight.push(other),
        }
    }
    straight
}
