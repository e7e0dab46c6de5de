use std::time::Duration;

use super::{Fixture, request};
use crate::collection::{CollectionName, CollectionTree, ExportFormat, ItemName, Saved};
use crate::error::Code;
use crate::operation::{
    CollectionCreate, CollectionOpen, EnvironmentChoose, EnvironmentSave, ExportRead, ItemRestore,
    RequestFileRead, RequestSave, SendContext, TextSave,
};
use crate::workbench::{Options, Storage, Workbench};

fn workbench(storage: Storage) -> Workbench {
    Workbench::open(Options {
        door: crate::operation::Door::Terminal,
        storage,
        keyring_patience: Duration::ZERO,
        authorities: Vec::new(),
        process: std::collections::BTreeMap::new(),
    })
    .unwrap()
}

async fn opened(workbench: &Workbench, fixture: &Fixture) -> CollectionTree {
    workbench.collection_open(CollectionOpen { folder: fixture.root().to_owned() }).await.unwrap()
}

#[tokio::test]
async fn a_folder_is_open_once_however_it_is_named_and_stays_so_over_a_restart() {
    let fixture = Fixture::new(&[("sub/a.yml", &request("A", "1")), ("environments/dev.yml", "name: dev\n")]);
    let data = tempfile::tempdir().unwrap();
    let first = workbench(Storage::Folder(data.path().to_owned()));
    let tree = opened(&first, &fixture).await;
    for other in [fixture.root().join("sub/.."), fixture.root().join("opencollection.yml")] {
        let again = first.collection_open(CollectionOpen { folder: other }).await.unwrap();
        assert_eq!(again.id, tree.id);
    }
    let choose = EnvironmentChoose { collection: tree.id, environment: Some("dev".to_owned()) };
    assert_eq!(first.environment_choose(choose).await.unwrap().environment.as_deref(), Some("dev"));
    drop(first);

    let second = workbench(Storage::Folder(data.path().to_owned()));
    let list = second.collection_list(()).await.unwrap();

    assert_eq!(list.len(), 1);
    assert_eq!((list[0].id, list[0].environment.as_deref()), (tree.id, Some("dev")));
    second.collection_close(CollectionName { collection: tree.id }).await.unwrap();
    assert!(second.collection_list(()).await.unwrap().is_empty());
    assert_eq!(fixture.paths(), ["sub", "sub/a.yml"], "its files stay");
    let closed = second.collection_tree(CollectionName { collection: tree.id }).await.unwrap_err();
    assert_eq!(closed.code, Code::NotFound);
}

#[tokio::test]
async fn a_folder_without_a_collection_is_refused_and_a_new_one_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(Storage::Memory);
    let refused =
        workbench.collection_open(CollectionOpen { folder: folder.path().to_owned() }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);

    let create = CollectionCreate { folder: folder.path().to_owned(), name: "Acme".to_owned() };
    let tree = workbench.collection_create(create).await.unwrap();

    assert_eq!((tree.name.as_str(), tree.problem, tree.writable), ("Acme", None, true));
}

#[tokio::test]
async fn a_secret_is_answered_instead_of_written_unless_the_user_wants_it() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    let workbench = workbench(Storage::Memory);
    let collection = opened(&workbench, &fixture).await.id;
    let name = ItemName { collection, path: "a.yml".to_owned() };
    let read = workbench.request_read(name).await.unwrap();
    let mut item = read.item;
    item.request.headers.push(crate::http::Field::new("Authorization", "Bearer abcdef0123456789"));
    let save = |with_secrets| RequestSave {
        collection,
        path: "a.yml".to_owned(),
        item: item.clone(),
        version: Some(read.version.clone()),
        with_secrets,
        move_secrets: false,
    };

    let saved = workbench.request_save(save(false)).await.unwrap();
    let Saved::Secrets { found } = saved else { panic!("it is asked: {saved:?}") };
    assert_eq!(found.len(), 1);
    assert_eq!(fixture.text("a.yml"), request("A", "1"));

    workbench.request_save(save(true)).await.unwrap();
    assert!(fixture.text("a.yml").contains("abcdef0123456789"));
}

