use std::collections::VecDeque;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{Workbench, lock};
use crate::collection::files::{unwritable, write_whole};
use crate::connectivity::{
    CertificatesSave, Connectivity, ConnectivityQuery, ConnectivityTest, ShownCertificates, Target,
};
use crate::error::{Code, Error, Result};

/// Time allowed for each step when nobody says.
const PATIENCE: Duration = Duration::from_secs(10);
/// Older tests give way; their certificates are seen again by testing again.
const MOST: usize = 20;

/// The certificates the tests of this run saw.
#[derive(Default)]
pub(super) struct Tests(VecDeque<ShownCertificates>);

impl Tests {
    fn keep(&mut self, shown: ShownCertificates) {
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(shown);
    }
}

impl Workbench {
    /// Tests how far a host can be reached, and what its TLS looks like; sends no credentials.
    pub async fn connectivity_test(&self, query: ConnectivityQuery) -> Result<Connectivity> {
        let target = Target::parse(&query.target)?;
        let patience = patience(query.timeout_ms)?;
        let cancel = CancellationToken::new();
        if let Some(id) = query.id {
            lock(&self.inner.exchanges).begin(id, cancel.clone());
        }
        let test = ConnectivityTest::new(target, self.inner.engine.surroundings(), patience);
        let tested = test.run(&cancel).await;
        if let Some(id) = query.id {
            lock(&self.inner.exchanges).end(id);
        }
        let tested = tested?;
        lock(&self.inner.connectivity_tests).keep(tested.certificates);
        Ok(tested.connectivity)
    }

    /// Saves the root or the chain a connectivity test saw.
    pub async fn connectivity_certificates(&self, save: CertificatesSave) -> Result<()> {
        let bytes = {
            let tests = lock(&self.inner.connectivity_tests);
            let shown = tests.0.iter().find(|shown| shown.test() == save.test).ok_or_else(forgotten)?;
            shown.file(save.wanted, &save.path)?
        };
        let path = save.path;
        self.on_disk(move |_| write_whole(&path, &bytes).map_err(|error| unwritable(&path, &error))).await
    }
}

fn patience(millis: Option<u32>) -> Result<Duration> {
    match millis {
        Some(0) => Err(Error::new(Code::InvalidInput, "A time-out of 0 would stop every step")
            .hint("Allow at least 1 second")),
        Some(millis) => Ok(Duration::from_millis(millis.into())),
        None => Ok(PATIENCE),
    }
}

fn forgotten() -> Error {
    Error::new(Code::NotFound, "The certificates of this test are not kept any more")
        .hint("Test the host again")
}
