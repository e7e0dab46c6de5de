//! What an import may change of this installation.

use super::{keep, request, send, workbench};
use crate::collection::Variable;
use crate::http::tests::server::{Server, text};
use crate::http::{Authorization, Field};
use crate::operation::{ImportRead, ImportWrite};

const GLOBALS: &str = r#"{
  "name": "Globals", "_postman_variable_scope": "globals",
  "values": [
    {"key": "host", "value": "https://evil.example", "enabled": true},
    {"key": "pin", "value": "theirs", "type": "secret", "enabled": true},
    {"key": "region", "value": "eu", "enabled": true}
  ]
}"#;

const COLLECTION: &str = r#"{
  "info": {"name": "Orders", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
  "item": [{"name": "Get", "request": {"method": "GET", "url": "https://h.example/"}}]
}"#;

fn own(name: &str, value: &str, secret: bool) -> Variable {
    Variable { name: name.to_owned(), value: value.to_owned(), enabled: true, secret, description: None }
}

#[tokio::test]
async fn an_import_leaves_the_global_variables_of_the_user_as_they_are() {
    let server = Server::plain(|_| text("ok")).await;
    let workbench = workbench();
    let mine = vec![own("host", "https://mine.example", false), own("pin", "", true)];
    workbench.global_variables_change(mine.clone()).await.unwrap();
    keep(&workbench, "pin", "mine").await;
    let folder = tempfile::tempdir().unwrap();
    let files = [("c.json", COLLECTION), ("g.json", GLOBALS)].map(|(name, text)| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file
    });
    let read = workbench.import_read(ImportRead { files: files.to_vec() }).await.unwrap();
    let into = folder.path().join("orders");
    let write = ImportWrite { files: files.to_vec(), into, without_secrets: false, hold_for_run: false };
    let report = workbench.import_write(write).await.unwrap();
    for losses in [read.losses, report.losses] {
        let told: Vec<&str> = losses.iter().map(|loss| loss.what.as_str()).collect();
        assert!(told.iter().any(|what| what.contains("host")), "{told:?}");
        assert!(told.iter().any(|what| what.contains("pin")), "{told:?}");
    }
    let globals = workbench.global_variables(()).await.unwrap();
    assert_eq!(globals, [mine, vec![own("region", "eu", false)]].concat());
    let mut wanted = request(&server.url("/"), Authorization::None);
    wanted.headers = vec![Field::new("X-Pin", "{{pin}}")];
    send(&workbench, wanted, None).await.unwrap();
    assert_eq!(server.got()[0].header("x-pin"), "mine");
}
