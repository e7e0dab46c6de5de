//! The body of an answer, received into a spool.

use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Response;

use super::course::Course;
use super::decoding::{Broken, Incoming};
use super::exchange::{Progress, Received};
use super::failure::Failure;
use super::spool::{Spool, SpooledBody};
use crate::body::Source;

/// How often progress is told.
const TICK: Duration = Duration::from_millis(100);

/// The user's answer while its body arrives.
#[derive(Clone)]
pub struct Arriving {
    /// The body as far as it is there.
    pub source: Arc<dyn Source>,
    /// The head of the answer.
    pub received: Received,
}

/// What arrived of a body.
pub(super) struct Arrival {
    pub(super) body: SpooledBody,
    pub(super) wire_size: u64,
    pub(super) failure: Option<Failure>,
}

/// Receives a body until it ends, breaks or must stop; what arrived stays.
pub(super) async fn receive<F: Future<Output = Failure>>(
    response: Response,
    mut spool: Spool,
    mut stop: Pin<&mut F>,
    course: &Course<'_>,
) -> Arrival {
    let mut meter = Meter::new(&response);
    let opened = tokio::select! {
        biased;
        failure = &mut stop => return nothing(failure),
        opened = Incoming::open(response) => opened,
    };
    let mut incoming = match opened {
        Ok(incoming) => incoming,
        Err(broken) => return nothing(Failure::of_body(&broken, 0)),
    };
    let mut failure = loop {
        let next = tokio::select! {
            biased;
            failure = &mut stop => break Some(failure),
            () = until(spool.due()) => match spool.flush().await {
                Ok(()) => continue,
                Err(error) => break Some(error.into()),
            },
            next = incoming.next() => next,
        };
        match keep(next, &mut spool).await {
            Ok(true) => meter.tell(incoming.wire_size(), course),
            Ok(false) => break None,
            Err(failure) => break Some(failure),
        }
    };
    let wire_size = incoming.wire_size();
    drop(incoming);
    let (body, written) = spool.finish().await;
    if let (None, Err(error)) = (&failure, written) {
        failure = Some(error.into());
    }
    Arrival { body, wire_size, failure }
}

fn nothing(failure: Failure) -> Arrival {
    Arrival { body: SpooledBody::default(), wire_size: 0, failure: Some(failure) }
}

/// Resolves at this moment, or never.
async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment.into()).await,
        None => std::future::pending().await,
    }
}

async fn keep(next: Result<Option<bytes::Bytes>, Broken>, spool: &mut Spool) -> Result<bool, Failure> {
    match next {
        Ok(Some(bytes)) => {
            spool.push(&bytes).await?;
            Ok(true)
        }
        Ok(None) => Ok(false),
        Err(broken) => Err(Failure::of_body(&broken, spool.size())),
    }
}

struct Meter {
    status: u16,
    of: Option<u64>,
    told: Option<Instant>,
}

impl Meter {
    fn new(response: &Response) -> Self {
        Self { status: response.status().as_u16(), of: response.content_length(), told: None }
    }

    fn tell(&mut self, received: u64, course: &Course<'_>) {
        if self.told.is_some_and(|told| told.elapsed() < TICK) {
            return;
        }
        self.told = Some(Instant::now());
        course.tell(Progress::Receiving { status: self.status, received, of: self.of });
    }
}
