//! The host of integration flows: who calls, may they, do they have a CSRF token, and only then the flow.

mod csrf;
mod weather;

use http::{Method, StatusCode};

use crate::answer::{Answer, empty, forbidden, not_found, text, unauthorized, with_header};
use crate::call::Call;
use crate::caller::Caller;
use crate::flow;
use crate::key::Plan;
use crate::tenant::Tenant;

pub(crate) use csrf::Sessions;

pub(crate) async fn answer(tenant: &Tenant, call: Call) -> Answer {
    let mut answer = with_header(respond(tenant, call).await, "server", "SAP");
    for (name, value) in PLATFORM_HEADERS {
        if !answer.headers().contains_key(name) {
            answer = with_header(answer, name, value);
        }
    }
    answer
}

async fn respond(tenant: &Tenant, call: Call) -> Answer {
    let Some(caller) = Caller::of(tenant, &call).filter(|caller| caller.plan() == Plan::IntegrationFlow)
    else {
        return unauthorized();
    };
    if let Some(answer) = call.path().strip_prefix("/http/weather/").and_then(weather::answer) {
        return answer;
    }
    let Some(flow) = flow::at(call.path()) else { return not_found() };
    if !caller.has_role(flow.role) {
        return forbidden();
    }
    if flow.soap && matches!(call.parts.method, Method::GET | Method::HEAD) {
        return with_header(text(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed"), "allow", "POST");
    }
    if flow.csrf_protected
        && let Some(answer) = guard(tenant, &call, &caller, flow.path)
    {
        return answer;
    }
    call.entry.flow_ran(flow.path);
    (flow.run)(call, caller).await
}

/// What CSRF protection answers in place of the flow, if it does.
fn guard(tenant: &Tenant, call: &Call, caller: &Caller, address: &'static str) -> Option<Answer> {
    let sent = call.header("x-csrf-token");
    if matches!(call.parts.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        let fetch = sent.is_some_and(|token| token.eq_ignore_ascii_case("fetch"));
        return fetch.then(|| {
            let (session, token) = tenant.sessions.open(call, caller, address, &tenant.faults);
            let answer = with_header(empty(StatusCode::OK), "x-csrf-token", &token);
            session.with_cookies(answer)
        });
    }
    if sent.is_some_and(|token| tenant.sessions.accepts(call, caller, address, token, &tenant.faults)) {
        return None;
    }
    let (session, _) = tenant.sessions.open(call, caller, address, &tenant.faults);
    Some(session.with_cookies(with_header(forbidden(), "x-csrf-token", "required")))
}

const PLATFORM_HEADERS: [(&str, &str); 6] = [
    ("cache-control", "no-cache, no-store, max-age=0, must-revalidate"),
    ("expires", "0"),
    ("pragma", "no-cache"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("x-xss-protection", "1; mode=block"),
];
