use std::path::{Component, Path, PathBuf};

use super::scene::Scene;
use super::{Workbench, lock};
use crate::collection::{CollectionId, Environment, Variable};
use crate::error::{Code, Error, Result};
use crate::operation::{RequestSend, SecretVariableSet, VariableQuery};
use crate::secret::Secret;
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

    /// Puts a secret variable's value into the keyring.
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
        let custody = self.inner.variable_custody;
        let is_new = known.is_none();
        let entry = store.keep(set.collection, &environment, &set.name, custody)?;
        // EXPOSE: into the bytes the vault keeps.
        let bytes = Secret::new(set.value.expose().clone().into_bytes());
        lock(&self.inner.variable_values).remove(&entry);
        if let Err(error) = self.inner.vault.write(custody, &entry, bytes).await {
            if is_new {
                store.forget(set.collection, &environment, &set.name)?;
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
        let scene = self.scene(order.tenant.as_deref(), order.context.as_ref(), order.request.clone())?;
        let Scene { folder, request, scopes, .. } = &scene;
        let files = files(&Renderer::shown(scopes), &request.body, folder)?;
        Ok(files.into_iter().filter(|file| !is_within(file, folder)).collect())
    }

    /// The names of the environment's secret variables whose value is in the keyring.
    pub fn kept_secrets(&self, collection: CollectionId, environment: &Environment) -> Vec<String> {
        let kept = self.inner.variables.kept(Some(collection)).unwrap_or_default();
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

fn check_name(name: &str) -> Result<()> {
    if !name.trim().is_empty() && !name.contains(['{', '}', '\n', '\r']) {
        return Ok(());
    }
    Err(Error::new(Code::InvalidInput, format!("“{}” cannot be the name of a variable", name.escape_debug()))
        .hint("A name has letters, digits and the signs _ - . only"))
}

/// Whether a file is below the folder once links and `..` are followed.
fn is_within(file: &Path, folder: &Path) -> bool {
    if folder.as_os_str().is_empty() {
        return false;
    }
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| straight(path));
    real(file).starts_with(real(folder))
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
