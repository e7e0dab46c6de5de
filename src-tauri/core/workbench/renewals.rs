use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::key_imports::{record_of, secret_of};
use super::keys::{UsableKey, find_key, fitting, usable_now};
use super::{Workbench, lock};
use crate::error::{Code, Error, Result};
use crate::operation::KeyRenew;
use crate::secret::Secret;
use crate::service_key::ServiceKey;
use crate::tenant::{Custody, Health, KeyRecord, KeyRenewal, TenantRecord};

/// A secret nothing refers to for this long is left over: longer than any door waits for the keyring's user.
const LEFT_OVER: Duration = Duration::from_mins(10);

impl Workbench {
    /// Puts a new service key in the place of a saved one, after a token proved it good; the old secret leaves the keyring.
    ///
    /// Whatever fails before that, or ends the program at any moment, leaves the old key as it was.
    pub async fn key_renew(&self, renew: KeyRenew) -> Result<KeyRenewal> {
        let (key, _) = self.waiting(renew.import)?;
        if let Some(reason) = key.blocked() {
            return Err(Error::new(Code::PrivateKeyNeeded, reason).hint("Add the private key that fits"));
        }
        let tenant = self.tenant(&renew.tenant)?;
        let old = find_key(&tenant, Some(&renew.key), None)?;
        check_place(&tenant, old, &key)?;
        let new = renewed(old, &key);
        // While it is tried it is nobody's: what becomes of it says nothing about the old key.
        let tried = UsableKey {
            token_url: new.called_token_url().to_owned(),
            method: new.method,
            ..usable_now(&key, renew.import, &old.name)?
        };
        self.check_other(&tenant, old, &tried).await?;
        let known = self.known_token(&tried);
        let token = self.token_alone(Some(&tenant), &tried, known.as_ref()).await?;
        self.put_in_place(old, &new, secret_of(&key)?).await?;
        self.forget_use(old);
        lock(&self.inner.credentials).insert(new.secret, Arc::new(UsableKey { id: new.id, ..tried }));
        lock(&self.inner.health).insert(new.id, Health::Good { at: Timestamp::now() });
        let old_secret_removed = self.remove_noted(old.custody, &old.secret_name()).await.is_ok();
        self.key_discard(crate::operation::ImportName { import: renew.import }).await?;
        Ok(KeyRenewal {
            token: token.facts(&tenant.name, &new.name, new.method, false),
            key: self.show_key(&new),
            old_secret_removed,
        })
    }

    /// Refuses the very key that is there already: nothing would be renewed.
    async fn check_other(&self, tenant: &TenantRecord, old: &KeyRecord, new: &UsableKey) -> Result<()> {
        // One whose secret is gone or locked away cannot be compared, and is all the more to be renewed.
        let Ok(known) = self.usable_key(tenant, Some(&old.name), None).await else { return Ok(()) };
        if known.client_id == new.client_id && known.fingerprint() == new.fingerprint() {
            let message = format!("This is the key {} of {} has already", old.name, tenant.name);
            return Err(Error::new(Code::AlreadyExists, message).hint(
                "Create another service key of the same instance in the BTP cockpit, and give that one",
            ));
        }
        Ok(())
    }

    async fn put_in_place(&self, old: &KeyRecord, new: &KeyRecord, secret: Secret<Vec<u8>>) -> Result<()> {
        self.keep_secret(new, secret).await?;
        if let Err(error) = self.inner.tenants.renew_key(old, new) {
            self.drop_secret(new).await;
            return Err(error.into());
        }
        Ok(())
    }

    /// Keeps the secret of a key that is not in the database yet; noted first, so that it is found again if that never happens.
    pub(super) async fn keep_secret(&self, key: &KeyRecord, secret: Secret<Vec<u8>>) -> Result<()> {
        let name = key.secret_name();
        self.inner.tenants.note_secret(&name)?;
        if let Err(error) = self.inner.vault.write(key.custody, &name, secret).await {
            self.drop_secret(key).await;
            return Err(error.into());
        }
        Ok(())
    }

    /// Removes the secret of a key that did not come to be; what cannot be removed now stays noted.
    pub(super) async fn drop_secret(&self, key: &KeyRecord) {
        let _ = self.remove_noted(key.custody, &key.secret_name()).await;
    }

    /// Removes what is left over of keys that were renewed or never saved, when the keyring is open anyway.
    pub(super) async fn sweep_secrets(&self) {
        for name in self.inner.tenants.loose_secrets(LEFT_OVER).unwrap_or_default() {
            // What fails is tried again the next time.
            let _ = self.remove_noted(Custody::Keyring, &name).await;
        }
    }

    async fn remove_noted(&self, custody: Custody, name: &str) -> Result<()> {
        self.inner.vault.remove(custody, name).await?;
        Ok(self.inner.tenants.strike_secret(name)?)
    }
}

/// The record of a key in its new state: what the user chose stays, as far as it fits the new kind.
fn renewed(old: &KeyRecord, key: &ServiceKey) -> KeyRecord {
    let new = record_of(key, old.name.clone(), old.custody);
    let method = fitting(old.method, new.kind);
    KeyRecord {
        id: old.id,
        plan: old.plan,
        token_url_override: old.token_url_override.clone().filter(|_| method.is_ok()),
        method: method.unwrap_or(new.method),
        ..new
    }
}

/// Refuses a key of another tenant or plan: environments and collections would go elsewhere without a word.
fn check_place(tenant: &TenantRecord, old: &KeyRecord, key: &ServiceKey) -> Result<()> {
    let of_old = old.host_url.as_deref().and_then(|url| Url::parse(url).ok());
    let (is_same, this, that) = if let (Some(new), Some(old)) = (key.host_url(), of_old) {
        (new.origin() == old.origin(), shown(new), shown(&old))
    } else {
        let (new, old_url) = (key.token_url(), Url::parse(&old.token_url).ok());
        let is_same = old_url.as_ref().is_some_and(|old| zone(old) == zone(&new)) && key.plan() == old.plan;
        (is_same, shown(&new), old_url.as_ref().map(shown).unwrap_or_default())
    };
    if is_same {
        return Ok(());
    }
    let message = format!("This key is of {this}, {} of {} is of {that}", old.name, tenant.name);
    Err(Error::new(Code::KeyMismatch, message)
        .hint("Renew with a key of the same service instance, or add this one as a key of its own"))
}

/// The subdomain of a token server, the same for keys with a secret and with a certificate.
fn zone(token_url: &Url) -> &str {
    token_url.host_str().and_then(|host| host.split('.').next()).unwrap_or_default()
}

fn shown(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}", url.host_str().unwrap_or_default())
}
