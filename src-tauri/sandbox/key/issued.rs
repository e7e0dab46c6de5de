use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::container::{encrypted, pkcs1, pkcs8, pkcs12, pkcs12_legacy};
use super::{Identity, Key, KeyName};
use crate::Error;

/// A service key as the tenant hands it out.
#[derive(Clone, Debug)]
pub struct IssuedKey {
    /// Which of the sandbox's keys it is.
    pub name: KeyName,
    /// The service key, wrapped in `oauth` as the real ones are.
    pub json: Value,
    /// The client certificate and its issuers, leaf first.
    pub certificate_pem: Option<String>,
    /// The private key as PKCS#8, also where the service key itself does not carry it.
    pub private_key_pem: Option<String>,
    /// Files that belong beside the service key.
    pub companions: Vec<Companion>,
    /// What the key is good for, in one sentence.
    pub note: &'static str,
    client_id: String,
    client_secret: Option<String>,
    token_url: String,
}

/// A file beside a service key, such as the private key of an external certificate.
#[derive(Clone, Debug)]
pub struct Companion {
    /// The file's name.
    pub file_name: String,
    /// The file's content.
    pub content: Vec<u8>,
}

impl IssuedKey {
    /// The name of the key's file.
    pub fn file_name(&self) -> String {
        format!("{}.json", self.name)
    }

    /// The client id in the key.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The client secret in the key.
    pub fn client_secret(&self) -> Option<&str> {
        self.client_secret.as_deref()
    }

    /// The token URL in the key.
    pub fn token_url(&self) -> &str {
        &self.token_url
    }

    /// Writes the key and the files beside it into a folder, and says what was written.
    pub fn write_to(&self, folder: &Path) -> Result<Vec<String>, Error> {
        let text = format!("{:#}\n", self.json).into_bytes();
        let mut files = vec![(self.file_name(), text)];
        files.extend(self.companions.iter().map(|file| (file.file_name.clone(), file.content.clone())));
        for (name, content) in &files {
            let path = folder.join(name);
            fs::write(&path, content).map_err(|source| Error::File { path, source })?;
        }
        Ok(files.into_iter().map(|(name, _)| name).collect())
    }

    pub(crate) fn of(key: &Key, identity: Option<&Identity>, addresses: &Addresses) -> Self {
        let json = match (&key.secret, identity) {
            (Some(secret), _) => secret_key(key, secret, addresses),
            (None, Some(identity)) => certificate_key(key, identity, addresses),
            (None, None) => unreachable!("a key has a secret or a certificate"),
        };
        let companions = match identity {
            Some(identity) if key.name == KeyName::External => companions(identity),
            _ => Vec::new(),
        };
        Self {
            name: key.name,
            json,
            certificate_pem: identity.map(Identity::chain_pem),
            private_key_pem: identity.map(|identity| pkcs8(&identity.private_key)),
            companions,
            note: key.name.note(),
            client_id: key.client_id.clone(),
            client_secret: key.secret.clone(),
            token_url: addresses.token.clone(),
        }
    }
}

/// Where a key says its service and its token server are.
pub(crate) struct Addresses {
    pub(crate) service: String,
    pub(crate) token: String,
}

fn secret_key(key: &Key, secret: &str, addresses: &Addresses) -> Value {
    json!({ "oauth": {
        "clientid": key.client_id,
        "clientsecret": secret,
        "url": addresses.service,
        "createdate": date(key.created),
        "tokenurl": addresses.token,
    } })
}

fn certificate_key(key: &Key, identity: &Identity, addresses: &Addresses) -> Value {
    let external = key.name == KeyName::External;
    // The cockpit takes a single certificate for an external key, and gives that back.
    let certificate = if external { identity.leaf_pem() } else { identity.chain_pem() };
    let mut json = json!({ "oauth": {
        "createdate": date(key.created),
        "clientid": key.client_id,
        "url": addresses.service,
        "certificate": certificate,
        "key": pkcs1(&identity.private_key),
        "tokenurl": addresses.token,
        "certificatedetails": {
            "issuerdn": identity.issuer_name(),
            "subjectdn": identity.subject_name(),
            "validuntil": date(identity.valid_until()),
            "serialnumber": identity.serial_number(),
        },
    } });
    if external && let Some(fields) = json["oauth"].as_object_mut() {
        fields.shift_remove("key");
    }
    json
}

fn companions(identity: &Identity) -> Vec<Companion> {
    let private_key = &identity.private_key;
    let file = |end: &str, content| Companion { file_name: format!("external{end}"), content };
    vec![
        file(".chain.pem", identity.chain_pem().into_bytes()),
        file(".key.pem", pkcs8(private_key).into_bytes()),
        file(".pkcs1.pem", pkcs1(private_key).into_bytes()),
        file(".encrypted.pem", encrypted(private_key).into_bytes()),
        file(".p12", pkcs12(identity)),
        file("-legacy.p12", pkcs12_legacy(identity)),
    ]
}

fn date(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
