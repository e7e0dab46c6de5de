use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::{CertificateDer, ServerName};
use tokio_util::sync::CancellationToken;

use super::certificates::ShownCertificates;
use super::demand;
use super::findings;
use super::greeting::{Greeted, Offer, Refusal, greet};
use super::head::{self, Asked};
use super::model::{Connectivity, ConnectivityId, ConnectivityReach, HostFacts};
use super::roots::Roots;
use super::route::{Finder, Route};
use super::server_chain;
use super::target::Target;
use super::trouble;
use crate::error::Result;
use crate::http::{Network, Trust};

/// A host to be tested, and from where.
pub struct ConnectivityTest {
    id: ConnectivityId,
    target: Target,
    network: Network,
    trust: Arc<Trust>,
    patience: Duration,
}

/// A test that was made.
pub struct Tested {
    /// What it found.
    pub connectivity: Connectivity,
    /// The certificates it saw.
    pub certificates: ShownCertificates,
}

/// The handshakes of a test.
struct Greetings {
    usual: Greeted,
    /// Each version offered alone; none when the usual one showed that there is no TLS.
    alone: Vec<(Offer, Greeted)>,
    asked: Option<Asked>,
}

impl ConnectivityTest {
    /// A test of this host over this network, with so much time for each step.
    pub(crate) fn new(target: Target, (network, trust): (Network, Arc<Trust>), patience: Duration) -> Self {
        Self { id: ConnectivityId::new_v4(), target, network, trust, patience }
    }

    /// Goes as far as it can; fails only when it is cancelled.
    pub async fn run(self, cancel: &CancellationToken) -> Result<Tested> {
        Box::pin(cancel.run_until_cancelled(self.test())).await.ok_or_else(trouble::cancelled)
    }

    async fn test(self) -> Tested {
        let begun = Instant::now();
        let mut report = self.begin();
        let finder = Finder {
            target: &self.target,
            network: &self.network,
            trust: &self.trust,
            patience: self.patience,
        };
        let route = finder.find(&mut report).await;
        let name = self.target.server_name();
        let (greetings, certificates) = match (route, name) {
            (Some(route), Some(name)) => {
                let greetings = self.greetings(&route, &name).await;
                let certificates = self.read(&mut report, &greetings, name).await;
                (Some(greetings), certificates)
            }
            _ => (None, ShownCertificates::none(&report)),
        };
        let usual = greetings.as_ref().map(|greetings| &greetings.usual);
        report.findings = findings::of(&report, usual, &self.network, self.patience);
        report.total_ms = crate::http::millis(begun.elapsed());
        Tested { connectivity: report, certificates }
    }

    fn begin(&self) -> Connectivity {
        Connectivity {
            id: self.id,
            host: self.target.host(),
            port: self.target.port(),
            reached: ConnectivityReach::Nothing,
            lookup: None,
            proxy: None,
            attempts: Vec::new(),
            tls: None,
            http: None,
            findings: Vec::new(),
            failure: None,
            total_ms: 0.0,
        }
    }

    /// One after the other: some servers take one connection at a time, and none is to be surprised.
    async fn greetings(&self, route: &Route, name: &ServerName<'static>) -> Greetings {
        let mut usual = greet(route, name, Offer::Usual, self.patience).await;
        let agreed = usual.agreed();
        if let Ok(stream) = usual.outcome.as_mut() {
            close(stream).await;
        }
        let mut greetings = Greetings { usual, alone: Vec::new(), asked: None };
        if greetings.usual.is_no_tls() {
            return greetings;
        }
        for offer in [Offer::Tls12, Offer::Tls13] {
            let mut greeted = greet(route, name, offer, self.patience).await;
            if let Ok(stream) = greeted.outcome.as_mut() {
                if agreed == Some(offer.version()) {
                    greetings.asked = Some(head::ask(stream, &self.target, self.patience).await);
                }
                close(stream).await;
            }
            greetings.alone.push((offer, greeted));
        }
        greetings
    }

    async fn read(
        &self,
        report: &mut Connectivity,
        greetings: &Greetings,
        name: ServerName<'static>,
    ) -> ShownCertificates {
        let mut facts = greetings.facts();
        let sent = greetings.sent().to_vec();
        let read = self.judge(sent, name).await;
        if greetings.usual.outcome.is_ok() {
            report.reach(ConnectivityReach::Tls);
        }
        if let Some(Asked::Answered(answer)) = &greetings.asked {
            report.http = Some(answer.clone());
            report.reach(ConnectivityReach::Http);
        }
        let Some((read, refusal)) = read else {
            report.tls = Some(facts);
            return ShownCertificates::none(report);
        };
        facts.trusted = Some(refusal.is_none());
        facts.refusal = refusal;
        facts.chain = Some(read.facts);
        report.tls = Some(facts);
        ShownCertificates::new(report, read.certificates, read.root)
    }

    /// What the certificates amount to, and why strict verification refuses; the roots of the system are read from disk.
    async fn judge(
        &self,
        sent: Vec<CertificateDer<'static>>,
        name: ServerName<'static>,
    ) -> Option<(server_chain::ReadChain, Option<String>)> {
        if sent.is_empty() {
            return None;
        }
        let (network, trust, host) = (self.network.clone(), Arc::clone(&self.trust), self.target.host());
        let judging = tokio::task::spawn_blocking(move || {
            let read = server_chain::read(&sent, &Roots::new(&network, &host), &name);
            let refusal = trust.judge(&sent, &name).err().map(|error| error.to_string());
            (read, refusal)
        });
        judging.await.ok()
    }
}

/// Says goodbye; a server that does not listen any more is none of our business.
async fn close(stream: &mut tokio_rustls::client::TlsStream<super::route::Wire>) {
    use tokio::io::AsyncWriteExt as _;
    const SOON: Duration = Duration::from_millis(500);
    let _ = tokio::time::timeout(SOON, stream.shutdown()).await;
}

impl Greetings {
    /// The certificates of the first handshake that showed some.
    fn sent(&self) -> &[CertificateDer<'static>] {
        let all = std::iter::once(&self.usual).chain(self.alone.iter().map(|(_, greeted)| greeted));
        let mut shown = all.map(|greeted| greeted.seen.chain.as_slice()).filter(|chain| !chain.is_empty());
        shown.next().unwrap_or_default()
    }

    fn facts(&self) -> HostFacts {
        let mut facts = HostFacts {
            version: self.usual.agreed().map(str::to_owned),
            versions: self.alone.iter().map(|(offer, greeted)| greeted.verdict(*offer)).collect(),
            failure: self.usual.outcome.as_ref().err().map(Refusal::text),
            ..HostFacts::default()
        };
        let all: Vec<&Greeted> =
            std::iter::once(&self.usual).chain(self.alone.iter().map(|(_, greeted)| greeted)).collect();
        facts.client_certificate = demand::read(&all, self.asked.as_ref());
        if let Ok(stream) = &self.usual.outcome {
            facts.handshake_ms = Some(self.usual.handshake_ms);
            let (_, connection) = stream.get_ref();
            let suite = connection.negotiated_cipher_suite().and_then(|suite| suite.suite().as_str());
            facts.cipher = suite.map(|name| name.replacen("TLS13_", "TLS_", 1));
            let group = connection.negotiated_key_exchange_group();
            facts.key_exchange = group.and_then(|group| group.name().as_str()).map(str::to_owned);
            facts.alpn = connection.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned());
        }
        facts
    }
}
