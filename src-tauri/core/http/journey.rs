//! One sending under way: its calls, and what each answer asks for.

use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderValue};

use super::course::Course;
use super::csrf::{CSRF, is_csrf_required};
use super::digest::Challenge;
use super::engine::{Performed, Via, WireRequest};
use super::exchange::{Call, Purpose};
use super::header::{basic, bearer};
use super::mask::Revealed;
use super::platform_page::is_platform_page;
use super::post::Post;
use super::prepared::{Access, Prepared, TokenCall, TokenSource};
use super::redirect::{self, Hop};
use super::session::Session;
use super::spool::SpooledBody;
use crate::error::Error;
use crate::token::TokenFacts;

/// How long a token source that was stopped may take to hand over its record.
const GRACE: Duration = Duration::from_millis(50);

/// What an answer asks for.
enum Step {
    Done,
    /// A fresh token, then again.
    Renew,
    /// An answer to the Digest challenge, then again.
    Sign,
    /// A CSRF token, then again.
    Csrf,
    Follow(Box<Hop>),
    Lost(Error),
}

/// A request on its way.
pub(super) struct Journey<'a> {
    post: &'a Post,
    pub(super) prepared: &'a Prepared,
    pub(super) course: &'a Course<'a>,
    pub(super) session: Arc<Session>,
    pub(super) hop: Hop,
    authorization: Option<HeaderValue>,
    /// The token of the last call.
    pub(super) token: Option<TokenFacts>,
    pub(super) calls: Vec<Call>,
    pub(super) revealed: Vec<Vec<Revealed>>,
    pub(super) body: SpooledBody,
    renewed: bool,
    pub(super) fetched: bool,
    /// The CSRF token of the last call.
    pub(super) csrf: Option<HeaderValue>,
    followed: usize,
    /// The Digest challenge that is answered.
    pub(super) challenge: Option<Challenge>,
    /// How often its nonce was used.
    pub(super) nonce_count: u32,
    pub(super) challenged: usize,
}

impl<'a> Journey<'a> {
    pub(super) fn begin(post: &'a Post, prepared: &'a Prepared, course: &'a Course<'a>) -> Self {
        let hop = Hop {
            method: prepared.method.clone(),
            url: prepared.url.clone(),
            headers: prepared.headers.clone(),
            body: prepared.body.clone(),
            trusted: true,
        };
        Self {
            post,
            prepared,
            course,
            session: post.sessions.get(&prepared.scope),
            hop,
            authorization: None,
            token: None,
            calls: Vec::with_capacity(1),
            revealed: Vec::with_capacity(1),
            body: SpooledBody::default(),
            renewed: false,
            fetched: false,
            csrf: None,
            followed: 0,
            challenge: None,
            nonce_count: 0,
            challenged: 0,
        }
    }

    pub(super) async fn travel(&mut self) -> Result<(), Error> {
        self.authorize(false).await?;
        if self.wants_csrf_first() {
            self.obtain_csrf(
                "“Always” is set: the sender is asked for a CSRF token before it is written to.",
            )
            .await?;
        }
        let mut why = (Purpose::Request, "Your request.".to_owned());
        loop {
            let step = self.call(why.0, why.1).await?;
            why = match step {
                Step::Done => return Ok(()),
                Step::Lost(error) => return Err(error),
                Step::Renew => {
                    self.authorize(true).await?;
                    (Purpose::Again, "Your request once more, with a fresh token. The first was answered before the flow ran.".to_owned())
                }
                Step::Sign => (
                    Purpose::Again,
                    "Your request once more, with the answer to the server's Digest challenge.".to_owned(),
                ),
                Step::Csrf => {
                    let reason = "The sender is CSRF protected and answered 403 with X-CSRF-Token: required, so a token and its cookies \
                         were fetched. The flow did not run.";
                    if !self.obtain_csrf(reason).await? {
                        return self.without_csrf();
                    }
                    (Purpose::Again, "Your request once more, with the CSRF token. It is kept, so the next Send is a single call.".to_owned())
                }
                Step::Follow(hop) => {
                    self.hop = *hop;
                    (Purpose::Redirect, self.redirected())
                }
            };
        }
    }

    /// Why a redirect is followed, and what stays behind.
    fn redirected(&self) -> String {
        if self.hop.trusted {
            return "The answer points to another address of the same host.".to_owned();
        }
        "The answer points to another host, which gets no credentials.".to_owned()
    }

    async fn authorize(&mut self, fresh: bool) -> Result<(), Error> {
        if self.hop.headers.contains_key(AUTHORIZATION) {
            return Ok(());
        }
        self.authorization = match &self.prepared.access {
            Access::None | Access::Certificate(_) | Access::Header { .. } | Access::Digest { .. } => None,
            Access::Basic { client_id, secret } => Some(basic(client_id, secret)?),
            Access::Bearer(source) => Some(self.bearer(source.as_ref(), fresh).await?),
        };
        Ok(())
    }

