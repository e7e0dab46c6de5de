//! The body of an answer, kept while it arrives: in memory, or in a file when it is larger.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;

/// A body up to this size stays in memory, and of a larger one this much.
pub(super) const IN_MEMORY: usize = 64 * 1024;
/// Bytes collected before they are handed to a thread that may block.
const BATCH: usize = 256 * 1024;
/// Bytes written between two looks at the free space.
const CHECKED_EVERY: u64 = 8 * 1024 * 1024;
/// Free space that is left to everybody else.
const LEFT_FREE: u64 = 64 * 1024 * 1024;

/// Where bodies are kept and how large one may become.
#[derive(Clone, Debug)]
pub struct Spooling {
    /// The folder of larger bodies, made when first needed.
    pub folder: PathBuf,
    /// Most bytes kept of one body after decoding.
    pub most: Option<u64>,
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
    head: Vec<u8>,
    size: u64,
    file: Option<SpoolFile>,
}

#[derive(Debug)]
struct SpoolFile {
    file: Arc<File>,
    pending: Vec<u8>,
    unchecked: u64,
}

impl Spool {
    /// An empty one.
    pub(super) fn new(place: Spooling) -> Self {
        Self { place, head: Vec::new(), size: 0, file: None }
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
        let in_head = bytes.len().min(IN_MEMORY - self.head.len());
        self.head.extend_from_slice(&bytes[..in_head]);
        if self.file.is_none() && in_head == bytes.len() {
            return Ok(());
        }
        if self.file.is_none() {
            self.file = Some(SpoolFile::create(self.place.folder.clone(), self.head.clone()).await?);
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        file.push(&bytes[in_head..], &self.place.folder).await
    }

    /// The body as far as it arrived; what could not be written last is cut off.
    pub(super) async fn finish(mut self) -> (SpooledBody, Result<(), SpoolError>) {
        let (mut outcome, mut kept) = (Ok(()), None);
        if let Some(mut file) = self.file.take() {
            outcome = file.flush().await;
            let size = file.file.metadata().map_or(0, |facts| facts.len());
            kept = (size >= self.head.len() as u64).then_some((file.file, size));
        }
        // Without a file, or with one that could not even take the beginning, the beginning is all there is.
        let size = kept.as_ref().map_or(self.head.len() as u64, |(_, size)| *size);
        let file = kept.map(|(file, _)| file);
        (SpooledBody { head: self.head.into(), size, file }, outcome)
    }
}

impl SpoolFile {
    async fn create(folder: PathBuf, head: Vec<u8>) -> Result<Self, SpoolError> {
        let made = blocking(move || {
            std::fs::create_dir_all(&folder)?;
            // A file without a name: nobody else can open it, and it goes with the program, however that ends.
            tempfile::tempfile_in(&folder)
        });
        Ok(Self { file: Arc::new(made.await?), pending: head, unchecked: CHECKED_EVERY })
    }

    async fn push(&mut self, bytes: &[u8], folder: &Path) -> Result<(), SpoolError> {
        self.pending.extend_from_slice(bytes);
        if self.pending.len() < BATCH {
            return Ok(());
        }
        self.unchecked += self.pending.len() as u64;
        if self.unchecked >= CHECKED_EVERY {
            self.unchecked = 0;
            let folder = folder.to_owned();
            let free = blocking(move || fs4::available_space(folder)).await.unwrap_or(u64::MAX);
            if free < LEFT_FREE {
                return Err(SpoolError::DiskFull);
            }
        }
        self.flush().await
    }

    async fn flush(&mut self) -> Result<(), SpoolError> {
        let file = Arc::clone(&self.file);
        let bytes = std::mem::take(&mut self.pending);
        let written = blocking(move || {
            (&*file).write_all(&bytes)?;
            Ok(bytes)
        });
        match written.await {
            Ok(mut bytes) => {
                bytes.clear();
                self.pending = bytes;
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::StorageFull => Err(SpoolError::DiskFull),
            Err(error) => Err(SpoolError::Io(error)),
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// A body that arrived; its file is gone with the last copy of this value.
#[derive(Clone, Debug, Default)]
pub struct SpooledBody {
    head: Bytes,
    size: u64,
    file: Option<Arc<File>>,
}

impl SpooledBody {
    /// A body that is in memory already.
    pub fn of(bytes: impl Into<Bytes>) -> Self {
        let head = bytes.into();
        Self { size: head.len() as u64, head, file: None }
    }

    /// Size in bytes, after decoding.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Its beginning, up to 64 KiB, without touching the disk.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Opens it from the start; reading a large body blocks.
    pub fn open(&self) -> BodyReader {
        match &self.file {
            Some(file) => BodyReader::File { file: Arc::clone(file), position: 0 },
            None => BodyReader::Memory(io::Cursor::new(self.head.clone())),
        }
    }

    /// The first so many bytes.
    pub async fn read(&self, most: usize) -> io::Result<Vec<u8>> {
        if self.file.is_none() || most <= self.head.len() {
            return Ok(self.head[..most.min(self.head.len())].to_vec());
        }
        let body = self.clone();
        blocking(move || {
            let mut bytes = Vec::with_capacity(most.min(usize::try_from(body.size).unwrap_or(most)));
            body.open().take(most as u64).read_to_end(&mut bytes)?;
            Ok(bytes)
        })
        .await
    }

    /// Writes it to a file that appears whole or not at all, and tells its size; devices and pipes are written to.
    pub async fn copy_to(&self, path: PathBuf) -> io::Result<u64> {
        let body = self.clone();
        blocking(move || {
            // A link keeps pointing where it did, and what is no file must not be replaced by one.
            let path = path.canonicalize().unwrap_or(path);
            if path.metadata().is_ok_and(|known| !known.is_file()) {
                return io::copy(&mut body.open(), &mut File::options().write(true).open(&path)?);
            }
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let mut copy = new_file(folder.unwrap_or(Path::new(".")))?;
            let size = io::copy(&mut body.open(), copy.as_file_mut())?;
            copy.persist(&path).map_err(|error| error.error)?;
            Ok(size)
        })
        .await
    }
}

/// Unlike the spool, a file the user asked for has the permissions of any other file of theirs.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sluice-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// An open body.
#[derive(Debug)]
pub enum BodyReader {
    /// In memory.
    Memory(io::Cursor<Bytes>),
    /// On disk; each reader has its own place in the one file.
    File {
        /// The file, which has no name any more.
        file: Arc<File>,
        /// Where the next read begins.
        position: u64,
    },
}

impl Read for BodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Memory(bytes) => bytes.read(buffer),
            Self::File { file, position } => {
                let length = read_at(file, buffer, *position)?;
                *position += length as u64;
                Ok(length)
            }
        }
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], position: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, position)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], position: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, position)
}
