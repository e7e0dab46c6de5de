//! Exchanges as an HTTP archive 1.2, secrets as dots.

use std::io::{self, Read as _, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::http::{Body, Call, Exchange, Header, Phases, Purpose, Received, Sent, SpooledBody};
use crate::redact::Segment;

const DOTS: &str = "••••";
/// A larger body is left out of the archive.
const LARGEST: u64 = 16 * 1024 * 1024;

/// An archive that is written exchange by exchange: only one of them is in memory.
pub struct Archive<W> {
    target: W,
    is_empty: bool,
}

impl<W: Write> Archive<W> {
    /// Begins an archive.
    pub fn begin(mut target: W) -> io::Result<Self> {
        let creator = json!({"name": "Sluice", "version": env!("CARGO_PKG_VERSION")});
        write!(target, "{{\"log\": {{\"version\": \"1.2\", \"creator\": {creator}, \"entries\": [")?;
        Ok(Self { target, is_empty: true })
    }

    /// Adds the calls of an exchange with the body of its answer.
    pub fn add(&mut self, exchange: &Exchange, body: &SpooledBody) -> io::Result<()> {
        for call in calls(exchange, body) {
            let separator = if self.is_empty { "\n" } else { ",\n" };
            self.is_empty = false;
            self.target.write_all(separator.as_bytes())?;
            serde_json::to_writer_pretty(&mut self.target, &call)?;
        }
        Ok(())
    }

    /// Ends it.
    pub fn end(mut self) -> io::Result<W> {
        self.target.write_all(b"\n]}}\n")?;
        self.target.flush()?;
        Ok(self.target)
    }
}

fn calls(exchange: &Exchange, body: &SpooledBody) -> Vec<Value> {
    let last = exchange.calls.len().saturating_sub(1);
    let entry = |(number, call): (usize, &Call)| {
        let body = (number == last && exchange.answer().is_some()).then_some(body);
        entry(exchange, call, body)
    };
    exchange.calls.iter().enumerate().map(entry).collect()
}

fn entry(exchange: &Exchange, call: &Call, body: Option<&SpooledBody>) -> Value {
    let offset = SignedDuration::try_from_secs_f64(call.start_ms / 1e3).unwrap_or_default();
    let started = exchange.started_at.checked_add(offset).unwrap_or(exchange.started_at);
    let mut entry = json!({
        "startedDateTime": milliseconds(started),
        "time": call.phases.total_ms,
        "request": request(exchange, call),
        "response": response(call, body),
        "cache": {},
        "timings": timings(&call.phases),
        "comment": call.reason,
    });
    if let Some((host, _)) = call.remote_address.as_deref().and_then(|address| address.rsplit_once(':')) {
        entry["serverIPAddress"] = json!(host.trim_matches(['[', ']']));
    }
    entry
}

fn milliseconds(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

fn request(exchange: &Exchange, call: &Call) -> Value {
    let Sent { method, url, headers, body_size } = &call.sent;
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    let pairs: Vec<Value> = pairs.map(|(name, value)| json!({"name": name, "value": value})).collect();
    let version = call.received.as_ref().map_or("HTTP/1.1", |received| received.version.as_str());
    let mut sent = json!({
        "method": method,
        "url": url,
        "httpVersion": version,
        "cookies": [],
        "headers": rows(headers),
        "queryString": pairs,
        "headersSize": -1,
        "bodySize": body_size,
    });
    let is_users = !matches!(call.purpose, Purpose::Token | Purpose::Csrf);
    if let Some(data) = post_data(exchange.body_sent(), headers).filter(|_| is_users && *body_size > 0) {
        sent["postData"] = data;
    }
    sent
}

fn post_data(body: &Body, headers: &[Header]) -> Option<Value> {
    let of_header = headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-type")).map(text);
    let kind = |usual: &str| of_header.clone().unwrap_or_else(|| usual.to_owned());
    match body {
        Body::Json { text } => Some(json!({"mimeType": kind("application/json"), "text": text})),
        Body::Xml { text } => Some(json!({"mimeType": kind("application/xml"), "text": text})),
        Body::Text { text } => Some(json!({"mimeType": kind("text/plain"), "text": text})),
        Body::Sparql { text } => Some(json!({"mimeType": kind("application/sparql-query"), "text": text})),
        Body::Form { fields } => {
            let own = fields.iter().filter(|field| field.enabled);
            let rows: Vec<Value> =
                own.map(|field| json!({"name": field.name, "value": field.value})).collect();
            Some(json!({"mimeType": kind("application/x-www-form-urlencoded"), "params": rows}))
        }
        Body::Multipart { .. } | Body::File { .. } => Some(json!({
            "mimeType": kind("application/octet-stream"),
            "text": "",
            "comment": "Of files and multipart bodies the bytes that went out are not kept.",
        })),
        Body::None => None,
    }
}

fn response(call: &Call, body: Option<&SpooledBody>) -> Value {
    let Some(received) = &call.received else {
        let why = call.failure.as_ref().map(|failure| failure.message.clone()).unwrap_or_default();
        return json!({"status": 0, "statusText": "", "httpVersion": "", "cookies": [], "headers": [],
            "content": {"size": 0, "mimeType": "x-unknown"}, "redirectURL": "", "headersSize": -1, "bodySize": -1,
            "comment": why});
    };
    let location = received.headers.iter().find(|header| header.name.eq_ignore_ascii_case("location"));
    json!({
        "status": received.status,
        "statusText": received.reason,
        "httpVersion": received.version,
        "cookies": [],
        "headers": rows(&received.headers),
        "content": content(received, body),
        "redirectURL": location.map(text).unwrap_or_default(),
        "headersSize": -1,
        "bodySize": received.wire_size,
    })
}

fn content(received: &Received, body: Option<&SpooledBody>) -> Value {
    let mut content = json!({
        "size": received.body_size,
        "mimeType": received.content_type.as_deref().unwrap_or("x-unknown"),
    });
    let Some(body) = body.filter(|body| body.size() > 0) else { return content };
    if body.size() > LARGEST {
        content["comment"] = json!("Left out of this archive: bodies over 16 MiB stay in the history.");
        return content;
    }
    let mut bytes = Vec::new();
    if body.open().read_to_end(&mut bytes).is_err() {
        return content;
    }
    match String::from_utf8(bytes) {
        Ok(text) => content["text"] = json!(text),
        Err(binary) => {
            content["text"] = json!(STANDARD.encode(binary.as_bytes()));
            content["encoding"] = json!("base64");
        }
    }
    content
}

/// Connecting includes TLS, as the format has it; what did not happen is -1.
fn timings(phases: &Phases) -> Value {
    let connect = match (phases.connect_ms, phases.tls_ms) {
        (None, None) => -1.0,
        (connect, tls) => connect.unwrap_or(0.0) + tls.unwrap_or(0.0),
    };
    json!({
        "blocked": -1,
        "dns": phases.name_ms.unwrap_or(-1.0),
        "connect": connect,
        "ssl": phases.tls_ms.unwrap_or(-1.0),
        "send": phases.send_ms.unwrap_or(0.0),
        "wait": phases.wait_ms.unwrap_or(0.0),
        "receive": phases.receive_ms.unwrap_or(0.0),
    })
}

fn rows(headers: &[Header]) -> Vec<Value> {
    headers.iter().map(|header| json!({"name": header.name, "value": text(header)})).collect()
}

fn text(header: &Header) -> String {
    let piece = |segment: &Segment| match segment {
        Segment::Text { text } => text.clone(),
        Segment::Masked { .. } => DOTS.to_owned(),
    };
    header.value.iter().map(piece).collect()
}
