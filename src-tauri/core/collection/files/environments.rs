use std::fs;
use std::path::{Path, PathBuf};

use super::atomic::version;
use super::failure::{io_error, left_out, linked, misfit, problem_error};
use super::names::{file_name, free_name};
use super::open_folder::OpenFolder;
use super::path::{inside, is_link, is_yaml, join};
use super::read::{bytes, document};
use super::saving::{change, create};
use super::sidecar::SidecarFile;
use crate::collection::format::{environment_value, read_environment};
use crate::collection::yaml::emit;
use crate::collection::{
    Environment, EnvironmentRead, EnvironmentSummary, FileProblem, Loss, Saved, Variable,
};
use crate::error::{Code, Error, Result};

/// Where environments are, below the collection's folder.
pub(super) const FOLDER: &str = "environments";

impl OpenFolder {
    /// The environments by name, those that cannot be read among them.
    pub(super) fn environments(&self, is_tenant: &dyn Fn(&str) -> bool) -> Vec<EnvironmentSummary> {
        let sidecar = SidecarFile::read(&self.root).ok();
        let mut summaries: Vec<_> = self
            .environment_files()
            .into_iter()
            .map(|file| {
                let (name, color, problem) = match read_file(&file.full, &file.path) {
                    Ok(environment) => (environment.name, environment.color, None),
                    Err(problem) => (file.stem, None, Some(problem)),
                };
                let tenant = sidecar.as_ref().and_then(|sidecar| sidecar.tenant(&name));
                let tenant_known = tenant.as_deref().is_some_and(is_tenant);
                EnvironmentSummary { name, color, tenant, tenant_known, problem }
            })
            .collect();
        summaries.sort_by_cached_key(|summary| (summary.name.to_lowercase(), summary.name.clone()));
        summaries
    }

    /// The environment of this name with its file; a broken one is an error that says so.
    pub(super) fn find_environment(&self, name: &str) -> Result<Option<(EnvironmentFile, Environment)>> {
        let (mut found, mut broken) = (None::<(EnvironmentFile, Environment)>, None);
        for file in self.environment_files() {
            match read_file(&file.full, &file.path) {
                Ok(environment) if environment.name == name => {
                    if let Some((other, _)) = &found {
                        return Err(ambiguous(name, &other.path, &file.path));
                    }
                    found = Some((file, environment));
                }
                Err(problem) if file.stem == name => broken = Some(problem),
                _ => {}
            }
        }
        match (found, broken) {
            (None, Some(problem)) => Err(problem_error(problem)),
            (found, _) => Ok(found),
        }
    }

    /// Reads an environment and the tenant it is bound to.
    pub fn read_environment(&self, name: &str) -> Result<EnvironmentRead> {
        let (file, environment) = self.find_environment(name)?.ok_or_else(|| self.no_environment(name))?;
        let bytes = bytes(&file.full)
            .map_err(|error| io_error("The environment cannot be read", &file.full, &error))?;
        let tenant = SidecarFile::read(&self.root).ok().and_then(|sidecar| sidecar.tenant(name));
        Ok(EnvironmentRead { environment, tenant, kept_secrets: Vec::new(), version: version(&bytes) })
    }

    /// All environments that can be read, by name.
    pub(super) fn all_environments(&self, losses: &mut Vec<Loss>) -> Vec<Environment> {
        let mut environments = Vec::new();
        for file in self.environment_files() {
            match read_file(&file.full, &file.path) {
                Ok(environment) => environments.push(environment),
                Err(problem) => losses.push(left_out(&problem)),
            }
        }
        environments
    }

    /// Whether there is an environment of this name.
    pub fn has_environment(&self, name: &str) -> Result<bool> {
        Ok(self.find_environment(name)?.is_some())
    }

    /// The names of the variables of the environment and the collection.
    pub fn variable_names(&self, environment: Option<&str>) -> Result<Vec<String>> {
        let found = environment.map(|name| self.find_environment(name)).transpose()?.flatten();
        let root = self.root_item().map(|root| root.variables).unwrap_or_default();
        let variables = found.map(|(_, environment)| environment.variables).unwrap_or_default();
        Ok(variables.into_iter().chain(root).map(|variable| variable.name).collect())
    }

    /// Adds secret variables, without their values, to the environment or to the collection.
    pub fn add_secret_variables(&self, environment: Option<&str>, names: &[String]) -> Result<()> {
        if let Some((_, mut environment)) =
            environment.map(|name| self.find_environment(name)).transpose()?.flatten()
        {
            self::add_secret_variables(&mut environment.variables, names);
            let name = environment.name.clone();
            self.change_environment(&name, &environment, None)?;
        } else {
            let mut root = self.read_folder("")?.item;
            self::add_secret_variables(&mut root.variables, names);
            self.save_folder("", &root, None)?;
        }
        Ok(())
    }

