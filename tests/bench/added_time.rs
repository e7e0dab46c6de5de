use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Client;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use sluice_core::workbench::Workbench;
use sluice_sandbox::RUNTIME_HOST;

use super::ground::{Failure, Ground, order, runtime, succeeded};
use super::row::{Row, judged};
use super::sample::Sample;

const WHAT: &str = "time Sluice adds to a send";
const PATH: &str = "/http/zero";
const ROUNDS: usize = 4_000;
const WARM_UPS: usize = 200;
/// Milliseconds at the median.
const BAR: f64 = 0.3;

/// The same call by the workbench and by a bare client, in turn, both over a warm connection with a token at hand.
pub fn rows(ground: &Ground) -> Result<Vec<Row>, Failure> {
    let (sluice, bare) = runtime()?.block_on(times(ground))?;
    let added = sluice.median() - bare.median();
    Ok(vec![Row {
        what: WHAT,
        sluice: format!("+{added:.3} ms, {} in all", sluice.text()),
        beside: format!("reqwest {}", bare.text()),
        ratio: format!("{:.2}×", sluice.median() / bare.median()),
        bar: judged(&format!("≤ {BAR} ms"), added <= BAR),
        method: format!(
            "difference of the medians of {} calls each in turn: GET {PATH}, same process, server, TLS, headers",
            sluice.count()
        ),
    }])
}

async fn times(ground: &Ground) -> Result<(Sample, Sample), Failure> {
    let workbench = ground.workbench().await?;
    send(&workbench).await?;
    let bare = Bare::new(ground)?;
    let (mut sluice_times, mut bare_times) = (Vec::new(), Vec::new());
    for round in 0..WARM_UPS + ROUNDS {
        let sluice_time = send(&workbench).await?;
        let bare_time = bare.send().await?;
        if round >= WARM_UPS {
            sluice_times.push(sluice_time);
            bare_times.push(bare_time);
        }
    }
    Ok((Sample::of_times(&sluice_times), Sample::of_times(&bare_times)))
}

async fn send(workbench: &Workbench) -> Result<Duration, Failure> {
    let order = order(PATH);
    let begun = Instant::now();
    let exchange = workbench.send(order, &|_| {}).await?;
    let took = begun.elapsed();
    if succeeded(&exchange) { Ok(took) } else { Err(format!("Sluice got no 200: {}", exchange.url).into()) }
}

/// A client without anything around it, which sends what Sluice sent.
struct Bare {
    client: Client,
    url: String,
    headers: HeaderMap,
}

impl Bare {
    fn new(ground: &Ground) -> Result<Self, Failure> {
        let client = Client::builder()
            .tls_backend_preconfigured(tls(ground.sandbox.authority_pem())?)
            // Not every system's resolver knows the names below localhost.
            .resolve(RUNTIME_HOST, ground.sandbox.address())
            .no_proxy();
        let url = ground.sandbox.runtime_url() + PATH;
        Ok(Self { client: client.build()?, url, headers: last_headers(ground)? })
    }

    async fn send(&self) -> Result<Duration, Failure> {
        let begun = Instant::now();
        let answer = self.client.get(&self.url).headers(self.headers.clone()).send().await?;
        let status = answer.status();
        let _ = answer.bytes().await?;
        let took = begun.elapsed();
        if status == 200 { Ok(took) } else { Err(format!("reqwest got {status}").into()) }
    }
}

/// The header fields of the last request to the path, token included, as they arrived.
fn last_headers(ground: &Ground) -> Result<HeaderMap, Failure> {
    let calls = ground.sandbox.journal().to(PATH);
    let call = calls.last().ok_or("nothing has arrived")?;
    let own = call.headers.iter().filter(|(name, _)| name != "host" && name != "content-length");
    own.map(|(name, value)| Ok((HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value)?)))
        .collect()
}

/// TLS as Sluice does it: the same cryptography, root and protocols.
fn tls(authority_pem: &str) -> Result<ClientConfig, Failure> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority_pem.as_bytes())?)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(tls)
}