#[tokio::test]
async fn a_removal_is_undone_once() {
    let fixture = Fixture::new(&[("a.yml", &request("A", "1"))]);
    let workbench = workbench(Storage::Memory);
    let collection = opened(&workbench, &fixture).await.id;

    let removal = workbench.item_remove(ItemName { collection, path: "a.yml".to_owned() }).await.unwrap();
    assert!(fixture.paths().is_empty());
    assert_eq!(workbench.item_restore(ItemRestore { removal }).await.unwrap(), "a.yml");

    assert_eq!(fixture.text("a.yml"), request("A", "1"));
    assert_eq!(workbench.item_restore(ItemRestore { removal }).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn a_broken_file_is_repaired_by_its_text() {
    let fixture = Fixture::new(&[("a.yml", "- a\nb: 1\n")]);
    let workbench = workbench(Storage::Memory);
    let collection = opened(&workbench, &fixture).await.id;
    let path = "a.yml".to_owned();
    let broken = workbench.file_text(ItemName { collection, path: path.clone() }).await.unwrap();
    assert_eq!(broken.text, "- a\nb: 1\n");
    assert!(broken.problem.is_some());

    let save = TextSave { collection, path, text: request("A", "1"), version: broken.version };
    workbench.file_save_text(save.clone()).await.unwrap();

    assert_eq!(fixture.node("a.yml").name, "A");
    let stale = workbench.file_save_text(TextSave { text: String::new(), ..save }).await.unwrap_err();
    assert!(stale.message.contains("changed by somebody else"), "{}", stale.message);
}

#[tokio::test]
async fn the_chosen_environment_follows_its_rename() {
    let fixture = Fixture::new(&[("environments/dev.yml", "name: dev\n"), ("a.yml", &request("A", "1"))]);
    let workbench = workbench(Storage::Memory);
    let collection = opened(&workbench, &fixture).await.id;
    let choose = EnvironmentChoose { collection, environment: Some("dev".to_owned()) };
    workbench.environment_choose(choose).await.unwrap();
    let environment = crate::collection::Environment { name: "test".to_owned(), ..Default::default() };
    let before = Some("dev".to_owned());
    let save = EnvironmentSave { collection, before, environment, tenant: None, version: None };

    workbench.environment_save(save).await.unwrap();

    let context =
        SendContext { collection, path: "a.yml".to_owned(), variables: Vec::new(), environment: None };
    let around = workbench.surroundings(&context).unwrap();
    assert_eq!(around.environment.unwrap().name, "test");
    let choose = EnvironmentChoose { collection, environment: Some("gone".to_owned()) };
    let refused = workbench.environment_choose(choose).await.unwrap_err();
    assert!(refused.hint.unwrap().contains("test"));
}

#[tokio::test]
async fn a_request_file_is_read_without_its_collection_being_open() {
    let fixture = Fixture::new(&[("sub/a.yml", &request("A", "1")), ("environments/dev.yml", "name: dev\n")]);
    let workbench = workbench(Storage::Memory);
    let file = fixture.root().join("sub/a.yml");

    let read = |file: &std::path::Path, environment: Option<&str>| {
        let wanted = RequestFileRead { file: file.to_owned(), environment: environment.map(str::to_owned) };
        workbench.request_file(wanted)
    };
    let opened = read(&file, Some("dev")).await.unwrap();

    let around = workbench.surroundings(&opened.context).unwrap();
    assert_eq!((opened.item.name.as_str(), around.folders.len()), ("A", 1));
    assert_eq!(around.environment.unwrap().name, "dev");
    assert_eq!(read(&file, Some("gone")).await.err().unwrap().code, Code::NotFound);
    assert!(workbench.collection_list(()).await.unwrap().is_empty());
    let stray = tempfile::tempdir().unwrap();
    assert_eq!(read(&stray.path().join("a.yml"), None).await.err().unwrap().code, Code::NotFound);
}

#[tokio::test]
async fn whoever_needs_a_broken_file_is_told_its_place_once() {
    let fixture = Fixture::new(&[
        ("tab.yml", "info:\n\tname: a\n"),
        ("sub/folder.yml", "- a\nb: 1\n"),
        ("sub/misfit.yml", "info:\n  name: a\n  type: http\n\nhttp: a\n"),
        ("environments/dev.yml", "name: dev\nname: dev\n"),
    ]);
    let workbench = workbench(Storage::Memory);
    let file = fixture.root().join("tab.yml");
    let sent = workbench.request_file(RequestFileRead { file, environment: None }).await.err().unwrap();
    assert_eq!(sent.message, "tab.yml, line 2: This line is indented with a tab; YAML allows only spaces.");

    let source = fixture.root().to_owned();
    let export = ExportRead { source, format: ExportFormat::Postman };
    let losses = workbench.export_read(export).await.unwrap().losses;
    let told: Vec<String> = losses.iter().map(|loss| format!("{}: {}", loss.place, loss.what)).collect();
    let expected = [
        "sub/misfit.yml, line 5: The file is left out. `http` should be keys with values, but it is a text.",
        "sub/folder.yml, line 2: The file is left out. This line is not indented like its neighbours.",
        "tab.yml, line 2: The file is left out. This line is indented with a tab; YAML allows only spaces.",
        "environments/dev.yml, line 2: The file is left out. The key `name` is there already, in line 1.",
    ];
    assert_eq!(told, expected);
}
