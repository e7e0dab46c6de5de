//! One HTTP call, performed and recorded.

use std::pin::{Pin, pin};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use futures_util::FutureExt;
use http::{HeaderMap, Method};
use reqwest::Response;
use url::Url;

use super::arrival::{self, Arriving};
use super::body::Payload;
use super::client::Clients;
use super::course::Course;
use super::dial::{Connections, Trail};
use super::exchange::{Call, Progress, Purpose};
use super::failure::{Circumstances, Failure};
use super::header;
use super::mask::Revealed;
use super::network::{Network, is_loopback};
use super::outgoing::{Meter, Outgoing};
use super::record::Record;
use super::second_look;
use super::spool::{IN_MEMORY, Spool, SpooledBody, Spooling};
use super::tls_failure;
use super::trust::{System, Trust};
use crate::certificate::Identity;

/// How often progress is told.
const TICK: Duration = Duration::from_millis(100);

/// Performs HTTP calls and records them.
#[derive(Clone, Debug)]
pub struct Engine(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    clients: RwLock<Arc<Clients>>,
    connections: Connections,
    system: Arc<System>,
    spooling: Spooling,
}

/// A request ready for the wire.
#[derive(Clone, Debug)]
pub struct WireRequest {
    /// Why it is made.
    pub purpose: Purpose,
    /// The same in a sentence.
    pub reason: String,
    /// The method.
    pub method: Method,
    /// Where to.
    pub url: Url,
    /// All header fields but those of the transport; sensitive values are masked in the record.
    pub headers: HeaderMap,
    /// The body.
    pub body: Payload,
}

/// Over which kind of connection a request goes.
#[derive(Clone, Default)]
pub struct Via {
    /// The client certificate shown to a server that asks.
    pub identity: Option<Identity>,
    /// HTTP/1.1 only.
    pub http1_only: bool,
}

/// A call as recorded, and what may not be in the record.
pub struct Performed {
    /// The record.
    pub call: Call,
    /// The body of the answer, as far as it arrived.
    pub body: SpooledBody,
    /// Header fields of the answer, in the clear.
    pub headers: HeaderMap,
    /// The clear values behind masked header fields, sent and received.
    pub revealed: Vec<Revealed>,
}

impl Engine {
    /// An engine on this network that keeps bodies there.
    pub fn new(network: Network, spooling: Spooling) -> Self {
        let (system, connections) = (Arc::<System>::default(), Connections::default());
        let clients = Clients::new(network, Arc::clone(&system), connections.clone());
        Self(Arc::new(Parts { clients: RwLock::new(Arc::new(clients)), connections, system, spooling }))
    }

    /// Changes the network; calls under way go on over the old one.
    pub fn set_network(&self, network: Network) {
        let clients = Clients::new(network, Arc::clone(&self.0.system), self.0.connections.clone());
        *self.0.clients.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(clients);
    }

    /// Time allowed for a whole sending when the request does not say.
    pub fn timeout(&self) -> Duration {
        self.clients().network.timeout
    }

    /// How the network is reached at this moment, and whom it trusts.
    pub(crate) fn surroundings(&self) -> (Network, Arc<Trust>) {
        let clients = self.clients();
        (clients.network.clone(), Arc::clone(&clients.trust))
    }

    /// Answers to Sluice's own calls are small and stay in memory: a token is never on disk.
    fn spooling(&self, purpose: Purpose) -> Spooling {
        match purpose {
            Purpose::Token | Purpose::Csrf => {
                Spooling { most: Some(IN_MEMORY as u64), ..self.0.spooling.clone() }
            }
            _ => self.0.spooling.clone(),
        }
    }

