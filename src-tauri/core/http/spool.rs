//! The body of an answer as it was kept.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;

use super::body_file::BodyFile;
pub use super::intake::Spooling;
pub(super) use super::intake::{IN_MEMORY, Spool, SpoolError};
use crate::body::Source;

/// What the name of a file begins with that is not whole yet.
pub(crate) const UNFINISHED: &str = ".keeping-";

pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// A body that arrived; its file is gone with the last copy of this value.
#[derive(Clone, Debug, Default)]
pub struct SpooledBody {
    head: Bytes,
    size: u64,
    file: Option<Arc<BodyFile>>,
}

impl SpooledBody {
    /// A body that is in memory already.
    pub fn of(bytes: impl Into<Bytes>) -> Self {
        let head = bytes.into();
        Self { size: head.len() as u64, head, file: None }
    }

    /// A body that is in a file already.
    pub fn of_file(file: File) -> io::Result<Self> {
        let size = file.metadata()?.len();
        let file = BodyFile::of(file);
        let mut head = vec![0; usize::try_from(size).unwrap_or(IN_MEMORY).min(IN_MEMORY)];
        let read = file.read_at(&mut head, 0)?;
        head.truncate(read);
        Ok(Self { head: head.into(), size, file: Some(Arc::new(file)) })
    }

    /// A body that was kept in this file.
    pub fn at(path: impl AsRef<Path>) -> io::Result<Self> {
        let body = Self::of_file(File::open(path)?)?;
        // A small one needs no open file.
        Ok(if body.size > IN_MEMORY as u64 { body } else { Self::of(body.head) })
    }

    /// A body that arrived, with its beginning.
    pub(super) fn arrived(head: Bytes, size: u64, file: Option<Arc<BodyFile>>) -> Self {
        Self { head, size, file }
    }

    /// Moves it to this file, where it stays, or writes it there, as a whole or not at all; blocks.
    pub fn keep(&self, path: &Path) -> io::Result<()> {
        if self.file.as_ref().is_some_and(|file| file.keep(path)) {
            return Ok(());
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut copy =
            tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder.unwrap_or(Path::new(".")))?;
        io::copy(&mut self.open(), copy.as_file_mut())?;
        copy.persist(path).map_err(|error| error.error)?;
        Ok(())
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

    /// Whether it is in a file, not in memory only.
    pub fn is_in_file(&self) -> bool {
        self.file.is_some()
    }

    /// Its bytes for reading anywhere.
    pub fn source(&self) -> Arc<dyn Source> {
        Arc::new(self.clone())
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
        blocking(move || write_file(path, &mut body.open())).await
    }
}

/// Writes bytes to a file that appears whole or not at all, and tells how many; devices and pipes are written to. Blocks.
pub fn write_file(path: PathBuf, bytes: &mut dyn Read) -> io::Result<u64> {
    // A link keeps pointing where it did, and what is no file must not be replaced by one.
    let path = path.canonicalize().unwrap_or(path);
    if path.metadata().is_ok_and(|known| !known.is_file()) {
        return io::copy(bytes, &mut File::options().write(true).open(&path)?);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut copy = new_file(folder.unwrap_or(Path::new(".")))?;
    let size = io::copy(bytes, copy.as_file_mut())?;
    copy.persist(&path).map_err(|error| error.error)?;
    Ok(size)
}

/// Unlike the spool, a file the user asked for has the permissions of any other file of theirs.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sluice-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

impl Source for SpooledBody {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        if let Some(file) = &self.file {
            return file.read_at(buffer, offset);
        }
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(self.head.len());
        (&self.head[from..]).read(buffer)
    }

    fn size(&self) -> u64 {
        self.size
    }

    fn is_whole(&self) -> bool {
        true
    }
}

/// An open body.
#[derive(Debug)]
pub enum BodyReader {
    /// In memory.
    Memory(io::Cursor<Bytes>),
    /// On disk; each reader has its own place in the one file.
    File {
        /// The file, which stays as long as somebody reads it.
        file: Arc<BodyFile>,
        /// Where the next read begins.
        position: u64,
    },
}

impl Read for BodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Memory(bytes) => bytes.read(buffer),
            Self::File { file, position } => {
                let length = file.read_at(buffer, *position)?;
                *position += length as u64;
                Ok(length)
            }
        }
    }
}
