//! Collections at the facade.

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use super::{Workbench, lock, options};
use crate::collection::files::{
    CollectionStore, Holding, Leftover, OpenFolder, Watch, check, create_collection, folder_to_open,
    root_above,
};
use crate::collection::{
    CollectionId, CollectionName, CollectionTree, Finding, ItemName, RequestFileOpened, Surroundings,
};
use crate::database::Database;
use crate::error::{Code, Error, Result};
use crate::operation::{CheckFolder, CollectionCreate, CollectionOpen, RequestFileRead, SendContext};

/// The open collections of this run.
pub(super) struct Collections {
    pub(super) store: CollectionStore,
    pub(super) holding: Holding,
    folders: Mutex<HashMap<CollectionId, Arc<OpenFolder>>>,
    /// Those a request's file was read of in this run, open or not.
    read_alone: Mutex<HashSet<CollectionId>>,
    /// One edit after the other: each reads what the one before wrote.
    writing: Mutex<()>,
    watching: Mutex<Watching>,
    /// Whether this run looked for what earlier ones left behind.
    tidied: AtomicBool,
}

#[derive(Default)]
struct Watching {
    listener: Option<Arc<dyn Fn(CollectionId) + Send + Sync>>,
    watches: HashMap<CollectionId, Watch>,
}

impl Collections {
    pub(super) fn new(database: Database, storage: &options::Storage) -> Self {
        let holding = match storage {
            options::Storage::Memory => Holding::temporary(),
            options::Storage::Folder(folder) => Holding::open(folder.join("removed")),
        };
        Self {
            store: CollectionStore::new(database),
            holding,
            folders: Mutex::default(),
            read_alone: Mutex::default(),
            writing: Mutex::default(),
            watching: Mutex::default(),
            tidied: AtomicBool::new(false),
        }
    }

    /// The right to change files, until it is dropped.
    pub(super) fn writing(&self) -> MutexGuard<'_, ()> {
        lock(&self.writing)
    }

    /// The folder of an open collection; a closed one is neither read nor written.
    pub(super) fn folder(&self, id: CollectionId) -> Result<Arc<OpenFolder>> {
        let record = self.store.find(id)?.filter(|record| record.is_open).ok_or_else(closed)?;
        Ok(self.cached(id, record.folder))
    }

    /// A request of this collection was named by itself: it may be sent though the collection is not open.
    pub(super) fn read_alone(&self, id: CollectionId) {
        lock(&self.read_alone).insert(id);
    }

    /// The folder a request is sent from: of an open collection, or of one whose file was named at the terminal.
    pub(super) fn folder_of_request(&self, id: CollectionId) -> Result<Arc<OpenFolder>> {
        if !lock(&self.read_alone).contains(&id) {
            return self.folder(id);
        }
        let record = self.store.find(id)?.ok_or_else(closed)?;
        Ok(self.cached(id, record.folder))
    }

    fn cached(&self, id: CollectionId, folder: PathBuf) -> Arc<OpenFolder> {
        let open = || Arc::new(OpenFolder::new(folder));
        Arc::clone(lock(&self.folders).entry(id).or_insert_with(open))
    }

    /// The chosen environment of an open collection.
    pub(super) fn environment(&self, id: CollectionId) -> Result<Option<String>> {
        Ok(self.store.find(id)?.ok_or_else(closed)?.environment)
    }

    fn watch(&self, id: CollectionId, folder: &Path) {
        let mut watching = lock(&self.watching);
        let Some(listener) = watching.listener.clone() else { return };
        if watching.watches.contains_key(&id) {
            return;
        }
        // Without a thread to watch, the tree is still read whenever somebody asks.
        if let Ok(watch) = Watch::new(folder.to_owned(), move || listener(id)) {
            watching.watches.insert(id, watch);
        }
    }

    fn close(&self, id: CollectionId) {
        lock(&self.folders).remove(&id);
        lock(&self.watching).watches.remove(&id);
    }
}

impl Workbench {
    /// Lists the open collections with everything in them.
    pub async fn collection_list(&self, (): ()) -> Result<Vec<CollectionTree>> {
        if !self.inner.collections.tidied.swap(true, Ordering::Relaxed) {
            let workbench = self.clone();
            // Nobody waits for a keyring that is locked.
            tokio::spawn(async move { workbench.tidy_up().await });
        }
        self.on_disk(|workbench| {
            let records = workbench.inner.collections.store.list()?;
            records.iter().map(|record| workbench.tree(record.id)).collect()
        })
        .await
    }

    /// Reads an open collection anew.
    pub async fn collection_tree(&self, name: CollectionName) -> Result<CollectionTree> {
        self.on_disk(move |workbench| {
            let record = workbench.inner.collections.store.find(name.collection)?;
            record.filter(|record| record.is_open).ok_or_else(closed)?;
            workbench.tree(name.collection)
        })
        .await
    }

    /// Opens a folder as a collection.
    pub async fn collection_open(&self, open: CollectionOpen) -> Result<CollectionTree> {
        self.on_disk(move |workbench| workbench.open_folder(&open.folder)).await
    }

    /// Makes a collection in a folder of its own and opens it.
    pub async fn collection_create(&self, create: CollectionCreate) -> Result<CollectionTree> {
        self.on_disk(move |workbench| {
            let folder = create_collection(&create.folder, &create.name)?;
            workbench.open_folder(&folder)
        })
        .await
    }

