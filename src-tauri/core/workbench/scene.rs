//! A request with everything that stands around it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{Workbench, lock};
use crate::collection::Surroundings;
use crate::error::{Code, Error, Result};
use crate::http::{Authorization, Request};
use crate::operation::SendContext;
use crate::secret::Secret;
use crate::tenant::{Custody, TenantRecord};
use crate::variables::{
    Renderer, Scope, Scopes, SecretSource, Secrets, Sources, inherit, render, sole_name, supplying,
};

/// A request with what it inherits, whose variables are still names.
pub(super) struct Scene {
    pub(super) tenant: Option<TenantRecord>,
    pub(super) folder: PathBuf,
    pub(super) request: Request,
    pub(super) scopes: Scopes,
    /// Origins beside the tenant's own that may have its credentials.
    pub(super) allowed: Vec<String>,
}

impl Workbench {
    /// Gathers what stands around a request; asks neither keyring nor network.
    pub(super) fn scene(
        &self,
        tenant: Option<&str>,
        context: Option<&SendContext>,
        request: Request,
    ) -> Result<Scene> {
        let around = context.map(|context| self.surroundings(context)).transpose()?;
        let tenant = self.tenant_of(tenant, around.as_ref())?;
        let scopes = self.scopes(tenant.as_ref(), context, around.as_ref())?;
        let mut request = match &around {
            Some(around) => inherit(request, around),
            None => request,
        };
        // There is nobody to inherit from.
        if request.authorization == Authorization::Inherit {
            request.authorization = Authorization::None;
        }
        let folder = around.map(|around| around.folder).unwrap_or_default();
        let allowed =
            tenant.as_ref().map(|tenant| self.inner.tenants.allowed_hosts(tenant.id)).transpose()?;
        let allowed = allowed.unwrap_or_default();
        let mut scene = Scene { tenant, folder, request, scopes, allowed };
        if let Some(authorization) = scene.authorization_of_tenant() {
            scene.request.authorization = authorization;
        }
        Ok(scene)
    }

    /// As much of the scene as there is: without a tenant that is gone, and without files that cannot be read.
    pub(super) fn scene_in_part(&self, context: Option<&SendContext>, request: Request) -> Result<Scene> {
        self.scene(None, context, request.clone()).or_else(|_| self.scene(None, None, request))
    }

    /// The places the variables of a request come from.
    pub(super) fn scopes(
        &self,
        tenant: Option<&TenantRecord>,
        context: Option<&SendContext>,
        around: Option<&Surroundings>,
    ) -> Result<Scopes> {
        let store = &self.inner.variables;
        let kept = match context {
            Some(context) => self.usable_secrets(Some(context.collection))?,
            None => Vec::new(),
        };
        Ok(Scopes::of(&Sources {
            request: context.map(|context| context.variables.as_slice()).unwrap_or_default(),
            around,
            tenant,
            globals: &store.globals()?,
            kept: &kept,
            kept_globals: &self.usable_secrets(None)?,
            process: &self.inner.process,
        }))
    }

    /// The tenant a door names, else the one the environment is bound to, if it is known here.
    pub(super) fn tenant_of(
        &self,
        named: Option<&str>,
        around: Option<&Surroundings>,
    ) -> Result<Option<TenantRecord>> {
        if let Some(name) = named {
            return self.tenant(name).map(Some);
        }
        match around.and_then(|around| around.tenant.as_deref()) {
            Some(name) => Ok(self.inner.tenants.find(name)?),
            None => Ok(None),
        }
    }

    /// The values of the secrets a request needs, and of no others.
    pub(super) async fn secrets(&self, scene: &Scene) -> Result<Secrets> {
        let renderer = Renderer::shown(&scene.scopes);
        render(&renderer, &scene.request, &scene.folder)?;
        self.fetch_secrets(scene.tenant.as_ref(), renderer.used()).await
    }

    async fn fetch_secrets(
        &self,
        tenant: Option<&TenantRecord>,
        wanted: BTreeSet<SecretSource>,
    ) -> Result<Secrets> {
        let mut secrets = Secrets::new();
        for source in wanted {
            let value = match &source {
                SecretSource::Variable { entry, held_for_run } => {
                    let custody = if *held_for_run { Custody::Run } else { Custody::Keyring };
                    self.variable_value(custody, entry).await?
                }
                SecretSource::Key(id) => self.key_secret(tenant, *id).await?,
                SecretSource::Process(name) => self.inner.process.get(name).cloned(),
            };
            secrets.extend(value.map(|value| (source, value)));
        }
        Ok(secrets)
    }

    async fn variable_value(&self, custody: Custody, entry: &str) -> Result<Option<Secret<String>>> {
        if let Some(known) = lock(&self.inner.variable_values).get(entry).cloned() {
            return Ok(Some(known));
        }
        let Some(bytes) = self.inner.vault.read(custody, entry).await? else { return Ok(None) };
        // EXPOSE: from the vault's bytes into the text that was put there.
        let value = String::from_utf8(bytes.expose().clone()).ok().map(Secret::new);
        if let Some(value) = &value {
            lock(&self.inner.variable_values).insert(entry.to_owned(), value.clone());
        }
        Ok(value)
    }

    async fn key_secret(
        &self,
        tenant: Option<&TenantRecord>,
        id: uuid::Uuid,
    ) -> Result<Option<Secret<String>>> {
        let found = tenant.and_then(|tenant| Some((tenant, tenant.keys.iter().find(|key| key.id == id)?)));
        let Some((tenant, record)) = found else { return Ok(None) };
        let key = self.usable_key(tenant, Some(&record.name), None).await?;
        let secret = key.secret().cloned().ok_or_else(|| {
            Error::new(Code::WrongKey, format!("{} has a certificate and no client secret. Nothing was sent.", key.name))
                .hint("Sign in with OAuth over {{tokenUrl}}, {{clientId}} and {{clientSecret}}: then the certificate is used")
        })?;
        Ok(Some(secret))
    }
}

impl Scene {
    /// What is written over the tenant's own variables is the tenant's own way to sign in: a certificate key then uses its
    /// certificate, and the credentials stay with the tenant's hosts.
    fn authorization_of_tenant(&self) -> Option<Authorization> {
        let tenant = self.tenant.as_ref()?;
        supplying(tenant).into_iter().find_map(|(key, [_, _, secret_name])| {
            let is_ours = |text: &str| {
                let name = sole_name(text).filter(|name| *name == secret_name);
                name.and_then(|name| self.scopes.origin(name))
                    .is_some_and(|origin| origin.scope == Scope::Tenant)
            };
            let says = |text: &str, value: &str| self.shows(text).as_deref() == Some(value);
            let named = Some(key.name.clone());
            match &self.request.authorization {
                Authorization::ClientCredentials { token_url, client_id, client_secret, scope, .. }
                    if is_ours(client_secret)
                        && scope.trim().is_empty()
                        && says(token_url, key.called_token_url())
                        && says(client_id, &key.client_id) =>
                {
                    Some(Authorization::Bearer { key: named })
                }
                Authorization::Login { username, password }
                    if is_ours(password) && says(username, &key.client_id) =>
                {
                    Some(Authorization::Basic { key: named })
                }
                _ => None,
            }
        })
    }

    fn shows(&self, text: &str) -> Option<String> {
        let renderer = Renderer::shown(&self.scopes);
        renderer.text(text, &crate::variables::Spot::Authorization("client")).ok()
    }
}
