use std::future::{Future, ready};
use std::pin::Pin;

use serde::Serialize;

use super::{body, echo, failure, order, payment, streamed};
use crate::answer::Answer;
use crate::call::Call;
use crate::caller::Caller;

type Running = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// A deployed integration flow with its sender.
pub(crate) struct Flow {
    pub(crate) path: &'static str,
    /// Whether it serves everything below its path too, as an address ending in `/*` does.
    below: bool,
    pub(crate) csrf_protected: bool,
    pub(crate) soap: bool,
    pub(crate) role: &'static str,
    pub(crate) run: fn(Call, Caller) -> Running,
    note: &'static str,
}

/// An integration flow that can be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoint {
    /// The path on the runtime host.
    pub path: &'static str,
    /// Whether writing calls need a CSRF token.
    pub csrf_protected: bool,
    /// Whether it speaks SOAP.
    pub soap: bool,
    /// The role a caller needs.
    pub role: &'static str,
    /// What it does, in one sentence.
    pub note: &'static str,
}

/// The flow deployed at a path.
pub(crate) fn at(path: &str) -> Option<&'static Flow> {
    FLOWS.iter().find(|flow| match path.strip_prefix(flow.path) {
        Some("" | "/") => true,
        Some(rest) => flow.below && rest.starts_with('/'),
        None => false,
    })
}

pub(crate) fn endpoints() -> Vec<Endpoint> {
    let endpoint = |flow: &Flow| Endpoint {
        path: flow.path,
        csrf_protected: flow.csrf_protected,
        soap: flow.soap,
        role: flow.role,
        note: flow.note,
    };
    FLOWS.iter().map(endpoint).collect()
}

const SEND: &str = "ESBMessaging.send";

const fn rest(path: &'static str, run: fn(Call, Caller) -> Running, note: &'static str) -> Flow {
    Flow { path, below: false, csrf_protected: false, soap: false, role: SEND, run, note }
}

/// For flows that answer at once.
macro_rules! at_once {
    ($run:path) => {
        |call, caller| Box::pin(ready($run(&call, &caller)))
    };
}

/// For flows that take their time.
macro_rules! in_time {
    ($run:path) => {
        |call, _| Box::pin(async move { $run(&call).await })
    };
}

static FLOWS: [Flow; 26] = [
    Flow {
        below: true,
        csrf_protected: true,
        ..rest("/http/orders", at_once!(order::answer), "Creates and lists sales orders.")
    },
    Flow { below: true, ..rest("/http/echo", at_once!(echo::request), "Tells what it received.") },
    Flow {
        csrf_protected: true,
        ..rest(
            "/http/echo-protected",
            at_once!(echo::request),
            "Tells what it received, behind CSRF protection.",
        )
    },
    rest("/http/mirror", at_once!(echo::mirror), "Gives the body back."),
    rest("/http/whoami", at_once!(echo::caller), "Tells who called and how."),
    rest("/http/form", at_once!(echo::form), "Tells the parts of a form."),
    Flow { below: true, ..rest("/http/status", at_once!(body::status), "Answers the status in the path.") },
    rest("/http/slow", in_time!(streamed::slow), "Answers after ?seconds= or ?ms=."),
    rest("/http/large", at_once!(streamed::large), "Answers a JSON array of ?bytes=."),
    rest("/http/endless", at_once!(streamed::endless), "Answers until the caller leaves."),
    rest("/http/chunked", at_once!(streamed::chunked), "Answers ?count= events, one every ?ms=."),
    rest("/http/cut", at_once!(streamed::cut), "Promises more, and ends after ?after= bytes."),
    rest("/http/empty", at_once!(body::no_content), "Answers 204."),
    rest("/http/zero", at_once!(body::zero), "Answers 200 with an empty body."),
    rest("/http/gzip", in_time!(body::gzip), "Answers JSON compressed by gzip."),
    rest("/http/br", in_time!(body::brotli), "Answers JSON compressed by Brotli."),
    rest("/http/deflate", in_time!(body::deflate), "Answers JSON compressed by deflate."),
    rest("/http/xml", at_once!(body::xml), "Answers XML."),
    rest("/http/cookie", at_once!(body::cookie), "Sets a cookie."),
    rest("/http/redirect", at_once!(body::redirect), "Redirects to ?to= with ?status=."),
    rest("/http/fail", at_once!(failure::hidden), "Fails, and names the message only."),
    rest("/http/fail-verbose", at_once!(failure::shown), "Fails, and returns the exception."),
    rest("/http/unavailable", at_once!(failure::unavailable), "Is not available."),
    rest("/http/reject", at_once!(failure::rejected), "Answers 401 itself."),
    Flow {
        role: "PartnerRole",
        ..rest("/http/partner", at_once!(echo::caller), "Needs the role PartnerRole.")
    },
    Flow {
        soap: true,
        ..rest("/cxf/payment-status", at_once!(payment::answer), "Tells the status of a payment.")
    },
];
