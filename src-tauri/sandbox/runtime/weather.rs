//! Failures of the platform, its router and its flows, each under a path of its own.

use http::StatusCode;
use serde_json::json;

use crate::answer::{Answer, bytes, json as json_answer, page, text, with_header};

/// The failure of this name; a flow's own text comes as `text/plain`.
pub(super) fn answer(name: &str) -> Option<Answer> {
    router(name).or_else(|| platform(name)).or_else(|| flow(name))
}

fn router(name: &str) -> Option<Answer> {
    Some(match name {
        "route" => {
            let body =
                "404 Not Found: Requested route ('gone.it-cpi000-rt.cfapps.localhost') does not exist.\n";
            with_header(text(StatusCode::NOT_FOUND, body), "x-cf-routererror", "unknown_route")
        }
        "endpoint" => text(
            StatusCode::BAD_GATEWAY,
            "502 Bad Gateway: Registered endpoint failed to handle the request.\n",
        ),
        "gateway-timeout" => json_answer(
            StatusCode::GATEWAY_TIMEOUT,
            &json!({ "fault": { "faultstring": "Gateway Timeout" } }),
        ),
        "limited" => {
            with_header(text(StatusCode::TOO_MANY_REQUESTS, "Too many requests"), "retry-after", "7")
        }
        "firewall" => bytes(
            StatusCode::FORBIDDEN,
            "text/html",
            "<html><head><title>Access denied</title></head><body>Policy 7</body></html>",
        ),
        _ => return None,
    })
}

fn platform(name: &str) -> Option<Answer> {
    let status = match name {
        "bad-request-page" => StatusCode::BAD_REQUEST,
        "csrf-again" => {
            let refused =
                page(StatusCode::FORBIDDEN, "The server understood the request but refuses to authorize it.");
            return Some(with_header(refused, "x-csrf-token", "required"));
        }
        "unavailable-page" => StatusCode::SERVICE_UNAVAILABLE,
        "not-acceptable-page" => StatusCode::NOT_ACCEPTABLE,
        "length" => return Some(text(StatusCode::LENGTH_REQUIRED, "Length Required")),
        _ => return None,
    };
    Some(page(status, "The server cannot or will not process the request."))
}

fn flow(name: &str) -> Option<Answer> {
    let (status, body) = match name {
        "flow-400" => (StatusCode::BAD_REQUEST, "orderId is missing"),
        "flow-403" => (StatusCode::FORBIDDEN, "partner is blocked"),
        "flow-404" => (StatusCode::NOT_FOUND, "order 4711 does not exist"),
        "flow-405" => (StatusCode::METHOD_NOT_ALLOWED, "only PUT"),
        "flow-418" => (StatusCode::IM_A_TEAPOT, "short and stout"),
        "flow-503" => (StatusCode::SERVICE_UNAVAILABLE, "cloud connector is offline"),
        "flow-502" => (StatusCode::BAD_GATEWAY, "receiver answered nonsense"),
        "flow-413" => (StatusCode::PAYLOAD_TOO_LARGE, "too large"),
        "size-limit" => {
            (StatusCode::INTERNAL_SERVER_ERROR, "Message body exceeds configured size limit (1.0 MB)")
        }
        "receiver-certificate" => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path",
        ),
        "empty-json" => (StatusCode::INTERNAL_SERVER_ERROR, "End of input at line 1 column 1 path $"),
        "flow-500" => {
            (StatusCode::INTERNAL_SERVER_ERROR, "java.lang.IllegalStateException: no price for 4711")
        }
        "message-fixed" => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "An internal server error occured: The MPL ID for the failed message is : AGqDTkpRrHo9qPIPheTPcCsK8F4F\r\n",
        ),
        "message-short" => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "An internal server error occured: The MPL ID for the failed message is : soon",
        ),
        _ => return None,
    };
    Some(text(status, body))
}
