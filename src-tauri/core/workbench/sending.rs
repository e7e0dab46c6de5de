use std::path::Path;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use url::Url;

use super::authorizing::Signing;
use super::diagnosing::{credential_of, explain};
use super::keys::{UsableKey, find_key};
use super::scene::Scene;
use super::{Workbench, lock};
use crate::diagnosis::{Circle, Reason};
use crate::error::{Code, Error, Result};
use crate::http::{
    Authorization, Caller, Exchange, ExchangeId, Hidden, Prepared, Progress, Request, Resolved, masked_url,
    method, refusal, resolve, writes,
};
use crate::operation::{ExchangeName, RequestResolve, RequestSend};
use crate::secret::Secret;
use crate::service_key::Plan;
use crate::tenant::{KeyRecord, Stage, TenantRecord};
use crate::variables::{DOTS, Renderer, SecretSource, Secrets, address, render};

impl Workbench {
    /// Says where a request would go and as whom; asks neither keyring nor network, and shows dots for secrets.
    pub async fn request_resolve(&self, wanted: RequestResolve) -> Result<Resolved> {
        let (request, context) = (wanted.request.clone(), wanted.context.as_ref());
        let (scene, unknown) = match self.scene(wanted.tenant.as_deref(), context, wanted.request) {
            Ok(scene) => (scene, None),
            Err(error) => (self.scene_in_part(context, request)?, Some(error)),
        };
        let tenant = scene.tenant.as_ref();
        let renderer = Renderer::shown(&scene.scopes);
        let place = address(&renderer, &scene.request);
        let url = place.and_then(|(url, parameters)| {
            let base = tenant.and_then(|tenant| base(tenant, &url, &scene.request.authorization));
            resolve(&url, base.as_deref(), &parameters)
        });
        let key = key_of(tenant, &scene.request.authorization);
        let mut problem =
            unknown.or_else(|| url.as_ref().err().cloned()).or_else(|| key.as_ref().err().cloned());
        problem = problem.or_else(|| render(&renderer, &scene.request, &scene.folder).err());
        if let (Ok(url), Ok(key), Some(tenant), None) = (&url, &key, tenant, &problem)
            && (key.is_some() || uses_secret_of_key(renderer.used().iter()))
        {
            problem = check_host(url, tenant, &scene).err();
        }
        let tenants = self.inner.tenants.list()?;
        let production = production(&tenants, tenant, url.as_ref().ok());
        Ok(Resolved {
            production: production.map(|tenant| tenant.name.clone()),
            url: url.ok().map(|url| masked_url(&url).replace(ENCODED_DOTS, DOTS)),
            stage: tenant.map(|tenant| tenant.stage),
            key: key.ok().flatten().map(|key| key.name.clone()),
            tenant: tenant.map(|tenant| tenant.name.clone()),
            writes: does_write(&scene.request),
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
        let RequestSend { id, tenant, request: written, confirmed, context, files: chosen } = order;
        let scene = self.scene(tenant.as_deref(), context.as_ref(), written.clone())?;
        if let Some(strange) = scene.strange_files()?.into_iter().find(|file| !chosen.contains(file)) {
            return Err(not_chosen(&strange));
        }
        let secrets = unless_cancelled(cancel, self.secrets(&scene)).await?;
        let clear = Clear { id, scene: &scene, secrets: &secrets, confirmed };
        let (prepared, key, secret) = match self.prepare(cancel, &clear).await {
            Ok(prepared) => prepared,
            Err(mut error) => {
                Hidden::new(secrets.values().cloned()).error(&mut error);
                return Err(error);
            }
        };
        let hidden = Hidden::new(secrets.values().cloned().chain(secret));
        let known = hidden.and(key.as_ref().and_then(|key| key.secret().cloned()));
        let authorization = prepared.request.authorization.clone();
        let prepared = prepared.recorded_as(written, hidden);
        let arriving = |arriving| lock(&self.inner.exchanges).arrive(id, arriving);
        let mut sending = self.inner.post.send_giving(prepared, progress, &arriving, cancel).await;
        sending.exchange.refusal = refusal(&sending, &authorization, key.as_ref().map(|key| key.plan));
        let tenant = scene.tenant.as_ref();
        let circle = |exchange: &Exchange| Circle {
            is_at_home: is_at_home(exchange, tenant),
            ..self.circle(tenant, key.as_deref(), credential_of(&authorization))
        };
        explain(&mut sending, circle, &known);
        let stage = scene.tenant.as_ref().map(|tenant| tenant.stage);
        self.record(&mut sending, stage, context, &known).await;
        let exchange = sending.exchange.clone();
        lock(&self.inner.exchanges).keep(sending);
        Ok(exchange)
    }

    /// The request with its secrets in it, ready to go out; whoever shows an error of it hides them.
    async fn prepare(
        &self,
        cancel: &CancellationToken,
        clear: &Clear<'_>,
    ) -> Result<(Prepared, Option<Arc<UsableKey>>, Option<Secret<String>>)> {
        let Clear { id, scene, secrets, confirmed } = clear;
        let settings = self.inner.settings.read()?;
        let mut request = render(&Renderer::clear(&scene.scopes, secrets), &scene.request, &scene.folder)?;
        let tenant = scene.tenant.as_ref();
        let key = match (key_of(tenant, &request.authorization)?, tenant) {
            (Some(record), Some(tenant)) => {
                Some(unless_cancelled(cancel, self.usable_key(tenant, Some(&record.name), None)).await?)
            }
            _ => None,
        };
        let Signing { access, parameter, credential, secret } =
            self.signing(key.as_ref(), &request.authorization)?;
        request.parameters.extend(parameter);
        let caller = Caller {
            base: tenant.and_then(|tenant| base(tenant, &request.url, &request.authorization)),
            tenant: tenant.map(|tenant| tenant.name.clone()),
            key: key.as_ref().map(|key| key.name.clone()),
            access,
            credential,
        };
        let prepared = Prepared::new(*id, request, caller, &settings)?;
        check(&prepared, scene, secrets, key.as_ref())
            .map_err(|error| self.explained_unsent(error, &prepared, tenant, key.as_deref()))?;
        if !confirmed && does_write(&prepared.request) {
            let tenants = self.inner.tenants.list()?;
            check_confirmed(production(&tenants, tenant, Some(&prepared.url)), &prepared.request)?;
        }
        Ok((prepared, key, secret))
    }
}

/// What a request is rendered from in the clear.
struct Clear<'a> {
    id: ExchangeId,
    scene: &'a Scene,
    secrets: &'a Secrets,
    confirmed: bool,
}

/// What `••••` becomes in a URL.
const ENCODED_DOTS: &str = "%E2%80%A2%E2%80%A2%E2%80%A2%E2%80%A2";

/// The keyring may ask its user for long, who may cancel meanwhile.
async fn unless_cancelled<T>(
    cancel: &CancellationToken,
    asking: impl Future<Output = Result<T>>,
) -> Result<T> {
    tokio::select! {
        biased;
        answer = asking => answer,
        () = cancel.cancelled() => Err(Error::new(Code::Cancelled, "Cancelled while the keyring was asked. Nothing was sent.")),
    }
}

/// What must hold before anything goes out.
fn check(prepared: &Prepared, scene: &Scene, secrets: &Secrets, key: Option<&Arc<UsableKey>>) -> Result<()> {
    let Some(tenant) = &scene.tenant else { return Ok(()) };
    let carries_secret = uses_secret_of_key(secrets.keys());
    if key.is_some() || carries_secret {
        check_host(&prepared.url, tenant, scene)?;
    }
    if carries_secret {
        check_token_host(tenant, scene, &prepared.request)?;
    }
    key.map_or(Ok(()), |key| check_plan(&prepared.url, key.plan))
}

/// A collection is somebody else's text: it may send files of its own, and no others of this computer.
fn not_chosen(file: &Path) -> Error {
    let message = format!(
        "{} is not in the collection's folder, and you did not choose it. Nothing was sent.",
        file.display()
    );
    Error::new(Code::InvalidInput, message)
        .hint("Choose the file yourself, or move it into the collection's folder")
}

fn uses_secret_of_key<'s>(mut sources: impl Iterator<Item = &'s SecretSource>) -> bool {
    sources.any(|source| matches!(source, SecretSource::Key(_)))
}

