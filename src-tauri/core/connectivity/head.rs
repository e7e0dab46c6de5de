//! The one request of a connectivity test.

use std::io;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

use super::greeting::Refusal;
use super::model::HeadAnswer;
use super::target::Target;
use crate::http::{AGENT, millis};

/// No head that matters here is longer.
const LONGEST: usize = 64 * 1024;

/// What became of a HEAD.
pub(super) enum Asked {
    /// An answer.
    Answered(HeadAnswer),
    /// No answer, for this reason.
    Refused(Refusal),
    /// The server closed the connection without a word, or said something else than HTTP.
    NoHttp,
}

/// Asks for `/`, without credentials and without a body in the answer.
pub(super) async fn ask(
    wire: &mut (impl AsyncRead + AsyncWrite + Unpin),
    target: &Target,
    patience: Duration,
) -> Asked {
    let begun = Instant::now();
    let head = match timeout(patience, exchange(wire, target)).await {
        Err(_) => return Asked::Refused(Refusal::Silent),
        Ok(Err(error)) => return Asked::Refused(Refusal::of(&error)),
        Ok(Ok(head)) => head,
    };
    let Some((status, reason)) = parse_status(&head) else { return Asked::NoHttp };
    let date = field(&head, "date").and_then(|date| DateTimeParser::new().parse_timestamp(&date).ok());
    Asked::Answered(HeadAnswer {
        status,
        reason: reason.unwrap_or_default(),
        server: field(&head, "server"),
        date,
        ahead_s: date.map(|date| date.as_second().saturating_sub(Timestamp::now().as_second())),
        duration_ms: millis(begun.elapsed()),
    })
}

async fn exchange(wire: &mut (impl AsyncRead + AsyncWrite + Unpin), target: &Target) -> io::Result<Vec<u8>> {
    let host = if target.port() == 443 {
        target.authority().trim_end_matches(":443").to_owned()
    } else {
        target.authority()
    };
    let request = format!(
        "HEAD / HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {AGENT}\r\nAccept: */*\r\nConnection: close\r\n\r\n"
    );
    let written = async {
        wire.write_all(request.as_bytes()).await?;
        wire.flush().await
    }
    .await;
    // A server that refuses has closed the connection already; why is read all the same.
    match (written, read_head(wire, 4096).await) {
        (Err(error), Ok(head)) if head.is_empty() => Err(error),
        (_, read) => read,
    }
}

/// Reads until the empty line after a head, the end, or the longest head, in steps of at most this many bytes.
pub(super) async fn read_head(wire: &mut (impl AsyncRead + Unpin), step: usize) -> io::Result<Vec<u8>> {
    let (mut head, mut chunk) = (Vec::new(), vec![0; step]);
    while head.len() < LONGEST && !head.ends_with(b"\r\n\r\n") {
        let read = match wire.read(&mut chunk).await {
            Ok(0) => break,
            Ok(read) => read,
            // What arrived before the connection broke is an answer.
            Err(_) if !head.is_empty() => break,
            Err(error) => return Err(error),
        };
        head.extend_from_slice(chunk.get(..read).unwrap_or_default());
        if step > 1 && head.windows(4).any(|end| end == b"\r\n\r\n") {
            break;
        }
    }
    Ok(head)
}

/// Status and words of a head's first line.
pub(super) fn parse_status(head: &[u8]) -> Option<(u16, Option<String>)> {
    let text = String::from_utf8_lossy(head);
    let rest = text.lines().next()?.strip_prefix("HTTP/1.")?;
    let (_, rest) = rest.split_once(' ')?;
    let (status, reason) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
    let status = status.parse().ok().filter(|status| (100..1000).contains(status))?;
    let reason = printable(reason);
    Some((status, Some(reason).filter(|reason| !reason.is_empty())))
}

fn field(head: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(head);
    let fields = text.lines().skip(1).take_while(|line| !line.is_empty());
    let mut values = fields.filter_map(|line| line.split_once(':'));
    let (_, value) = values.find(|(field, _)| field.trim().eq_ignore_ascii_case(name))?;
    Some(printable(value)).filter(|value| !value.is_empty())
}

/// A server's own words, short and without anything that moves a cursor.
fn printable(text: &str) -> String {
    text.trim().chars().filter(|letter| !letter.is_control()).take(200).collect()
}
