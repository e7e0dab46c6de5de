use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::arrival::Arriving;
use super::dial::millis;
use super::exchange::{Progress, Purpose};
use super::failure::Failure;
use crate::error::Error;

/// One sending while it goes on: its clock, its limits, and who watches it.
pub struct Course<'a> {
    begun: Instant,
    allowed: Duration,
    progress: &'a (dyn Fn(Progress) + Send + Sync),
    arriving: Option<&'a (dyn Fn(Arriving) + Send + Sync)>,
    cancel: &'a CancellationToken,
    calls: AtomicU32,
}

impl<'a> Course<'a> {
    /// A sending that begins now and may take this long.
    pub fn begin(
        allowed: Duration,
        progress: &'a (dyn Fn(Progress) + Send + Sync),
        cancel: &'a CancellationToken,
    ) -> Self {
        Self { begun: Instant::now(), allowed, progress, arriving: None, cancel, calls: AtomicU32::new(0) }
    }

    /// The same, giving out the body of the user's answer while it arrives.
    #[must_use]
    pub(super) fn giving(self, arriving: &'a (dyn Fn(Arriving) + Send + Sync)) -> Self {
        Self { arriving: Some(arriving), ..self }
    }

    /// Milliseconds from the beginning to this moment.
    pub fn offset(&self, moment: Instant) -> f64 {
        millis(moment.saturating_duration_since(self.begun))
    }

    /// Resolves when the user cancels.
    pub async fn cancelled(&self) {
        self.cancel.cancelled().await;
    }

    /// Resolves to the failure when it must end before anything was sent.
    pub async fn ended(&self) -> Error {
        self.stopped().await.after(false).into()
    }

    /// Tells how far it is.
    pub(super) fn tell(&self, progress: Progress) {
        (self.progress)(progress);
    }

    /// Gives out the body of an answer to the user's request.
    pub(super) fn arrives(&self, arriving: impl FnOnce() -> Option<Arriving>) {
        if let Some((give, arriving)) = self.arriving.and_then(|give| Some((give, arriving()?))) {
            give(arriving);
        }
    }

    /// Tells that a call begins.
    pub(super) fn calling(&self, purpose: Purpose) {
        let number = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        self.tell(Progress::Calling { purpose, number });
    }

    /// Resolves when it must end: the user cancels, or the time is up.
    pub(super) async fn stopped(&self) -> Failure {
        let end = tokio::time::Instant::from_std(self.begun + self.allowed);
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Failure::Cancelled { sent: true },
            () = tokio::time::sleep_until(end) => Failure::TimedOut { after: self.allowed, sent: true },
        }
    }
}
