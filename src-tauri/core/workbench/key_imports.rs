use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use uuid::Uuid;

use super::keys::{der, taken, usable_now, usual_method};
use super::tenants::clean_name;
use super::{Workbench, lock};
use crate::error::{Code, Error, Result};
use crate::operation::{ImportName, KeyText, PrivateKeyAdd};
use crate::secret::Secret;
use crate::service_key::{
    AddedKey, Credential, ImportId, KeyImport, KeySave, Reading, ServiceKey, mask, read,
};
use crate::tenant::{Custody, Key, KeyRecord, Stage, TenantRecord};
use crate::token::TokenFacts;

/// A private key file is far smaller.
const LARGEST_FILE: u64 = 4 * 1024 * 1024;
/// How many other programs may win the race for a name before it is given up.
const RACES: u32 = 20;

/// Keys that were read and not saved yet.
#[derive(Default)]
pub(super) struct KeyImports {
    waiting: HashMap<ImportId, Waiting>,
}

struct Waiting {
    key: ServiceKey,
    shown: KeyImport,
}

impl Workbench {
    /// Reads a service key without saving it.
    pub async fn key_read(&self, text: KeyText) -> Result<KeyImport> {
        let id = Uuid::new_v4();
        let lines = mask(&text.text);
        let Reading { key, repairs } = match read(&text.text) {
            Ok(reading) => reading,
            Err(error) => return Ok(KeyImport { text: lines, failure: Some(error.into()), ..nothing(id) }),
        };
        let shown = KeyImport {
            text: lines,
            facts: Some(key.facts(Timestamp::now())),
            repairs,
            blocked: key.blocked().map(str::to_owned),
            suggested_tenant: key.suggested_tenant(),
            suggested_stage: key.suggested_stage().filter(|stage| *stage != Stage::Sandbox),
            suggested_name: key.suggested_name(),
            ..nothing(id)
        };
        lock(&self.inner.key_imports).waiting.insert(id, Waiting { key, shown: shown.clone() });
        Ok(shown)
    }

    /// Adds the private key of an external certificate to a read key.
    pub async fn key_add_private_key(&self, add: PrivateKeyAdd) -> Result<KeyImport> {
        let (mut key, shown) = self.waiting(add.import)?;
        let name = add.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let passphrase = add.passphrase;
        // A file on a slow disk and a key derivation of many rounds would hold up everybody else.
        let opened = tokio::task::spawn_blocking(move || {
            let bytes = Secret::new(read_file(&add.path)?);
            let added = key.add_private_key(&name, &bytes, passphrase.as_ref());
            Ok::<_, Error>((key, added))
        });
        let (key, added) = opened.await.map_err(|error| unopened(&error))??;
        Ok(self.keep_waiting(add.import, key, shown, added))
    }

    /// Remembers a read key with the private key that was added, or with why it was not.
    pub(super) fn keep_waiting(
        &self,
        import: ImportId,
        key: ServiceKey,
        shown: KeyImport,
        added: AddedKey,
    ) -> KeyImport {
        let shown = KeyImport {
            facts: Some(key.facts(Timestamp::now())),
            blocked: key.blocked().map(str::to_owned),
            private_key: Some(added.file),
            comparison: added.comparison,
            ..shown
        };
        lock(&self.inner.key_imports).waiting.insert(import, Waiting { key, shown: shown.clone() });
        shown
    }

    /// Asks for a token with a read key that is not saved yet.
    pub async fn key_test(&self, name: ImportName) -> Result<TokenFacts> {
        let (key, shown) = self.waiting(name.import)?;
        let usable = usable_now(&key, name.import, &shown.suggested_name)?;
        let known = self.known_token(&usable);
        let token = self.token_alone(None, &usable, known.as_ref()).await?;
        Ok(token.facts(&shown.suggested_tenant.unwrap_or_default(), &usable.name, usable.method, false))
    }

    /// Saves a read key, its secrets in the keyring; nothing is kept when either fails.
    pub async fn key_save(&self, save: KeySave) -> Result<Key> {
        let (key, shown) = self.waiting(save.import)?;
        if let Some(reason) = key.blocked() {
            return Err(Error::new(Code::PrivateKeyNeeded, reason).hint("Add the private key that fits"));
        }
        let mut saved = self.store_as(&save, &key, &shown.suggested_name).await;
        for _ in 0..RACES {
            // Another program made the tenant or took the name meanwhile: what is there now counts.
            if save.name.is_some() || !saved.as_ref().is_err_and(|error| error.code == Code::AlreadyExists) {
                break;
            }
            saved = self.store_as(&save, &key, &shown.suggested_name).await;
        }
        let saved = saved?;
        lock(&self.inner.key_imports).waiting.remove(&save.import);
        Ok(saved)
    }

    async fn store_as(&self, save: &KeySave, key: &ServiceKey, suggested: &str) -> Result<Key> {
        let tenant = self.tenant_or_new(&save.tenant, save.stage)?;
        let name = match &save.name {
            Some(name) => free_name(&tenant, clean_name(name)?)?,
            None => numbered(&tenant, suggested),
        };
        let custody = if save.hold_for_run { Custody::Run } else { Custody::Keyring };
        self.store(&tenant, key, name, custody).await
    }

