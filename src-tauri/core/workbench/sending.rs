use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use super::keys::{UsableKey, find_key};
use super::{Workbench, lock};
use crate::error::{Code, Error, Result};
use crate::http::{
    Access, Authorization, Caller, Course, Exchange, GrantedToken, Prepared, Progress, Request, Resolved,
    TokenFailure, TokenSource, masked_url, method, refusal, resolve, writes,
};
use crate::operation::{ExchangeName, RequestResolve, RequestSend};
use crate::service_key::Plan;
use crate::tenant::TenantRecord;
use crate::token::Token;

impl Workbench {
    /// Says where a request would go and as whom.
    pub async fn request_resolve(&self, wanted: RequestResolve) -> Result<Resolved> {
        let tenant = wanted.tenant.as_deref().map(|name| self.tenant(name)).transpose();
        let (tenant, mut problem) = match tenant {
            Ok(tenant) => (tenant, None),
            Err(error) => (None, Some(error)),
        };
        let base = tenant.as_ref().and_then(|tenant| base(tenant, &wanted.request));
        let url = resolve(&wanted.request.url, base.as_deref(), &wanted.request.parameters);
        let key = key_of(tenant.as_ref(), &wanted.request.authorization);
        problem = problem.or_else(|| url.as_ref().err().cloned()).or_else(|| key.as_ref().err().cloned());
        Ok(Resolved {
            url: url.ok().map(|url| masked_url(&url)),
            stage: tenant.as_ref().map(|tenant| tenant.stage),
            key: key.ok().flatten().map(|(name, _)| name),
            tenant: tenant.map(|tenant| tenant.name),
            writes: method(&wanted.request.method).is_ok_and(|method| writes(&method)),
            problem,
        })
    }

    /// Sends a request and records what happened; whatever goes wrong on the way is in the exchange.
    pub async fn send(
        &self,
        order: RequestSend,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Exchange> {
        let cancel = CancellationToken::new();
        lock(&self.inner.exchanges).begin(order.id, cancel.clone());
        let sent = self.send_until(&cancel, order.clone(), progress).await;
        lock(&self.inner.exchanges).end(order.id);
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
        let tenant = order.tenant.as_deref().map(|name| self.tenant(name)).transpose()?;
        let key = match key_of(tenant.as_ref(), &order.request.authorization)? {
            Some((name, tenant)) => Some(self.usable_key(tenant, Some(&name), None).await?),
            None => None,
        };
        let caller = Caller {
            base: tenant.as_ref().and_then(|tenant| base(tenant, &order.request)),
            tenant: tenant.map(|tenant| tenant.name),
            key: key.as_ref().map(|key| key.name.clone()),
            access: self.access(key.as_ref(), &order.request.authorization)?,
        };
        let prepared = Prepared::new(order.id, order.request, caller, &settings)?;
        let mut sending = self.inner.post.send(prepared, progress, cancel).await;
        sending.exchange.refusal = refusal(&sending, key.map(|key| key.plan));
        let exchange = sending.exchange.clone();
        lock(&self.inner.exchanges).keep(sending);
        Ok(exchange)
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
    let is_api_call = key_of(Some(tenant), &request.authorization)
        .ok()
        .flatten()
        .and_then(|(name, tenant)| tenant.key(Some(&name), None))
        .is_some_and(|key| key.plan == Plan::Api && request.url.trim_start().starts_with("/api/"));
    let api = || tenant.host_of(Plan::Api);
    let url = if is_api_call { api() } else { tenant.runtime_url().or_else(api) };
    url.map(str::to_owned)
}

/// The key a request is sent with: the one named, else that of plan integration-flow, else the only one there is.
fn key_of<'a>(
    tenant: Option<&'a TenantRecord>,
    authorization: &Authorization,
) -> Result<Option<(String, &'a TenantRecord)>> {
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
    let key = find_key(tenant, named.as_deref(), None)?;
    Ok(Some((key.name.clone(), tenant)))
}