    async fn bearer(&mut self, source: &dyn TokenSource, fresh: bool) -> Result<HeaderValue, Error> {
        let mut asking = source.token(fresh, self.course);
        let granted = tokio::select! {
            biased;
            granted = &mut asking => granted,
            stopped = self.course.stopped() => match tokio::time::timeout(GRACE, &mut asking).await {
                Ok(granted) => granted,
                Err(_) => return Err(stopped.after(false).into()),
            },
        };
        drop(asking);
        match granted {
            Ok(granted) => {
                self.note(granted.calls);
                self.token = granted.facts;
                bearer(&granted.value)
            }
            Err(failure) => {
                self.note(failure.calls);
                Err(failure.error)
            }
        }
    }

    fn note(&mut self, calls: Vec<TokenCall>) {
        for TokenCall { mut call, revealed } in calls {
            self.prepared.hidden.call(&mut call);
            self.calls.push(call);
            self.revealed.push(revealed);
        }
    }

    async fn call(&mut self, purpose: Purpose, reason: String) -> Result<Step, Error> {
        let mut headers = self.credentials();
        self.csrf = self.cached_csrf();
        if let Some(token) = &self.csrf {
            headers.insert(CSRF, token.clone());
        }
        let wire = WireRequest {
            purpose,
            reason,
            method: self.hop.method.clone(),
            url: self.hop.url.clone(),
            headers,
            body: self.hop.body.clone(),
        };
        let (status, answer) = self.perform(wire).await?;
        Ok(self.step(status, &answer))
    }

    /// The user's fields, with what proves who is calling.
    pub(super) fn credentials(&self) -> HeaderMap {
        let mut headers = self.hop.headers.clone();
        if !self.hop.trusted {
            return headers;
        }
        if let Some(value) = &self.authorization {
            headers.insert(AUTHORIZATION, value.clone());
        }
        if let Access::Header { name, value } = &self.prepared.access {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        if let Some(cookies) = self.session.cookies(&self.hop.url, headers.get(COOKIE)) {
            headers.insert(COOKIE, cookies);
        }
        headers
    }

    pub(super) async fn perform(&mut self, mut wire: WireRequest) -> Result<(u16, HeaderMap), Error> {
        self.sign(&mut wire)?;
        let identity = match &self.prepared.access {
            Access::Certificate(identity) if self.hop.trusted => Some(identity.clone()),
            _ => None,
        };
        let via = Via { identity, http1_only: self.prepared.request.options.http1_only };
        let Performed { mut call, body, headers, revealed } =
            self.post.engine.perform(wire, &via, self.course).await;
        let status = call.received.as_ref().map_or(0, |received| received.status);
        // A refusal for want of a CSRF token sets the cookies of a session nobody will use.
        if self.hop.trusted && !(is_csrf_required(status, &headers) && self.is_platforms(403, &headers)) {
            self.session.keep(&self.hop.url, &headers);
        }
        self.prepared.hidden.call(&mut call);
        let failure = call.failure.clone();
        self.calls.push(call);
        self.revealed.push(revealed);
        self.body = body;
        failure.map_or(Ok((status, headers)), Err)
    }

    fn step(&mut self, status: u16, answer: &HeaderMap) -> Step {
        if self.wants_fresh_token(status, answer) {
            self.renewed = true;
            return Step::Renew;
        }
        if self.wants_signature(status, answer) {
            return Step::Sign;
        }
        if self.wants_csrf(status, answer) {
            return Step::Csrf;
        }
        if !self.prepared.follow_redirects {
            return Step::Done;
        }
        match self.hop.next(status, answer) {
            None => Step::Done,
            Some(hop) if self.followed == redirect::MOST => Step::Lost(redirect::too_many(&hop.url)),
            Some(hop) if !hop.trusted && self.prepared.hidden.is_in(&hop.body) => {
                Step::Lost(redirect::not_for_others(&hop.url))
            }
            Some(hop) => {
                self.followed += 1;
                Step::Follow(Box::new(hop))
            }
        }
    }

    /// Only the platform's 401 proves that the flow did not run; a flow can answer 401 itself (sap-domain 3.6).
    fn wants_fresh_token(&self, status: u16, answer: &HeaderMap) -> bool {
        status == 401
            && !self.renewed
            && self.hop.trusted
            && self.authorization.is_some()
            && matches!(self.prepared.access, Access::Bearer(_))
            && self.is_platforms(401, answer)
    }

    /// Whether the answer of the last call is the platform's own page.
    pub(super) fn is_platforms(&self, status: u16, answer: &HeaderMap) -> bool {
        let content_type = answer.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
        is_platform_page(status, content_type, self.body.head())
    }
}