    /// Writes an environment, new or changed, and what tenant it is bound to.
    pub fn save_environment(
        &self,
        before: Option<&str>,
        environment: &Environment,
        tenant: Option<&str>,
        read: Option<&str>,
    ) -> Result<Saved> {
        let environment = without_secrets(environment);
        let name = environment.name.as_str();
        let renamed = before != Some(name);
        let only_case = before.is_some_and(|before| before.to_lowercase() == name.to_lowercase());
        if renamed && !only_case && self.is_taken(name) {
            return Err(Error::new(Code::AlreadyExists, format!("There is already an environment {name}"))
                .hint("Choose another name"));
        }
        // Read first: what could not be written must not be found out when the other half is.
        let mut sidecar = match SidecarFile::read(&self.root) {
            Ok(sidecar) => Some(sidecar),
            Err(_) if tenant.is_none() => None,
            Err(problem) => return Err(problem_error(problem)),
        };
        let saved = match before {
            None => self.create_environment(&environment)?,
            Some(before) => self.change_environment(before, &environment, read)?,
        };
        if let (Saved::Written { .. }, Some(sidecar)) = (&saved, &mut sidecar) {
            if let Some(before) = before.filter(|_| renamed) {
                sidecar.rename_environment(before, name);
            }
            sidecar.bind(name, tenant);
            sidecar.write(&self.root)?;
        }
        Ok(saved)
    }

    /// That there is no such environment, with those there are.
    pub fn no_environment(&self, name: &str) -> Error {
        let names: Vec<_> =
            self.environments(&|_| false).into_iter().map(|environment| environment.name).collect();
        let hint = if names.is_empty() {
            "The collection has no environments; make one first".to_owned()
        } else {
            format!("The collection has these: {}", names.join(", "))
        };
        Error::new(Code::NotFound, format!("There is no environment {name}")).hint(hint)
    }

    fn create_environment(&self, environment: &Environment) -> Result<Saved> {
        let folder = self.environment_folder()?;
        self.root_file()?;
        fs::create_dir_all(&folder)
            .map_err(|error| io_error("The environment was not made", &folder, &error))?;
        let file = free_environment(&folder, &environment.name, None)?;
        let (path, text) = (join(FOLDER, &file), emit(&environment_value(environment)));
        create(&folder.join(&file), &path, &text)?;
        Ok(Saved::Written { path, version: version(text.as_bytes()) })
    }

    fn change_environment(
        &self,
        before: &str,
        environment: &Environment,
        read: Option<&str>,
    ) -> Result<Saved> {
        let (file, _) = self.find_environment(before)?.ok_or_else(|| self.no_environment(before))?;
        let saved = change(&file.full, &file.path, read, |document| {
            let before = read_environment(document.value());
            let before = before.map_err(|wrong| misfit(&file.path, document, wrong))?;
            Ok((environment_value(&without_secrets(&before)), environment_value(environment)))
        })?;
        let Saved::Written { version, .. } = &saved else { return Ok(saved) };
        if before == environment.name {
            return Ok(saved);
        }
        let folder = self.environment_folder()?;
        let own = file.full.file_name().and_then(|name| name.to_str());
        let name = free_environment(&folder, &environment.name, own)?;
        super::items::rename_file(&file.full, &folder.join(&name))?;
        Ok(Saved::Written { path: join(FOLDER, &name), version: version.clone() })
    }

    fn is_taken(&self, name: &str) -> bool {
        let wanted = name.to_lowercase();
        self.environments(&|_| false).iter().any(|environment| environment.name.to_lowercase() == wanted)
    }

    /// Where environments are: a folder of the collection's own, never a link.
    pub(super) fn environment_folder(&self) -> Result<PathBuf> {
        let folder = self.root.join(FOLDER);
        if is_link(&folder) { Err(problem_error(linked(FOLDER))) } else { inside(&self.root, FOLDER) }
    }

    pub(super) fn environment_files(&self) -> Vec<EnvironmentFile> {
        // A folder that leads elsewhere stands in the tree as what it is.
        let Ok(folder) = self.environment_folder() else { return Vec::new() };
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut files: Vec<_> = entries
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
                let stem = Path::new(&name).file_stem()?.to_str()?.to_owned();
                (is_file && is_yaml(&name) && !name.starts_with('.')).then(|| EnvironmentFile {
                    full: entry.path(),
                    path: join(FOLDER, &name),
                    stem,
                })
            })
            .collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        files
    }
}

/// Two files say the same name: taking one of them could be the wrong tenant.
fn ambiguous(name: &str, one: &str, other: &str) -> Error {
    Error::new(Code::InvalidInput, format!("Two environments are called {name}: {one} and {other}"))
        .hint("Give one of them another name in its file")
}

pub(super) fn free_environment(folder: &Path, name: &str, own: Option<&str>) -> Result<String> {
    let free = free_name(folder, &file_name(name), ".yml", own);
    free.map_err(|error| io_error("The environment was not saved", folder, &error))
}

/// A file of `environments/`.
pub(super) struct EnvironmentFile {
    pub(super) full: PathBuf,
    pub(super) path: String,
    pub(super) stem: String,
}

/// Reads an environment; one that says no name is called as its file.
pub(super) fn read_file(full: &Path, path: &str) -> std::result::Result<Environment, FileProblem> {
    let document = document(full, path)?;
    let mut environment =
        read_environment(document.value()).map_err(|wrong| misfit(path, &document, wrong))?;
    if environment.name.is_empty() {
        environment.name =
            full.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    }
    Ok(without_secrets(&environment))
}

/// Adds secret variables, whose values are elsewhere; they replace those of the same name.
pub fn add_secret_variables(variables: &mut Vec<Variable>, names: &[String]) {
    for name in names {
        variables.retain(|variable| variable.name != *name);
        variables.push(Variable { name: name.clone(), enabled: true, secret: true, ..Variable::default() });
    }
}

/// The values of secret variables are in the keyring, whatever the page or the file says.
fn without_secrets(environment: &Environment) -> Environment {
    let mut environment = environment.clone();
    for variable in environment.variables.iter_mut().filter(|variable| variable.secret) {
        variable.value.clear();
    }
    environment
}
