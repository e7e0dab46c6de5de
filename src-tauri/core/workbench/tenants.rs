use rustls::pki_types::CertificateDer;
use uuid::Uuid;

use super::{Workbench, no_tenant};
use crate::certificate::ChainFacts;
use crate::error::{Code, Error, Result};
use crate::operation::{TenantAdd, TenantChange, TenantHost, TenantName};
use crate::service_key::Plan;
use crate::tenant::{Key, KeyRecord, Stage, Tenant, TenantRecord};

/// Longer names are mistakes: somebody pasted something else.
const LONGEST_NAME: usize = 80;

impl Workbench {
    /// Lists the tenants with their keys.
    pub async fn tenant_list(&self, (): ()) -> Result<Vec<Tenant>> {
        self.inner.tenants.list()?.iter().map(|tenant| self.show(tenant)).collect()
    }

    /// Makes a tenant without keys.
    pub async fn tenant_add(&self, add: TenantAdd) -> Result<Tenant> {
        let tenant = TenantRecord {
            id: Uuid::new_v4(),
            name: self.free_tenant_name(&add.name)?,
            stage: add.stage,
            color: add.color.map(color).transpose()?.flatten(),
            group: add.group.and_then(filled),
            runtime_url_override: None,
            keys: Vec::new(),
        };
        self.inner.tenants.add(&tenant)?;
        self.show(&tenant)
    }

    /// Renames a tenant or changes its stage, colour, group or runtime URL.
    pub async fn tenant_change(&self, change: TenantChange) -> Result<Tenant> {
        let mut tenant = self.tenant(&change.tenant)?;
        let old_name = tenant.name.clone();
        if let Some(name) = change.name.filter(|name| name.trim() != tenant.name) {
            let only_case = name.trim().eq_ignore_ascii_case(&tenant.name);
            tenant.name = if only_case { clean_name(&name)? } else { self.free_tenant_name(&name)? };
        }
        if let Some(stage) = change.stage {
            tenant.stage = stage;
        }
        if let Some(text) = change.color {
            tenant.color = color(text)?;
        }
        if let Some(group) = change.group {
            tenant.group = filled(group);
        }
        if let Some(text) = change.runtime_url_override {
            tenant.runtime_url_override = filled(text).map(|url| base_url(&url)).transpose()?;
        }
        self.inner.tenants.change(&tenant)?;
        if tenant.name != old_name {
            self.inner.drafts.rename_tenant(&old_name, &tenant.name)?;
        }
        self.show(&tenant)
    }

    /// Lets a host that is not the tenant's own have its credentials.
    pub async fn host_allow(&self, host: TenantHost) -> Result<Tenant> {
        let tenant = self.tenant(&host.tenant)?;
        self.inner.tenants.allow_host(tenant.id, &origin(&host.origin)?)?;
        self.show(&tenant)
    }

    /// Takes back that a host may have the tenant's credentials.
    pub async fn host_forbid(&self, host: TenantHost) -> Result<Tenant> {
        let tenant = self.tenant(&host.tenant)?;
        self.inner.tenants.forbid_host(tenant.id, &origin(&host.origin)?)?;
        self.show(&tenant)
    }

    /// Removes a tenant, its keys and their secrets in the keyring; a key whose secret cannot be removed stays, and so
    /// does the tenant.
    pub async fn tenant_remove(&self, name: TenantName) -> Result<()> {
        // Another program may add a key while the keyring asks its user.
        loop {
            let tenant = self.tenant(&name.tenant)?;
            let Some(key) = tenant.keys.first() else { return Ok(self.inner.tenants.remove(tenant.id)?) };
            self.forget_secret(key).await?;
            self.inner.tenants.remove_key(key.id)?;
        }
    }

    /// A tenant as doors see it.
    pub(super) fn show(&self, tenant: &TenantRecord) -> Result<Tenant> {
        Ok(Tenant {
            name: tenant.name.clone(),
            stage: tenant.stage,
            color: tenant.color.clone(),
            group: tenant.group.clone(),
            runtime_url: tenant.runtime_url().map(str::to_owned),
            runtime_url_override: tenant.runtime_url_override.clone(),
            api_url: tenant.host_of(Plan::Api).map(str::to_owned),
            keys: tenant.keys.iter().map(|key| self.show_key(key)).collect(),
            allowed_hosts: self.inner.tenants.allowed_hosts(tenant.id)?,
        })
    }

