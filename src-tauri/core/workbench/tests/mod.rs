//! The facade over real connections, with a server that remembers what arrived.

mod authorization;
mod collections;
mod variables;

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use crate::error::Result;
use crate::http::{Authorization, Body, CsrfMode, Exchange, Request, RequestOptions};
use crate::operation::{RequestSend, SecretVariableSet};
use crate::secret::Secret;
use crate::service_key::{Kind, Plan};
use crate::tenant::{Custody, KeyRecord, Stage, TenantRecord};
use crate::token::Method;
use crate::workbench::{Options, Storage, Workbench};

fn workbench() -> Workbench {
    let options = Options {
        storage: Storage::Memory,
        keyring_patience: Duration::from_secs(1),
        authorities: Vec::new(),
        process: std::collections::BTreeMap::new(),
    };
    Workbench::open(options).unwrap()
}

fn request(url: &str, authorization: Authorization) -> Request {
    Request {
        method: "GET".to_owned(),
        url: url.to_owned(),
        parameters: Vec::new(),
        path_parameters: Vec::new(),
        headers: Vec::new(),
        body: Body::None,
        authorization,
        csrf: CsrfMode::Never,
        options: RequestOptions::default(),
    }
}

fn order(request: Request, tenant: Option<&str>) -> RequestSend {
    RequestSend {
        id: Uuid::new_v4(),
        tenant: tenant.map(str::to_owned),
        request,
        confirmed: false,
        context: None,
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
    };
    workbench.secret_variable_set(set).await.unwrap();
}

/// A tenant whose runtime and token server are at this address, with an integration-flow key of this secret.
async fn tenant(workbench: &Workbench, url: &str, secret: &str) {
    let key = KeyRecord {
        id: Uuid::new_v4(),
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
