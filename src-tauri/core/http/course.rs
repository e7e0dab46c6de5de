use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::dial::millis;
use super::exchange::{Progress, Purpose};
use super::failure::Failure;
use crate::error::Error;

/// One sending while it goes on: its clock, its limits, and who watches it.
pub struct Course<'a> {
    begun: Instant,
    allowed: Duration,
    progress: &'a (dyn Fn(Progress) + Send + Sync),
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
        Self { begun: Instant::now(), allowed, progress, cancel, calls: AtomicU32::new(0) }
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
