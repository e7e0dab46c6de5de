//! The one facade: every operation any door may call, each a method of [`Workbench`].

#![expect(clippy::unused_async, reason = "operations have one shape, whether they wait for something or not")]
#![expect(clippy::needless_pass_by_value, reason = "operations take their input as it came from a door")]

mod authorizing;
mod bodies;
mod certificate_requests;
mod certificates;
mod collections;
mod comparing;
mod connectivity;
mod cookies;
mod diagnosing;
mod drafts;
mod environments;
mod exchanges;
mod finding;
mod formats;
mod history;
mod items;
mod key_checks;
mod key_imports;
mod keys;
mod options;
mod recording;
mod reminders;
mod renewals;
mod sandbox;
mod scene;
mod sending;
mod service_instances;
mod settings;
mod tenants;
#[cfg(test)]
mod tests;
mod token_sources;
mod tokens;
mod variables;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use crate::certificate::{ReminderStore, RequestStore};
use crate::database::Database;
use crate::draft::DraftStore;
use crate::error::{Code, Error, Result};
use crate::http::{Engine, Post};
use crate::operation::Door;
use crate::secret::Secret;
use crate::secret::Vault;
use crate::settings::SettingsStore;
use crate::tenant::{Custody, Health, TenantRecord, TenantStore};
use crate::token::TokenCache;
use crate::variables::{ProcessVariables, VariableStore};

pub use options::{Options, SandboxKey, Storage, default_data_dir, handed_over};

/// Everything Sluice can do, for every door; a clone is the same workbench.
#[derive(Clone)]
pub struct Workbench {
    inner: Arc<Inner>,
}

struct Inner {
    collections: collections::Collections,
    tenants: TenantStore,
    certificate_requests: RequestStore,
    certificate_reminders: ReminderStore,
    drafts: DraftStore,
    variables: VariableStore,
    /// Where values of secret variables go: with a workbench that ends with the program, so do they.
    variable_custody: Custody,
    /// Values of secret variables the vault was asked for, by their entry there.
    variable_values: Mutex<HashMap<String, Secret<String>>>,
    settings: SettingsStore,
    /// None in a workbench that ends with the program.
    history: Option<history::KeptHistory>,
    /// What the user has not been told yet.
    remarks: Mutex<Vec<Error>>,
    door: Door,
    vault: Vault,
    tokens: TokenCache,
    engine: Engine,
    post: Post,
    authorities: Vec<Vec<u8>>,
    process: ProcessVariables,
    sandbox_authority: Mutex<Option<Vec<u8>>>,
    key_imports: Mutex<key_imports::KeyImports>,
    exchanges: Mutex<exchanges::Exchanges>,
    open_bodies: Mutex<bodies::OpenBodies>,
    looks: Mutex<finding::Looks>,
    connectivity_tests: Mutex<connectivity::Tests>,
    bodies_folder: PathBuf,
    credentials: Mutex<HashMap<Uuid, Arc<keys::UsableKey>>>,
    health: Mutex<HashMap<Uuid, Health>>,
    token_servers: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl Workbench {
    /// Opens the workbench: the database is made or brought up to date, the keyring and the network are left alone.
    pub fn open(options: Options) -> Result<Self> {
        let database = match &options.storage {
            Storage::Memory => Database::in_memory()?,
            Storage::Folder(folder) => {
                options::make_folder(folder)?;
                Database::open(&folder.join("sluice.db"))?
            }
        };
        let settings = SettingsStore::new(database.clone());
        let network =
            settings::network(&settings.read()?, &options.authorities, None, settings::Unreadable::Skip)?;
        let bodies_folder = options.bodies_folder()?;
        let history = match &options.storage {
            Storage::Memory => None,
            Storage::Folder(_) => Some(history::KeptHistory::open(&database, &bodies_folder, &settings)?),
        };
        let engine = Engine::new(network, options.spooling(bodies_folder.clone()));
        Ok(Self {
            inner: Arc::new(Inner {
                collections: collections::Collections::new(database.clone(), &options.storage),
                history,
                remarks: Mutex::new(database.remark().cloned().into_iter().collect()),
                door: options.door,
                tenants: TenantStore::new(database.clone()),
                certificate_requests: RequestStore::new(database.clone()),
                certificate_reminders: ReminderStore::new(database.clone()),
                drafts: DraftStore::new(database.clone()),
                variables: VariableStore::new(database),
                variable_custody: match &options.storage {
                    Storage::Memory => Custody::Run,
                    Storage::Folder(_) => Custody::Keyring,
                },
                variable_values: Mutex::default(),
                settings,
                vault: Vault::new(options.keyring_patience),
                tokens: TokenCache::default(),
                post: Post::new(engine.clone()),
                engine,
                authorities: options.authorities,
                process: options.process,
                sandbox_authority: Mutex::default(),
                key_imports: Mutex::default(),
                exchanges: Mutex::default(),
                open_bodies: Mutex::default(),
                looks: Mutex::default(),
                connectivity_tests: Mutex::default(),
                bodies_folder,
                credentials: Mutex::default(),
                health: Mutex::default(),
                token_servers: Mutex::default(),
            }),
        })
    }

    fn tenant(&self, name: &str) -> Result<TenantRecord> {
        self.inner.tenants.find(name)?.ok_or_else(|| no_tenant(name))
    }
}

fn no_tenant(name: &str) -> Error {
    Error::new(Code::NotFound, format!("There is no tenant {name}"))
        .hint("Check the name, or add the tenant by importing a service key")
}

/// The lock's content; a panic elsewhere leaves it as usable as it was.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
