use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Code, Error, Result};
use crate::http::{Spooling, remove_leftovers};
use crate::operation::Door;
use crate::secret::Secret;
use crate::variables::ProcessVariables;

/// Free bytes of the disk that bodies leave to everybody else.
const LEFT_FREE: u64 = 64 * 1024 * 1024;

/// Where the user's own data is.
#[derive(Clone, Debug)]
pub enum Storage {
    /// In this folder, made when it is missing.
    Folder(PathBuf),
    /// Nowhere: everything ends with the program.
    Memory,
}

/// How a workbench is opened; doors read environment and arguments, the core does not.
#[derive(Clone)]
pub struct Options {
    /// Which door opens it: the history says where an exchange was sent from.
    pub door: Door,
    /// Where the user's own data is.
    pub storage: Storage,
    /// How long the keyring may take, prompts included.
    pub keyring_patience: Duration,
    /// PEM files with more trusted roots, already read.
    pub authorities: Vec<Vec<u8>>,
    /// The variables of the process environment that requests may use as `{{process.env.NAME}}`: a collection is
    /// somebody else's text, so it gets those its user names and no others.
    pub process: ProcessVariables,
}

/// A key of the embedded tenant, as its door hands it over.
pub struct SandboxKey {
    /// What it is called.
    pub name: String,
    /// The service key's text.
    pub text: Secret<String>,
}

impl Options {
    pub(super) fn bodies_folder(&self) -> Result<PathBuf> {
        let folder = match &self.storage {
            Storage::Memory => return Ok(std::env::temp_dir()),
            Storage::Folder(folder) => folder.join("bodies"),
        };
        make_folder(&folder)?;
        Ok(folder)
    }

    /// Where bodies go while they arrive; what killed programs left there is removed.
    pub(super) fn spooling(&self, folder: PathBuf) -> Spooling {
        let named = matches!(self.storage, Storage::Folder(_));
        if named {
            let swept = folder.clone();
            // A folder of many bodies would hold up the start; what is left is removed at the next one.
            let _ = std::thread::Builder::new().spawn(move || remove_leftovers(&swept));
        }
        Spooling { folder, most: None, named, left_free: LEFT_FREE }
    }
}

/// The variables of the process environment with these names, separated by commas; those that are not set are left out.
pub fn handed_over(names: &str) -> ProcessVariables {
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.filter_map(|name| Some((name.to_owned(), Secret::new(std::env::var(name).ok()?)))).collect()
}

/// Where Sluice keeps its data when nobody says otherwise: the platform's folder for it.
pub fn default_data_dir() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || variable("HOME");
    let base = if cfg!(target_os = "windows") {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| home().map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("sluice"))
}

pub(super) fn make_folder(folder: &Path) -> Result<()> {
    let made = {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)
    };
    made.map_err(|error| {
        Error::new(Code::StorageFailed, format!("The data folder {} cannot be made", folder.display()))
            .hint("Check its permissions, or choose another folder with SLUICE_DATA_DIR")
            .detail(error.to_string())
    })
}
