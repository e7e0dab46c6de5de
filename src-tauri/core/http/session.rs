//! What a tenant remembers of a caller: cookies and CSRF tokens, never shared between credentials.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use cookie_store::{CookieStore, RawCookie};
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};
use url::Url;

use super::dial::lock;
use crate::secret::Secret;

/// Whose cookies they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The tenant.
    pub tenant: Option<String>,
    /// The credential: a key's name and how it is used; empty without one.
    pub credential: String,
}

/// The sessions of this run, in the order they began.
#[derive(Default)]
pub(super) struct Sessions(Mutex<HashMap<Scope, (usize, Arc<Session>)>>);

impl Sessions {
    /// The session of this scope.
    pub(super) fn get(&self, scope: &Scope) -> Arc<Session> {
        let mut sessions = lock(&self.0);
        let number = sessions.len() + 1;
        let (_, session) = sessions.entry(scope.clone()).or_insert_with(|| (number, Arc::default()));
        Arc::clone(session)
    }

    /// The sessions of a tenant, and which ones of this run they are.
    pub(super) fn of_tenant(&self, tenant: Option<&str>) -> Vec<(usize, Scope, Arc<Session>)> {
        let sessions = lock(&self.0);
        let of_tenant = sessions.iter().filter(|(scope, _)| scope.tenant.as_deref() == tenant);
        let copied =
            of_tenant.map(|(scope, (number, session))| (*number, scope.clone(), Arc::clone(session)));
        let mut found: Vec<_> = copied.collect();
        found.sort_by_key(|(number, ..)| *number);
        found
    }

    /// Forgets all of them.
    pub(super) fn clear(&self) {
        lock(&self.0).clear();
    }
}

/// The cookies and CSRF tokens of one credential on one tenant.
#[derive(Default)]
pub(super) struct Session {
    pub(super) jar: Mutex<CookieStore>,
    pub(super) csrf: Mutex<HashMap<String, Secret<String>>>,
    fetching: tokio::sync::Mutex<()>,
}

impl Session {
    /// The `Cookie` value for this URL, beside what the user wrote.
    pub(super) fn cookies(&self, url: &Url, own: Option<&HeaderValue>) -> Option<HeaderValue> {
        let jar = lock(&self.jar);
        let own = own.and_then(|own| own.to_str().ok()).unwrap_or_default();
        let mut text = own.to_owned();
        for (name, value) in jar.get_request_values(url) {
            if own.split("; ").any(|pair| pair.split('=').next() == Some(name)) {
                continue;
            }
            if !text.is_empty() {
                text.push_str("; ");
            }
            text.push_str(name);
            text.push('=');
            text.push_str(value);
        }
        let mut value = HeaderValue::from_str(&text).ok().filter(|value| !value.is_empty())?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Keeps the cookies of an answer.
    pub(super) fn keep(&self, url: &Url, headers: &HeaderMap) {
        if !headers.contains_key(SET_COOKIE) {
            return;
        }
        let cookies = headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let cookies = cookies.filter_map(|text| RawCookie::parse(text.to_owned()).ok());
        lock(&self.jar).store_response_cookies(cookies, url);
    }

    /// Waits for the turn to fetch a CSRF token: two fetches at once would begin two sessions, and the cookies of one
    /// would go with the token of the other.
    pub(super) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.fetching.lock().await
    }

    /// The CSRF token of this endpoint.
    pub(super) fn csrf(&self, url: &Url) -> Option<HeaderValue> {
        let tokens = lock(&self.csrf);
        // EXPOSE: into the header of the request to the endpoint that gave it.
        let mut value = HeaderValue::from_str(tokens.get(&endpoint(url))?.expose()).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Keeps the CSRF token of this endpoint, or forgets it.
    pub(super) fn set_csrf(&self, url: &Url, token: Option<Secret<String>>) {
        let mut tokens = lock(&self.csrf);
        match token {
            Some(token) => tokens.insert(endpoint(url), token),
            None => tokens.remove(&endpoint(url)),
        };
    }
}

fn endpoint(url: &Url) -> String {
    url[..url::Position::AfterPath].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookies(session: &Session, url: &str, own: Option<&'static str>) -> Option<String> {
        let own = own.map(HeaderValue::from_static);
        let value = session.cookies(&url.parse().unwrap(), own.as_ref())?;
        Some(value.to_str().unwrap().to_owned())
    }

    #[test]
    fn cookies_keep_to_path_scheme_and_life_and_stand_behind_the_users_own() {
        let session = Session::default();
        let url = "https://a.de/http/orders".parse().unwrap();
        let set =
            ["a=1; Path=/http; Secure; HttpOnly", "b=2; Path=/other", "c=3; Max-Age=0", "d=4; Domain=b.de"];
        let mut answer = HeaderMap::new();
        for cookie in set {
            answer.append(SET_COOKIE, HeaderValue::from_static(cookie));
        }
        session.keep(&url, &answer);
        assert_eq!(cookies(&session, "https://a.de/http/x", None).as_deref(), Some("a=1"));
        assert_eq!(cookies(&session, "https://a.de/http", Some("z=9")).as_deref(), Some("z=9; a=1"));
        assert_eq!(cookies(&session, "https://a.de/http", Some("a=own")).as_deref(), Some("a=own"));
        assert_eq!(cookies(&session, "http://a.de/http/x", None), None);
        assert_eq!(cookies(&session, "https://b.de/http/x", None), None);
    }
}
