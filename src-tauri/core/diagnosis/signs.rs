//! What is read from an exchange or a failure before any rule is asked.

use jiff::Timestamp;

use super::message::MessageMoment;
use super::reason::Reason;
use crate::certificate::CertificateFacts;
use crate::error::{Code, Error};
use crate::http::{Call, CsrfMode, Exchange, Header, Purpose, Received, is_platform_page, writes};
use crate::redact::Segment;
use crate::service_key::Plan;

/// How a request proves who sends it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Credential {
    /// As nobody.
    #[default]
    None,
    /// With a token of the key.
    Bearer,
    /// With client id and secret of the key.
    Basic,
    /// With the client certificate of the key.
    Certificate,
    /// With a sign-in the request spells out.
    Own,
}

/// A key of the same tenant that was not used.
#[derive(Clone, Debug)]
pub struct OtherKey {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub plan: Plan,
    /// Whether it has a client certificate.
    pub has_certificate: bool,
    /// The roles of its last token; absent when it had none in this run.
    pub roles: Option<Vec<String>>,
}

/// What the tenant and its keys add to an exchange.
#[derive(Clone, Debug, Default)]
pub struct Circle {
    /// How the request proved who sent it.
    pub credential: Credential,
    /// The key's name.
    pub key: Option<String>,
    /// The key's client id, which is no secret.
    pub client_id: Option<String>,
    /// What the key is for.
    pub plan: Option<Plan>,
    /// The roles of the token that was sent.
    pub roles: Vec<String>,
    /// When that token ends.
    pub expires_at: Option<Timestamp>,
    /// The other keys of the tenant.
    pub other_keys: Vec<OtherKey>,
    /// Whether the host is one of the tenant's.
    pub is_at_home: bool,
}

/// What the rules look at.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign of its own, in any combination")]
pub struct Signs {
    pub(super) circle: Circle,
    pub(super) started_at: Option<Timestamp>,
    pub(super) purpose: Option<Purpose>,
    pub(super) reason: Option<Reason>,
    pub(super) failed: Option<(Code, String)>,
    /// 0 without an answer.
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    /// Whether the answer is the platform's own page.
    pub(super) is_platform: bool,
    pub(super) is_html: bool,
    /// The beginning of the body.
    pub(super) text: String,
    pub(super) method: String,
    pub(super) host: String,
    pub(super) path: String,
    pub(super) certificate: Option<CertificateFacts>,
    pub(super) csrf: CsrfMode,
    /// Whether a CSRF token was sent along or fetched in this sending.
    pub(super) had_csrf: bool,
    pub(super) lost_credentials: bool,
    pub(super) own_authorization: bool,
    /// Whether only a token was asked for.
    pub(super) is_alone: bool,
}

/// As much of a body as a failure needs to explain itself.
const LOOKED_AT: usize = 64 * 1024;

impl Signs {
    /// The signs of a finished sending with the beginning of its answer's body.
    pub fn of_exchange(exchange: &Exchange, body: &[u8], circle: Circle) -> Self {
        let mut signs = Self {
            circle,
            started_at: Some(exchange.started_at),
            csrf: exchange.request.csrf,
            method: exchange.request.method.clone(),
            ..Self::default()
        };
        signs.locate(&exchange.url);
        signs.own_authorization =
            exchange.request.headers.iter().any(|field| field.name.eq_ignore_ascii_case("authorization"));
        signs.had_csrf = exchange.calls.iter().any(|call| call.purpose == Purpose::Csrf);
        if let Some(failure) = &exchange.failure {
            signs.fail(failure);
        }
        if let Some(last) = exchange.calls.last() {
            signs.look_at(last, body);
        }
        signs
    }

    /// The signs of a request that was not sent at all.
    pub fn of_unsent(error: &Error, method: &str, url: &str, circle: Circle) -> Self {
        let mut signs =
            Self { circle, started_at: Some(Timestamp::now()), method: method.to_owned(), ..Self::default() };
        signs.locate(url);
        signs.fail(error);
        signs
    }

    /// The signs of a token call outside of any exchange; who waited for another's call has no record of it.
    pub fn of_token(error: &Error, token_url: &str, call: Option<&Call>, circle: Circle) -> Self {
        let mut signs = Self {
            circle,
            started_at: Some(Timestamp::now()),
            purpose: Some(Purpose::Token),
            method: "POST".to_owned(),
            is_alone: true,
            ..Self::default()
        };
        signs.locate(token_url);
        signs.fail(error);
        if let Some(call) = call {
            signs.look_at(call, &[]);
        }
        signs
    }

