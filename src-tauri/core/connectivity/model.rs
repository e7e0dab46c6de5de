//! What a connectivity test is asked and what it answers.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::certificate::CertificateFacts;
use crate::error::Error;
use crate::http::ExchangeId;
use crate::service_key::Severity;

/// Names a connectivity test of this run.
pub type ConnectivityId = Uuid;

/// A host to be tested.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export, optional_fields))]
pub struct ConnectivityQuery {
    /// Host, host and port, or a whole URL; the port is 443 unless it says another.
    pub target: String,
    /// Time allowed for each step, in milliseconds; 10 seconds when not said.
    #[serde(default)]
    pub timeout_ms: Option<u32>,
    /// The name `request_cancel` stops it by.
    #[serde(default)]
    pub id: Option<ExchangeId>,
}

/// What a connectivity test found.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Connectivity {
    /// By which its certificates can be saved.
    pub id: ConnectivityId,
    /// The host as it goes over the wire.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How far it came.
    pub reached: ConnectivityReach,
    /// What the name stands for; absent for an address.
    pub lookup: Option<NameLookup>,
    /// The proxy in between; absent when the host is reached directly.
    pub proxy: Option<ProxyPassage>,
    /// Every address that was tried: the host's, or the proxy's.
    pub attempts: Vec<ConnectAttempt>,
    /// What its TLS looks like; absent when nobody answered.
    pub tls: Option<HostFacts>,
    /// What it answered to HEAD; absent without an answer.
    pub http: Option<HeadAnswer>,
    /// What is to be known, the worst first.
    pub findings: Vec<ConnectivityFinding>,
    /// Why the host was not reached.
    pub failure: Option<Error>,
    /// The whole time, in milliseconds.
    pub total_ms: f64,
}

/// How far a connectivity test came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ConnectivityReach {
    /// Nowhere.
    Nothing,
    /// The name has addresses.
    Name,
    /// The proxy answers, the host behind it was not reached.
    Proxy,
    /// The host answers.
    Host,
    /// TLS works.
    Tls,
    /// It speaks HTTP.
    Http,
}

/// What a name stands for.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct NameLookup {
    /// The name.
    pub name: String,
    /// Its addresses.
    pub addresses: Vec<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: f64,
    /// Why there is none.
    pub failure: Option<String>,
}

/// The way through a proxy.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ProxyPassage {
    /// Its address without a login.
    pub address: String,
    /// What it answered to CONNECT; absent for SOCKS and without an answer.
    pub status: Option<u16>,
    /// The words beside the status.
    pub reason: Option<String>,
    /// How long it took to be connected through it, in milliseconds.
    pub duration_ms: Option<f64>,
    /// Why it did not connect.
    pub failure: Option<String>,
}

/// A try to connect to one address.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ConnectAttempt {
    /// The address with its port.
    pub address: String,
    /// How long it took, in milliseconds.
    pub duration_ms: f64,
    /// Why there is no connection.
    pub failure: Option<String>,
}

/// What the TLS of a host looks like.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HostFacts {
    /// The version agreed on when both are offered.
    pub version: Option<String>,
    /// The cipher suite by its IANA name.
    pub cipher: Option<String>,
    /// The key exchange group.
    pub key_exchange: Option<String>,
    /// The protocol agreed on by ALPN, `h2` or `http/1.1`.
    pub alpn: Option<String>,
    /// How long the handshake took, in milliseconds.
    pub handshake_ms: Option<f64>,
    /// Which versions it offers, each asked for alone.
    pub versions: Vec<TlsVersionOffer>,
    /// The certificates it sent.
    pub chain: Option<ServerChain>,
    /// What it wants of the client.
    pub client_certificate: Option<ClientCertificateRequest>,
    /// Whether strict verification accepts its certificates; absent without any.
    pub trusted: Option<bool>,
    /// Why strict verification refuses, the raw text.
    pub refusal: Option<String>,
    /// Why the handshake failed, the raw text.
    pub failure: Option<String>,
}

/// Whether a TLS version is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct TlsVersionOffer {
    /// `TLS 1.2` or `TLS 1.3`.
    pub version: String,
    /// Whether it is offered; absent when that could not be found out.
    pub offered: Option<bool>,
    /// What was said instead.
    pub detail: Option<String>,
}

/// The certificates a server sent.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ServerChain {
    /// The certificates as sent; those that cannot be read are left out.
    pub certificates: Vec<CertificateFacts>,
    /// How many cannot be read.
    pub unreadable: u32,
    /// Whether each one was issued by the next.
    pub ordered: bool,
    /// Whether they lead to a root, sent or known here.
    pub complete: bool,
    /// The issuer at which the way to a root ends.
    pub missing_issuer: Option<String>,
    /// How many have nothing to do with the others.
    pub unrelated: u32,
    /// The names and addresses the leaf stands for.
    pub names: Vec<String>,
    /// Whether the host is one of them.
    pub host_matches: bool,
    /// The root they lead to.
    pub root: Option<RootFacts>,
}

/// The root of a chain.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RootFacts {
    /// The certificate.
    pub certificate: CertificateFacts,
    /// Where it comes from.
    pub origin: RootOrigin,
    /// Whether the server sent it too.
    pub sent: bool,
}

/// Where a root comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum RootOrigin {
    /// This computer trusts it, and so does everybody: Mozilla's list has it.
    Public,
    /// This computer trusts it, but it is no public one: a company's own.
    Company,
    /// Added to Sluice, in the settings or for this run.
    Added,
    /// The sandbox's.
    Sandbox,
    /// Only the server knows it.
    Untrusted,
}

/// What a server wants of the client.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ClientCertificateRequest {
    /// Whether it wants a certificate.
    pub demand: ClientCertificateDemand,
    /// The issuers it says it accepts; many servers name none.
    pub issuers: Vec<String>,
}

/// Whether a server wants a client certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ClientCertificateDemand {
    /// It does not ask for one.
    None,
    /// It asks for one and goes on without.
    Optional,
    /// It asks for one and refuses the connection without.
    Required,
    /// It asks for one, and what it answered without looks like a refusal.
    Likely,
    /// It asks for one; whether it goes on without is not known.
    Unclear,
}

/// An answer to HEAD.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HeadAnswer {
    /// The status.
    pub status: u16,
    /// The words beside it.
    pub reason: String,
    /// What the server calls itself.
    pub server: Option<String>,
    /// What time it is there.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub date: Option<Timestamp>,
    /// How many seconds its clock is ahead of this computer's; negative when behind.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub ahead_s: Option<i64>,
    /// How long the answer took, in milliseconds.
    pub duration_ms: f64,
}

/// Something to be known about a host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ConnectivityFinding {
    /// Its name for machines.
    pub rule: String,
    /// How bad it is: `bad` and `warning` are something to be repaired, `info` is good to know.
    pub severity: Severity,
    /// What it is.
    pub title: String,
    /// What it was seen by.
    pub evidence: String,
    /// What to do.
    pub next_step: String,
}

impl Connectivity {
    /// Whether nothing about the host is to be repaired.
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity == Severity::Info)
    }

    /// Goes no way back.
    pub(super) fn reach(&mut self, reached: ConnectivityReach) {
        self.reached = self.reached.max(reached);
    }
}