    fn clients(&self) -> Arc<Clients> {
        Arc::clone(&self.0.clients.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Performs one call; whatever happens, there is a record of it.
    pub async fn perform(&self, mut wire: WireRequest, via: &Via, course: &Course<'_>) -> Performed {
        course.calling(wire.purpose);
        let mut stop = pin!(course.stopped());
        let refused = header::add_defaults(&mut wire.headers, wire.body.content_type()).err();
        let mut attempt = Attempt {
            clients: self.clients(),
            trail: Arc::default(),
            meter: Arc::default(),
            record: Record::begin(&wire, course),
            course,
        };
        let answer = match refused {
            Some(error) => Err(Failure::Unsendable(error)),
            None => attempt.send(wire, via, stop.as_mut()).await,
        };
        let response = match answer {
            Ok(response) => response,
            Err(failure) => return attempt.record.failed(&attempt.trail, attempt.meter.read(), failure),
        };
        let dial = self.0.connections.of(response.extensions());
        attempt.record.answered(&response, dial, &attempt.trail, attempt.meter.read());
        let headers = response.headers().clone();
        let spool = Spool::new(self.spooling(attempt.record.purpose()));
        if !matches!(attempt.record.purpose(), Purpose::Token | Purpose::Csrf) {
            let received = attempt.record.received().cloned();
            course.arrives(|| Some(Arriving { source: spool.source(), received: received? }));
        }
        let arrival = arrival::receive(response, spool, stop, course).await;
        attempt.record.arrived(headers, arrival)
    }
}

/// A call under way.
struct Attempt<'a> {
    clients: Arc<Clients>,
    trail: Arc<Trail>,
    meter: Arc<Meter>,
    record: Record,
    course: &'a Course<'a>,
}

type Stop<'a, F> = Pin<&'a mut F>;

impl Attempt<'_> {
    async fn send<F: Future<Output = Failure>>(
        &mut self,
        wire: WireRequest,
        via: &Via,
        mut stop: Stop<'_, F>,
    ) -> Result<Response, Failure> {
        let direct = is_loopback(&wire.url);
        let client = self.clients.get(via.identity.as_ref(), via.http1_only, direct)?;
        let url = wire.url.clone();
        let request = self.request(wire).await?;
        if let Some(stopped) = stop.as_mut().now_or_never() {
            return Err(stopped.after(false));
        }
        self.record.starts();
        let trail = Arc::clone(&self.trail);
        let sending = pin!(trail.follow(client.execute(request)));
        match self.watch(sending, stop).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(self.failure(&error.without_url(), &url, via, direct).await),
            Err(stopped) => Err(stopped.after(self.record.is_connected(&self.trail))),
        }
    }

    async fn request(&mut self, wire: WireRequest) -> Result<reqwest::Request, Failure> {
        let mut request = reqwest::Request::new(wire.method, wire.url);
        *request.headers_mut() = wire.headers;
        if !wire.body.is_none() {
            let outgoing = Outgoing::open(&wire.body, Arc::clone(&self.meter)).await?;
            self.record.size(outgoing.size());
            *request.body_mut() = Some(reqwest::Body::wrap(outgoing));
        }
        // Some servers answer 411 to a writing method without a length (sap-domain 4.4).
        if self.record.body_size() == 0
            && [Method::POST, Method::PUT, Method::PATCH].contains(request.method())
        {
            request.headers_mut().insert(http::header::CONTENT_LENGTH, 0.into());
        }
        Ok(request)
    }

    /// Waits for the answer's head, telling progress, unless it must stop.
    async fn watch<A, F: Future<Output = Failure>>(
        &self,
        mut sending: Pin<&mut impl Future<Output = A>>,
        mut stop: Stop<'_, F>,
    ) -> Result<A, Failure> {
        let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + TICK, TICK);
        let mut waiting = false;
        loop {
            tokio::select! {
                biased;
                failure = &mut stop => return Err(failure),
                answer = &mut sending => return Ok(answer),
                _ = tick.tick(), if !waiting => waiting = self.tell(),
            }
        }
    }

    /// Tells how much has gone out, or that all has.
    fn tell(&self) -> bool {
        let (sent, of) = (self.meter.read().sent, self.record.body_size());
        let waiting = sent >= of && self.record.is_connected(&self.trail);
        if waiting {
            self.course.tell(Progress::Waiting);
        } else if sent > 0 {
            self.course.tell(Progress::Sending { sent, of: Some(of) });
        }
        waiting
    }

    async fn failure(&self, error: &reqwest::Error, url: &Url, via: &Via, direct: bool) -> Failure {
        let network = &self.clients.network;
        let circumstances = Circumstances {
            url,
            seen: self.trail.last().map(|dial| dial.seen()),
            connected: self.record.is_connected(&self.trail),
            connect_timeout: network.connect_timeout,
            proxied: !direct && self.clients.is_proxied(url),
        };
        let failure = Failure::of_call(error, &circumstances);
        let may_be_refused = matches!(failure, Failure::NoAnswer { .. })
            && circumstances.seen.as_ref().is_some_and(|seen| seen.sent().is_some());
        if !may_be_refused || circumstances.proxied {
            return failure;
        }
        let Ok(tls) = self.clients.tls(via.identity.as_ref(), true) else { return failure };
        let alert = second_look::alert(tls, url).await;
        alert.and_then(|alert| tls_failure::of_alert(&alert, &circumstances)).map_or(failure, Failure::Tls)
    }
}