    /// Forgets a read key that was not saved.
    pub async fn key_discard(&self, name: ImportName) -> Result<()> {
        lock(&self.inner.key_imports).waiting.remove(&name.import);
        Ok(())
    }

    /// The certificate of a read key as PEM, as the cockpit wants it.
    pub fn key_certificate_pem(&self, name: ImportName) -> Result<String> {
        let (key, _) = self.waiting(name.import)?;
        let leaf = key.certificates().first().ok_or_else(|| {
            Error::new(Code::WrongKey, "This key has no certificate").hint("Only certificate keys have one")
        })?;
        let coded = STANDARD.encode(leaf);
        let lines: Vec<&str> =
            coded.as_bytes().chunks(64).filter_map(|line| std::str::from_utf8(line).ok()).collect();
        Ok(format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n")))
    }

    pub(super) async fn store(
        &self,
        tenant: &TenantRecord,
        key: &ServiceKey,
        name: String,
        custody: Custody,
    ) -> Result<Key> {
        let record = record_of(key, name, custody);
        self.keep_secret(&record, secret_of(key)?).await?;
        if let Err(error) = self.inner.tenants.add_key(tenant, &record) {
            self.drop_secret(&record).await;
            return Err(error.into());
        }
        let usable = usable_now(key, record.id, &record.name)?;
        lock(&self.inner.credentials).insert(record.secret, Arc::new(usable));
        Ok(self.show_key(&record))
    }

    pub(super) fn waiting(&self, import: ImportId) -> Result<(ServiceKey, KeyImport)> {
        let imports = lock(&self.inner.key_imports);
        let waiting = imports.waiting.get(&import).ok_or_else(no_import)?;
        Ok((waiting.key.clone(), waiting.shown.clone()))
    }
}

/// The record of a key that is new.
pub(super) fn record_of(key: &ServiceKey, name: String, custody: Custody) -> KeyRecord {
    let (token_url, stated) = (key.token_url().to_string(), key.stated_token_url().to_string());
    KeyRecord {
        id: Uuid::new_v4(),
        secret: Uuid::new_v4(),
        name,
        kind: key.kind(),
        plan: key.plan(),
        client_id: key.client_id().to_owned(),
        host_url: key.host_url().map(|url| url.as_str().trim_end_matches('/').to_owned()),
        stated_token_url: (stated != token_url).then_some(stated),
        token_url,
        token_url_override: None,
        method: usual_method(key.kind()),
        custody,
        certificates: der(key.certificates()),
        added_at: Timestamp::now(),
    }
}

/// What goes to the keyring: the client secret, or the private key as DER.
pub(super) fn secret_of(key: &ServiceKey) -> Result<Secret<Vec<u8>>> {
    if let Credential::Secret(secret) = key.credential() {
        // EXPOSE: into the keyring.
        return Ok(Secret::new(secret.expose().clone().into_bytes()));
    }
    let identity =
        key.identity().ok_or_else(|| Error::new(Code::PrivateKeyNeeded, "The private key is missing"))?;
    Ok(identity.private_key_der().clone())
}

fn free_name(tenant: &TenantRecord, name: String) -> Result<String> {
    if has_key(tenant, &name) { Err(taken(tenant, &name)) } else { Ok(name) }
}

/// The name, with a number when it is taken.
pub(super) fn numbered(tenant: &TenantRecord, name: &str) -> String {
    let with_number = |number: usize| if number == 1 { name.to_owned() } else { format!("{name} {number}") };
    // Among one name more than there are keys one is free.
    let names = (1..=tenant.keys.len() + 1).map(with_number);
    names.into_iter().find(|name| !has_key(tenant, name)).unwrap_or_default()
}

fn has_key(tenant: &TenantRecord, name: &str) -> bool {
    tenant.keys.iter().any(|key| key.name.eq_ignore_ascii_case(name))
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    // A pipe or a device may never end.
    let is_file = std::fs::metadata(path).map_or(true, |facts| facts.is_file());
    if !is_file {
        return Err(Error::new(Code::InvalidInput, format!("{} is no file", path.display()))
            .hint("Choose the file with the private key"));
    }
    std::fs::File::open(path).and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)).map_err(
        |error| {
            Error::new(Code::InvalidInput, format!("{} cannot be read", path.display()))
                .hint("Check the file and its permissions")
                .detail(error.to_string())
        },
    )?;
    Ok(bytes)
}

fn nothing(id: ImportId) -> KeyImport {
    KeyImport {
        id,
        text: Vec::new(),
        facts: None,
        repairs: Vec::new(),
        failure: None,
        private_key: None,
        comparison: None,
        blocked: None,
        suggested_tenant: None,
        suggested_stage: None,
        suggested_name: String::new(),
    }
}

fn unopened(error: &tokio::task::JoinError) -> Error {
    Error::new(Code::InvalidInput, "The private key file could not be read")
        .hint("Choose another file")
        .detail(error.to_string())
}

fn no_import() -> Error {
    Error::new(Code::NotFound, "This key is not waiting to be saved any more")
        .hint("Paste the service key again")
}