/// A tenant's secret in a request of its own making is sent to the token server of that tenant only.
fn check_token_host(tenant: &TenantRecord, scene: &Scene, request: &Request) -> Result<()> {
    let Authorization::ClientCredentials { token_url, .. } = &request.authorization else { return Ok(()) };
    let Ok(url) = Url::parse(token_url.trim()) else { return Ok(()) };
    let mut own = tenant.keys.iter().filter_map(|key| Url::parse(key.called_token_url()).ok());
    if own.any(|own| own.origin() == url.origin()) {
        return Ok(());
    }
    check_host(&url, tenant, scene)
}

/// The base URL a path belongs to: the API for the api key, else the runtime.
fn base(tenant: &TenantRecord, url: &str, authorization: &Authorization) -> Option<String> {
    let is_of_api = |key: &KeyRecord| key.plan == Plan::Api && url.trim_start().starts_with("/api/");
    let is_api_call = key_of(Some(tenant), authorization).ok().flatten().is_some_and(is_of_api);
    let api = || tenant.host_of(Plan::Api);
    let url = if is_api_call { api() } else { tenant.runtime_url().or_else(api) };
    url.map(str::to_owned)
}

/// The key a request is sent with: the one named, else that of plan integration-flow, else the first.
fn key_of<'a>(
    tenant: Option<&'a TenantRecord>,
    authorization: &Authorization,
) -> Result<Option<&'a KeyRecord>> {
    let (Authorization::Bearer { key: named }
    | Authorization::Basic { key: named }
    | Authorization::Certificate { key: named }) = authorization
    else {
        return Ok(None);
    };
    let tenant = tenant.ok_or_else(|| {
        Error::new(Code::NotFound, "No tenant is chosen whose key could be used")
            .hint("Choose a tenant, or send without authorization")
    })?;
    find_key(tenant, named.as_deref(), None).map(Some)
}

