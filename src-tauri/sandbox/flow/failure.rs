use std::time::{SystemTime, UNIX_EPOCH};

use http::StatusCode;
use serde_json::json;

use crate::answer::{Answer, bytes, json as json_answer, page};
use crate::call::Call;
use crate::caller::Caller;
use crate::encoding::{base64_url, random};

/// A flow whose exception stays on the tenant.
pub(super) fn hidden(_: &Call, _: &Caller) -> Answer {
    let id = message_id();
    let body = format!("An internal server error occured: The MPL ID for the failed message is : {id}\r\n");
    bytes(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", body)
}

/// A flow that returns its exception to the sender.
pub(super) fn shown(_: &Call, _: &Caller) -> Answer {
    let id = message_id();
    let body = format!(
        "com.sap.it.rt.adapter.http.api.exception.HttpResponseException: An internal error occurred: HTTP operation \
         failed invoking https://s4.example.com/sap/opu/odata/sap/API_SALES_ORDER_SRV/A_SalesOrder with statusCode: 400\
         \r\nMessage processing log: {id}\r\n"
    );
    bytes(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", body)
}

pub(super) fn unavailable(_: &Call, _: &Caller) -> Answer {
    page(
        StatusCode::SERVICE_UNAVAILABLE,
        "The server is currently unable to handle the request due to a temporary overload or scheduled maintenance, \
         which will likely be alleviated after some delay.",
    )
}

/// A flow that refuses the caller itself, which is not what the platform's 401 means.
pub(super) fn rejected(_: &Call, _: &Caller) -> Answer {
    let body = json!({ "error": "invalid_signature", "message": "The partner's signature does not match." });
    json_answer(StatusCode::UNAUTHORIZED, &body)
}

/// The id of a message: five bytes of seconds, then chance.
fn message_id() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let mut bytes = [0; 21];
    bytes[..5].copy_from_slice(&seconds.to_be_bytes()[3..]);
    bytes[5..].copy_from_slice(&random::<16>());
    base64_url(&bytes)
}
