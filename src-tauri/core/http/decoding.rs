//! Content codings of an answer.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_compression::tokio::bufread::{BrotliDecoder, DeflateDecoder, GzipDecoder, ZlibDecoder};
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, stream};
use http::HeaderMap;
use http::header::CONTENT_ENCODING;
use reqwest::Response;
use tokio::io::{AsyncBufRead, AsyncRead, AsyncReadExt};
use tokio_util::io::StreamReader;

const CHUNK: usize = 64 * 1024;

/// A coding Sluice can undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Gzip,
    Brotli,
    Zlib,
    Deflate,
}

impl Coding {
    /// The coding these fields declare, if this beginning of the body bears it out.
    fn of(headers: &HeaderMap, first: &[u8]) -> Option<Self> {
        let declared = headers.get(CONTENT_ENCODING)?.to_str().ok()?.trim().to_ascii_lowercase();
        match declared.as_str() {
            // Some servers declare gzip and send plain text.
            "gzip" | "x-gzip" => first.starts_with(&[0x1f, 0x8b][..first.len().min(2)]).then_some(Self::Gzip),
            "br" => Some(Self::Brotli),
            "deflate" => Some(if is_zlib(first) { Self::Zlib } else { Self::Deflate }),
            _ => None,
        }
    }
}

/// RFC 9110 means zlib by `deflate`, many servers send it raw; the two bytes of RFC 1950 tell.
fn is_zlib(first: &[u8]) -> bool {
    match first {
        [method, flags, ..] => method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0,
        _ => true,
    }
}

/// An answer's body as it comes, decoded.
pub(super) struct Incoming {
    source: Source,
    wire: Arc<AtomicU64>,
    /// The first bytes, read to know the coding.
    first: Option<Bytes>,
}

enum Source {
    Plain(Response),
    Decoded(Pin<Box<dyn AsyncRead + Send>>, BytesMut),
}

/// Why a body ends early.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    /// The connection gave no more.
    #[error(transparent)]
    Cut(#[from] reqwest::Error),
    /// The coding is damaged.
    #[error(transparent)]
    Damaged(io::Error),
}

impl Incoming {
    /// Waits for the first bytes of the body.
    pub(super) async fn open(mut response: Response) -> Result<Self, Broken> {
        let wire = Arc::new(AtomicU64::new(0));
        if !response.headers().contains_key(CONTENT_ENCODING) {
            return Ok(Self { source: Source::Plain(response), wire, first: None });
        }
        let Some(first) = response.chunk().await? else {
            return Ok(Self { source: Source::Plain(response), wire, first: None });
        };
        let Some(coding) = Coding::of(response.headers(), &first) else {
            return Ok(Self { source: Source::Plain(response), wire, first: Some(first) });
        };
        let counted = Arc::clone(&wire);
        let chunks = stream::once(std::future::ready(Ok(first))).chain(response.bytes_stream());
        let chunks = chunks.map(move |chunk| {
            let chunk = chunk.map_err(io::Error::other)?;
            counted.fetch_add(chunk.len() as u64, Ordering::Relaxed);
            Ok::<_, io::Error>(chunk)
        });
        let source = Source::Decoded(decoder(coding, StreamReader::new(chunks)), BytesMut::new());
        Ok(Self { source, wire, first: None })
    }

    /// Bytes that came over the wire so far.
    pub(super) fn wire_size(&self) -> u64 {
        self.wire.load(Ordering::Relaxed)
    }

    /// The next bytes of the body; none at its end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Broken> {
        match &mut self.source {
            Source::Plain(response) => {
                let chunk = match self.first.take() {
                    Some(first) => Some(first),
                    None => response.chunk().await?,
                };
                self.wire.fetch_add(chunk.as_ref().map_or(0, |chunk| chunk.len() as u64), Ordering::Relaxed);
                Ok(chunk)
            }
            Source::Decoded(decoder, buffer) => {
                buffer.reserve(CHUNK);
                let read = decoder.read_buf(buffer).await.map_err(broken)?;
                Ok((read > 0).then(|| buffer.split().freeze()))
            }
        }
    }
}

fn broken(error: io::Error) -> Broken {
    match error.downcast::<reqwest::Error>() {
        Ok(cut) => Broken::Cut(cut),
        Err(damaged) => Broken::Damaged(damaged),
    }
}

fn decoder(coding: Coding, body: impl AsyncBufRead + Send + 'static) -> Pin<Box<dyn AsyncRead + Send>> {
    match coding {
        Coding::Gzip => {
            let mut decoder = GzipDecoder::new(body);
            decoder.multiple_members(true);
            Box::pin(decoder)
        }
        Coding::Brotli => Box::pin(BrotliDecoder::new(body)),
        Coding::Zlib => Box::pin(ZlibDecoder::new(body)),
        Coding::Deflate => Box::pin(DeflateDecoder::new(body)),
    }
}
