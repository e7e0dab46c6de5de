//! Why the platform refused before a flow ran (sap-domain 4.6): only its own pages and headers prove that.

use super::exchange::{Purpose, Received};
use super::platform_page::is_platform_page;
use super::post::Sending;
use super::request::{Authorization, Field};
use crate::error::{Code, Error};
use crate::redact::Segment;
use crate::service_key::Plan;

/// The refusal in an answer to a request sent as this; none when the flow itself may have answered.
pub fn refusal(sending: &Sending, authorization: &Authorization, plan: Option<Plan>) -> Option<Error> {
    let answer = sending.exchange.answer()?;
    match answer.status {
        401 if is_platforms(answer, sending) => {
            Some(without_ours(sending).unwrap_or_else(|| unauthorized(authorization, plan)))
        }
        403 if is_platforms(answer, sending) && wants_csrf(answer) => {
            Some(refused(403, "The flow wants a CSRF token"))
        }
        403 if is_platforms(answer, sending) => {
            Some(refused(403, "This key seems to lack the role the sender asks for"))
        }
        _ => None,
    }
}

/// What happened; why and what to do is in the table of diagnoses.
fn refused(status: u16, message: &str) -> Error {
    Error::new(Code::PlatformRefused, format!("{message} ({status}). The flow did not run."))
}

/// The call that was refused carried nothing of the key's: a redirect left it behind, or the user wrote the field.
fn without_ours(sending: &Sending) -> Option<Error> {
    let exchange = &sending.exchange;
    let is_users = |field: &Field| field.name.eq_ignore_ascii_case("authorization");
    let last = exchange.calls.last()?;
    if last.purpose == Purpose::Redirect
        && !last.sent.headers.iter().any(|field| field.name == "authorization")
    {
        return Some(refused(401, "The answer redirected to another host, which got no credentials"));
    }
    let is_own = exchange.request.headers.iter().any(is_users);
    is_own.then(|| refused(401, "The tenant does not accept the Authorization header of this request"))
}

fn unauthorized(authorization: &Authorization, plan: Option<Plan>) -> Error {
    let message = match (authorization, plan) {
        (Authorization::None, _) => "The tenant wants to know who is calling",
        (_, Some(Plan::Api)) => "A key of plan api cannot call flows",
        (Authorization::Certificate { .. }, _) => "The tenant does not know this client certificate",
        (Authorization::Basic { .. }, _) => "The tenant does not accept client id and secret of this key",
        (Authorization::Bearer { .. }, _) => "The tenant does not accept the token of this key",
        _ => "The server does not accept this sign-in",
    };
    refused(401, message)
}

fn is_platforms(answer: &Received, sending: &Sending) -> bool {
    is_platform_page(answer.status, answer.content_type.as_deref().map(str::as_bytes), sending.body.head())
}

fn wants_csrf(answer: &Received) -> bool {
    let mut fields = answer.headers.iter().filter(|field| field.name.eq_ignore_ascii_case("x-csrf-token"));
    fields.any(|field| {
        field.value.iter().any(|part| match part {
            Segment::Text { text } => text.eq_ignore_ascii_case("required"),
            Segment::Masked { .. } => false,
        })
    })
}
