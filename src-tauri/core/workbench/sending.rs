use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::keys::{UsableKey, find_key};
use super::{Workbench, lock};
use crate::error::{Code, Error, Result};
use crate::http::{
    Access, Authorization, Caller, Course, Exchange, GrantedToken, Prepared, Progress, Request, Resolved,
    TokenFailure, TokenSource, masked_url, method, refusal, resolve, writes,
};
use crate::operation::{ExchangeName, RequestResolve, RequestSend};
use crate::service_key::Plan;
use crate::tenant::{KeyRecord, Stage, TenantRecord};
use crate::token::Token;

impl Workbench {
    /// Says where a request would go and as whom.
    pub async fn request_resolve(&self, wanted: RequestResolve) -> Result<Resolved> {
        let tenant = wanted.tenant.as_deref().map(|name| self.tenant(name)).transpose();
        let (tenant, mut problem) = match tenant {
            Ok(tenant) => (tenant, None),
            Err(error) => (None, Some(error)),
        };
        let request = &wanted.request;
        let base = tenant.as_ref().and_then(|tenant| base(tenant, request));
        let url = resolve(&request.url, base.as_deref(), &request.parameters);
        let key = key_of(tenant.as_ref(), &request.authorization);
        problem = problem.or_else(|| url.as_ref().err().cloned()).or_else(|| key.as_ref().err().cloned());
        if let (Ok(url), Ok(Some(_)), Some(tenant), None) = (&url, &key, &tenant, &problem) {
            problem = check_host(url, tenant, request).err();
        }
        Ok(Resolved {
            url: url.ok().map(|url| masked_url(&url)),
            stage: tenant.as_ref().map(|tenant| tenant.stage),
            key: key.ok().flatten().map(|key| key.name.clone()),
            tenant: tenant.map(|tenant| tenant.name),
            writes: does_write(request),
            problem,
        })
    }

    /// Sends a request and records what happened; whatever goes wrong on the way is in the exchange.
    pub async fn send(
        &self,
        order: RequestSend,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Exchange> {
        let (id, cancel) = (order.id, CancellationToken::new());
        lock(&self.inner.exchanges).begin(id, cancel.clone());
        let sent = self.send_until(&cancel, order, progress).await;
        lock(&self.inner.exchanges).end(id);
        sent
    }

    /// Stops a sending; one that is over or unknown stays as it is.
    pub async fn request_cancel(&self, name: ExchangeName) -> Result<()> {
        lock(&self.inner.exchanges).cancel(name.exchange);
        Ok(())
    }

    async fn send_until(
        &self,
        cancel: &CancellationToken,
        order: RequestSend,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Exchange> {
        let settings = self.inner.settings.read()?;
        let RequestSend { id, tenant, request, confirmed } = order;
        let tenant = tenant.as_deref().map(|name| self.tenant(name)).transpose()?;
        let key = match (key_of(tenant.as_ref(), &request.authorization)?, &tenant) {
            (Some(record), Some(tenant)) => Some(self.wait_for_key(cancel, tenant, record).await?),
            _ => None,
        };
        let (access, authorization) =
            (self.access(key.as_ref(), &request.authorization)?, &request.authorization);
        let scope = key.as_ref().map(|key| format!("{} {}", way(authorization), key.id)).unwrap_or_default();
        let caller = Caller {
            base: tenant.as_ref().and_then(|tenant| base(tenant, &request)),
            tenant: tenant.as_ref().map(|tenant| tenant.name.clone()),
            key: key.as_ref().map(|key| key.name.clone()),
            access,
            credential: scope,
        };
        let prepared = Prepared::new(id, request, caller, &settings)?;
        if let Some(tenant) = &tenant {
            if let Some(key) = &key {
                check_host(&prepared.url, tenant, &prepared.request)?;
                check_plan(&prepared.url, key.plan)?;
            }
            check_confirmed(tenant, &prepared.request, confirmed)?;
        }
        let mut sending = self.inner.post.send(prepared, progress, cancel).await;
        sending.exchange.refusal = refusal(&sending, key.map(|key| key.plan));
        let exchange = sending.exchange.clone();
        lock(&self.inner.exchanges).keep(sending);
        Ok(exchange)
    }

    /// The key with its secret; the keyring may ask its user for long, who may cancel meanwhile.
    async fn wait_for_key(
        &self,
        cancel: &CancellationToken,
        tenant: &TenantRecord,
        record: &KeyRecord,
    ) -> Result<Arc<UsableKey>> {
        tokio::select! {
            biased;
            key = self.usable_key(tenant, Some(&record.name), None) => key,
            () = cancel.cancelled() => Err(Error::new(Code::Cancelled, "Cancelled while the keyring was asked. Nothing was sent.")),
        }
    }

    fn access(&self, key: Option<&Arc<UsableKey>>, authorization: &Authorization) -> Result<Access> {
        let Some(key) = key else { return Ok(Access::None) };
        match authorization {
            Authorization::None => Ok(Access::None),
            Authorization::Bearer { .. } => Ok(Access::Bearer(Arc::new(KeyTokens {
                workbench: self.clone(),
                key: Arc::clone(key),
                given: Mutex::default(),
            }))),
            Authorization::Basic { .. } => {
                let secret = key.secret().cloned().ok_or_else(|| {
                    Error::new(
                        Code::WrongKey,
                        format!("{} has a certificate and no secret for Basic", key.name),
                    )
                    .hint("Send with a token or with the certificate, or choose a secret key")
                })?;
                Ok(Access::Basic { client_id: key.client_id.clone(), secret })
            }
            Authorization::Certificate { .. } => {
                let identity = key.identity().cloned().ok_or_else(|| {
                    Error::new(Code::WrongKey, format!("{} has a secret and no client certificate", key.name))
                        .hint("Send with a token or with Basic, or choose a certificate key")
                })?;
                Ok(Access::Certificate(identity))
            }
        }
    }
}

/// The tokens of one key for one sending.
struct KeyTokens {
    workbench: Workbench,
    key: Arc<UsableKey>,
    given: Mutex<Option<Arc<Token>>>,
}

impl TokenSource for KeyTokens {
    fn token<'a>(
        &'a self,
        fresh: bool,
        course: &'a Course<'a>,
    ) -> BoxFuture<'a, std::result::Result<GrantedToken, TokenFailure>> {
        Box::pin(async move {
            let mut calls = Vec::new();
            // Only the token that was refused is passed over: somebody else may already have brought a newer one.
            let older = if fresh { lock(&self.given).clone() } else { None };
            match self.workbench.token(&self.key, older.as_ref(), course, &mut calls).await {
                Ok(token) => {
                    *lock(&self.given) = Some(Arc::clone(&token));
                    Ok(GrantedToken { value: token.value.clone(), calls })
                }
                Err(error) => Err(TokenFailure { error, calls }),
            }
        })
    }
}

