use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use url::Url;

use super::body::Payload;
use super::course::Course;
use super::exchange::Call;
use super::hidden::Hidden;
use super::mask::{self, Revealed};
use super::request::{Body, ExchangeId, Request};
use super::session::Scope;
use super::{header, resolve};
use crate::certificate::Identity;
use crate::error::Error;
use crate::secret::Secret;
use crate::settings::Settings;
use crate::token::TokenFacts;

/// A request of which nothing is open any more: ready to be sent.
pub struct Prepared {
    /// The name of the sending.
    pub id: ExchangeId,
    /// The tenant's name, for the record.
    pub tenant: Option<String>,
    /// The key's name, for the record.
    pub key: Option<String>,
    /// The request as the user wrote it, for the record; CSRF mode and HTTP version are read from it.
    pub request: Request,
    /// The body without secrets, where it is another than that of the request as the user wrote it.
    pub sent_body: Option<Box<Body>>,
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub url: Url,
    /// The user's header fields.
    pub headers: HeaderMap,
    /// The body.
    pub body: Payload,
    /// As whom it is sent.
    pub access: Access,
    /// Whose cookies and CSRF tokens go with it.
    pub scope: Scope,
    /// The secret values it was made with: they may not be in its record.
    pub hidden: Hidden,
    /// Whether redirects are followed.
    pub follow_redirects: bool,
    /// Whole time allowed.
    pub timeout: Duration,
}

/// As whom a request is sent.
pub enum Access {
    /// As nobody.
    None,
    /// With an access token.
    Bearer(Arc<dyn TokenSource>),
    /// With client id and secret as Basic.
    Basic {
        /// The client id.
        client_id: String,
        /// The client secret.
        secret: Secret<String>,
    },
    /// With a client certificate.
    Certificate(Identity),
    /// With a field of its own, unless the user wrote one of this name.
    Header {
        /// Its name.
        name: HeaderName,
        /// Its value, marked as sensitive.
        value: HeaderValue,
    },
    /// With an answer to the server's Digest challenge.
    Digest {
        /// The user name.
        username: String,
        /// The password.
        password: Secret<String>,
    },
}

/// Where access tokens come from.
pub trait TokenSource: Send + Sync {
    /// A token; `fresh` drops the one at hand and asks again. Calls are performed on this course.
    fn token<'a>(
        &'a self,
        fresh: bool,
        course: &'a Course<'a>,
    ) -> BoxFuture<'a, Result<GrantedToken, TokenFailure>>;
}

/// An access token.
pub struct GrantedToken {
    /// The token.
    pub value: Secret<String>,
    /// The calls made for it in this sending; none when it was at hand.
    pub calls: Vec<TokenCall>,
    /// What may be shown of it.
    pub facts: Option<TokenFacts>,
}

/// No access token.
pub struct TokenFailure {
    /// Why.
    pub error: Error,
    /// The calls made in vain in this sending.
    pub calls: Vec<TokenCall>,
}

/// A call to a token server, and the clear values behind its masked header fields.
pub struct TokenCall {
    /// The record.
    pub call: Call,
    /// The clear values.
    pub revealed: Vec<Revealed>,
}

impl From<Error> for TokenFailure {
    fn from(error: Error) -> Self {
        Self { error, calls: Vec::new() }
    }
}

/// Who sends a request where to, as the facade found out.
pub struct Caller {
    /// The tenant's name.
    pub tenant: Option<String>,
    /// The tenant's runtime URL, for paths.
    pub base: Option<String>,
    /// The key's name.
    pub key: Option<String>,
    /// As whom.
    pub access: Access,
    /// What keeps the cookies and CSRF tokens of this credential apart from those of others; names may change hands.
    pub credential: String,
}

impl Prepared {
    /// Checks and completes a request; whatever cannot be sent is found here.
    pub fn new(id: ExchangeId, request: Request, caller: Caller, settings: &Settings) -> Result<Self, Error> {
        let timeout = request.options.timeout_ms.unwrap_or(settings.timeout_ms);
        let mut url = resolve::resolve(&request.url, caller.base.as_deref(), &request.parameters)?;
        let mut headers = header::fields(&request.headers)?;
        header::take_user(&mut url, &mut headers)?;
        Ok(Self {
            id,
            method: header::method(&request.method)?,
            url,
            headers,
            hidden: Hidden::default(),
            body: Payload::new(&request.body)?,
            scope: Scope { tenant: caller.tenant.clone(), credential: caller.credential },
            follow_redirects: request.options.follow_redirects.unwrap_or(settings.follow_redirects),
            timeout: Duration::from_millis(timeout.into()),
            tenant: caller.tenant,
            key: caller.key,
            access: caller.access,
            sent_body: None,
            request,
        })
    }

    /// The same, recorded as the user wrote it and without these values anywhere.
    #[must_use]
    pub fn recorded_as(mut self, written: Request, hidden: Hidden) -> Self {
        hidden.mark(&mut self.headers);
        let sent_body = sent_body(self.request.body, &written.body, &hidden).map(Box::new);
        Self { request: written, sent_body, hidden, ..self }
    }
}

/// What went out in place of the written body, without secrets; none when it is the same.
fn sent_body(mut sent: Body, written: &Body, hidden: &Hidden) -> Option<Body> {
    if sent == *written {
        return None;
    }
    mask::body(&mut sent);
    hidden.written(&mut sent);
    Some(sent)
}