    /// A key as doors see it.
    pub(super) fn show_key(&self, key: &KeyRecord) -> Key {
        let chain: Vec<CertificateDer<'_>> =
            key.certificates.iter().map(|der| der.as_slice().into()).collect();
        Key {
            name: key.name.clone(),
            kind: key.kind,
            plan: key.plan,
            client_id: key.client_id.clone(),
            host_url: key.host_url.clone(),
            token_url: key.called_token_url().to_owned(),
            method: key.method,
            custody: key.custody,
            usable: self.inner.vault.usable(key.custody, &key.secret_name()),
            chain: if chain.is_empty() { None } else { ChainFacts::read(&chain).ok() },
            added_at: key.added_at,
            health: self.health(key),
        }
    }

    /// The name as it will be stored, if no other tenant has it.
    pub(super) fn free_tenant_name(&self, name: &str) -> Result<String> {
        let name = clean_name(name)?;
        if self.inner.tenants.find(&name)?.is_some() {
            return Err(Error::new(Code::AlreadyExists, format!("There is already a tenant {name}"))
                .hint("Choose another name, or add the key to that tenant"));
        }
        Ok(name)
    }

    /// The tenant of this name, or a new one of this stage that is not stored yet.
    pub(super) fn tenant_or_new(&self, name: &str, stage: Option<Stage>) -> Result<TenantRecord> {
        let name = clean_name(name)?;
        if let Some(tenant) = self.inner.tenants.find(&name)? {
            return match stage {
                Some(stage) if stage != tenant.stage => Err(other_stage(&tenant, stage)),
                _ => Ok(tenant),
            };
        }
        let stage = stage.ok_or_else(|| {
            Error { code: Code::InvalidInput, ..no_tenant(&name) }
                .hint("Say what the new tenant is used for with its stage: dev, test or prod (--stage)")
        })?;
        Ok(TenantRecord {
            id: Uuid::new_v4(),
            name,
            stage,
            color: None,
            group: None,
            runtime_url_override: None,
            keys: Vec::new(),
        })
    }
}

fn other_stage(tenant: &TenantRecord, wanted: Stage) -> Error {
    let word = |stage: Stage| format!("{stage:?}").to_lowercase();
    let message = format!("{} is there already, as a {} tenant", tenant.name, word(tenant.stage));
    Error::new(Code::InvalidInput, message).hint(format!(
        "Leave the stage out to add the key to it, or choose another name for the {} tenant",
        word(wanted)
    ))
}

/// A name as it is stored: trimmed, one line, not too long.
pub(super) fn clean_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(
            Error::new(Code::InvalidInput, "The name is empty").hint("Type a name, for example acme-dev")
        );
    }
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Error::new(Code::InvalidInput, "The name is too long or has line breaks in it")
            .hint(format!("Use one line of at most {LONGEST_NAME} characters")));
    }
    Ok(name.to_owned())
}

/// Scheme, host and port as they are compared.
fn origin(text: &str) -> Result<String> {
    let url = url::Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "https" | "http"));
    url.map(|url| url.origin().ascii_serialization()).ok_or_else(|| {
        Error::new(Code::InvalidInput, format!("“{}” is no host of the web", text.escape_debug()))
            .hint("Write it like https://api.acme.example")
    })
}

fn filled(text: String) -> Option<String> {
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

fn color(text: String) -> Result<Option<String>> {
    let Some(text) = filled(text) else { return Ok(None) };
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
    if digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit())) {
        return Ok(Some(text.to_lowercase()));
    }
    Err(Error::new(Code::InvalidInput, format!("“{text}” is no colour"))
        .hint("Write it as #rrggbb, for example #2f7d32"))
}

/// A base URL without a slash at its end.
pub(super) fn base_url(text: &str) -> Result<String> {
    let wrong = |why: &str| {
        Error::new(Code::InvalidInput, format!("“{text}” cannot be a runtime address: {why}"))
            .hint("Write it like https://flows.acme.example")
    };
    let url = url::Url::parse(text).map_err(|error| wrong(&error.to_string()))?;
    if !matches!(url.scheme(), "https" | "http") || url.host().is_none() {
        return Err(wrong("it must begin with https://"));
    }
    if !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some()
    {
        return Err(wrong("it may have host, port and path only"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}