/// The base URL a path belongs to: the API for the api key, else the runtime.
fn base(tenant: &TenantRecord, request: &Request) -> Option<String> {
    let is_of_api = |key: &KeyRecord| key.plan == Plan::Api && request.url.trim_start().starts_with("/api/");
    let is_api_call = key_of(Some(tenant), &request.authorization).ok().flatten().is_some_and(is_of_api);
    let api = || tenant.host_of(Plan::Api);
    let url = if is_api_call { api() } else { tenant.runtime_url().or_else(api) };
    url.map(str::to_owned)
}

/// The key a request is sent with: the one named, else that of plan integration-flow, else the first.
fn key_of<'a>(
    tenant: Option<&'a TenantRecord>,
    authorization: &Authorization,
) -> Result<Option<&'a KeyRecord>> {
    let named = match authorization {
        Authorization::None => return Ok(None),
        Authorization::Bearer { key } | Authorization::Basic { key } | Authorization::Certificate { key } => {
            key
        }
    };
    let tenant = tenant.ok_or_else(|| {
        Error::new(Code::NotFound, "No tenant is chosen whose key could be used")
            .hint("Choose a tenant, or send without authorization")
    })?;
    find_key(tenant, named.as_deref(), None).map(Some)
}

/// Credentials go to the tenant's own hosts over TLS, and elsewhere only when the request says so.
fn check_host(url: &Url, tenant: &TenantRecord, request: &Request) -> Result<()> {
    let own = tenant.keys.iter().filter_map(|key| key.host_url.as_deref()).chain(tenant.runtime_url());
    let is_own = own.filter_map(|own| Url::parse(own).ok()).any(|own| own.origin() == url.origin());
    if is_own || request.options.any_host {
        return Ok(());
    }
    let host = url.host_str().unwrap_or_default();
    Err(Error::new(
        Code::ForeignHost,
        format!("{host} is no host of {}, so its credentials stay here. Nothing was sent.", tenant.name),
    )
    .hint("Send without authorization, set it as the tenant's runtime address, or allow any host for this request"))
}

/// A key of plan api is refused by every flow (sap-domain 2.1), and on its own host there are none.
fn check_plan(url: &Url, plan: Plan) -> Result<()> {
    let is_flow = ["/http/", "/cxf/"].iter().any(|prefix| url.path().starts_with(prefix));
    if plan != Plan::Api || !is_flow {
        return Ok(());
    }
    Err(Error::new(Code::WrongKey, "A key of plan api cannot call flows. Nothing was sent.")
        .hint("Use the integration-flow key of this tenant; the api key is for the OData API"))
}

/// A production tenant is written to only after the user said so, whichever door the request comes through.
fn check_confirmed(tenant: &TenantRecord, request: &Request, confirmed: bool) -> Result<()> {
    if confirmed || tenant.stage != Stage::Prod || !does_write(request) {
        return Ok(());
    }
    Err(Error::new(
        Code::ConfirmationNeeded,
        format!(
            "{} is a production tenant, and {} may change something there. Nothing was sent.",
            tenant.name, request.method
        ),
    )
    .hint("Send it again and confirm"))
}

fn does_write(request: &Request) -> bool {
    method(&request.method).is_ok_and(|method| writes(&method))
}

const fn way(authorization: &Authorization) -> &'static str {
    match authorization {
        Authorization::Bearer { .. } => "bearer",
        Authorization::Basic { .. } => "basic",
        Authorization::Certificate { .. } => "certificate",
        Authorization::None => "none",
    }
}
