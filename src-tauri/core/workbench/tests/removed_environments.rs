use std::path::Path;
use std::time::Duration;

use uuid::Uuid;

use super::workbench as in_memory;
use crate::collection::{CollectionId, CollectionName, Environment};
use crate::error::Code;
use crate::operation::{CollectionCreate, EnvironmentName, EnvironmentSave, ItemRestore};
use crate::secret::Secret;
use crate::tenant::Custody;
use crate::workbench::{Options, Storage, Workbench};

fn started(data: &Path) -> Workbench {
    let options = Options {
        door: crate::operation::Door::Terminal,
        storage: Storage::Folder(data.to_owned()),
        keyring_patience: Duration::ZERO,
        authorities: Vec::new(),
        process: std::collections::BTreeMap::new(),
    };
    Workbench::open(options).unwrap()
}

fn named(collection: CollectionId, environment: &str) -> EnvironmentName {
    EnvironmentName { collection, environment: environment.to_owned() }
}

/// A collection with the environments `dev` and `qa`, each with a secret `pin` whose value is kept for this run.
async fn collection(workbench: &Workbench, place: &Path) -> CollectionId {
    let create = CollectionCreate { folder: place.to_owned(), name: "Orders".to_owned() };
    let collection = workbench.collection_create(create).await.unwrap().id;
    for name in ["dev", "qa"] {
        make(workbench, collection, name).await;
        let kept = &workbench.inner.variables;
        let entry = kept.keep(Some(collection), name, "pin", Custody::Run).unwrap();
        let value = Secret::new(b"p$w".to_vec());
        workbench.inner.vault.write(Custody::Run, &entry, value).await.unwrap();
    }
    collection
}

async fn make(workbench: &Workbench, collection: CollectionId, name: &str) {
    let environment = Environment { name: name.to_owned(), ..Environment::default() };
    let save = EnvironmentSave { collection, before: None, environment, tenant: None, version: None };
    workbench.environment_save(save).await.unwrap();
}

async fn remove(workbench: &Workbench, collection: CollectionId, name: &str) -> Uuid {
    workbench.environment_remove(named(collection, name)).await.unwrap()
}

/// The environments of which values are kept.
fn kept(workbench: &Workbench, collection: CollectionId) -> Vec<String> {
    let kept = workbench.inner.variables.kept(Some(collection)).unwrap();
    kept.into_iter().map(|secret| secret.environment).collect()
}

/// What a start does, the part nobody waits for included.
async fn after_start(workbench: &Workbench) {
    workbench.collection_list(()).await.unwrap();
    workbench.tidy_up().await;
}

#[tokio::test]
async fn closing_a_collection_forgets_the_secrets_of_environments_removed_from_it() {
    let (workbench, place) = (in_memory(), tempfile::tempdir().unwrap());
    let collection = collection(&workbench, place.path()).await;
    let entry = workbench.inner.variables.kept(Some(collection)).unwrap()[0].entry.clone();
    let removal = remove(&workbench, collection, "dev").await;
    assert_eq!(kept(&workbench, collection), ["dev", "qa"], "it can still be brought back");

    workbench.collection_close(CollectionName { collection }).await.unwrap();

    assert_eq!(kept(&workbench, collection), ["qa"]);
    assert!(
        workbench.inner.vault.read(Custody::Run, &entry).await.unwrap().is_none(),
        "the value is gone, too"
    );
    let gone = workbench.item_restore(ItemRestore { removal }).await.unwrap_err();
    assert_eq!(gone.code, Code::NotFound);
}

#[tokio::test]
async fn an_environment_that_is_brought_back_has_its_secrets() {
    let (data, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let workbench = started(data.path());
    let collection = collection(&workbench, place.path()).await;
    let removal = remove(&workbench, collection, "dev").await;
    workbench.item_restore(ItemRestore { removal }).await.unwrap();
    workbench.collection_close(CollectionName { collection }).await.unwrap();
    assert_eq!(kept(&workbench, collection), ["dev", "qa"]);
    drop(workbench);

    let next = started(data.path());
    after_start(&next).await;

    assert_eq!(kept(&next, collection), ["dev", "qa"]);
    assert_eq!(std::fs::read_dir(data.path().join("removed")).unwrap().count(), 0, "nothing waits any more");
}

#[tokio::test]
async fn the_next_start_forgets_the_secrets_of_environments_nothing_brings_back() {
    let (data, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = started(data.path());
    let collection = collection(&first, place.path()).await;
    let removal = remove(&first, collection, "dev").await;

    let beside = started(data.path());
    after_start(&beside).await;
    assert_eq!(kept(&beside, collection), ["dev", "qa"], "the other run can still bring it back");
    first.item_restore(ItemRestore { removal }).await.unwrap();
    remove(&first, collection, "dev").await;
    drop((first, beside));

    let next = started(data.path());
    after_start(&next).await;
    assert_eq!(kept(&next, collection), ["qa"]);
}

#[tokio::test]
async fn an_environment_made_anew_under_the_removed_name_keeps_what_is_kept_for_it() {
    let (data, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = started(data.path());
    let collection = collection(&first, place.path()).await;
    remove(&first, collection, "dev").await;
    make(&first, collection, "dev").await;
    drop(first);

    let next = started(data.path());
    after_start(&next).await;

    assert_eq!(kept(&next, collection), ["dev", "qa"]);
}
