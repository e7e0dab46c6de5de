use std::io;
use std::sync::Arc;

/// Bytes that can be read anywhere; they may still be arriving.
pub trait Source: Send + Sync {
    /// Reads from this place; fewer bytes than asked for only at the end of what is there.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;

    /// Bytes that are there by now.
    fn size(&self) -> u64;

    /// Whether no more bytes will come.
    fn is_whole(&self) -> bool;
}

/// A source from its beginning to its end.
pub struct SourceReader {
    of: Arc<dyn Source>,
    at: u64,
}

impl SourceReader {
    /// At the beginning.
    pub fn new(of: Arc<dyn Source>) -> Self {
        Self { of, at: 0 }
    }
}

impl io::Read for SourceReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.of.read_at(buffer, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// A part of another source: one part of a multipart body.
pub struct Slice {
    of: Arc<dyn Source>,
    from: u64,
    size: u64,
}

impl Slice {
    /// The bytes from `from`, `size` of them; what is not there is left out.
    pub fn new(of: Arc<dyn Source>, from: u64, size: u64) -> Self {
        Self { of, from, size }
    }
}

impl Source for Slice {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let left = usize::try_from(self.size().saturating_sub(offset)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        self.of.read_at(&mut buffer[..wanted], self.from.saturating_add(offset))
    }

    fn size(&self) -> u64 {
        self.size.min(self.of.size().saturating_sub(self.from))
    }

    fn is_whole(&self) -> bool {
        self.of.is_whole() || self.of.size() >= self.from.saturating_add(self.size)
    }
}
