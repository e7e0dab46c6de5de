//! Tests of the connectivity test, over real connections.

mod chains;
mod hosts;
mod proxies;
mod saving;
mod targets;

use std::time::Duration;

use rustls::pki_types::CertificateDer;
use tokio_util::sync::CancellationToken;

use super::{Connectivity, ConnectivityTest, Target, Tested};
use crate::http::{Engine, Network, Spooling};
use crate::settings::{Proxy, Settings};

/// A network without a proxy that trusts these roots.
fn network(roots: &[CertificateDer<'static>]) -> Network {
    Network { proxy: Proxy::None, ..Network::new(&Settings::default(), roots.to_vec()) }
}

fn prepare(target: &str, network: Network, patience: Duration) -> ConnectivityTest {
    let spooling = Spooling { folder: std::env::temp_dir(), most: None, named: false, left_free: 0 };
    let surroundings = Engine::new(network, spooling).surroundings();
    ConnectivityTest::new(Target::parse(target).expect("target"), surroundings, patience)
}

async fn tested(target: &str, network: Network) -> Tested {
    let test = prepare(target, network, Duration::from_secs(10));
    test.run(&CancellationToken::new()).await.expect("not cancelled")
}

async fn test(target: &str, network: Network) -> Connectivity {
    tested(target, network).await.connectivity
}

fn rules(connectivity: &Connectivity) -> Vec<&str> {
    connectivity.findings.iter().map(|finding| finding.rule.as_str()).collect()
}
