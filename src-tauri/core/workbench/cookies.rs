use super::Workbench;
use crate::error::{Code, Error, Result};
use crate::http::{Cookie, CookieJar, CookieName, CookieSet, Jar, Scope};
use crate::tenant::TenantRecord;

/// How a key can be used that sessions are kept apart by.
const WAYS: [&str; 3] = ["bearer", "basic", "certificate"];

impl Workbench {
    /// Lists the cookies of a tenant's sessions.
    pub async fn cookie_list(&self, query: CookieJar) -> Result<Vec<Cookie>> {
        self.cookies(query.tenant.as_deref())
    }

    /// Sets a cookie.
    pub async fn cookie_set(&self, query: CookieSet) -> Result<Vec<Cookie>> {
        let tenant = query.cookie.tenant.as_deref();
        let record = self.tenant_record(tenant)?;
        let jar = match self.jar(&query.cookie)? {
            Some(jar) => Some(jar),
            None => {
                scope(record.as_ref(), &query.cookie.credential).and_then(|scope| self.inner.post.jar(&scope))
            }
        };
        let jar = jar.ok_or_else(|| {
            Error::new(Code::NotFound, format!("There is no session of {}", query.cookie.credential))
                .hint("Send a request with it first")
        })?;
        jar.set(&query)?;
        self.cookies(tenant)
    }

    /// Removes a cookie.
    pub async fn cookie_remove(&self, query: CookieName) -> Result<Vec<Cookie>> {
        if self.jar(&query)?.is_none_or(|jar| !jar.remove(&query)) {
            return Err(no_cookie(&query));
        }
        self.cookies(query.tenant.as_deref())
    }

    /// Removes all cookies and CSRF tokens of a tenant.
    pub async fn cookie_clear(&self, query: CookieJar) -> Result<Vec<Cookie>> {
        self.inner.post.jars(query.tenant.as_deref()).iter().for_each(Jar::clear);
        self.cookies(query.tenant.as_deref())
    }

    /// Shows a cookie's value; a deliberate act of the user.
    pub async fn cookie_reveal(&self, query: CookieName) -> Result<String> {
        let value = self.jar(&query)?.and_then(|jar| jar.value(&query));
        // EXPOSE: to the user who asked for it.
        value.map(|value| value.expose().clone()).ok_or_else(|| no_cookie(&query))
    }

    fn cookies(&self, tenant: Option<&str>) -> Result<Vec<Cookie>> {
        let record = self.tenant_record(tenant)?;
        let jars = self.inner.post.jars(tenant);
        Ok(jars.iter().flat_map(|jar| jar.cookies(&owner(jar, record.as_ref()))).collect())
    }

    fn jar(&self, name: &CookieName) -> Result<Option<Jar>> {
        let record = self.tenant_record(name.tenant.as_deref())?;
        let mut jars = self.inner.post.jars(name.tenant.as_deref()).into_iter();
        Ok(jars.find(|jar| owner(jar, record.as_ref()) == name.credential))
    }

    fn tenant_record(&self, tenant: Option<&str>) -> Result<Option<TenantRecord>> {
        tenant.map(|name| self.tenant(name)).transpose()
    }
}

/// How the owner of a session is shown: by key and way, or by number, since what else keeps sessions apart is secret.
fn owner(jar: &Jar, tenant: Option<&TenantRecord>) -> String {
    let credential = &jar.scope().credential;
    if credential.is_empty() {
        return String::new();
    }
    let mut of_keys = tenant.iter().flat_map(|tenant| names(tenant));
    let known = of_keys.find(|(_, of_key)| of_key == credential).map(|(shown, _)| shown);
    known.unwrap_or_else(|| format!("sign-in {}", jar.number()))
}

/// The scope of a session that did not begin yet.
fn scope(tenant: Option<&TenantRecord>, shown: &str) -> Option<Scope> {
    let name = tenant.map(|tenant| tenant.name.clone());
    if shown.is_empty() {
        return Some(Scope { tenant: name, credential: String::new() });
    }
    let (_, credential) = names(tenant?).into_iter().find(|(of_key, _)| of_key == shown)?;
    Some(Scope { tenant: name, credential })
}

/// The sessions the keys of a tenant can have: as shown, and as they are kept apart.
fn names(tenant: &TenantRecord) -> Vec<(String, String)> {
    let of_key = |way: &'static str| {
        tenant.keys.iter().map(move |key| (format!("{} · {way}", key.name), format!("{way} {}", key.id)))
    };
    WAYS.into_iter().flat_map(of_key).collect()
}

fn no_cookie(name: &CookieName) -> Error {
    Error::new(Code::NotFound, format!("There is no cookie {} any more", name.name))
        .hint("List the cookies again; it may have ended or been replaced")
}
