//! Whom the credentials of a tenant may go to.

use super::{at, collection, order, request, send, tenant, workbench};
use crate::collection::ItemName;
use crate::error::Code;
use crate::http::tests::server::{Server, text};
use crate::http::{Authorization, Body, Field, Request};
use crate::operation::{RequestResolve, RequestSend, TenantAdd, TenantChange, TenantHost};
use crate::tenant::Stage;

fn host(origin: &str) -> TenantHost {
    TenantHost { tenant: "acme".to_owned(), origin: origin.to_owned() }
}

fn with_secret(url: &str) -> Request {
    let mut wanted = request(url, Authorization::None);
    wanted.method = "POST".to_owned();
    wanted.body = Body::Form { fields: vec![Field::new("client_secret", "{{clientSecret}}")] };
    wanted
}

#[tokio::test]
async fn a_file_of_a_collection_cannot_send_credentials_to_another_host() {
    let (server, foreign) = (Server::plain(|_| text("ok")).await, Server::plain(|_| text("ok")).await);
    let workbench = workbench();
    tenant(&workbench, &server.url(""), "s3cret").await;
    let file = format!(
        "info:\n  name: x\n  type: http\nhttp:\n  method: GET\n  url: {}\n  auth:\n    type: basic\n    username: \"{{{{clientId}}}}\"\n    password: \"{{{{clientSecret}}}}\"\n",
        foreign.url("/take")
    );
    let facts = "[environments.dev]\ntenant = \"acme\"\n\n[requests.\"x.yml\"]\nany_host = true\n";
    let (folder, id) = collection(
        &workbench,
        &[("x.yml", &file), ("environments/dev.yml", "name: dev\n"), ("sluice.toml", facts)],
    )
    .await;
    let name = ItemName { collection: id, path: "x.yml".to_owned() };
    let read = workbench.request_read(name).await.unwrap().item.request;
    assert!(!read.options.any_host);
    let mut context = at(id, "x.yml");
    context.environment = Some("dev".to_owned());
    let order = RequestSend { context: Some(context), ..order(read, None) };
    let refused = workbench.send(order, &|_| {}).await.unwrap_err();
    assert_eq!(refused.code, Code::ForeignHost);
    assert!(foreign.got().is_empty());
    assert_eq!(std::fs::read_to_string(folder.path().join("sluice.toml")).unwrap(), facts);
}

#[tokio::test]
async fn a_host_the_user_allowed_gets_the_credentials_until_that_is_taken_back() {
    let (server, foreign) = (Server::plain(|_| text("ok")).await, Server::plain(|_| text("ok")).await);
    let workbench = workbench();
    tenant(&workbench, &server.url(""), "s3cret").await;
    let wanted = with_secret(&foreign.url("/x"));
    let refused = send(&workbench, wanted.clone(), Some("acme")).await.unwrap_err();
    assert_eq!(refused.detail.as_deref(), Some(foreign.url("").as_str()), "what the user may allow");
    assert!(workbench.host_allow(host("ftp://x")).await.is_err());
    workbench.host_allow(host(&format!("{}/", server.url("")))).await.unwrap();
    assert!(send(&workbench, wanted.clone(), Some("acme")).await.is_err(), "another host was allowed");
    let shown = workbench.host_allow(host(&foreign.url("/any/path"))).await.unwrap();
    assert!(shown.allowed_hosts.contains(&foreign.url("")), "{:?}", shown.allowed_hosts);
    send(&workbench, wanted.clone(), Some("acme")).await.unwrap();
    assert_eq!(foreign.got().len(), 1);
    workbench.host_forbid(host(&foreign.url(""))).await.unwrap();
    assert_eq!(send(&workbench, wanted, Some("acme")).await.unwrap_err().code, Code::ForeignHost);
}

#[test]
fn no_page_can_let_credentials_go_anywhere() {
    let options = r#"{"any_host": true}"#;
    let read: crate::http::RequestOptions = serde_json::from_str(options).unwrap();
    assert!(!read.any_host);
}

#[tokio::test]
async fn production_is_known_by_its_host_whichever_tenant_is_chosen() {
    let server = Server::plain(|_| text("ok")).await;
    let workbench = workbench();
    tenant(&workbench, &server.url(""), "s3cret").await;
    let prod = TenantChange {
        tenant: "acme".to_owned(),
        name: None,
        stage: Some(Stage::Prod),
        color: None,
        group: None,
        runtime_url_override: None,
    };
    workbench.tenant_change(prod).await.unwrap();
    let dev = TenantAdd { name: "dev".to_owned(), stage: Stage::Dev, color: None, group: None };
    workbench.tenant_add(dev).await.unwrap();
    let mut wanted = request(&server.url("/http/orders"), Authorization::None);
    wanted.method = "POST".to_owned();
    for chosen in [None, Some("dev"), Some("acme")] {
        let refused = send(&workbench, wanted.clone(), chosen).await.unwrap_err();
        assert_eq!(refused.code, Code::ConfirmationNeeded, "{chosen:?}");
        assert_eq!(refused.detail.as_deref(), Some("acme"));
        let resolve =
            RequestResolve { tenant: chosen.map(str::to_owned), request: wanted.clone(), context: None };
        assert_eq!(workbench.request_resolve(resolve).await.unwrap().production.as_deref(), Some("acme"));
    }
    assert!(server.got().is_empty());
    wanted.method = "GET".to_owned();
    send(&workbench, wanted, None).await.unwrap();
    assert_eq!(server.got().len(), 1, "reading asks nobody");
}
