use std::io::{self, BufReader, Read, Seek, SeekFrom, Write as _};
use std::path::Path;
use std::sync::Arc;

use zip::ZipArchive;
use zip::read::ZipFile;

use super::{OpenPart, no_part};
use crate::body::source::Source;
use crate::body::view::BodyPart;
use crate::error::{Code, Error, Result};
use crate::http::SpooledBody;

/// More entries are not listed.
const MOST_ENTRIES: usize = 10_000;
/// An entry larger than this is not unpacked: packed bytes can say any size.
const LARGEST: u64 = 1024 * 1024 * 1024;
/// An entry that grows more than this is a trap.
const MOST_GROWTH: u64 = 1_000;

type Archive = ZipArchive<BufReader<Reader>>;

/// Lists the entries of an archive, folders left out.
pub(super) fn entries(source: &Arc<dyn Source>) -> Result<Vec<BodyPart>> {
    let mut archive = archive(source)?;
    let mut parts = Vec::new();
    for number in 0..archive.len().min(MOST_ENTRIES) {
        let Ok(entry) = archive.by_index_raw(number) else { continue };
        if entry.is_dir() {
            continue;
        }
        parts.push(BodyPart {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            name: name(&entry),
            content_type: content_type(&name(&entry)),
            size: entry.size(),
            headers: Vec::new(),
            problem: problem(&entry),
        });
    }
    Ok(parts)
}

/// Unpacks an entry.
pub(super) fn open(source: &Arc<dyn Source>, number: u32, folder: &Path) -> Result<OpenPart> {
    let mut archive = archive(source)?;
    let number = number as usize;
    let content_type = {
        let entry = archive.by_index_raw(number).map_err(|_| no_part())?;
        if let Some(problem) = problem(&entry) {
            return Err(Error::new(Code::InvalidInput, problem)
                .hint("Save the body and open it with another program"));
        }
        content_type(&name(&entry))
    };
    let entry = archive.by_index(number).map_err(|error| damaged(&error))?;
    let most = LARGEST.min(entry.compressed_size().saturating_mul(MOST_GROWTH).saturating_add(64 * 1024));
    let body = unpack(entry, most, folder)?;
    Ok(OpenPart { source: body.source(), content_type })
}

fn unpack(entry: impl Read, most: u64, folder: &Path) -> Result<SpooledBody> {
    let failed = |error: &io::Error| {
        Error::new(Code::StorageFailed, "The entry cannot be unpacked")
            .hint("Free some space, or save the body and open it with another program")
            .detail(error.to_string())
    };
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut file = tempfile::tempfile_in(folder).map_err(|error| failed(&error))?;
    let size =
        io::copy(&mut entry.take(most.saturating_add(1)), &mut file).map_err(|error| failed(&error))?;
    file.flush().map_err(|error| failed(&error))?;
    if size > most {
        return Err(Error::new(
            Code::InvalidInput,
            "The entry is far larger than it says; unpacking was stopped",
        )
        .hint("Such an archive is a trap or damaged; ask its sender"));
    }
    SpooledBody::of_file(file).map_err(|error| failed(&error))
}

fn name<R: Read>(entry: &ZipFile<'_, R>) -> String {
    entry.name().map_or_else(|_| "?".to_owned(), std::borrow::Cow::into_owned)
}

fn problem<R: Read>(entry: &ZipFile<'_, R>) -> Option<String> {
    if entry.encrypted() {
        return Some("The entry is encrypted.".to_owned());
    }
    let method = entry.compression();
    if !matches!(method, zip::CompressionMethod::Stored | zip::CompressionMethod::Deflated) {
        return Some(format!("The entry is packed with {method}, which cannot be unpacked here."));
    }
    let is_trap = entry.size() / entry.compressed_size().max(1) > MOST_GROWTH && entry.size() > 1024 * 1024;
    if is_trap || entry.size() > LARGEST {
        return Some("The entry would become far too large.".to_owned());
    }
    None
}

fn archive(source: &Arc<dyn Source>) -> Result<Archive> {
    let reader = BufReader::with_capacity(64 * 1024, Reader { source: Arc::clone(source), at: 0 });
    ZipArchive::new(reader).map_err(|error| damaged(&error))
}

fn damaged(error: &zip::result::ZipError) -> Error {
    Error::new(Code::InvalidInput, "This is no whole zip archive")
        .hint("Save the body and look at it with another program")
        .detail(error.to_string())
}

/// What a name's ending says.
fn content_type(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    let known = match ending.to_ascii_lowercase().as_str() {
        "json" => "application/json",
        "xml" | "xsd" | "wsdl" | "xsl" | "xslt" | "iflw" | "edmx" => "application/xml",
        "htm" | "html" => "text/html",
        "csv" => "text/csv",
        "txt" | "md" | "prop" | "propdef" | "mf" | "groovy" | "js" | "log" | "yaml" | "yml" => "text/plain",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "zip" | "jar" => "application/zip",
        _ => return None,
    };
    Some(known.to_owned())
}

/// A source as a file.
struct Reader {
    source: Arc<dyn Source>,
    at: u64,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read_at(buffer, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.source.size().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
