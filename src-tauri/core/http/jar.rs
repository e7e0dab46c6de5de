//! The cookies of a session as the user sees and changes them.

use std::sync::Arc;

use cookie_store::{Cookie as Stored, CookieDomain, CookieExpiration, RawCookie};
use jiff::Timestamp;
use url::Url;

use super::cookie::{Cookie, CookieName, CookieSet};
use super::dial::lock;
use super::session::{Scope, Session};
use crate::error::{Code, Error, Result};
use crate::redact::Segment;
use crate::secret::Secret;

/// The cookies and CSRF tokens of one session.
pub struct Jar {
    number: usize,
    scope: Scope,
    session: Arc<Session>,
}

impl Jar {
    pub(super) fn new((number, scope, session): (usize, Scope, Arc<Session>)) -> Self {
        Self { number, scope, session }
    }

    /// Which session of this run it is, from 1.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Whose session.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Its cookies by host, path and name; `credential` is how its owner is shown.
    pub fn cookies(&self, credential: &str) -> Vec<Cookie> {
        let jar = lock(&self.session.jar);
        let mut cookies: Vec<Cookie> = jar.iter_unexpired().map(|stored| shown(stored, credential)).collect();
        cookies.sort_by(|a, b| (&a.domain, &a.path, &a.name).cmp(&(&b.domain, &b.path, &b.name)));
        cookies
    }

    /// Sets a cookie.
    pub fn set(&self, set: &CookieSet) -> Result<()> {
        let CookieName { domain, path, name, .. } = &set.cookie;
        // EXPOSE: only its signs are looked at.
        check(name, set.value.expose())?;
        let path = if path.starts_with('/') { path.clone() } else { format!("/{path}") };
        let host = domain.trim().trim_start_matches('.').to_ascii_lowercase();
        let url = Url::parse(&format!("https://{host}/")).ok().filter(|url| url.host_str() == Some(&host));
        let url = url.ok_or_else(|| {
            Error::new(Code::InvalidInput, "The domain of the cookie is no host")
                .hint("Write the host alone, like api.acme.com")
        })?;
        // EXPOSE: into the jar, which sends it to its host.
        let value = set.value.expose().clone();
        let mut cookie = RawCookie::build((name.clone(), value)).path(path).secure(set.secure);
        if domain.trim().starts_with('.') {
            cookie = cookie.domain(host);
        }
        let kept = lock(&self.session.jar).insert_raw(&cookie.build(), &url);
        kept.map(|_| ()).map_err(|error| {
            Error::new(Code::InvalidInput, "The cookie cannot be kept").detail(error.to_string())
        })
    }

    /// Removes a cookie and tells whether it was there.
    pub fn remove(&self, name: &CookieName) -> bool {
        lock(&self.session.jar).remove(bare(&name.domain), &name.path, &name.name).is_some()
    }

    /// Removes all cookies and CSRF tokens.
    pub fn clear(&self) {
        lock(&self.session.jar).clear();
        lock(&self.session.csrf).clear();
    }

    /// The value of a cookie.
    pub fn value(&self, name: &CookieName) -> Option<Secret<String>> {
        let jar = lock(&self.session.jar);
        let stored = jar.get(bare(&name.domain), &name.path, &name.name)?;
        Some(Secret::from(stored.value()))
    }
}

fn bare(domain: &str) -> &str {
    domain.trim_start_matches('.')
}

fn shown(stored: &Stored<'_>, credential: &str) -> Cookie {
    let expires_at = match &stored.expires {
        CookieExpiration::AtUtc(at) => Timestamp::from_second(at.unix_timestamp()).ok(),
        CookieExpiration::SessionEnd => None,
    };
    // One for a whole domain is written with a dot.
    let dot = if matches!(stored.domain, CookieDomain::Suffix(_)) { "." } else { "" };
    Cookie {
        credential: credential.to_owned(),
        domain: format!("{dot}{}", stored.domain.as_cow().unwrap_or_default()),
        path: stored.path.to_string(),
        name: stored.name().to_owned(),
        value: vec![Segment::masked("", stored.value().chars().count())],
        expires_at,
        secure: stored.secure().unwrap_or(false),
        http_only: stored.http_only().unwrap_or(false),
    }
}

/// What cannot stand in a header would keep all cookies from being sent.
fn check(name: &str, value: &str) -> Result<()> {
    let is_token = |sign: char| sign.is_ascii_graphic() && !"()<>@,;:\\\"/[]?={}".contains(sign);
    if name.is_empty() || !name.chars().all(is_token) {
        return Err(Error::new(Code::InvalidInput, "The name of the cookie is not usable")
            .hint("Use letters, digits and _"));
    }
    if value.chars().any(|sign| !(sign.is_ascii_graphic() || sign == ' ') || sign == ';') {
        return Err(Error::new(
            Code::InvalidInput,
            "The value of the cookie holds a sign no cookie can carry",
        )
        .hint("Encode semicolons, line breaks and letters beyond ASCII, for example as %3B"));
    }
    Ok(())
}
