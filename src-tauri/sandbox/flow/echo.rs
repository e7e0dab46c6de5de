use http::StatusCode;
use serde_json::{Map, Value, json};

use super::multipart;
use crate::answer::{Answer, bytes, json as json_answer, text};
use crate::call::Call;
use crate::caller::Caller;
use crate::encoding::base64;
use crate::form::fields;

/// A larger body is counted in the echo but not repeated.
const REPEATED_AT_MOST: usize = 1024 * 1024;

pub(super) fn request(call: &Call, _: &Caller) -> Answer {
    let headers: Vec<_> = call
        .headers()
        .iter()
        .map(|(name, value)| json!({ "name": name.as_str(), "value": String::from_utf8_lossy(value.as_bytes()) }))
        .collect();
    let certificate = call.connection.client_certificate.as_ref();
    let mut echo = json!({
        "method": call.parts.method.as_str(),
        "host": call.host,
        "path": call.path(),
        "query": pairs(call.query()),
        "rawQuery": call.parts.uri.query(),
        "headers": headers,
        "httpVersion": format!("{:?}", call.parts.version),
        "clientCertificate": certificate.map(|certificate| certificate.subject.as_str()),
        "bodySize": call.body_size,
    });
    if call.body.len() <= REPEATED_AT_MOST {
        match std::str::from_utf8(&call.body) {
            Ok(text) => echo["body"] = json!(text),
            Err(_) => echo["bodyBase64"] = json!(base64(&call.body)),
        }
    }
    json_answer(StatusCode::OK, &echo)
}

pub(super) fn mirror(call: &Call, _: &Caller) -> Answer {
    if call.body_size > call.body.len() as u64 {
        let message = "Message body exceeds configured size limit (64.0 MB)";
        return text(StatusCode::PAYLOAD_TOO_LARGE, message);
    }
    let content_type = call.header("content-type").unwrap_or("application/octet-stream");
    bytes(StatusCode::OK, content_type, call.body.clone())
}

pub(super) fn caller(call: &Call, caller: &Caller) -> Answer {
    let certificate = call.connection.client_certificate.as_ref();
    let identity = json!({
        "clientId": caller.client_id,
        "serviceKey": caller.key.as_str(),
        "authenticatedBy": caller.means.as_str(),
        "roles": caller.roles,
        "clientCertificate": certificate,
    });
    json_answer(StatusCode::OK, &identity)
}

pub(super) fn form(call: &Call, _: &Caller) -> Answer {
    let content_type = call.header("content-type").unwrap_or_default();
    let parts = match multipart::boundary(content_type) {
        Some(boundary) => multipart::parts(&call.body, &boundary),
        None => Ok(fields(&String::from_utf8_lossy(&call.body))
            .into_iter()
            .map(|(name, value)| json!({ "name": name, "size": value.len(), "value": value }))
            .collect()),
    };
    match parts {
        Ok(parts) => json_answer(StatusCode::OK, &json!({ "contentType": content_type, "parts": parts })),
        Err(problem) => text(StatusCode::BAD_REQUEST, problem),
    }
}

fn pairs(fields: Vec<(String, String)>) -> Value {
    let mut pairs = Map::new();
    for (name, value) in fields {
        match pairs.get_mut(&name) {
            Some(Value::Array(values)) => values.push(Value::String(value)),
            _ => {
                pairs.insert(name, json!([value]));
            }
        }
    }
    Value::Object(pairs)
}
