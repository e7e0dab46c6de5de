use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::tenants::clean_name;
use super::{Workbench, lock};
use crate::certificate::Identity;
use crate::error::{Code, Error, Result};
use crate::operation::{KeyChange, KeyName};
use crate::secret::Secret;
use crate::service_key::{Credential, KeyFacts, Kind, Plan, ServiceKey};
use crate::tenant::{Custody, Key, KeyRecord, TenantRecord};
use crate::token::{Method, Proof};

/// A key with its secret at hand, ready to be used; lives in memory only.
pub(super) struct UsableKey {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) plan: Plan,
    pub(super) client_id: String,
    pub(super) token_url: String,
    pub(super) method: Method,
    pub(super) credential: UsableCredential,
}

/// What a usable key proves itself with.
pub(super) enum UsableCredential {
    Secret(Secret<String>),
    Identity(Identity),
}

impl UsableKey {
    pub(super) fn proof(&self) -> Proof<'_> {
        match &self.credential {
            UsableCredential::Secret(secret) => Proof::Secret(secret),
            UsableCredential::Identity(identity) => Proof::Certificate(identity),
        }
    }

    pub(super) const fn identity(&self) -> Option<&Identity> {
        match &self.credential {
            UsableCredential::Secret(_) => None,
            UsableCredential::Identity(identity) => Some(identity),
        }
    }

    /// SHA-256 of what it proves itself with; stays in memory.
    pub(super) fn fingerprint(&self) -> [u8; 32] {
        let digest = match &self.credential {
            // EXPOSE: into a digest that tells two secrets apart.
            UsableCredential::Secret(secret) => Sha256::digest(secret.expose().as_bytes()),
            UsableCredential::Identity(identity) => Sha256::digest(identity.fingerprint().as_bytes()),
        };
        digest.into()
    }

    pub(super) const fn secret(&self) -> Option<&Secret<String>> {
        match &self.credential {
            UsableCredential::Secret(secret) => Some(secret),
            UsableCredential::Identity(_) => None,
        }
    }
}

impl Workbench {
    /// Renames a key or changes its plan, token URL or token method.
    pub async fn key_change(&self, change: KeyChange) -> Result<Key> {
        let tenant = self.tenant(&change.tenant)?;
        let mut key = find_key(&tenant, Some(&change.key), None)?.clone();
        if let Some(name) = change.name {
            let name = clean_name(&name)?;
            if tenant.keys.iter().any(|other| other.id != key.id && other.name.eq_ignore_ascii_case(&name)) {
                return Err(taken(&tenant, &name));
            }
            key.name = name;
        }
        key.plan = change.plan.unwrap_or(key.plan);
        if let Some(text) = change.token_url {
            key.token_url_override = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            check_token_url(key.called_token_url())?;
        }
        if let Some(method) = change.method {
            key.method = fitting(method, key.kind)?;
        }
        self.inner.tenants.change_key(&key)?;
        lock(&self.inner.credentials).remove(&key.secret);
        Ok(self.show_key(&key))
    }

    /// Removes a key and its secrets in the keyring; if the secret cannot be removed, the key stays.
    pub async fn key_remove(&self, name: KeyName) -> Result<()> {
        let tenant = self.tenant(&name.tenant)?;
        let key = find_key(&tenant, name.key.as_deref(), name.plan)?;
        self.forget_secret(key).await?;
        Ok(self.inner.tenants.remove_key(key.id)?)
    }

    /// Shows everything about a saved key that is not secret.
    pub async fn key_facts(&self, name: KeyName) -> Result<KeyFacts> {
        let tenant = self.tenant(&name.tenant)?;
        let key = find_key(&tenant, name.key.as_deref(), name.plan)?;
        let shown = self.show_key(key);
        Ok(KeyFacts {
            kind: key.kind,
            plan: key.plan,
            client_id: key.client_id.clone(),
            host_url: key.host_url.clone(),
            token_url: shown.token_url,
            stated_token_url: key.stated_token_url.clone(),
            problems: shown
                .chain
                .as_ref()
                .map(|chain| crate::service_key::certificate_problems(chain, jiff::Timestamp::now()))
                .unwrap_or_default(),
            private_key_fits: shown.chain.is_some().then_some(true),
            chain: shown.chain,
        })
    }

    /// The key with its secret, from memory or from where it is kept.
    pub(super) async fn usable_key(
        &self,
        tenant: &TenantRecord,
        name: Option<&str>,
        plan: Option<Plan>,
    ) -> Result<Arc<UsableKey>> {
        let record = find_key(tenant, name, plan)?;
        if let Some(known) = lock(&self.inner.credentials).get(&record.secret).cloned() {
            return Ok(known);
        }
        let secret = self.inner.vault.read(record.custody, &record.secret_name()).await?;
        let secret = secret.ok_or_else(|| gone(tenant, record))?;
        if record.custody == Custody::Keyring {
            self.sweep_secrets().await;
        }
        let usable = Arc::new(usable(record, secret)?);
        // The keyring may have asked its user for minutes; what changed meanwhile is not to be remembered as it was.
        let now = self.inner.tenants.find(&tenant.name)?;
        if now.is_some_and(|now| now.keys.contains(record)) {
            lock(&self.inner.credentials).insert(record.secret, Arc::clone(&usable));
        }
        Ok(usable)
    }

