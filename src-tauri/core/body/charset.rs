//! Which characters the bytes of a body are, and the body as UTF-8.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{BodyKind, Source};

const PIECE: usize = 256 * 1024;
const PATIENCE: Duration = Duration::from_millis(50);

/// The encoding of a body that begins so, and how many bytes of a mark stand before it.
pub(super) fn of(
    head: &[u8],
    content_type: Option<&str>,
    kind: BodyKind,
    cut: bool,
) -> (&'static Encoding, usize) {
    Encoding::for_bom(head)
        .unwrap_or_else(|| (named(head, content_type, kind).unwrap_or_else(|| guessed(head, cut)), 0))
}

fn named(head: &[u8], content_type: Option<&str>, kind: BodyKind) -> Option<&'static Encoding> {
    let charset = content_type.and_then(|given| given.parse::<mime::Mime>().ok());
    if let Some(charset) = charset.as_ref().and_then(|given| given.get_param(mime::CHARSET)) {
        return Encoding::for_label(charset.as_str().as_bytes());
    }
    let head = head.trim_ascii_start();
    if kind != BodyKind::Xml || !head.starts_with(b"<?xml") {
        return None;
    }
    let end = head.iter().take(200).position(|byte| *byte == b'>')?;
    let declaration = std::str::from_utf8(&head[..end]).ok()?;
    let (_, rest) = declaration.split_once("encoding")?;
    let label = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = label.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let named = Encoding::for_label(label[1..].split(quote).next()?.as_bytes())?;
    // A declaration that can be read byte by byte is not UTF-16, whatever it says.
    Some(named.output_encoding())
}

fn guessed(head: &[u8], cut: bool) -> &'static Encoding {
    match std::str::from_utf8(head) {
        Ok(_) => UTF_8,
        Err(error) if cut && error.error_len().is_none() => UTF_8,
        Err(_) => WINDOWS_1252,
    }
}

/// Another source as UTF-8, written to a file without a name by a thread of its own.
pub(super) struct Transcoded {
    file: Mutex<Option<Arc<File>>>,
    size: AtomicU64,
    whole: AtomicBool,
    stopped: AtomicBool,
}

impl Transcoded {
    /// Begins to transcode what stands behind `from`.
    pub(super) fn start(
        of: Arc<dyn Source>,
        from: u64,
        encoding: &'static Encoding,
        folder: PathBuf,
    ) -> Arc<Self> {
        let transcoded = Arc::new(Self {
            file: Mutex::default(),
            size: AtomicU64::new(0),
            whole: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
        });
        let thread = Arc::clone(&transcoded);
        let work = move || {
            // What could not be written is missing at the end; the body itself is where it was.
            let _ = thread.run(&*of, from, encoding, &folder);
            thread.whole.store(true, Ordering::Release);
        };
        if std::thread::Builder::new().name("body-charset".to_owned()).spawn(work).is_err() {
            transcoded.whole.store(true, Ordering::Release);
        }
        transcoded
    }

    /// Tells the thread to end.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    fn run(&self, of: &dyn Source, from: u64, encoding: &'static Encoding, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let file = Arc::new(tempfile::tempfile_in(folder)?);
        *self.file.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&file));
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let (mut bytes, mut text, mut at) = (vec![0; PIECE], String::new(), from);
        while !self.stopped.load(Ordering::Relaxed) {
            let whole = of.is_whole();
            let read = of.read_at(&mut bytes, at)?;
            if read == 0 && !whole {
                std::thread::sleep(PATIENCE);
                continue;
            }
            text.clear();
            text.reserve(decoder.max_utf8_buffer_length(read).unwrap_or(PIECE * 4));
            let _ = decoder.decode_to_string(&bytes[..read], &mut text, read == 0);
            write_all_at(&file, text.as_bytes(), self.size())?;
            self.size.fetch_add(text.len() as u64, Ordering::Release);
            if read == 0 {
                break;
            }
            at += read as u64;
        }
        Ok(())
    }
}

impl Source for Transcoded {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(file) = file else { return Ok(0) };
        let left = usize::try_from(self.size().saturating_sub(offset)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        read_at(&file, &mut buffer[..wanted], offset)
    }

    fn size(&self) -> u64 {
        self.size.load(Ordering::Acquire)
    }

    fn is_whole(&self) -> bool {
        self.whole.load(Ordering::Acquire)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(unix)]
fn write_all_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

#[cfg(windows)]
fn write_all_at(file: &File, mut bytes: &[u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, offset)?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        offset += written as u64;
        bytes = &bytes[written..];
    }
    Ok(())
}

/// The encoding of a body that begins so, and how many bytes of a mark stand before it; none if it is not text.
pub(crate) fn encoding(
    head: &[u8],
    content_type: Option<&str>,
    cut: bool,
) -> Option<(&'static Encoding, usize)> {
    let guess = super::kind::of(head, content_type);
    super::open::is_text(guess.kind).then(|| of(head, content_type, guess.kind, cut))
}

/// The text of a body that begins so; none if it is not text.
pub(crate) fn decoded(bytes: &[u8], content_type: Option<&str>, cut: bool) -> Option<String> {
    let (encoding, mark) = encoding(bytes, content_type, cut)?;
    let text = bytes.get(mark..).unwrap_or_default();
    Some(encoding.decode_without_bom_handling(text).0.into_owned())
}
