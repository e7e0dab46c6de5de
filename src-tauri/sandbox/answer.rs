use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::Stream;
use http::header::{CONTENT_TYPE, HeaderName};
use http::{HeaderValue, Response, StatusCode};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::{Body, Frame, SizeHint};
use serde_json::Value;

use crate::journal::Entry;

pub(crate) type AnswerBody = UnsyncBoxBody<Bytes, io::Error>;
pub(crate) type Answer = Response<AnswerBody>;

pub(crate) fn bytes(status: StatusCode, content_type: &str, body: impl Into<Bytes>) -> Answer {
    let body = Full::new(body.into()).map_err(|never| match never {}).boxed_unsync();
    with_type(status, content_type, body)
}

pub(crate) fn text(status: StatusCode, body: impl Into<String>) -> Answer {
    bytes(status, "text/plain;charset=UTF-8", body.into())
}

pub(crate) fn json(status: StatusCode, body: &Value) -> Answer {
    bytes(status, "application/json", format!("{body:#}"))
}

pub(crate) fn empty(status: StatusCode) -> Answer {
    let mut answer = bytes(status, "text/plain", Bytes::new());
    answer.headers_mut().remove(CONTENT_TYPE);
    answer
}

pub(crate) fn stream(
    content_type: &str,
    chunks: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
) -> Answer {
    let frames = futures_util::StreamExt::map(chunks, |chunk| chunk.map(Frame::data));
    with_type(StatusCode::OK, content_type, StreamBody::new(frames).boxed_unsync())
}

pub(crate) fn with_header(mut answer: Answer, name: &'static str, value: &str) -> Answer {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().append(HeaderName::from_static(name), value);
    }
    answer
}

/// The page a servlet container answers with when no application did.
pub(crate) fn page(status: StatusCode, description: &str) -> Answer {
    let title =
        format!("HTTP Status {} – {}", status.as_u16(), status.canonical_reason().unwrap_or("Unknown"));
    let body = format!(
        "<!doctype html><html lang=\"en\"><head><title>{title}</title><style type=\"text/css\">{STYLE}</style>\
         </head><body><h1>{title}</h1><hr class=\"line\" /><p><b>Type</b> Status Report</p>\
         <p><b>Description</b> {description}</p><hr class=\"line\" /></body></html>"
    );
    bytes(status, "text/html;charset=utf-8", body)
}

const STYLE: &str = "body {font-family:Tahoma,Arial,sans-serif;} h1, h2, h3, b {color:white;background-color:#525D76;} \
                     h1 {font-size:22px;} h2 {font-size:16px;} h3 {font-size:14px;} p {font-size:12px;} a {color:black;} \
                     .line {height:1px;background-color:#525D76;border:none;}";

pub(crate) fn unauthorized() -> Answer {
    page(
        StatusCode::UNAUTHORIZED,
        "The request has not been applied to the target resource because it lacks valid authentication \
         credentials for that resource.",
    )
}

pub(crate) fn forbidden() -> Answer {
    page(StatusCode::FORBIDDEN, "The server understood the request but refuses to authorize it.")
}

pub(crate) fn not_found() -> Answer {
    page(
        StatusCode::NOT_FOUND,
        "The origin server did not find a current representation for the target resource or is not willing to \
         disclose that one exists.",
    )
}

/// A body that tells the journal if it was dropped before its end.
pub(crate) struct Watched {
    body: AnswerBody,
    entry: Entry,
    ended: bool,
}

impl Watched {
    pub(crate) fn new(body: AnswerBody, entry: Entry) -> Self {
        let ended = body.is_end_stream();
        Self { body, entry, ended }
    }
}

impl Body for Watched {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        self.ended = !matches!(frame, Some(Ok(_))) || self.body.is_end_stream();
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if !self.ended {
            self.entry.client_left();
        }
    }
}

fn with_type(status: StatusCode, content_type: &str, body: AnswerBody) -> Answer {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    if let Ok(value) = HeaderValue::from_str(content_type) {
        answer.headers_mut().insert(CONTENT_TYPE, value);
    }
    answer
}
