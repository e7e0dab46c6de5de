use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http::StatusCode;
use http::header::CONTENT_LENGTH;
use serde_json::json;
use tokio::time::sleep;

use super::document::Document;
use crate::answer::{self, Answer, json as json_answer};
use crate::call::Call;
use crate::caller::Caller;

/// What a cut answer promises beyond what it sends.
const MISSING: u64 = 1000;

pub(super) async fn slow(call: &Call) -> Answer {
    let waited = match (call.number("ms"), call.number("seconds")) {
        (Some(milliseconds), _) => Duration::from_millis(milliseconds),
        (None, seconds) => Duration::from_secs(seconds.unwrap_or(2)),
    };
    sleep(waited).await;
    json_answer(StatusCode::OK, &json!({ "waitedMs": u64::try_from(waited.as_millis()).unwrap_or(u64::MAX) }))
}

pub(super) fn large(call: &Call, _: &Caller) -> Answer {
    let document = Document::new(call.number("bytes").unwrap_or(1024 * 1024));
    answer::stream("application/json", stream::iter(document.map(Ok)))
}

pub(super) fn endless(_: &Call, _: &Caller) -> Answer {
    let ticks = stream::unfold(0_u64, |tick| async move {
        sleep(Duration::from_millis(50)).await;
        Some((Ok(Bytes::from(format!("{{\"tick\":{tick}}}\n"))), tick + 1))
    });
    answer::stream("application/x-ndjson", ticks)
}

pub(super) fn chunked(call: &Call, _: &Caller) -> Answer {
    let count = call.number("count").unwrap_or(5);
    let pause = Duration::from_millis(call.number("ms").unwrap_or(100));
    let events = stream::unfold(0, move |event| async move {
        if event == count {
            return None;
        }
        if event > 0 {
            sleep(pause).await;
        }
        let text = format!("id: {event}\nevent: progress\ndata: {{\"event\":{event},\"of\":{count}}}\n\n");
        Some((Ok(Bytes::from(text)), event + 1))
    });
    answer::stream("text/event-stream", events)
}

pub(super) fn cut(call: &Call, _: &Caller) -> Answer {
    let after = call.number("after").unwrap_or(100);
    let sent = Document::new(after + MISSING);
    let pieces = stream::unfold((sent, after), |(mut sent, left)| async move {
        if left == 0 {
            // What was written must reach the caller before the connection goes.
            sleep(Duration::from_millis(50)).await;
            return Some((Err(io::Error::other("cut, as asked for")), (sent, left)));
        }
        let mut piece = sent.next()?;
        piece.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        let left = left - piece.len() as u64;
        Some((Ok(piece), (sent, left)))
    });
    let mut answer = answer::stream("application/json", pieces);
    answer.headers_mut().insert(CONTENT_LENGTH, (after + MISSING).into());
    answer
}
