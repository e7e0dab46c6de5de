use super::{at, collection, order, request, tenant, workbench};
use crate::collection::{CollectionName, Environment, FolderItem, ItemName, Variable};
use crate::error::Code;
use crate::http::tests::server::{Server, text};
use crate::http::{Authorization, Field};
use crate::operation::*;
use crate::secret::Secret;

fn variable(name: &str, value: &str, secret: bool) -> Variable {
    Variable { name: name.to_owned(), value: value.to_owned(), enabled: true, secret, description: None }
}

#[tokio::test]
async fn a_request_of_a_collection_is_sent_with_all_that_stands_around_it() {
    let server = Server::plain(|_| text("ok")).await;
    let workbench = workbench();
    tenant(&workbench, &server.url(""), "s3cret").await;
    let place = tempfile::tempdir().unwrap();
    let create = CollectionCreate { folder: place.path().to_owned(), name: "Orders".to_owned() };
    let collection = workbench.collection_create(create).await.unwrap().id;
    let login = Authorization::Login { username: "{{user}}".to_owned(), password: "{{pin}}".to_owned() };
    let root = FolderItem {
        name: "Orders".to_owned(),
        headers: vec![Field::new("X-Stage", "{{stage}}")],
        authorization: login,
        variables: vec![variable("user", "me", false), variable("stage", "none", false)],
        ..FolderItem::default()
    };
    let save = FolderSave {
        collection,
        path: String::new(),
        item: root,
        version: None,
        with_secrets: false,
        move_secrets: false,
    };
    workbench.folder_save(save).await.unwrap();
    let environment = Environment {
        name: "dev".to_owned(),
        variables: vec![variable("stage", "dev", false), variable("pin", "", true)],
        ..Environment::default()
    };
    let save = EnvironmentSave {
        collection,
        before: None,
        environment,
        tenant: Some("acme".to_owned()),
        version: None,
    };
    workbench.environment_save(save).await.unwrap();
    workbench
        .environment_choose(EnvironmentChoose { collection, environment: Some("dev".to_owned()) })
        .await
        .unwrap();
    let set = SecretVariableSet {
        collection: Some(collection),
        environment: Some("dev".to_owned()),
        name: "pin".to_owned(),
        value: Secret::from("p$w"),
        hold_for_run: false,
    };
    workbench.secret_variable_set(set).await.unwrap();
    let context = SendContext { collection, path: String::new(), variables: Vec::new(), environment: None };
    let wanted = request("{{runtimeUrl}}/http/{{tenant}}", Authorization::Inherit);
    let order = RequestSend { context: Some(context), ..order(wanted, None) };
    let exchange = workbench.send(order, &|_| {}).await.unwrap();
    let got = &server.got()[0];
    assert_eq!((got.target.as_str(), got.header("x-stage")), ("/http/acme", "dev"));
    assert_eq!(got.header("authorization"), "Basic bWU6cCR3");
    assert_eq!(exchange.tenant.as_deref(), Some("acme"), "the environment is bound to it");
}

#[tokio::test]
async fn a_closed_collection_is_neither_read_nor_written() {
    let workbench = workbench();
    let file = "info:\n  name: x\n  type: http\nhttp:\n  method: GET\n  url: https://h.example\n";
    let (folder, id) = collection(&workbench, &[("x.yml", file)]).await;
    let name = || ItemName { collection: id, path: "x.yml".to_owned() };
    let read = workbench.request_read(name()).await.unwrap();
    workbench.collection_close(CollectionName { collection: id }).await.unwrap();
    assert_eq!(workbench.request_read(name()).await.err().map(|error| error.code), Some(Code::NotFound));
    assert!(workbench.item_remove(name()).await.is_err());
    assert!(workbench.item_location(&name()).is_err());
    let query = VariableQuery { tenant: None, context: Some(at(id, "x.yml")), texts: Vec::new() };
    assert!(workbench.variable_list(query).await.is_err());
    let save = RequestSave {
        collection: id,
        path: "x.yml".to_owned(),
        item: read.item,
        version: None,
        with_secrets: true,
        move_secrets: false,
    };
    assert!(workbench.request_save(save).await.is_err());
    let alone = RequestFileRead { file: folder.path().join("x.yml"), environment: None };
    let opened = workbench.request_file(alone).await.unwrap();
    assert!(workbench.surroundings(&opened.context).is_ok(), "its file was named");
    assert!(workbench.request_read(name()).await.is_err());
}
