//! The body of an answer, kept while it arrives: in memory, or in a file when it is larger.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::body_file::BodyFile;
use super::growing::Growing;
use super::spool::{SpooledBody, blocking};
use crate::body::Source;

/// A body up to this size stays in memory, and of a larger one this much.
pub(super) const IN_MEMORY: usize = 64 * 1024;
/// Bytes collected before they are handed to a thread that may block.
const BATCH: usize = 256 * 1024;
/// How long collected bytes may wait until they can be read.
const PATIENCE: Duration = Duration::from_millis(50);
/// Bytes written between two looks at the free space.
const CHECKED_EVERY: u64 = 8 * 1024 * 1024;

/// Where bodies are kept and how large one may become.
#[derive(Clone, Debug)]
pub struct Spooling {
    /// The folder of larger bodies, made when first needed.
    pub folder: PathBuf,
    /// Most bytes kept of one body after decoding.
    pub most: Option<u64>,
    /// Whether files get a name, so that they can be kept.
    pub named: bool,
    /// Free bytes of the disk that are left to everybody else.
    pub left_free: u64,
}

/// Why no more of a body is kept.
#[derive(Debug, thiserror::Error)]
pub(super) enum SpoolError {
    /// It is larger than the setting allows.
    #[error("the body is larger than {0} bytes")]
    TooLarge(u64),
    /// The disk is nearly full.
    #[error("the disk is full")]
    DiskFull,
    /// The file could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A body that is arriving.
#[derive(Debug)]
pub(super) struct Spool {
    place: Spooling,
    size: u64,
    there: Arc<Growing>,
    file: Option<SpoolFile>,
}

#[derive(Debug)]
struct SpoolFile {
    file: Arc<BodyFile>,
    pending: Vec<u8>,
    /// Since when something waits to be written.
    since: Option<Instant>,
    unchecked: u64,
}

impl Spool {
    /// An empty one.
    pub(super) fn new(place: Spooling) -> Self {
        Self { place, size: 0, there: Arc::default(), file: None }
    }

    /// What is there by now, for reading anywhere.
    pub(super) fn source(&self) -> Arc<dyn Source> {
        Arc::clone(&self.there) as Arc<dyn Source>
    }

    /// Bytes kept so far.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Keeps these bytes too.
    pub(super) async fn push(&mut self, bytes: &[u8]) -> Result<(), SpoolError> {
        let room = self.place.most.map_or(u64::MAX, |most| most.saturating_sub(self.size));
        let fitting = bytes.len().min(usize::try_from(room).unwrap_or(usize::MAX));
        self.keep(&bytes[..fitting]).await?;
        if fitting < bytes.len() { Err(SpoolError::TooLarge(self.size)) } else { Ok(()) }
    }

    async fn keep(&mut self, bytes: &[u8]) -> Result<(), SpoolError> {
        self.size += bytes.len() as u64;
        let in_head = self.there.begin(bytes, IN_MEMORY);
        if in_head == bytes.len() {
            return Ok(());
        }
        if self.file.is_none() {
            self.file = Some(SpoolFile::create(&self.place, self.there.head()).await?);
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        file.pending.extend_from_slice(&bytes[in_head..]);
        file.since.get_or_insert_with(Instant::now);
        if file.pending.len() < BATCH { Ok(()) } else { self.flush().await }
    }

    /// When what waits must be written; nothing waits in memory.
    pub(super) fn due(&self) -> Option<Instant> {
        Some(self.file.as_ref()?.since? + PATIENCE)
    }

    /// Writes what waits.
    pub(super) async fn flush(&mut self) -> Result<(), SpoolError> {
        let Some(file) = &mut self.file else { return Ok(()) };
        file.check(&self.place).await?;
        file.write(&self.there).await
    }

    /// The body as far as it arrived; what could not be written last is cut off.
    pub(super) async fn finish(mut self) -> (SpooledBody, Result<(), SpoolError>) {
        let (mut outcome, mut kept) = (Ok(()), None);
        let head = self.there.head();
        if let Some(mut file) = self.file.take() {
            outcome = file.write(&self.there).await;
            let size = file.file.file().metadata().map_or(0, |facts| facts.len());
            kept = (size >= head.len() as u64).then_some((file.file, size));
        }
        // Without a file, or with one that could not even take the beginning, the beginning is all there is.
        let size = kept.as_ref().map_or(head.len() as u64, |(_, size)| *size);
        (SpooledBody::arrived(head.into(), size, kept.map(|(file, _)| file)), outcome)
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        self.there.end();
    }
}

impl SpoolFile {
    async fn create(place: &Spooling, head: Vec<u8>) -> Result<Self, SpoolError> {
        let Spooling { folder, named, .. } = place.clone();
        let made = blocking(move || BodyFile::create(&folder, named)).await?;
        Ok(Self { file: Arc::new(made), pending: head, since: None, unchecked: CHECKED_EVERY })
    }

    async fn check(&mut self, place: &Spooling) -> Result<(), SpoolError> {
        self.unchecked += self.pending.len() as u64;
        if self.unchecked < CHECKED_EVERY {
            return Ok(());
        }
        self.unchecked = 0;
        let folder = place.folder.clone();
        let free = blocking(move || fs4::available_space(folder)).await.unwrap_or(u64::MAX);
        if free < place.left_free { Err(SpoolError::DiskFull) } else { Ok(()) }
    }

    async fn write(&mut self, there: &Growing) -> Result<(), SpoolError> {
        self.since = None;
        let file = Arc::clone(&self.file);
        let bytes = std::mem::take(&mut self.pending);
        let written = blocking(move || {
            let mut file = file.file();
            file.write_all(&bytes)?;
            Ok(bytes)
        });
        match written.await {
            Ok(mut bytes) => {
                there.wrote(&self.file, bytes.len());
                bytes.clear();
                self.pending = bytes;
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::StorageFull => Err(SpoolError::DiskFull),
            Err(error) => Err(SpoolError::Io(error)),
        }
    }
}
