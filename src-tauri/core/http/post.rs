//! A whole sending: token, CSRF, the request, the repeats that are safe, redirects.

use std::time::Instant;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::arrival::Arriving;
use super::course::Course;
use super::engine::Engine;
use super::exchange::{Exchange, Progress};
use super::jar::Jar;
use super::journey::Journey;
use super::mask::{self, Revealed};
use super::prepared::Prepared;
use super::session::{Scope, Sessions};
use super::spool::SpooledBody;

/// Sends requests and remembers the cookies and CSRF tokens they brought.
pub struct Post {
    pub(super) engine: Engine,
    pub(super) sessions: Sessions,
}

/// A finished sending, and what may not be in its record.
pub struct Sending {
    /// The record.
    pub exchange: Exchange,
    /// The body of the last call's answer.
    pub body: SpooledBody,
    /// For every call the clear values behind its masked header fields.
    pub revealed: Vec<Vec<Revealed>>,
}

impl Post {
    /// A post that sends with this engine.
    pub fn new(engine: Engine) -> Self {
        Self { engine, sessions: Sessions::default() }
    }

    /// Forgets all cookies and CSRF tokens.
    pub fn forget_sessions(&self) {
        self.sessions.clear();
    }

    /// The jars of a tenant's sessions, in the order they began.
    pub fn jars(&self, tenant: Option<&str>) -> Vec<Jar> {
        self.sessions.of_tenant(tenant).into_iter().map(Jar::new).collect()
    }

    /// The jar of this scope, which begins if there is none.
    pub fn jar(&self, scope: &Scope) -> Option<Jar> {
        self.sessions.get(scope);
        self.jars(scope.tenant.as_deref()).into_iter().find(|jar| jar.scope() == scope)
    }

    /// Sends a request; whatever happens, there is an exchange.
    pub async fn send(
        &self,
        prepared: Prepared,
        progress: &(dyn Fn(Progress) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Sending {
        self.send_giving(prepared, progress, &|_| {}, cancel).await
    }

    /// The same, giving out the body of the answer while it arrives, unless the answer may ask for another call.
    pub async fn send_giving(
        &self,
        prepared: Prepared,
        progress: &(dyn Fn(Progress) + Send + Sync),
        arriving: &(dyn Fn(Arriving) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Sending {
        let started_at = Timestamp::now();
        let give = |mut given: Arriving| {
            if is_last(given.received.status, prepared.follow_redirects) {
                prepared.hidden.headers(&mut given.received.headers);
                arriving(given);
            }
        };
        let course = Course::begin(prepared.timeout, progress, cancel).giving(&give);
        let mut journey = Journey::begin(self, &prepared, &course);
        let mut failure = journey.travel().await.err();
        let Journey { calls, revealed, body, token, .. } = journey;
        let token =
            token.map(|facts| Box::new(facts.of(prepared.tenant.as_deref(), prepared.key.as_deref())));
        let mut url = mask::url(&prepared.url);
        prepared.hidden.text(&mut url);
        if let Some(failure) = &mut failure {
            prepared.hidden.error(failure);
        }
        let exchange = Exchange {
            id: prepared.id,
            url,
            tenant: prepared.tenant,
            key: prepared.key,
            request: mask::recorded(prepared.request),
            sent_body: prepared.sent_body,
            started_at,
            took_ms: course.offset(Instant::now()),
            calls,
            token,
            failure,
            refusal: None,
            diagnosis: None,
            unrecorded: None,
        };
        Sending { exchange, body, revealed }
    }
}

/// Whether an answer of this status is the last one whatever else it says.
fn is_last(status: u16, follow_redirects: bool) -> bool {
    let may_ask = matches!(status, 401 | 403) || follow_redirects && (300..400).contains(&status);
    !may_ask
}
