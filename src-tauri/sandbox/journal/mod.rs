//! What the sandbox received, so that a test can assert on the wire.

mod received;

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::request::Parts;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use crate::Error;
use crate::call::Connection;
use crate::fault::lock;

pub use received::{ClientCertificate, HandshakeFailure, ReceivedRequest};

/// Bytes of a request body that are kept; all are counted.
const BODY_AT_MOST: usize = 1024 * 1024;

/// Requests that are kept; the oldest give way to new ones.
const REQUESTS_AT_MOST: usize = 20_000;

/// Bytes of all kept bodies together; beyond it the oldest bodies are emptied.
const BODIES_AT_MOST: usize = 128 * 1024 * 1024;

/// What was received lately, in order; clones share one record.
#[derive(Clone, Default)]
pub struct Journal {
    record: Arc<Mutex<Record>>,
}

#[derive(Default)]
struct Record {
    next_sequence: u64,
    requests: Vec<ReceivedRequest>,
    /// The bytes of all kept bodies together.
    body_bytes: usize,
    failures: Vec<HandshakeFailure>,
    file: Option<File>,
}

impl Journal {
    /// All requests so far, in the order of arrival.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        lock(&self.record).requests.clone()
    }

    /// The requests to a path.
    pub fn to(&self, path: &str) -> Vec<ReceivedRequest> {
        self.matching(|request| request.path == path)
    }

    /// The requests that ran the flow at a path.
    pub fn runs_of(&self, path: &str) -> Vec<ReceivedRequest> {
        self.matching(|request| request.flow.as_deref() == Some(path))
    }

    /// The requests for which this holds.
    pub fn matching(&self, condition: impl Fn(&ReceivedRequest) -> bool) -> Vec<ReceivedRequest> {
        lock(&self.record).requests.iter().filter(|request| condition(request)).cloned().collect()
    }

    /// The TLS handshakes that failed.
    pub fn handshake_failures(&self) -> Vec<HandshakeFailure> {
        lock(&self.record).failures.clone()
    }

    /// Forgets everything so far; requests still under way are no longer recorded.
    pub fn clear(&self) {
        let mut record = lock(&self.record);
        record.requests.clear();
        record.body_bytes = 0;
        record.failures.clear();
    }

    pub(crate) fn with_file(path: Option<&Path>) -> Result<Self, Error> {
        let journal = Self::default();
        if let Some(path) = path {
            let file = File::options().create(true).append(true).open(path);
            let file = file.map_err(|source| Error::File { path: path.to_owned(), source })?;
            lock(&journal.record).file = Some(file);
        }
        Ok(journal)
    }

    pub(crate) fn open(&self, connection: &Connection, parts: &Parts, host: &str) -> Entry {
        let mut record = lock(&self.record);
        record.next_sequence += 1;
        record.make_room();
        let request = ReceivedRequest::arriving(record.next_sequence, connection, parts, host);
        record.requests.push(request);
        Entry { journal: self.clone(), sequence: record.next_sequence }
    }

    pub(crate) fn handshake_failed(&self, connection: u64, server_name: Option<String>, reason: String) {
        let failure = HandshakeFailure { connection, failed_at: Timestamp::now(), server_name, reason };
        let mut record = lock(&self.record);
        record.write("handshake-failure", &failure);
        record.failures.push(failure);
    }
}

/// The journal's place of a request under way.
#[derive(Clone)]
pub(crate) struct Entry {
    journal: Journal,
    sequence: u64,
}

impl Entry {
    pub(crate) fn received(&self, body: &Bytes, size: u64, complete: bool) {
        // A copy: a slice would keep all of a large body in memory.
        let kept = Bytes::copy_from_slice(&body[..body.len().min(BODY_AT_MOST)]);
        let mut record = lock(&self.journal.record);
        let length = kept.len();
        if let Some(request) = record.request(self.sequence) {
            request.body = kept;
            request.body_size = size;
            request.body_complete = complete;
            record.body_bytes += length;
        }
    }

    pub(crate) fn flow_ran(&self, path: &str) {
        self.update(|request| request.flow = Some(path.to_owned()));
    }

    /// Records the answer's status, or that the client left before there was one.
    pub(crate) fn answered(&self, status: Option<u16>) {
        let request = self.update(|request| {
            request.status = status;
            request.client_left = status.is_none();
        });
        if let Some(request) = request {
            lock(&self.journal.record).write("request", &request);
        }
    }

    pub(crate) fn client_left(&self) {
        self.update(|request| request.client_left = true);
        lock(&self.journal.record).write("client-left", &json!({ "sequence": self.sequence }));
    }

    fn update(&self, change: impl FnOnce(&mut ReceivedRequest)) -> Option<ReceivedRequest> {
        let mut record = lock(&self.journal.record);
        let written = record.file.is_some();
        let request = record.request(self.sequence)?;
        change(request);
        // The copy is for the file only: without one, a thousand requests a second should not pay for it.
        written.then(|| request.clone())
    }
}

impl Record {
    fn request(&mut self, sequence: u64) -> Option<&mut ReceivedRequest> {
        let position = self.requests.binary_search_by_key(&sequence, |request| request.sequence).ok()?;
        Some(&mut self.requests[position])
    }

    fn make_room(&mut self) {
        if self.requests.len() >= REQUESTS_AT_MOST {
            let gone = self.requests.drain(..REQUESTS_AT_MOST / 4);
            self.body_bytes -= gone.map(|request| request.body.len()).sum::<usize>();
        }
        if self.body_bytes > BODIES_AT_MOST {
            for request in &mut self.requests {
                self.body_bytes -= std::mem::take(&mut request.body).len();
                if self.body_bytes <= BODIES_AT_MOST / 2 {
                    break;
                }
            }
        }
    }

    fn write(&mut self, kind: &str, what: &impl Serialize) {
        let Some(file) = &mut self.file else { return };
        let mut line = json!({ "kind": kind });
        if let (Value::Object(line), Ok(Value::Object(fields))) = (&mut line, serde_json::to_value(what)) {
            line.extend(fields);
        }
        // A full disk must not end the tenant; the reader sees that lines are missing.
        let _ = writeln!(file, "{line}");
    }
}
