//! Where an answer points to, and what may go there.

use http::header::{CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LOCATION, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, Method};
use url::Url;

use super::body::Payload;
use super::mask;
use crate::error::{Code, Error};

/// Most redirects followed in one sending.
pub(super) const MOST: usize = 10;

/// One stop of a request.
#[derive(Clone)]
pub(super) struct Hop {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Payload,
    /// Whether this is still the origin the user named; once left, credentials stay behind for good.
    pub(super) trusted: bool,
}

impl Hop {
    /// Where this answer points to, as the fetch standard of WHATWG says.
    pub(super) fn next(&self, status: u16, answer: &HeaderMap) -> Option<Self> {
        if ![301, 302, 303, 307, 308].contains(&status) {
            return None;
        }
        let location = String::from_utf8_lossy(answer.get(LOCATION)?.as_bytes()).into_owned();
        let mut url =
            self.url.join(&location).ok().filter(|url| ["http", "https"].contains(&url.scheme()))?;
        url.set_fragment(None);
        let mut next = Self { url, ..self.clone() };
        if becomes_get(status, &self.method) {
            next.method = Method::GET;
            next.body = Payload::default();
            for name in [CONTENT_TYPE, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LOCATION] {
                next.headers.remove(name);
            }
        }
        if next.url.origin() != self.url.origin() {
            next.leave();
        }
        Some(next)
    }

    fn leave(&mut self) {
        self.trusted = false;
        let secret: Vec<_> =
            self.headers.keys().filter(|name| mask::is_secret(name.as_str())).cloned().collect();
        for name in secret {
            self.headers.remove(name);
        }
        // A host the user named for the first server means nothing to the next.
        self.headers.remove(http::header::HOST);
    }
}

fn becomes_get(status: u16, method: &Method) -> bool {
    match status {
        301 | 302 => method == Method::POST,
        303 => method != Method::GET && method != Method::HEAD,
        _ => false,
    }
}

/// The failure of a sending that was redirected too often.
pub(super) fn too_many(url: &Url) -> Error {
    let place = mask::url(url);
    Error::new(Code::CutOff, format!("The answer redirects again after {MOST} redirects, now to {place}."))
        .hint("The addresses probably point to each other in a circle; see the calls in the timeline.")
}
