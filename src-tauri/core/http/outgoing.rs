//! A body on its way out, metered.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::Mutex;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use bytes::Bytes;
use futures_util::Stream;
use http_body::{Frame, SizeHint};
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;

use super::body::{Payload, Piece, unreadable};
use super::dial::lock;
use crate::error::Error;

const CHUNK: usize = 64 * 1024;

/// How far a body has been taken by the transport.
#[derive(Debug, Default)]
pub(super) struct Meter(Mutex<Metered>);

/// The readings of a meter.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Metered {
    pub(super) first: Option<Instant>,
    pub(super) last: Option<Instant>,
    pub(super) sent: u64,
}

impl Meter {
    /// What it shows now.
    pub(super) fn read(&self) -> Metered {
        *lock(&self.0)
    }

    fn asked(&self) {
        lock(&self.0).first.get_or_insert_with(Instant::now);
    }

    fn took(&self, bytes: usize) {
        let mut metered = lock(&self.0);
        metered.sent += bytes as u64;
        metered.last = Some(Instant::now());
    }
}

/// A payload whose files are open.
pub(super) struct Outgoing {
    stretches: std::vec::IntoIter<Stretch>,
    open: Option<(ReaderStream<tokio::io::Take<File>>, u64)>,
    left: u64,
    meter: Arc<Meter>,
}

enum Stretch {
    Bytes(Bytes),
    File(File, u64),
}

impl Outgoing {
    /// Opens the files of a payload.
    pub(super) async fn open(payload: &Payload, meter: Arc<Meter>) -> Result<Self, Error> {
        let mut stretches = Vec::with_capacity(payload.pieces.len());
        let mut left = 0;
        for piece in payload.pieces.iter() {
            let stretch = Stretch::open(piece).await?;
            left += stretch.size();
            stretches.push(stretch);
        }
        Ok(Self { stretches: stretches.into_iter(), open: None, left, meter })
    }

    /// Size of the whole body in bytes.
    pub(super) fn size(&self) -> u64 {
        self.left
    }

    fn give(&mut self, bytes: Bytes) -> Poll<Option<std::io::Result<Frame<Bytes>>>> {
        self.left = self.left.saturating_sub(bytes.len() as u64);
        self.meter.took(bytes.len());
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }
}

impl Stretch {
    async fn open(piece: &Piece) -> Result<Self, Error> {
        match piece {
            Piece::Bytes(bytes) => Ok(Self::Bytes(bytes.clone())),
            Piece::File(path) => match open(path).await {
                Ok((file, size)) => Ok(Self::File(file, size)),
                Err(error) => Err(unreadable(path, &error)),
            },
        }
    }

    fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(_, size) => *size,
        }
    }
}

async fn open(path: &std::path::Path) -> std::io::Result<(File, u64)> {
    let file = File::open(path).await?;
    let facts = file.metadata().await?;
    if facts.is_dir() {
        return Err(std::io::Error::new(std::io::ErrorKind::IsADirectory, "it is a folder"));
    }
    Ok((file, facts.len()))
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<std::io::Result<Frame<Bytes>>>> {
        self.meter.asked();
        loop {
            if let Some((stream, left)) = &mut self.open {
                match ready!(Pin::new(stream).poll_next(context)).transpose()? {
                    Some(bytes) => {
                        *left = left.saturating_sub(bytes.len() as u64);
                        return self.give(bytes);
                    }
                    None if *left > 0 => {
                        // The length is already promised; ending here would look like a whole body.
                        let shorter = "a file became shorter while it was sent";
                        return Poll::Ready(Some(Err(std::io::Error::other(shorter))));
                    }
                    None => self.open = None,
                }
            }
            match self.stretches.next() {
                None => return Poll::Ready(None),
                Some(Stretch::Bytes(bytes)) if bytes.is_empty() => {}
                Some(Stretch::Bytes(bytes)) => return self.give(bytes),
                Some(Stretch::File(file, size)) => {
                    self.open = Some((ReaderStream::with_capacity(file.take(size), CHUNK), size));
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
