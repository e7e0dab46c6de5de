//! The record of one call, written while it goes on.

use std::sync::Arc;
use std::time::Instant;

use http::{HeaderMap, Version, header};
use reqwest::Response;

use super::arrival::Arrival;
use super::course::Course;
use super::dial::{Dial, DialPhases, Trail, millis};
use super::engine::{Performed, WireRequest};
use super::exchange::{Call, Phases, Purpose, Received, Sent};
use super::failure::Failure;
use super::mask::{self, Revealed};
use super::outgoing::Metered;
use super::spool::SpooledBody;

/// A call's record as far as it got.
pub(super) struct Record {
    begun: Instant,
    /// When the transport got the request; absent while it could not be begun.
    started: Option<Instant>,
    head: Option<Instant>,
    call: Call,
    revealed: Vec<Revealed>,
}

impl Record {
    /// Begins with what is about to go out.
    pub(super) fn begin(wire: &WireRequest, course: &Course<'_>) -> Self {
        let begun = Instant::now();
        let (headers, revealed) = mask::headers(&wire.headers);
        let sent = Sent {
            method: wire.method.as_str().to_owned(),
            url: mask::url(&wire.url),
            headers,
            body_size: 0,
        };
        let call = Call {
            purpose: wire.purpose,
            reason: wire.reason.clone(),
            start_ms: course.offset(begun),
            sent,
            received: None,
            phases: Phases::default(),
            tls: None,
            remote_address: None,
            failure: None,
        };
        Self { begun, started: None, head: None, call, revealed }
    }

    /// Why the call is made.
    pub(super) fn purpose(&self) -> Purpose {
        self.call.purpose
    }

    /// The head of the answer, if it arrived.
    pub(super) fn received(&self) -> Option<&Received> {
        self.call.received.as_ref()
    }

    /// The transport gets the request now.
    pub(super) fn starts(&mut self) {
        self.started = Some(Instant::now());
    }

    /// Size of the body that goes out.
    pub(super) fn size(&mut self, bytes: u64) {
        self.call.sent.body_size = bytes;
    }

    /// Size of the body that goes out.
    pub(super) fn body_size(&self) -> u64 {
        self.call.sent.body_size
    }

    /// Whether a connection was ready for the request, which then may have gone out.
    pub(super) fn is_connected(&self, trail: &Trail) -> bool {
        let made = trail.last().map(|dial| dial.phases(Instant::now()).done.is_some());
        self.started.is_some() && made.unwrap_or(true)
    }

    /// The answer's head arrived over this connection.
    pub(super) fn answered(
        &mut self,
        response: &Response,
        dial: Option<Arc<Dial>>,
        trail: &Trail,
        sent: Metered,
    ) {
        let head = Instant::now();
        self.head = Some(head);
        let reused = dial.as_ref().map_or_else(|| trail.last().is_none(), |dial| !trail.made(dial));
        let dial = dial.or_else(|| trail.last());
        self.call.tls = dial.as_ref().and_then(|dial| dial.tls());
        self.call.remote_address = response.remote_addr().map(|address| address.to_string());
        let made = dial.filter(|_| !reused).map(|dial| dial.phases(head)).unwrap_or_default();
        self.phases(reused, &made, sent, head);
        let (headers, revealed) = mask::headers(response.headers());
        self.revealed.extend(revealed);
        self.call.received = Some(received(response, headers));
    }

    fn phases(&mut self, reused: bool, made: &DialPhases, sent: Metered, until: Instant) {
        let ready = made.done.or(self.started).unwrap_or(self.begun);
        let out = sent.last.unwrap_or(ready);
        let sending = sent.first.zip(sent.last).map(|(first, last)| last.saturating_duration_since(first));
        let connected = reused || made.done.is_some();
        self.call.phases = Phases {
            reused,
            name_ms: made.name,
            connect_ms: made.connect,
            tls_ms: made.tls,
            send_ms: sending.map(millis),
            wait_ms: connected.then(|| millis(until.saturating_duration_since(out))),
            receive_ms: None,
            total_ms: 0.0,
        };
    }

    /// The call ended without an answer.
    pub(super) fn failed(mut self, trail: &Trail, sent: Metered, failure: Failure) -> Performed {
        let now = Instant::now();
        let dial = trail.last();
        if self.started.is_some() {
            let made = dial.as_ref().map(|dial| dial.phases(now)).unwrap_or_default();
            self.phases(dial.is_none(), &made, sent, now);
        }
        self.call.tls = dial.as_ref().and_then(|dial| dial.tls());
        self.call.remote_address = dial.and_then(|dial| dial.seen().remote).map(|remote| remote.to_string());
        self.end(now, Some(failure), HeaderMap::new(), SpooledBody::default())
    }

    /// The body arrived, or as much of it as did.
    pub(super) fn arrived(mut self, headers: HeaderMap, arrival: Arrival) -> Performed {
        let now = Instant::now();
        if let Some(received) = &mut self.call.received {
            received.wire_size = arrival.wire_size;
            received.body_size = arrival.body.size();
            received.complete = arrival.failure.is_none();
        }
        let head = self.head.unwrap_or(now);
        self.call.phases.receive_ms = Some(millis(now.saturating_duration_since(head)));
        self.end(now, arrival.failure, headers, arrival.body)
    }

    fn end(
        mut self,
        now: Instant,
        failure: Option<Failure>,
        headers: HeaderMap,
        body: SpooledBody,
    ) -> Performed {
        self.call.phases.total_ms = millis(now.saturating_duration_since(self.begun));
        self.call.failure = failure.map(Into::into);
        Performed { call: self.call, body, headers, revealed: self.revealed }
    }
}

fn received(response: &Response, headers: Vec<super::exchange::Header>) -> Received {
    let status = response.status();
    Received {
        status: status.as_u16(),
        reason: status.canonical_reason().unwrap_or_default().to_owned(),
        version: version(response.version()).to_owned(),
        headers,
        content_type: text(response, header::CONTENT_TYPE),
        content_encoding: text(response, header::CONTENT_ENCODING),
        wire_size: 0,
        body_size: 0,
        complete: false,
    }
}

fn text(response: &Response, name: http::HeaderName) -> Option<String> {
    let value = response.headers().get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn version(version: Version) -> &'static str {
    match version {
        Version::HTTP_09 => "HTTP/0.9",
        Version::HTTP_10 => "HTTP/1.0",
        Version::HTTP_2 => "HTTP/2",
        Version::HTTP_3 => "HTTP/3",
        _ => "HTTP/1.1",
    }
}