    fn fail(&mut self, failure: &Error) {
        self.reason = failure.reason;
        self.failed = Some((failure.code, failure.message.clone()));
    }

    fn look_at(&mut self, call: &Call, body: &[u8]) {
        self.purpose = Some(call.purpose);
        if matches!(call.purpose, Purpose::Token | Purpose::Redirect) {
            self.method.clone_from(&call.sent.method);
            self.locate(&call.sent.url);
        }
        let sends = |name: &str| call.sent.headers.iter().any(|field| field.name.eq_ignore_ascii_case(name));
        self.lost_credentials = call.purpose == Purpose::Redirect && !sends("authorization");
        self.had_csrf |= sends("x-csrf-token");
        self.certificate = call.tls.as_ref().and_then(|tls| tls.certificate_sent.clone());
        if let Some(received) = &call.received {
            self.answer(received, body);
        }
    }

    fn answer(&mut self, received: &Received, body: &[u8]) {
        let body = body.get(..LOOKED_AT).unwrap_or(body);
        let media = received.content_type.as_deref().map(str::as_bytes);
        self.status = received.status;
        self.headers = received.headers.iter().map(plain).collect();
        self.is_platform = is_platform_page(received.status, media, body);
        self.is_html = received
            .content_type
            .as_deref()
            .is_some_and(|media| media.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("text/html")));
        self.text = String::from_utf8_lossy(body).into_owned();
    }

    fn locate(&mut self, url: &str) {
        let Ok(url) = url::Url::parse(url) else { return };
        url.host_str().unwrap_or_default().clone_into(&mut self.host);
        url.path().clone_into(&mut self.path);
    }

    /// The value of a header field of the answer; masked ones have none.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn says(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    pub(super) fn wants_csrf(&self) -> bool {
        self.header("x-csrf-token").is_some_and(|value| value.eq_ignore_ascii_case("required"))
    }

    pub(super) fn is_api(&self) -> bool {
        ["/api/", "/local/api/", "/odata/api/"].iter().any(|prefix| self.path.starts_with(prefix))
    }

    /// Whether the host is a tenant's: of the chosen one, or of a name SAP gives (sap-domain 4.1).
    pub(super) fn is_tenants(&self) -> bool {
        let is_saps =
            [".hana.ondemand.com", ".platform.sapcloud.cn"].iter().any(|end| self.host.ends_with(end));
        self.circle.is_at_home || is_saps
    }

    /// Whether a flow may have answered.
    pub(super) fn is_flow(&self) -> bool {
        self.is_tenants() && !self.is_api()
    }

    /// Whether the body is an error as `OData` writes it.
    pub(super) fn is_odata_error(&self) -> bool {
        self.odata_error().is_some()
    }

    pub(super) fn odata_error(&self) -> Option<(String, Option<String>)> {
        let body: serde_json::Value = serde_json::from_str(&self.text).ok()?;
        let error = body.get("error")?;
        let code = error.get("code")?.as_str()?.to_owned();
        let message = error.get("message")?;
        let text = message.as_str().or_else(|| message.get("value")?.as_str());
        Some((code, text.map(str::to_owned)))
    }

    /// Whether it ended at the token server, so that nothing went to the flow.
    pub(super) fn is_token_call(&self) -> bool {
        self.purpose == Some(Purpose::Token)
    }

    /// Whether sending it once more surprises nobody.
    pub(super) fn only_reads(&self) -> bool {
        crate::http::method(&self.method).is_ok_and(|method| !writes(&method))
    }

    /// The message the answer names: by a header some flows leak, else by the failure text (sap-domain 4.7).
    pub(super) fn message(&self) -> Option<MessageMoment> {
        const NAMES: [&str; 2] = ["sap_messageprocessinglogid", "sap_pregeneratedmplid"];
        let named = self.headers.iter().find(|(name, _)| NAMES.contains(&name.replace('-', "_").as_str()));
        let is_id = |id: &str| id.len() >= 20 && id.len() <= 40 && id.bytes().all(is_of_id);
        let by_header = named.map(|(_, value)| value.as_str()).filter(|id| is_id(id)).map(MessageMoment::of);
        by_header.or_else(|| MessageMoment::in_text(&self.text))
    }
}

fn is_of_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

fn plain(header: &Header) -> (String, String) {
    let text = |segment: &Segment| match segment {
        Segment::Text { text } => text.clone(),
        Segment::Masked { .. } => "••••".to_owned(),
    };
    (header.name.to_ascii_lowercase(), header.value.iter().map(text).collect())
}
