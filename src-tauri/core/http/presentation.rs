//! The client's side of TLS: which certificate is shown when the server asks, and no resumption.

use std::sync::Arc;

use rustls::NamedGroup;
use rustls::SignatureScheme;
use rustls::client::{
    ClientSessionStore, ResolvesClientCert, Tls12ClientSessionValue, Tls13ClientSessionValue,
};
use rustls::pki_types::ServerName;
use rustls::sign::CertifiedKey;

use super::dial;
use crate::certificate::{Identity, distinguished_name};

/// Shows the identity to a server that asks, and notes that it asked.
pub(super) struct Presentation {
    identity: Option<(Identity, Arc<CertifiedKey>)>,
}

impl Presentation {
    /// Of this identity, or of none.
    pub(super) fn of(identity: Option<&Identity>) -> Arc<Self> {
        let identity = identity.map(|identity| (identity.clone(), identity.certified_key()));
        Arc::new(Self { identity })
    }
}

impl std::fmt::Debug for Presentation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Presentation")
    }
}

impl ResolvesClientCert for Presentation {
    fn resolve(&self, issuers: &[&[u8]], schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        let fitting = self.identity.as_ref().filter(|(_, key)| key.key.choose_scheme(schemes).is_some());
        dial::current(|dial| dial.asked(issuers, fitting.map(|(identity, _)| identity.facts())));
        fitting.map(|(_, key)| Arc::clone(key))
    }

    fn has_certs(&self) -> bool {
        self.identity.is_some()
    }
}

/// Most servers name a handful; a list of a whole trust store is of no use to anyone.
const MOST_NAMES: usize = 200;

/// Distinguished names as text; one that cannot be read is left out.
pub(crate) fn names(encoded: &[Vec<u8>]) -> Vec<String> {
    encoded.iter().take(MOST_NAMES).filter_map(|der| distinguished_name(der)).collect()
}

/// A session store that keeps nothing: every new connection shows its whole chain, and asking it marks the start of TLS.
#[derive(Debug)]
pub(super) struct Forgetful;

impl ClientSessionStore for Forgetful {
    fn set_kx_hint(&self, _: ServerName<'static>, _: NamedGroup) {}

    fn kx_hint(&self, _: &ServerName<'_>) -> Option<NamedGroup> {
        dial::current(dial::Dial::greeted);
        None
    }

    fn set_tls12_session(&self, _: ServerName<'static>, _: Tls12ClientSessionValue) {}

    fn tls12_session(&self, _: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        None
    }

    fn remove_tls12_session(&self, _: &ServerName<'static>) {}

    fn insert_tls13_ticket(&self, _: ServerName<'static>, _: Tls13ClientSessionValue) {}

    fn take_tls13_ticket(&self, _: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        None
    }
}
