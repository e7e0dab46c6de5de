use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, StatusCode};
use hyper::body::Body as _;
use uuid::Uuid;

use crate::answer::{Answer, empty, text, with_header};
use crate::call::Call;
use crate::fault::Faults;
use crate::host::{API_HOST, Host, MUTUAL_TOKEN_HOST, RUNTIME_HOST, TOKEN_HOST};
use crate::journal::Journal;
use crate::key::{IssuedKey, KeyName, KeyRing, Plan};
use crate::runtime::Sessions;
use crate::token::Tokens;
use crate::{Options, api, key, runtime, token};

/// What all parts of the tenant share.
pub(crate) struct Tenant {
    pub(crate) options: Options,
    pub(crate) port: u16,
    pub(crate) keys: KeyRing,
    pub(crate) tokens: Tokens,
    pub(crate) sessions: Sessions,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
}

impl Tenant {
    pub(crate) async fn answer(&self, call: Call) -> Answer {
        let head = call.parts.method == Method::HEAD;
        let mut answer = match Host::named(&call.host) {
            Host::Runtime => runtime::answer(self, call).await,
            Host::Api => api::answer(self, &call),
            Host::Token { subdomain, mutual } => token::answer(self, &call, &subdomain, mutual).await,
            Host::Unknown => unknown_route(&call.host),
        };
        if head {
            answer = without_body(answer);
        }
        with_request_id(answer)
    }

    pub(crate) fn url(&self, host: &str) -> String {
        format!("https://{host}:{}", self.port)
    }

    pub(crate) fn issue(&self, name: KeyName) -> IssuedKey {
        let key = self.keys.get(name);
        let service = if name.plan() == Plan::Api { API_HOST } else { RUNTIME_HOST };
        let token = if name.has_certificate() { MUTUAL_TOKEN_HOST } else { TOKEN_HOST };
        let addresses =
            key::Addresses { service: self.url(service), token: format!("{}/oauth/token", self.url(token)) };
        IssuedKey::of(key, self.keys.identity(key), &addresses)
    }
}

/// What a HEAD is answered with: the same headers, with the size of the body that is not sent.
fn without_body(answer: Answer) -> Answer {
    let (mut parts, body) = answer.into_parts();
    if let Some(size) = body.size_hint().exact().filter(|_| parts.status != StatusCode::NO_CONTENT) {
        parts.headers.insert(CONTENT_LENGTH, size.into());
    }
    Answer::from_parts(parts, empty(StatusCode::OK).into_body())
}

pub(crate) fn unknown_route(host: &str) -> Answer {
    let body = format!("404 Not Found: Requested route ('{host}') does not exist.\n");
    with_header(text(StatusCode::NOT_FOUND, body), "x-cf-routererror", "unknown_route")
}

/// The router's id of the request, which is all that an answer tells about itself.
fn with_request_id(mut answer: Answer) -> Answer {
    let id = Uuid::new_v4().to_string();
    if let Ok(id) = HeaderValue::from_str(&id) {
        let correlated = answer.headers().contains_key("server");
        answer.headers_mut().insert("x-vcap-request-id", id.clone());
        if correlated {
            answer.headers_mut().insert("x-correlationid", id);
        }
    }
    answer.headers_mut().insert(
        "strict-transport-security",
        HeaderValue::from_static("max-age=31536000; includeSubDomains; preload;"),
    );
    answer
}
