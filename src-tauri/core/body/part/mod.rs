//! The parts of a multipart body, MTOM included, and the entries of an archive: each is a body of its own.

mod archive;
mod multipart;

use std::path::Path;
use std::sync::Arc;

use super::source::Source;
use super::view::{BodyKind, BodyPart};
use crate::error::{Code, Error, Result};

/// A part with its bytes.
pub struct OpenPart {
    /// Its bytes.
    pub source: Arc<dyn Source>,
    /// Its media type.
    pub content_type: Option<String>,
}

/// Lists the parts of a body of this kind.
pub fn list(source: &Arc<dyn Source>, kind: BodyKind, content_type: Option<&str>) -> Result<Vec<BodyPart>> {
    match kind {
        BodyKind::Multipart => {
            let parts =
                multipart::parts(source.as_ref(), content_type).map_err(|error| unreadable(&error))?;
            Ok(parts.into_iter().map(|part| part.shown).collect())
        }
        BodyKind::Zip => archive::entries(source),
        _ => Ok(Vec::new()),
    }
}

/// Opens a part; what an archive packs is unpacked into a file of this folder that has no name.
pub fn open(
    source: &Arc<dyn Source>,
    kind: BodyKind,
    content_type: Option<&str>,
    number: u32,
    folder: &Path,
) -> Result<OpenPart> {
    match kind {
        BodyKind::Multipart => {
            let parts =
                multipart::parts(source.as_ref(), content_type).map_err(|error| unreadable(&error))?;
            let part = parts.into_iter().nth(number as usize).ok_or_else(no_part)?;
            multipart::open(source, &part, folder)
        }
        BodyKind::Zip => archive::open(source, number, folder),
        _ => Err(no_part()),
    }
}

fn no_part() -> Error {
    Error::new(Code::NotFound, "There is no such part in this body").hint("Look at the list of parts again")
}

fn unreadable(error: &std::io::Error) -> Error {
    Error::new(Code::StorageFailed, "The body cannot be read back from the disk")
        .hint("Send the request again")
        .detail(error.to_string())
}