/// Credentials go to the tenant's own hosts, and elsewhere only when the user of this computer said so.
fn check_host(url: &Url, tenant: &TenantRecord, scene: &Scene) -> Result<()> {
    let origin = url.origin().ascii_serialization();
    if is_host_of(url, tenant) || scene.allowed.contains(&origin) || scene.request.options.any_host {
        return Ok(());
    }
    let host = url.host_str().unwrap_or_default();
    Err(Error::new(
        Code::ForeignHost,
        format!("{host} is no host of {}, so its credentials stay here. Nothing was sent.", tenant.name),
    )
    .hint("Send without authorization, set it as the tenant's runtime address, or allow this host (--any-host for one run)")
    .detail(origin))
}

/// A key of plan api is refused by every flow (sap-domain 2.1), and on its own host there are none.
fn check_plan(url: &Url, plan: Plan) -> Result<()> {
    let is_flow = ["/http/", "/cxf/"].iter().any(|prefix| url.path().starts_with(prefix));
    if plan != Plan::Api || !is_flow {
        return Ok(());
    }
    Err(Error::new(Code::WrongKey, "A key of plan api cannot call flows. Nothing was sent.")
        .because(Reason::ApiKeyAtFlow))
}

/// Whether the last answer came from one of the tenant's own hosts.
fn is_at_home(exchange: &Exchange, tenant: Option<&TenantRecord>) -> bool {
    let url = exchange.calls.last().map_or(&exchange.url, |call| &call.sent.url);
    tenant.zip(Url::parse(url).ok()).is_some_and(|(tenant, url)| is_host_of(&url, tenant))
}

/// Whether the URL leads to one of the tenant's own hosts.
fn is_host_of(url: &Url, tenant: &TenantRecord) -> bool {
    let own = tenant.keys.iter().filter_map(|key| key.host_url.as_deref()).chain(tenant.runtime_url());
    own.filter_map(|own| Url::parse(own).ok()).any(|own| own.origin() == url.origin())
}

/// The production tenant a call reaches: the chosen one, else the one whose host it goes to.
fn production<'t>(
    tenants: &'t [TenantRecord],
    chosen: Option<&'t TenantRecord>,
    url: Option<&Url>,
) -> Option<&'t TenantRecord> {
    let mut productive = tenants.iter().filter(|tenant| tenant.stage == Stage::Prod);
    let called = productive.find(|tenant| url.is_some_and(|url| is_host_of(url, tenant)));
    chosen.filter(|tenant| tenant.stage == Stage::Prod).or(called)
}

/// A production tenant is written to only after the user said so, whichever door the request comes through.
fn check_confirmed(production: Option<&TenantRecord>, request: &Request) -> Result<()> {
    let Some(tenant) = production else { return Ok(()) };
    Err(Error::new(
        Code::ConfirmationNeeded,
        format!(
            "{} is a production tenant, and {} may change something there. Nothing was sent.",
            tenant.name, request.method
        ),
    )
    .hint("Send it again and confirm")
    .detail(tenant.name.clone()))
}

fn does_write(request: &Request) -> bool {
    method(&request.method).is_ok_and(|method| writes(&method))
}
