//! The side of the tests that calls.

use std::time::Duration;

use http::{HeaderMap, Method};
use rustls::pki_types::CertificateDer;
use tokio_util::sync::CancellationToken;

use crate::http::{Course, Engine, Network, Payload, Performed, Purpose, Spooling, Via, WireRequest};
use crate::settings::Settings;

/// An engine that trusts these roots, and the folder of its bodies.
pub(super) fn engine(roots: &[CertificateDer<'static>]) -> (Engine, tempfile::TempDir) {
    let network = Network::new(&Settings::default(), roots.to_vec());
    engine_on(network, None)
}

pub(super) fn engine_on(network: Network, most: Option<u64>) -> (Engine, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("folder");
    let spooling = Spooling { folder: folder.path().join("bodies"), most, named: true, left_free: 0 };
    (Engine::new(network, spooling), folder)
}

/// An engine on a disk that has no room for more than is kept in memory.
pub(super) fn engine_on_a_full_disk(network: Network) -> (Engine, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("folder");
    let spooling =
        Spooling { folder: folder.path().join("bodies"), most: None, named: true, left_free: u64::MAX };
    (Engine::new(network, spooling), folder)
}

pub(super) fn get(url: &str) -> WireRequest {
    WireRequest {
        purpose: Purpose::Request,
        reason: String::new(),
        method: Method::GET,
        url: url.parse().expect("url"),
        headers: HeaderMap::new(),
        body: Payload::default(),
    }
}

pub(super) async fn perform(engine: &Engine, wire: WireRequest) -> Performed {
    perform_via(engine, wire, &Via::default()).await
}

pub(super) async fn perform_via(engine: &Engine, wire: WireRequest, via: &Via) -> Performed {
    let cancel = CancellationToken::new();
    let course = Course::begin(Duration::from_secs(20), &|_| {}, &cancel);
    engine.perform(wire, via, &course).await
}
