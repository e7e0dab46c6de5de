//! What went wrong with a sending or a token call, seen with the tenant and its keys.

use jiff::Timestamp;

use super::Workbench;
use super::keys::UsableKey;
use super::recording::carried;
use crate::certificate::CertificateFacts;
use crate::diagnosis::{Circle, Credential, OtherKey, Signs, diagnose};
use crate::error::Error;
use crate::http::{Authorization, Call, Exchange, Hidden, Prepared, Sending, TokenCall};
use crate::tenant::{KeyRecord, TenantRecord};

impl Workbench {
    /// What the tenant and its keys add to an exchange; asks nobody.
    pub(super) fn circle(
        &self,
        tenant: Option<&TenantRecord>,
        key: Option<&UsableKey>,
        credential: Credential,
    ) -> Circle {
        let token = key.and_then(|key| self.known_token(key));
        let facts = key.zip(token).map(|(key, token)| token.facts("", &key.name, key.method, true));
        let is_used = |name: &str| key.is_some_and(|key| key.name == name);
        let others = tenant.into_iter().flat_map(|tenant| &tenant.keys).filter(|other| !is_used(&other.name));
        Circle {
            credential,
            key: key.map(|key| key.name.clone()),
            client_id: key.map(|key| key.client_id.clone()),
            plan: key.map(|key| key.plan),
            expires_at: facts.as_ref().map(|facts| facts.expires_at),
            roles: facts.map(|facts| facts.roles).unwrap_or_default(),
            other_keys: others
                .map(|other| OtherKey {
                    name: other.name.clone(),
                    plan: other.plan,
                    has_certificate: has_good_certificate(other),
                    roles: self.roles_of(other),
                })
                .collect(),
            is_at_home: false,
        }
    }

    /// The failure of a request that was not sent, with its diagnosis when there is one.
    pub(super) fn explained_unsent(
        &self,
        mut error: Error,
        prepared: &Prepared,
        tenant: Option<&TenantRecord>,
        key: Option<&UsableKey>,
    ) -> Error {
        if error.reason.is_some() {
            let circle = self.circle(tenant, key, credential_of(&prepared.request.authorization));
            let signs = Signs::of_unsent(&error, prepared.method.as_str(), prepared.url.as_str(), circle);
            error.diagnosis = diagnose(&signs).map(Box::new);
        }
        error
    }

    /// A token call's failure with its diagnosis; who waited for another's call has no record of it.
    pub(super) fn explained(
        &self,
        mut error: Error,
        tenant: Option<&TenantRecord>,
        key: &UsableKey,
        call: Option<TokenCall>,
    ) -> Error {
        let circle = self.circle(tenant, Some(key), Credential::Bearer);
        let signs = Signs::of_token(&error, &key.token_url, call.as_ref().map(|made| &made.call), circle);
        let Some(mut found) = diagnose(&signs) else { return error };
        let hidden = Hidden::new(key.secret().cloned());
        hidden.and(call.iter().flat_map(|made| carried(&made.revealed))).diagnosis(&mut found);
        error.hint = Some(found.hint.clone()).filter(|_| error.reason.is_some()).or(error.hint);
        error.diagnosis = Some(Box::new(found));
        error
    }
}

/// Writes down what went wrong, without the secrets that are known here.
pub(super) fn explain(sending: &mut Sending, circle: impl FnOnce(&Exchange) -> Circle, known: &Hidden) {
    let exchange = &sending.exchange;
    let is_bad = |call: &Call| call.received.as_ref().is_some_and(|received| received.status >= 400);
    if exchange.failure.is_none() && !exchange.calls.last().is_some_and(is_bad) {
        return;
    }
    let signs = Signs::of_exchange(exchange, sending.body.head(), circle(exchange));
    let Some(mut found) = diagnose(&signs) else { return };
    known.and(carried(sending.revealed.iter().flatten())).diagnosis(&mut found);
    let exchange = &mut sending.exchange;
    let failed = exchange.failure.iter_mut().filter(|failure| failure.reason.is_some());
    failed.chain(&mut exchange.refusal).for_each(|told| told.hint = Some(found.hint.clone()));
    exchange.diagnosis = Some(found);
}

/// Whether the key has a certificate that a host may take today.
fn has_good_certificate(key: &KeyRecord) -> bool {
    let now = Timestamp::now();
    let leaf = key.certificates.first().and_then(|der| CertificateFacts::read(der).ok());
    leaf.is_some_and(|leaf| leaf.client_auth && leaf.not_before <= now && !leaf.expired(now))
}

/// How a request proves who sends it.
pub(super) fn credential_of(authorization: &Authorization) -> Credential {
    match authorization {
        Authorization::None => Credential::None,
        Authorization::Bearer { .. } => Credential::Bearer,
        Authorization::Basic { .. } => Credential::Basic,
        Authorization::Certificate { .. } => Credential::Certificate,
        _ => Credential::Own,
    }
}
