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
        let kept =
            self.headers.iter().filter(|(name, value)| is_harmless(name.as_str()) && !value.is_sensitive());
        self.headers = kept.map(|(name, value)| (name.clone(), value.clone())).collect();
    }
}

/// Only what says nothing about the caller goes on: nobody can list the names people give to credentials.
fn is_harmless(name: &str) -> bool {
    const KNOWN: [&str; 3] = ["user-agent", "cache-control", "soapaction"];
    KNOWN.contains(&name) || ["accept", "content-"].iter().any(|start| name.starts_with(start))
}

fn becomes_get(status: u16, method: &Method) -> bool {
    match status {
        301 | 302 => method == Method::POST,
        303 => method != Method::GET && method != Method::HEAD,
        _ => false,
    }
}

/// The failure of a sending whose body is not for the host it was redirected to.
pub(super) fn not_for_others(url: &Url) -> Error {
    let place = mask::url(url);
    Error::new(
        Code::ForeignHost,
        format!("The answer redirects to another host, {place}, and the body carries a secret. It was not sent there."),
    )
    .hint("Call that address directly if the secret belongs there.")
}

/// The failure of a sending that was redirected too often.
pub(super) fn too_many(url: &Url) -> Error {
    let place = mask::url(url);
    Error::new(Code::CutOff, format!("The answer redirects again after {MOST} redirects, now to {place}."))
        .hint("The addresses probably point to each other in a circle; see the calls in the timeline.")
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn hop(method: &str, url: &str) -> Hop {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", HeaderValue::from_static("Basic x"));
        Hop {
            method: method.parse().unwrap(),
            url: url.parse().unwrap(),
            headers,
            body: Payload::bytes("x", "text/plain"),
            trusted: true,
        }
    }

    fn to(hop: &Hop, status: u16, location: &'static str) -> Option<Hop> {
        hop.next(status, &HeaderMap::from_iter([(LOCATION, HeaderValue::from_static(location))]))
    }

    #[test]
    fn methods_change_as_the_fetch_standard_says() {
        for (method, status, expected) in [
            ("POST", 301, "GET"),
            ("POST", 302, "GET"),
            ("PUT", 302, "PUT"),
            ("DELETE", 303, "GET"),
            ("HEAD", 303, "HEAD"),
            ("POST", 307, "POST"),
            ("POST", 308, "POST"),
        ] {
            let next = to(&hop(method, "https://a.de/x"), status, "y?z#f").unwrap();
            assert_eq!((next.method.as_str(), next.url.as_str()), (expected, "https://a.de/y?z"));
            assert_eq!(next.body.is_none(), next.method != method, "{method} {status}");
            assert!(next.trusted && next.headers.contains_key("authorization"));
        }
        assert!(to(&hop("GET", "https://a.de"), 300, "/y").is_none());
        assert!(to(&hop("GET", "https://a.de"), 302, "mailto:x@a.de").is_none());
    }

    #[test]
    fn another_scheme_host_or_port_gets_no_credentials_and_the_way_back_neither() {
        let home = hop("GET", "https://a.de/");
        for location in ["http://a.de/", "https://b.de/", "https://a.de:8443/", "//b.de/"] {
            let away = to(&home, 302, location).unwrap();
            assert!(!away.trusted && away.headers.is_empty(), "{location}");
            let back = to(&away, 302, "https://a.de/").unwrap();
            assert!(!back.trusted && back.headers.is_empty(), "{location}");
        }
        assert!(to(&home, 302, "https://a.de:443/").unwrap().trusted);
    }
}
