//! The facade over real connections, with a server that remembers what arrived.

mod authorization;
mod bodies;
mod certificate_requests;
mod certificates;
mod collections;
mod comparing;
mod cookies;
mod files;
mod globals;
mod hosts;
mod imports;
mod removed_environments;
mod variables;

use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;
use uuid::Uuid;

use crate::collection::CollectionId;
use crate::error::Result;
use crate::http::{Authorization, CsrfMode, Exchange, Request};
use crate::operation::{CollectionOpen, RequestSend, SecretVariableSet, SendContext};
use crate::secret::Secret;
use crate::service_key::{Kind, Plan};
use crate::tenant::{Custody, KeyRecord, Stage, TenantRecord};
use crate::token::Method;
use crate::workbench::{Options, Storage, Workbench};

fn workbench() -> Workbench {
    let options = Options {
        door: crate::operation::Door::Terminal,
        storage: Storage::Memory,
        keyring_patience: Duration::from_secs(1),
        authorities: Vec::new(),
        process: std::collections::BTreeMap::new(),
    };
    Workbench::open(options).unwrap()
}

fn request(url: &str, authorization: Authorization) -> Request {
    Request { authorization, csrf: CsrfMode::Never, ..Request::new("GET", url) }
}

fn order(request: Request, tenant: Option<&str>) -> RequestSend {
    RequestSend {
        id: Uuid::new_v4(),
        tenant: tenant.map(str::to_owned),
        request,
        confirmed: false,
        context: None,
        files: Vec::new(),
    }
}

async fn send(workbench: &Workbench, request: Request, tenant: Option<&str>) -> Result<Exchange> {
    workbench.send(order(request, tenant), &|_| {}).await
}

async fn keep(workbench: &Workbench, name: &str, value: &str) {
    let set = SecretVariableSet {
        collection: None,
        environment: None,
        name: name.to_owned(),
        value: Secret::from(value),
        hold_for_run: false,
    };
    workbench.secret_variable_set(set).await.unwrap();
}

/// A tenant whose runtime and token server are at this address, with an integration-flow key of this secret.
async fn tenant(workbench: &Workbench, url: &str, secret: &str) {
    let key = KeyRecord {
        id: Uuid::new_v4(),
        secret: Uuid::new_v4(),
        name: "flow".to_owned(),
        kind: Kind::Secret,
        plan: Plan::IntegrationFlow,
        client_id: "sb-flow!b1".to_owned(),
        host_url: Some(url.to_owned()),
        token_url: format!("{url}/oauth/token"),
        token_url_override: None,
        stated_token_url: None,
        method: Method::Body,
        custody: Custody::Run,
        certificates: Vec::new(),
        added_at: Timestamp::now(),
    };
    let secret = Secret::new(secret.as_bytes().to_vec());
    workbench.inner.vault.write(Custody::Run, &key.secret_name(), secret).await.unwrap();
    let tenant = TenantRecord {
        id: Uuid::new_v4(),
        name: "acme".to_owned(),
        stage: Stage::Dev,
        color: None,
        group: None,
        runtime_url_override: None,
        keys: Vec::new(),
    };
    workbench.inner.tenants.add_key(&tenant, &key).unwrap();
}

/// An open collection with these files.
async fn collection(workbench: &Workbench, files: &[(&str, &str)]) -> (TempDir, CollectionId) {
    let folder = tempfile::tempdir().unwrap();
    let root = ("opencollection.yml", "opencollection: 1.0.0\ninfo:\n  name: Orders\n");
    for (path, text) in std::iter::once(&root).chain(files) {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    let open = CollectionOpen { folder: folder.path().to_owned() };
    let id = workbench.collection_open(open).await.unwrap().id;
    (folder, id)
}

fn at(collection: CollectionId, path: &str) -> SendContext {
    SendContext { collection, path: path.to_owned(), variables: Vec::new(), environment: None }
}