    /// Closes a collection; its files stay, environments removed before are not brought back any more.
    pub async fn collection_close(&self, name: CollectionName) -> Result<()> {
        // First: only of an open collection it can be told which environments are there again.
        self.forget_leftovers(self.inner.collections.holding.give_up(name.collection)).await;
        self.inner.collections.store.close(name.collection)?;
        self.inner.collections.close(name.collection);
        Ok(())
    }

    /// Looks through an open collection for broken files, literal secrets and format trouble.
    pub async fn collection_check(&self, name: CollectionName) -> Result<Vec<Finding>> {
        self.on_disk(move |workbench| check(workbench.inner.collections.folder(name.collection)?.root()))
            .await
    }

    /// Looks through a folder for broken files, literal secrets and format trouble.
    pub async fn folder_check(&self, wanted: CheckFolder) -> Result<Vec<Finding>> {
        self.on_disk(move |_| check(&wanted.folder)).await
    }

    /// Calls the listener a moment after something in the folder of an open collection changed, whoever changed it.
    pub fn watch_collections(&self, listener: impl Fn(CollectionId) + Send + Sync + 'static) -> Result<()> {
        let collections = &self.inner.collections;
        lock(&collections.watching).listener = Some(Arc::new(listener));
        for record in collections.store.list()? {
            collections.watch(record.id, &record.folder);
        }
        Ok(())
    }

    /// Reads the file of a request, in whatever collection it lies, open or not.
    pub async fn request_file(&self, wanted: RequestFileRead) -> Result<RequestFileOpened> {
        self.on_disk(move |workbench| {
            let RequestFileRead { file, environment } = wanted;
            let file = file.canonicalize().map_err(|error| unreadable(&file, &error))?;
            let folder = OpenFolder::new(root_above(&file)?);
            let path = folder.path_of(&file)?;
            let item = folder.read_request(&path)?.item;
            if let Some(name) = environment.as_deref()
                && !folder.has_environment(name)?
            {
                return Err(folder.no_environment(name));
            }
            let collection = workbench.inner.collections.store.know(folder.root())?;
            workbench.inner.collections.read_alone(collection);
            let variables = item.details.variables.clone();
            let context = SendContext { collection, path, variables, environment };
            let tenant = workbench.surroundings(&context)?.tenant;
            Ok(RequestFileOpened { item, context, tenant })
        })
        .await
    }

    /// What stands around a request or folder of a collection, in the environment it is sent in.
    pub fn surroundings(&self, context: &SendContext) -> Result<Surroundings> {
        let collections = &self.inner.collections;
        let environment = match &context.environment {
            Some(name) => Some(name.clone()),
            None => collections.environment(context.collection)?,
        };
        collections.folder_of_request(context.collection)?.surroundings(&context.path, environment.as_deref())
    }

    /// Where an item of an open collection lies on this computer.
    pub fn item_location(&self, name: &ItemName) -> Result<PathBuf> {
        Ok(self.inner.collections.folder(name.collection)?.root().join(inside_of(&name.path)?))
    }

    /// Work with files, away from the threads that answer everybody.
    pub(super) async fn on_disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let workbench = self.clone();
        tokio::task::spawn_blocking(move || work(&workbench)).await.map_err(|error| {
            Error::new(Code::StorageFailed, "The work with files ended early")
                .hint("Try again; if it stays, report this")
                .detail(error.to_string())
        })?
    }

    /// Forgets the secret values of environments that were removed before this run.
    pub(super) async fn tidy_up(&self) {
        let left = self.on_disk(|workbench| Ok(workbench.inner.collections.holding.leftovers())).await;
        self.forget_leftovers(left.unwrap_or_default()).await;
    }

    /// What a locked keyring keeps is tried again at the next start.
    async fn forget_leftovers(&self, left: Vec<Leftover>) {
        for leftover in left {
            if self.forget_leftover(&leftover).await.is_ok() {
                leftover.settle();
            }
        }
    }

    async fn forget_leftover(&self, leftover: &Leftover) -> Result<()> {
        let Leftover { collection, environment, .. } = leftover;
        let name = environment.clone();
        let is_there = self.in_collection(*collection, move |folder| folder.has_environment(&name)).await?;
        if is_there {
            return Ok(());
        }
        self.forget_secret_variables(*collection, Some(environment)).await
    }

    pub(super) fn tree(&self, id: CollectionId) -> Result<CollectionTree> {
        let environment = self.inner.collections.environment(id)?;
        let tenants = self.inner.tenants.list()?;
        let is_tenant = |name: &str| tenants.iter().any(|tenant| tenant.name.eq_ignore_ascii_case(name));
        Ok(self.inner.collections.folder(id)?.tree(id, environment.as_deref(), &is_tenant))
    }

    fn open_folder(&self, folder: &Path) -> Result<CollectionTree> {
        let folder = folder_to_open(folder)?;
        let collections = &self.inner.collections;
        let id = collections.store.add(&folder)?;
        collections.watch(id, &folder);
        self.tree(id)
    }
}

/// A path of the page's, which must not leave the collection.
fn inside_of(path: &str) -> Result<&Path> {
    let path = Path::new(path);
    if path.components().all(|part| matches!(part, Component::Normal(_))) {
        return Ok(path);
    }
    Err(Error::new(Code::InvalidInput, format!("{} does not stay inside the collection", path.display())))
}

fn unreadable(file: &Path, error: &std::io::Error) -> Error {
    Error::new(Code::NotFound, format!("{} cannot be read", file.display()))
        .hint("Name the file of a request in a collection")
        .detail(error.to_string())
}

fn closed() -> Error {
    Error::new(Code::NotFound, "This collection is not open any more").hint("Open its folder again")
}
