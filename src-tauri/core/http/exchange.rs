use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::request::{Body, ExchangeId, Request};
use crate::certificate::{CertificateFacts, ChainFacts};
use crate::diagnosis::Diagnosis;
use crate::error::Error;
use crate::redact::Segment;
use crate::token::TokenFacts;

/// One request as sent and what came back; one sending may be several calls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Exchange {
    /// Its name.
    pub id: ExchangeId,
    /// The tenant, if one was chosen.
    pub tenant: Option<String>,
    /// The key that was used, if any.
    pub key: Option<String>,
    /// The request as the user wrote it.
    pub request: Request,
    /// The request's body as it went out, where variables made it another than the written one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub sent_body: Option<Box<Body>>,
    /// The URL as resolved.
    pub url: String,
    /// When it began.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub started_at: Timestamp,
    /// How long all of it took, in milliseconds.
    pub took_ms: f64,
    /// Every call made, in order; the last one carries the answer.
    #[serde(default)]
    pub calls: Vec<Call>,
    /// The token it was made with, as it was then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub token: Option<Box<TokenFacts>>,
    /// Why there is no whole answer; what arrived is in the last call.
    pub failure: Option<Error>,
    /// Why the platform answered 401 or 403 before the flow ran.
    pub refusal: Option<Error>,
    /// What went wrong and the next step; absent when nothing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub diagnosis: Option<Diagnosis>,
    /// Why it is not in the history; the sending itself is not affected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub unrecorded: Option<Error>,
}

impl Exchange {
    /// The request's body as it went out, as far as it is known; secret parts are dots.
    pub fn body_sent(&self) -> &Body {
        self.sent_body.as_deref().unwrap_or(&self.request.body)
    }

    /// The answer to the user's request: that of the last call, unless it ended at a token or CSRF call.
    pub fn answer(&self) -> Option<&Received> {
        let is_users = |call: &&Call| !matches!(call.purpose, Purpose::Token | Purpose::Csrf);
        self.calls.last().filter(is_users).and_then(|call| call.received.as_ref())
    }
}

/// Why a call was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To get an access token.
    Token,
    /// To get a CSRF token and its cookies.
    Csrf,
    /// The user's request once more, because the first was answered before the flow ran.
    Again,
    /// Where the answer before pointed to.
    Redirect,
    /// The user's request; also what a newer version made a call for.
    #[serde(other)]
    Request,
}

/// One HTTP call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Call {
    /// Why it was made.
    pub purpose: Purpose,
    /// The same in a sentence for this case.
    #[serde(default)]
    pub reason: String,
    /// Start, in milliseconds since the exchange began.
    pub start_ms: f64,
    /// What went out.
    pub sent: Sent,
    /// What came back; absent when nothing did.
    pub received: Option<Received>,
    /// Where the time went.
    #[serde(default)]
    pub phases: Phases,
    /// The connection's TLS facts; absent without TLS or before it was agreed on.
    pub tls: Option<TlsFacts>,
    /// Address and port of the other side, of a proxy when there is one.
    pub remote_address: Option<String>,
    /// Why it has no whole answer.
    pub failure: Option<Error>,
}

/// A request as it went out, secrets masked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Sent {
    /// The method.
    pub method: String,
    /// The whole URL.
    pub url: String,
    /// The header fields Sluice set, in order; `Host` and framing fields are the transport's.
    #[serde(default)]
    pub headers: Vec<Header>,
    /// Size of the body in bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub body_size: u64,
}

/// A header field whose secret parts are masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Header {
    /// The name as sent or received.
    pub name: String,
    /// The value in pieces.
    #[serde(default)]
    pub value: Vec<Segment>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Received {
    /// Status code.
    pub status: u16,
    /// Reason phrase: the usual one of the code.
    #[serde(default)]
    pub reason: String,
    /// `HTTP/1.1` or `HTTP/2`.
    pub version: String,
    /// Header fields in order, `Set-Cookie` values masked.
    #[serde(default)]
    pub headers: Vec<Header>,
    /// Media type of the body, from `Content-Type`.
    pub content_type: Option<String>,
    /// Content coding of the body: `gzip`, `br`, `deflate`.
    pub content_encoding: Option<String>,
    /// Bytes of the body on the wire.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub wire_size: u64,
    /// Bytes of the body after decoding.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub body_size: u64,
    /// Whether the whole body arrived.
    pub complete: bool,
}

/// Where the time of a call went, in milliseconds; a phase that did not happen is absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(default)]
pub struct Phases {
    /// Whether an open connection was used, so that name, connect and TLS did not happen.
    pub reused: bool,
    /// Looking up the host name.
    pub name_ms: Option<f64>,
    /// Connecting, proxies included.
    pub connect_ms: Option<f64>,
    /// Agreeing on TLS.
    pub tls_ms: Option<f64>,
    /// Sending a body: until the transport had taken the last byte.
    pub send_ms: Option<f64>,
    /// Waiting for the answer's head.
    pub wait_ms: Option<f64>,
    /// Receiving the body.
    pub receive_ms: Option<f64>,
    /// The whole call.
    pub total_ms: f64,
}

/// What is known of a TLS connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct TlsFacts {
    /// `TLS 1.3` or `TLS 1.2`; absent when the connection failed before it was known.
    pub version: Option<String>,
    /// The server's certificates as sent, leaf first.
    pub server_chain: Option<ChainFacts>,
    /// Whether the certificates were verified and found good.
    pub verified: bool,
    /// Whether the server asked for a client certificate; unknown on a reused connection that was not seen being made.
    pub certificate_requested: Option<bool>,
    /// Names of the authorities the server accepts client certificates from, as far as it said.
    #[serde(default)]
    pub acceptable_issuers: Vec<String>,
    /// The client certificate that was sent.
    pub certificate_sent: Option<CertificateFacts>,
}

/// How far a sending is, reported while it goes on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Progress {
    /// A call begins.
    Calling {
        /// Why it is made.
        purpose: Purpose,
        /// Which one, from 1.
        number: u32,
    },
    /// Part of the request body has gone out.
    Sending {
        /// Bytes so far.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        sent: u64,
        /// All bytes, if known.
        #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
        of: Option<u64>,
    },
    /// The request is out; the other side works.
    Waiting,
    /// Part of the answer's body has arrived.
    Receiving {
        /// Status of the answer.
        status: u16,
        /// Bytes so far.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        received: u64,
        /// All bytes, if known.
        #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
        of: Option<u64>,
    },
}
