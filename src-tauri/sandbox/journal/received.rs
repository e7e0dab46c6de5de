use bytes::Bytes;
use http::HeaderValue;
use http::request::Parts;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::call::Connection;
use crate::encoding::base64;

/// A request as it arrived, and how it was answered.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceivedRequest {
    /// The place in the order of arrival, from 1, never used twice.
    pub sequence: u64,
    /// The connection it came over, from 1: two requests with one number shared it.
    pub connection: u64,
    /// When its head arrived.
    pub received_at: Timestamp,
    /// The host asked for, without port.
    pub host: String,
    /// The method.
    pub method: String,
    /// The path as sent.
    pub path: String,
    /// The query as sent, without `?`.
    pub query: Option<String>,
    /// The headers in order with duplicates; names arrive in lower case.
    pub headers: Vec<(String, String)>,
    /// The first mebibyte of the body; empty again when much came after it.
    #[serde(serialize_with = "text_or_base64")]
    pub body: Bytes,
    /// The size of the whole body.
    pub body_size: u64,
    /// Whether the whole body arrived.
    pub body_complete: bool,
    /// The HTTP version, such as `HTTP/2.0`.
    pub version: String,
    /// The protocol agreed in the handshake.
    pub alpn: Option<String>,
    /// The TLS version, such as `TLSv1_3`.
    pub tls: String,
    /// The server name asked for in the handshake.
    pub server_name: Option<String>,
    /// The certificate the client showed.
    pub client_certificate: Option<ClientCertificate>,
    /// The status answered; nothing if the client left before.
    pub status: Option<u16>,
    /// The path of the integration flow that ran for it.
    pub flow: Option<String>,
    /// Whether the client left before the whole answer was written.
    pub client_left: bool,
}

/// A certificate that a client showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientCertificate {
    /// The subject of the leaf.
    pub subject: String,
    /// The SHA-256 of the leaf, in hexadecimal.
    pub fingerprint: String,
    /// How many certificates were sent.
    pub chain_length: usize,
}

/// A TLS handshake that did not succeed.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HandshakeFailure {
    /// The number of the connection.
    pub connection: u64,
    /// When it failed.
    pub failed_at: Timestamp,
    /// The server name asked for.
    pub server_name: Option<String>,
    /// Why.
    pub reason: String,
}

impl ReceivedRequest {
    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The kept part of the body as text.
    pub fn body_text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(super) fn arriving(sequence: u64, connection: &Connection, parts: &Parts, host: &str) -> Self {
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Self {
            sequence,
            connection: connection.number,
            received_at: Timestamp::now(),
            host: host.to_owned(),
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().map(str::to_owned),
            headers: parts.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
            body: Bytes::new(),
            body_size: 0,
            body_complete: false,
            version: format!("{:?}", parts.version),
            alpn: connection.alpn.clone(),
            tls: connection.tls.clone(),
            server_name: connection.server_name.clone(),
            client_certificate: connection.client_certificate.clone(),
            status: None,
            flow: None,
            client_left: false,
        }
    }
}

fn text_or_base64<S: serde::Serializer>(body: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    match std::str::from_utf8(body) {
        Ok(text) => serializer.serialize_str(text),
        Err(_) => json!({ "base64": base64(body) }).serialize(serializer),
    }
}
