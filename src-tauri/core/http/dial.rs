//! What is seen of a connection while it is made, and which connection a call used.

use std::collections::HashMap;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper_util::client::legacy::connect::{Connection, HttpInfo};
use rustls::pki_types::CertificateDer;
use tower_layer::Layer;
use tower_service::Service;

use super::exchange::TlsFacts;
use super::presentation;
use crate::certificate::{CertificateFacts, ChainFacts};

tokio::task_local! {
    /// The call whose future is being polled.
    static TRAIL: Arc<Trail>;
    /// The connection that is being made; every connect future carries its own, for hyper may finish it in another task.
    static DIAL: Arc<Dial>;
}

/// Tells the connection that is being made, if one is.
pub(super) fn current(tell: impl FnOnce(&Dial)) {
    let _ = DIAL.try_with(|dial| tell(dial));
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The connections one call began to make.
#[derive(Debug, Default)]
pub(super) struct Trail(Mutex<Vec<Arc<Dial>>>);

impl Trail {
    /// Runs a call whose connections shall be noted here.
    pub(super) async fn follow<F: Future>(self: &Arc<Self>, call: F) -> F::Output {
        TRAIL.scope(Arc::clone(self), call).await
    }

    /// The connection begun last, unless the call went on over another one.
    pub(super) fn last(&self) -> Option<Arc<Dial>> {
        lock(&self.0).last().filter(|dial| !lock(&dial.seen).abandoned).cloned()
    }

    /// Whether this call made that connection.
    pub(super) fn made(&self, dial: &Arc<Dial>) -> bool {
        lock(&self.0).iter().any(|made| Arc::ptr_eq(made, dial))
    }
}

/// One connection.
#[derive(Debug)]
pub(super) struct Dial {
    begun: Instant,
    seen: Mutex<Seen>,
    facts: OnceLock<TlsFacts>,
}

/// What was seen of a connection so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    name: Option<(Instant, Instant)>,
    greeted: Option<Instant>,
    done: Option<Instant>,
    abandoned: bool,
    pub(super) remote: Option<SocketAddr>,
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) verified: bool,
    version: Option<&'static str>,
    requested: bool,
    issuers: Vec<Vec<u8>>,
    sent: Option<CertificateFacts>,
}

/// Where the time of making a connection went, in milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DialPhases {
    pub(super) name: Option<f64>,
    pub(super) connect: Option<f64>,
    pub(super) tls: Option<f64>,
    pub(super) done: Option<Instant>,
}

impl Dial {
    fn begin() -> Arc<Self> {
        Arc::new(Self { begun: Instant::now(), seen: Mutex::default(), facts: OnceLock::new() })
    }

    /// The host name was looked up.
    pub(super) fn named(&self, begun: Instant, done: Instant) {
        lock(&self.seen).name = Some((begun, done));
    }

    /// A TLS greeting goes out: to a proxy first, then to the host, so that the last one counts.
    pub(super) fn greeted(&self) {
        lock(&self.seen).greeted = Some(Instant::now());
    }

    /// The server showed its certificates.
    pub(super) fn shown(&self, leaf: &CertificateDer<'_>, others: &[CertificateDer<'_>]) {
        let chain = std::iter::once(leaf).chain(others).map(|der| der.clone().into_owned());
        lock(&self.seen).chain = chain.collect();
    }

    /// The certificates were verified.
    pub(super) fn verified(&self, good: bool) {
        lock(&self.seen).verified = good;
    }

    /// The version was agreed on.
    pub(super) fn agreed(&self, version: &'static str) {
        lock(&self.seen).version = Some(version);
    }

    /// The server asked for a certificate, and this one was chosen.
    pub(super) fn asked(&self, issuers: &[&[u8]], sent: Option<&CertificateFacts>) {
        let mut seen = lock(&self.seen);
        seen.requested = true;
        seen.issuers = issuers.iter().map(|name| name.to_vec()).collect();
        seen.sent = sent.cloned();
    }

    /// What was seen so far.
    pub(super) fn seen(&self) -> Seen {
        lock(&self.seen).clone()
    }

    /// The phases; those that did not end are counted until the given moment.
    pub(super) fn phases(&self, until: Instant) -> DialPhases {
        let seen = lock(&self.seen);
        let connected = seen.greeted.or(seen.done).unwrap_or(until);
        let named = seen.name.map(|(begun, done)| done.duration_since(begun));
        let connect = connected.duration_since(self.begun).saturating_sub(named.unwrap_or_default());
        DialPhases {
            name: named.map(millis),
            connect: Some(millis(connect)),
            tls: seen.greeted.map(|greeted| millis(seen.done.unwrap_or(until).duration_since(greeted))),
            done: seen.done,
        }
    }

    /// The TLS facts; absent without TLS.
    pub(super) fn tls(&self) -> Option<TlsFacts> {
        if let Some(facts) = self.facts.get() {
            return Some(facts.clone());
        }
        let seen = self.seen();
        seen.greeted?;
        let facts = seen.facts();
        if seen.done.is_none() {
            return Some(facts);
        }
        Some(self.facts.get_or_init(|| facts).clone())
    }

    fn finish(&self, connection: &impl Connection) -> Option<Ends> {
        let mut extras = http::Extensions::new();
        connection.connected().get_extras(&mut extras);
        let ends = extras.get::<HttpInfo>().map(|info| (info.local_addr(), info.remote_addr()));
        let mut seen = lock(&self.seen);
        seen.done = Some(Instant::now());
        seen.remote = ends.map(|(_, remote)| remote);
        ends
    }
}