    pub(super) async fn forget_secret(&self, key: &KeyRecord) -> Result<()> {
        self.inner.vault.remove(key.custody, &key.secret_name()).await?;
        self.forget_use(key);
        Ok(())
    }

    /// Forgets what the use of a key left in memory.
    pub(super) fn forget_use(&self, key: &KeyRecord) {
        lock(&self.inner.credentials).remove(&key.secret);
        lock(&self.inner.health).remove(&key.id);
        self.inner.tokens.forget(&key.client_id);
        self.inner.post.forget_sessions();
        lock(&self.inner.exchanges).forget_clear_values();
    }
}

/// A key that was read but not saved, ready to be tested.
pub(super) fn usable_now(key: &ServiceKey, id: Uuid, name: &str) -> Result<UsableKey> {
    let credential = match key.credential() {
        Credential::Secret(secret) => UsableCredential::Secret(secret.clone()),
        _ => UsableCredential::Identity(key.identity().cloned().ok_or_else(|| {
            Error::new(Code::PrivateKeyNeeded, key.blocked().unwrap_or("The private key is missing"))
                .hint("Add the private key first")
        })?),
    };
    Ok(UsableKey {
        id,
        name: name.to_owned(),
        plan: key.plan(),
        client_id: key.client_id().to_owned(),
        token_url: key.token_url().to_string(),
        method: usual_method(key.kind()),
        credential,
    })
}

fn usable(record: &KeyRecord, secret: Secret<Vec<u8>>) -> Result<UsableKey> {
    let credential = match record.kind {
        Kind::Secret => UsableCredential::Secret(text(&secret).ok_or_else(|| damaged(record))?),
        Kind::Certificate | Kind::External => {
            let identity = Identity::from_der(record.certificates.clone(), secret);
            UsableCredential::Identity(identity.map_err(|error| damaged(record).detail(error.to_string()))?)
        }
    };
    Ok(UsableKey {
        id: record.id,
        name: record.name.clone(),
        plan: record.plan,
        client_id: record.client_id.clone(),
        token_url: record.called_token_url().to_owned(),
        method: record.method,
        credential,
    })
}

fn text(secret: &Secret<Vec<u8>>) -> Option<Secret<String>> {
    // EXPOSE: from the keyring's bytes into the text the key is made of.
    String::from_utf8(secret.expose().clone()).ok().map(Secret::new)
}

/// How a kind asks for tokens when the user chose nothing.
pub(super) const fn usual_method(kind: Kind) -> Method {
    match kind {
        Kind::Secret => Method::Body,
        Kind::Certificate | Kind::External => Method::Mtls,
    }
}

pub(super) fn fitting(method: Method, kind: Kind) -> Result<Method> {
    if (method == Method::Mtls) == (usual_method(kind) == Method::Mtls) {
        return Ok(method);
    }
    Err(Error::new(Code::WrongKey, "This kind of key cannot ask for tokens like that")
        .hint("Secret keys use the body or Basic, certificate keys their certificate"))
}

fn check_token_url(text: &str) -> Result<()> {
    let is_bare = |url: &url::Url| {
        url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
    };
    let url = url::Url::parse(text).ok().filter(|url| url.scheme() == "https" && is_bare(url));
    url.map(|_| ()).ok_or_else(|| {
        Error::new(Code::InvalidInput, "This cannot be a token URL")
            .hint("It begins with https:// and usually ends with /oauth/token")
    })
}

/// The key a door means.
pub(super) fn find_key<'a>(
    tenant: &'a TenantRecord,
    name: Option<&str>,
    plan: Option<Plan>,
) -> Result<&'a KeyRecord> {
    tenant.key(name, plan).ok_or_else(|| {
        let wanted = match (name, plan) {
            (Some(name), _) => format!("key {name}"),
            (None, Some(Plan::Api)) => "key of plan api".to_owned(),
            (None, Some(Plan::IntegrationFlow)) => "key of plan integration-flow".to_owned(),
            _ => "key".to_owned(),
        };
        Error::new(Code::NotFound, format!("{} has no {wanted}", tenant.name))
            .hint("Import the service key first")
    })
}

/// The certificates of a record, as rustls names them.
pub(super) fn der(certificates: &[CertificateDer<'_>]) -> Vec<Vec<u8>> {
    certificates.iter().map(|certificate| certificate.as_ref().to_vec()).collect()
}

pub(super) fn taken(tenant: &TenantRecord, name: &str) -> Error {
    Error::new(Code::AlreadyExists, format!("{} already has a key {name}", tenant.name))
        .hint("Choose another name")
}

fn gone(tenant: &TenantRecord, key: &KeyRecord) -> Error {
    let message = match key.custody {
        Custody::Run => format!("The secret of {} was held for an earlier run only", key.name),
        Custody::Keyring => format!("The keyring holds no secret for {} of {}", key.name, tenant.name),
    };
    Error::new(Code::WrongKey, message).hint("Import the service key again")
}

fn damaged(key: &KeyRecord) -> Error {
    Error::new(Code::WrongKey, format!("The keyring's secret for {} does not fit the key", key.name))
        .hint("Import the service key again")
}
