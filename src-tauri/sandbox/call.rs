use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;
use http::request::Parts;
use rustls::pki_types::CertificateDer;

use crate::encoding::{hex, sha256};
use crate::form::{decoded, fields};
use crate::journal::{ClientCertificate, Entry};

/// A request that has arrived.
pub(crate) struct Call {
    pub(crate) parts: Parts,
    pub(crate) host: String,
    pub(crate) body: Bytes,
    /// The size of the whole body; more than `body` holds if that was too large to keep.
    pub(crate) body_size: u64,
    pub(crate) connection: Arc<Connection>,
    pub(crate) entry: Entry,
}

impl Call {
    pub(crate) fn path(&self) -> &str {
        self.parts.uri.path()
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.parts.headers.get(name)?.to_str().ok()
    }

    pub(crate) fn query(&self) -> Vec<(String, String)> {
        fields(self.parts.uri.query().unwrap_or_default())
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        self.query().into_iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.parameter(name)?.parse().ok()
    }

    /// A cookie that was sent, in one `Cookie` header or, as HTTP/2 allows, in several.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let headers = self.parts.headers.get_all(http::header::COOKIE);
        headers.into_iter().filter_map(|header| header.to_str().ok()).find_map(|header| {
            let mut cookies = header.split(';').filter_map(|cookie| cookie.trim().split_once('='));
            cookies.find(|(cookie, _)| *cookie == name).map(|(_, value)| value.to_owned())
        })
    }

    /// The last segment of the path, decoded.
    pub(crate) fn last_segment(&self) -> String {
        decoded(self.path().rsplit('/').next().unwrap_or_default())
    }
}

/// What the handshake told about the connection a call came over.
pub(crate) struct Connection {
    pub(crate) number: u64,
    pub(crate) server_name: Option<String>,
    pub(crate) alpn: Option<String>,
    pub(crate) tls: String,
    pub(crate) client_leaf: Option<CertificateDer<'static>>,
    pub(crate) client_certificate: Option<ClientCertificate>,
}

impl Connection {
    pub(crate) fn new(number: u64, server_name: Option<String>, tls: &rustls::ServerConnection) -> Self {
        let chain = tls.peer_certificates();
        Self {
            number,
            server_name,
            alpn: tls.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned()),
            tls: tls.protocol_version().and_then(|version| version.as_str()).unwrap_or_default().to_owned(),
            client_leaf: chain.and_then(|chain| chain.first()).map(|leaf| leaf.clone().into_owned()),
            client_certificate: chain.and_then(shown),
        }
    }
}

fn shown(chain: &[CertificateDer<'_>]) -> Option<ClientCertificate> {
    let leaf = chain.first()?;
    let subject = x509_parser::parse_x509_certificate(leaf)
        .map(|(_, certificate)| certificate.subject().to_string())
        .unwrap_or_default();
    Some(ClientCertificate { subject, fingerprint: hex(&sha256(leaf)), chain_length: chain.len() })
}