impl Seen {
    fn facts(&self) -> TlsFacts {
        TlsFacts {
            version: self.version.map(str::to_owned),
            server_chain: if self.chain.is_empty() { None } else { ChainFacts::read(&self.chain).ok() },
            verified: self.verified,
            certificate_requested: (self.requested || self.done.is_some()).then_some(self.requested),
            acceptable_issuers: presentation::names(&self.issuers),
            certificate_sent: self.sent.clone(),
        }
    }

    /// Whether the server asked for a client certificate.
    pub(super) fn requested(&self) -> bool {
        self.requested
    }

    /// How long ago the connection was ready.
    pub(super) fn age(&self) -> Option<Duration> {
        self.done.map(|done| done.elapsed())
    }

    /// The certificate sent to it.
    pub(super) fn sent(&self) -> Option<&CertificateFacts> {
        self.sent.as_ref()
    }
}

pub(crate) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The two ends of a connection: here and there.
type Ends = (SocketAddr, SocketAddr);

/// The connections that were seen being made, by their two ends, so that a reused one is known again.
#[derive(Clone, Debug, Default)]
pub(super) struct Connections(Arc<Mutex<HashMap<Ends, Arc<Dial>>>>);

impl Connections {
    /// More are open at once only in a load test; those forgotten lose their TLS facts when reused.
    const LIMIT: usize = 512;

    /// The connection an answer came over.
    pub(super) fn of(&self, extensions: &http::Extensions) -> Option<Arc<Dial>> {
        let info = extensions.get::<HttpInfo>()?;
        lock(&self.0).get(&(info.local_addr(), info.remote_addr())).cloned()
    }

    fn remember(&self, ends: Ends, dial: Arc<Dial>) {
        let mut known = lock(&self.0);
        if known.len() >= Self::LIMIT {
            known.clear();
        }
        known.insert(ends, dial);
    }
}

/// The layer around reqwest's connector that watches.
#[derive(Clone, Debug)]
pub(super) struct Watch(pub(super) Connections);

impl<S> Layer<S> for Watch {
    type Service = Watched<S>;

    fn layer(&self, inner: S) -> Watched<S> {
        Watched { inner, known: self.0.clone() }
    }
}

/// A watched connector.
#[derive(Clone, Debug)]
pub(super) struct Watched<S> {
    inner: S,
    known: Connections,
}

impl<S, R> Service<R> for Watched<S>
where
    S: Service<R>,
    S::Response: Connection + Send,
    S::Error: Send,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, target: R) -> Self::Future {
        let dial = Dial::begin();
        let _ = TRAIL.try_with(|trail| lock(&trail.0).push(Arc::clone(&dial)));
        let connecting = self.inner.call(target);
        let known = self.known.clone();
        Box::pin(async move {
            let mut connecting = pin!(DIAL.scope(Arc::clone(&dial), connecting));
            let connection = std::future::poll_fn(|context| {
                // Outside of the call that began it: hyper found an open connection meanwhile and finishes this one
                // in the background.
                if TRAIL.try_with(|_| ()).is_err() {
                    lock(&dial.seen).abandoned = true;
                }
                connecting.as_mut().poll(context)
            })
            .await?;
            if let Some(ends) = dial.finish(&connection) {
                known.remember(ends, dial);
            }
            Ok(connection)
        })
    }
}
