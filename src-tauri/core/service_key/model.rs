use rustls::pki_types::CertificateDer;
use serde::{Deserialize, Serialize};
use url::Url;

use super::host;
use crate::certificate::{Chain, ChainFacts, Identity};
use crate::secret::Secret;

/// How a service key proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Client id and secret.
    Secret,
    /// A certificate made by SAP, private key included.
    Certificate,
    /// A certificate of the user's own; the private key comes from elsewhere.
    External,
}

/// What a service key is for (sap-domain 1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "kebab-case")]
pub enum Plan {
    /// Calls integration flows on the runtime host.
    IntegrationFlow,
    /// Calls the `OData` API of the tenant.
    Api,
    /// Another BTP service, or not recognised.
    Other,
}

/// A service key that was read, whole.
#[derive(Clone)]
pub struct ServiceKey {
    pub(super) client_id: String,
    pub(super) plan: Plan,
    pub(super) plans_differ: bool,
    pub(super) host_url: Option<Url>,
    pub(super) token_url: Url,
    pub(super) credential: Credential,
    pub(super) created_at: Option<String>,
}

/// What a service key proves itself with.
#[derive(Clone)]
pub enum Credential {
    /// A client secret.
    Secret(Secret<String>),
    /// A certificate with its private key, both from the key.
    Certificate(Identity),
    /// A certificate of the user's own, and the identity once its private key was added.
    External {
        /// The certificates in the key.
        chain: Chain,
        /// These certificates and what the added file held.
        identity: Option<Identity>,
    },
    /// A certificate whose private key, in the same service key, is of no use.
    Unfit {
        /// The certificates in the key.
        chain: Chain,
        /// What is the matter with the private key.
        fault: PrivateKeyFault,
    },
}

/// Why the private key in a service key is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivateKeyFault {
    /// It belongs to another certificate.
    Mismatch,
    /// Its text is damaged.
    Damaged,
    /// It is encrypted.
    Encrypted,
    /// TLS cannot use it.
    Unsupported,
}

impl ServiceKey {
    /// How it proves who it is.
    pub const fn kind(&self) -> Kind {
        match self.credential {
            Credential::Secret(_) => Kind::Secret,
            Credential::Certificate(_) | Credential::Unfit { .. } => Kind::Certificate,
            Credential::External { .. } => Kind::External,
        }
    }

    /// What it is for.
    pub const fn plan(&self) -> Plan {
        self.plan
    }

    /// The client id, whole.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The service host's base URL, without a path; old keys have none.
    pub const fn host_url(&self) -> Option<&Url> {
        self.host_url.as_ref()
    }

    /// The token URL to call: the one for mTLS when the kind asks for it.
    pub fn token_url(&self) -> Url {
        match self.kind() {
            Kind::Secret => self.token_url.clone(),
            Kind::Certificate | Kind::External => host::for_mtls(&self.token_url),
        }
    }

    /// The token URL as the key states it.
    pub const fn stated_token_url(&self) -> &Url {
        &self.token_url
    }

    /// What it proves itself with.
    pub const fn credential(&self) -> &Credential {
        &self.credential
    }

    /// The client secret of a secret key.
    pub const fn secret(&self) -> Option<&Secret<String>> {
        match &self.credential {
            Credential::Secret(secret) => Some(secret),
            _ => None,
        }
    }

    /// The certificate with its private key, once there is one.
    pub const fn identity(&self) -> Option<&Identity> {
        match &self.credential {
            Credential::Certificate(identity) => Some(identity),
            Credential::External { identity, .. } => identity.as_ref(),
            _ => None,
        }
    }

    /// The certificates, those of the added file included, leaf first; empty for a secret key.
    pub fn certificates(&self) -> &[CertificateDer<'static>] {
        match (&self.credential, self.identity()) {
            (_, Some(identity)) => identity.chain(),
            (Credential::External { chain, .. } | Credential::Unfit { chain, .. }, None) => {
                chain.certificates()
            }
            _ => &[],
        }
    }

    /// Facts of these certificates.
    pub fn chain_facts(&self) -> Option<&ChainFacts> {
        match (&self.credential, self.identity()) {
            (_, Some(identity)) => Some(identity.chain_facts()),
            (Credential::External { chain, .. } | Credential::Unfit { chain, .. }, None) => {
                Some(chain.facts())
            }
            _ => None,
        }
    }

    /// How many certificates of the key have nothing to do with the others.
    pub(super) fn unrelated(&self) -> usize {
        match &self.credential {
            Credential::External { chain, .. } | Credential::Unfit { chain, .. } => chain.unrelated().len(),
            Credential::Certificate(identity) => identity.unrelated(),
            Credential::Secret(_) => 0,
        }
    }

    /// When it was created, as the key says it.
    pub fn created_at(&self) -> Option<&str> {
        self.created_at.as_deref()
    }

    /// Why it cannot be saved yet, in a sentence.
    pub const fn blocked(&self) -> Option<&'static str> {
        match &self.credential {
            Credential::External { identity: None, .. } => {
                Some("Save waits for the matching private key. Nothing has been stored yet.")
            }
            Credential::Unfit { fault: PrivateKeyFault::Mismatch, .. } => Some(
                "The private key in this key belongs to another certificate. Nothing has been stored yet.",
            ),
            Credential::Unfit { .. } => {
                Some("The private key in this key cannot be used. Nothing has been stored yet.")
            }
            _ => None,
        }
    }
}

impl std::fmt::Debug for ServiceKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServiceKey")
            .field("client_id", &self.client_id)
            .field("kind", &self.kind())
            .field("plan", &self.plan)
            .finish_non_exhaustive()
    }
}
