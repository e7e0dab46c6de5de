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
        403 if is_platforms(answer, sending) && wants_csrf(answer) => Some(
            Error::new(Code::PlatformRefused, "The flow wants a CSRF token (403). The flow did not run.")
                .hint("Set CSRF to auto: Sluice then fetches a token and sends once more"),
        ),
        403 if is_platforms(answer, sending) => Some(
            Error::new(
                Code::PlatformRefused,
                "This key seems to lack the role the sender asks for (403). The flow did not run.",
            )
            .hint("Compare the token's roles with the sender's user role; a new role needs up to an hour"),
        ),
        _ => None,
    }
}

/// The call that was refused carried nothing of the key's: a redirect left it behind, or the user wrote the field.
fn without_ours(sending: &Sending) -> Option<Error> {
    let exchange = &sending.exchange;
    let refused = |message: &str, hint: &str| {
        Some(Error::new(Code::PlatformRefused, format!("{message} (401). The flow did not run.")).hint(hint))
    };
    let is_users = |field: &&Field| field.name.eq_ignore_ascii_case("authorization");
    let last = exchange.calls.last()?;
    if last.purpose == Purpose::Redirect
        && !last.sent.headers.iter().any(|field| field.name == "authorization")
    {
        return refused(
            "The answer redirected to another host, which got no credentials",
            "Call that address itself if it is one of your tenant",
        );
    }
    if exchange.request.headers.iter().any(|field| is_users(&field)) {
        return refused(
            "The tenant does not accept the Authorization header of this request",
            "Remove the header to send with the key",
        );
    }
    None
}

fn unauthorized(authorization: &Authorization, plan: Option<Plan>) -> Error {
    let refused = |message: &str, hint: &str| {
        Error::new(Code::PlatformRefused, format!("{message} (401). The flow did not run.")).hint(hint)
    };
    match (authorization, plan) {
        (Authorization::None, _) => refused(
            "The tenant wants to know who is calling",
            "Send with a token, the key or its certificate",
        ),
        (_, Some(Plan::Api)) => refused(
            "A key of plan api cannot call flows",
            "Use the integration-flow key of this tenant; the api key is for the OData API",
        ),
        (Authorization::Certificate { .. }, _) => refused(
            "The tenant does not know this client certificate",
            "Is the service key still there, the chain complete and its root accepted by SAP? A token may work",
        ),
        (Authorization::Basic { .. }, _) => refused(
            "The tenant does not accept client id and secret of this key",
            "Was the key deleted in the cockpit? Is it a key of this tenant?",
        ),
        (Authorization::Bearer { .. }, _) => refused(
            "The tenant does not accept the token of this key",
            "Is the address that of the tenant the key belongs to? Was the key deleted in the cockpit?",
        ),
        _ => refused(
            "The server does not accept this sign-in",
            "Check user, password, token or key under Auth",
        ),
    }
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
