use std::path::Path;
use std::time::Duration;

use super::{order, request};
use crate::collection::Variable;
use crate::error::Code;
use crate::http::tests::server::{Server, text};
use crate::http::{Authorization, Field};
use crate::operation::*;
use crate::secret::Secret;
use crate::workbench::{Options, Storage, Workbench};

/// A workbench whose data stay in this folder; its keyring is the computer's.
fn workbench(folder: &Path) -> Workbench {
    let options = Options {
        door: crate::operation::Door::Terminal,
        storage: Storage::Folder(folder.join("data")),
        keyring_patience: Duration::from_secs(1),
        authorities: Vec::new(),
        process: std::collections::BTreeMap::new(),
    };
    Workbench::open(options).unwrap()
}

fn curl(folder: &Path, url: &str) -> ImportWrite {
    let file = folder.join("call.sh");
    std::fs::write(&file, format!("curl {url} -H 'X-Api-Key: planted'")).unwrap();
    ImportWrite {
        files: vec![file],
        into: folder.join("imported"),
        without_secrets: false,
        hold_for_run: true,
    }
}

#[tokio::test]
async fn secrets_of_an_import_can_be_held_for_this_run_and_are_gone_with_it() {
    let server = Server::plain(|_| text("ok")).await;
    let place = tempfile::tempdir().unwrap();
    let first = workbench(place.path());
    let import = curl(place.path(), &server.url("/a"));
    let folder = import.into.clone();
    first.import_write(import).await.unwrap();
    let opened = first.collection_open(CollectionOpen { folder }).await.unwrap();
    let context =
        SendContext { collection: opened.id, path: String::new(), variables: Vec::new(), environment: None };
    let mut wanted = request(&server.url("/a"), Authorization::None);
    wanted.headers = vec![Field::new("X-Api-Key", "{{apiKey}}")];
    let sent = RequestSend { context: Some(context.clone()), ..order(wanted.clone(), None) };
    first.send(sent, &|_| {}).await.unwrap();
    assert_eq!(server.got()[0].header("x-api-key"), "planted");
    drop(first);
    let second = workbench(place.path());
    let query = VariableQuery { tenant: None, context: Some(context), texts: vec!["{{apiKey}}".to_owned()] };
    let uses = second.variable_query(query).await.unwrap();
    assert!(uses[0].problem.as_deref().unwrap().contains("without a value"), "{uses:?}");
}

#[tokio::test]
async fn environments_are_reported_by_the_names_they_got() {
    let place = tempfile::tempdir().unwrap();
    let workbench = workbench(place.path());
    let into = place.path().join("orders");
    let create = CollectionCreate { folder: place.path().to_owned(), name: "orders".to_owned() };
    workbench.collection_create(create).await.unwrap();
    let file = place.path().join("dev.json");
    let text = r#"{"name": "dev", "_postman_variable_scope": "environment", "values": [{"key": "a", "value": "1"}]}"#;
    std::fs::write(&file, text).unwrap();
    for name in ["dev", "dev 1"] {
        let import = ImportWrite {
            files: vec![file.clone()],
            into: into.clone(),
            without_secrets: false,
            hold_for_run: false,
        };
        let report = workbench.import_write(import).await.unwrap();
        assert_eq!(report.name, name);
        assert!(into.join(format!("environments/{name}.yml")).is_file());
    }
}

#[cfg(unix)]
#[tokio::test]
async fn an_export_takes_the_place_of_a_file_as_a_whole() {
    let place = tempfile::tempdir().unwrap();
    let workbench = workbench(place.path());
    let (file, held) = (place.path().join("a.sh"), place.path().join("held"));
    std::fs::write(&file, "old").unwrap();
    std::fs::hard_link(&file, &held).unwrap();
    workbench.export_write(file.clone(), "new".to_owned()).await.unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "new");
    assert_eq!(std::fs::read_to_string(&held).unwrap(), "old", "the old file was not cut off first");
    let link = place.path().join("link");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    workbench.export_write(link.clone(), "newer".to_owned()).await.unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "newer");
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    let missing = workbench.export_write(place.path().join("no/a.sh"), String::new()).await.unwrap_err();
    assert!(missing.message.contains("no such folder"), "{missing}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_export_to_a_full_disk_is_told_as_such() {
    let place = tempfile::tempdir().unwrap();
    let full = workbench(place.path()).export_write("/dev/full".into(), "text".to_owned()).await.unwrap_err();
    assert_eq!(full.code, Code::DiskFull);
}

#[tokio::test]
async fn a_secret_variable_can_be_held_for_this_run() {
    let place = tempfile::tempdir().unwrap();
    let workbench = workbench(place.path());
    let key = Variable { name: "key".into(), enabled: true, secret: true, ..Variable::default() };
    workbench.global_variables_change(vec![key]).await.unwrap();
    let value = Secret::from("planted");
    let set = SecretVariableSet {
        collection: None,
        environment: None,
        name: "key".into(),
        value,
        hold_for_run: true,
    };
    workbench.secret_variable_set(set).await.unwrap();
    let query = VariableQuery { tenant: None, context: None, texts: vec!["{{key}}".to_owned()] };
    assert_eq!(workbench.variable_query(query).await.unwrap()[0].problem, None);
    let kept = std::fs::read(place.path().join("data/sluice.db")).unwrap();
    assert!(!kept.windows(7).any(|bytes| bytes == b"planted"), "no file has it");
}
