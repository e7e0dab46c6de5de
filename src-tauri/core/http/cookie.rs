use serde::{Deserialize, Serialize};

use crate::redact::Segment;
use crate::secret::Secret;

/// A cookie of a tenant's session; it lives as long as this run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Cookie {
    /// Which credential's session it belongs to: a key's name and how it is used; empty without one.
    pub credential: String,
    /// The host or domain it is sent to.
    pub domain: String,
    /// The path it is sent below.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Its value, hidden.
    pub value: Vec<Segment>,
    /// When it ends; absent means with the session.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub expires_at: Option<jiff::Timestamp>,
    /// Whether it is sent over TLS only.
    pub secure: bool,
    /// Whether scripts of a page may not see it.
    pub http_only: bool,
}

/// Names a cookie of a tenant.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CookieName {
    /// The tenant; absent for requests without one.
    pub tenant: Option<String>,
    /// Whose session.
    pub credential: String,
    /// The host or domain.
    pub domain: String,
    /// The path.
    pub path: String,
    /// The name.
    pub name: String,
}

/// A cookie to be set by hand.
#[derive(Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CookieSet {
    /// Which one.
    pub cookie: CookieName,
    /// Its value.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub value: Secret<String>,
    /// Whether it is sent over TLS only.
    pub secure: bool,
}

/// Names the tenant whose cookies are meant.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CookieJar {
    /// The tenant; absent for requests without one.
    pub tenant: Option<String>,
}
