//! What a journey does about CSRF protection (sap-domain 4.5).

use std::sync::Arc;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::body::Payload;
use super::engine::WireRequest;
use super::exchange::Purpose;
use super::header::writes;
use super::journey::Journey;
use super::request::CsrfMode;
use crate::error::{Code, Error};
use crate::secret::Secret;

pub(super) const CSRF: HeaderName = HeaderName::from_static("x-csrf-token");

impl Journey<'_> {
    pub(super) fn wants_csrf(&self, status: u16, answer: &HeaderMap) -> bool {
        is_csrf_required(status, answer)
            && self.is_platforms(403, answer)
            && writes(&self.hop.method)
            && !self.fetched
            && self.hop.trusted
            && self.manages_csrf()
    }

    pub(super) fn manages_csrf(&self) -> bool {
        self.prepared.request.csrf != CsrfMode::Never && !self.prepared.headers.contains_key(CSRF)
    }

    pub(super) fn wants_csrf_first(&self) -> bool {
        self.prepared.request.csrf == CsrfMode::Always
            && self.manages_csrf()
            && writes(&self.hop.method)
            && self.session.csrf(&self.hop.url).is_none()
    }

    /// The token at hand for this endpoint, if one goes with this method.
    pub(super) fn cached_csrf(&self) -> Option<HeaderValue> {
        if !self.hop.trusted || !writes(&self.hop.method) || !self.manages_csrf() {
            return None;
        }
        self.session.csrf(&self.hop.url)
    }

    /// Gets another token than the one of the last call, and tells whether there is one.
    pub(super) async fn obtain_csrf(&mut self, reason: &str) -> Result<bool, Error> {
        let session = Arc::clone(&self.session);
        let _turn = tokio::select! {
            biased;
            stopped = self.course.stopped() => return Err(stopped.after(!self.calls.is_empty()).into()),
            turn = session.turn() => turn,
        };
        self.fetched = true;
        let at_hand = session.csrf(&self.hop.url);
        if at_hand.is_some() && at_hand != self.csrf {
            return Ok(true);
        }
        session.set_csrf(&self.hop.url, None);
        self.fetch(reason).await
    }

    /// Asks the sender for a CSRF token, and tells whether it gave one.
    async fn fetch(&mut self, reason: &str) -> Result<bool, Error> {
        let mut headers = self.credentials();
        headers.remove(CONTENT_TYPE);
        headers.insert(CSRF, HeaderValue::from_static("Fetch"));
        let wire = WireRequest {
            purpose: Purpose::Csrf,
            reason: reason.to_owned(),
            method: Method::GET,
            url: self.hop.url.clone(),
            headers,
            body: Payload::default(),
        };
        let (_, answer) = self.perform(wire).await?;
        let token = answer.get(CSRF).and_then(|value| value.to_str().ok());
        let token = token.filter(|token| !token.is_empty() && !token.eq_ignore_ascii_case("required"));
        self.session.set_csrf(&self.hop.url, token.map(Secret::from));
        Ok(token.is_some())
    }

    /// The answer of the fetch stands for itself when it is a refusal; an apparent success would mislead.
    pub(super) fn without_csrf(&self) -> Result<(), Error> {
        let status = self.calls.last().and_then(|call| call.received.as_ref()).map(|answer| answer.status);
        if status.is_some_and(|status| status >= 400) {
            return Ok(());
        }
        Err(Error::new(
            Code::TokenUnavailable,
            "The sender wants a CSRF token but gave none when asked. The flow did not run.",
        )
        .hint(
            "Switch off CSRF Protected in the sender of the flow, or set the header X-CSRF-Token yourself.",
        ))
    }
}

/// Whether the answer asks for a CSRF token; a flow may pass on that of its own receiver, so this alone proves nothing.
pub(super) fn is_csrf_required(status: u16, answer: &HeaderMap) -> bool {
    let required = answer.get(CSRF).map(|value| value.as_bytes().eq_ignore_ascii_case(b"required"));
    status == 403 && required.unwrap_or(false)
}
