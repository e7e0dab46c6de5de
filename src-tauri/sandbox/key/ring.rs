use std::sync::OnceLock;
use std::thread;

use jiff::Timestamp;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer};
use uuid::Uuid;

use super::{Identity, KeyName, Plan};
use crate::authority::Authority;
use crate::encoding::{base64_url_padded, random};

/// The keys of the tenant; certificates are made when first asked for, because RSA keys take their time.
pub(crate) struct KeyRing {
    keys: Vec<Key>,
    authority: Authority,
    stranger: OnceLock<Authority>,
}

/// One service key as the tenant knows it.
pub(crate) struct Key {
    pub(crate) name: KeyName,
    pub(crate) client_id: String,
    pub(crate) secret: Option<String>,
    pub(crate) created: Timestamp,
    identity: OnceLock<Identity>,
}

impl KeyRing {
    pub(crate) fn new() -> Result<Self, rcgen::Error> {
        Ok(Self {
            keys: KeyName::ALL.map(Key::new).into(),
            authority: Authority::clients()?,
            stranger: OnceLock::new(),
        })
    }

    pub(crate) fn client_root(&self) -> CertificateDer<'static> {
        self.authority.root_der()
    }

    pub(crate) fn revocations(&self) -> Result<CertificateRevocationListDer<'static>, rcgen::Error> {
        self.authority.revocations()
    }

    pub(crate) fn get(&self, name: KeyName) -> &Key {
        self.keys.iter().find(|key| key.name == name).expect("the ring holds a key of every name")
    }

    pub(crate) fn with_client_id(&self, client_id: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.client_id == client_id)
    }

    /// The key a presented certificate belongs to; one never handed out cannot be presented.
    pub(crate) fn with_certificate(&self, leaf: &[u8]) -> Option<&Key> {
        self.keys.iter().find(|key| key.identity.get().is_some_and(|identity| identity.leaf() == leaf))
    }

    /// The certificate of a key, if the key is of that kind.
    pub(crate) fn identity<'ring>(&'ring self, key: &'ring Key) -> Option<&'ring Identity> {
        let authority = match key.name {
            KeyName::UnknownAuthority => self
                .stranger
                .get_or_init(|| Authority::stranger().expect("an authority was made before in the same way")),
            _ => &self.authority,
        };
        key.name.has_certificate().then(|| {
            key.identity.get_or_init(|| {
                Identity::issue(key.name, authority).expect("a certificate with fixed names can be made")
            })
        })
    }

    pub(crate) fn make_all(&self) {
        thread::scope(|scope| {
            for key in &self.keys {
                scope.spawn(|| self.identity(key));
            }
        });
    }
}

impl Key {
    fn new(name: KeyName) -> Self {
        let client_id = format!("sb-{}!b45|{}", Uuid::new_v4(), name.plan().application());
        let secret = (!name.has_certificate()).then(secret);
        Self { name, client_id, secret, created: Timestamp::now(), identity: OnceLock::new() }
    }
}

impl Plan {
    /// The application a key of this plan belongs to: the prefix of its scopes, the end of its client id.
    pub(crate) fn application(self) -> &'static str {
        match self {
            Self::IntegrationFlow => "it-rt-sandbox!b45",
            Self::Api => "it!b45",
        }
    }

    pub(crate) fn lifetime_seconds(self) -> u64 {
        match self {
            Self::IntegrationFlow => 3599,
            Self::Api => 43199,
        }
    }
}

/// A secret like the real ones: with all the characters that careless tools break on.
fn secret() -> String {
    let mut text = base64_url_padded(&random::<32>());
    text.replace_range(10..12, "-_");
    format!("{}${text}", Uuid::new_v4())
}
