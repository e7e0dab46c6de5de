use std::time::{Duration, Instant};

use http::header::RETRY_AFTER;

use super::Token;
use super::answer::{self, TokenError};
use super::request::{Client, wire};
use crate::error::{Error, Result};
use crate::http::{Course, Engine, TokenCall};

/// A token answer is far smaller; what is longer is none.
const LONGEST_ANSWER: usize = 256 * 1024;
/// A wait the server asks for is kept when it is not longer than this; else the user decides.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// How often a busy token server is asked again.
const ATTEMPTS: u32 = 3;

/// Asks the token server; every call made is appended to `calls`, also when it fails.
pub async fn fetch(
    engine: &Engine,
    client: &Client<'_>,
    course: &Course<'_>,
    calls: &mut Vec<TokenCall>,
) -> Result<Token> {
    let begun = Instant::now();
    for attempt in 1.. {
        let (request, via) = wire(client)?;
        let performed = engine.perform(request, &via, course).await;
        let (failure, received) = (performed.call.failure.clone(), performed.call.received.clone());
        calls.push(TokenCall { call: performed.call, revealed: performed.revealed });
        if let Some(failure) = failure {
            return Err(unreached(failure));
        }
        let status = received.map_or(0, |received| received.status);
        let body = performed.body.read(LONGEST_ANSWER).await.unwrap_or_default();
        let retry_after = performed.headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        match answer::read(status, retry_after, &body, begun.elapsed()) {
            Ok(token) => return Ok(token),
            Err(TokenError::Limited(Some(wait))) if attempt < ATTEMPTS && wait <= LONGEST_WAIT => {
                pause(wait, course).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
    unreachable!("the loop ends by returning")
}

/// Cancelling must not wait for the server's patience; the next call then notices.
async fn pause(wait: Duration, course: &Course<'_>) {
    tokio::select! {
        () = tokio::time::sleep(wait) => {}
        () = course.cancelled() => {}
    }
}

/// The same failure, saying which server did not answer and that the flow knows nothing of it.
fn unreached(failure: Error) -> Error {
    let message = format!("No token: {}", failure.message);
    Error { message, ..failure }
}
