use async_compression::tokio::write::{BrotliEncoder, GzipEncoder, ZlibEncoder};
use http::StatusCode;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;

use super::document;
use crate::answer::{Answer, bytes, empty, json as json_answer, text, with_header};
use crate::call::Call;
use crate::caller::Caller;

/// Documents that are compressed in memory stop here.
const COMPRESSED_AT_MOST: u64 = 64 * 1024 * 1024;

pub(super) fn status(call: &Call, _: &Caller) -> Answer {
    let code = call.last_segment().parse().ok().filter(|code| (200..600).contains(code));
    let Some(status) = code.and_then(|code| StatusCode::from_u16(code).ok()) else {
        return text(StatusCode::BAD_REQUEST, "the path ends with a status from 200 to 599");
    };
    if matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED) {
        return empty(status);
    }
    json_answer(status, &json!({ "status": status.as_u16(), "reason": status.canonical_reason() }))
}

pub(super) fn no_content(_: &Call, _: &Caller) -> Answer {
    empty(StatusCode::NO_CONTENT)
}

pub(super) fn zero(_: &Call, _: &Caller) -> Answer {
    empty(StatusCode::OK)
}

pub(super) fn xml(_: &Call, _: &Caller) -> Answer {
    bytes(StatusCode::OK, "application/xml;charset=UTF-8", XML)
}

pub(super) fn cookie(_: &Call, _: &Caller) -> Answer {
    let answer = json_answer(StatusCode::OK, &json!({ "cookie": "flavour" }));
    with_header(answer, "set-cookie", "flavour=vanilla; Path=/http; Secure; HttpOnly")
}

pub(super) fn redirect(call: &Call, _: &Caller) -> Answer {
    let status = call.number("status").and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::FOUND);
    let target = call.parameter("to").unwrap_or_else(|| "/http/echo".to_owned());
    with_header(empty(status), "location", &target)
}

pub(super) async fn gzip(call: &Call) -> Answer {
    let mut encoder = GzipEncoder::new(Vec::new());
    // Writing into memory does not fail.
    let _ = encoder.write_all(&plain(call)).await;
    let _ = encoder.shutdown().await;
    compressed(encoder.into_inner(), "gzip")
}

pub(super) async fn brotli(call: &Call) -> Answer {
    let mut encoder = BrotliEncoder::with_quality(Vec::new(), async_compression::Level::Fastest);
    // Writing into memory does not fail.
    let _ = encoder.write_all(&plain(call)).await;
    let _ = encoder.shutdown().await;
    compressed(encoder.into_inner(), "br")
}

/// What HTTP calls deflate is the zlib format.
pub(super) async fn deflate(call: &Call) -> Answer {
    let mut encoder = ZlibEncoder::new(Vec::new());
    // Writing into memory does not fail.
    let _ = encoder.write_all(&plain(call)).await;
    let _ = encoder.shutdown().await;
    compressed(encoder.into_inner(), "deflate")
}

fn plain(call: &Call) -> Vec<u8> {
    document::of_size(call.number("bytes").unwrap_or(4096).min(COMPRESSED_AT_MOST))
}

fn compressed(body: Vec<u8>, coding: &str) -> Answer {
    let answer = with_header(bytes(StatusCode::OK, "application/json", body), "content-encoding", coding);
    with_header(answer, "vary", "accept-encoding")
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <ord:Order xmlns:ord=\"urn:example:sandbox:orders\" id=\"4500018237\">\n  <ord:Status>CREATED</ord:Status>\n  \
    <ord:Customer country=\"DE\">Müller &amp; Söhne</ord:Customer>\n  <ord:Items>\n    \
    <ord:Item number=\"10\"><ord:Material>TG-11</ord:Material><ord:Quantity unit=\"EA\">12</ord:Quantity></ord:Item>\n    \
    <ord:Item number=\"20\"><ord:Material>TG-14</ord:Material><ord:Quantity unit=\"EA\">3</ord:Quantity></ord:Item>\n  \
    </ord:Items>\n</ord:Order>\n";
