//! `multipart/form-data` as browsers write it (RFC 7578, WHATWG HTML 4.10.21.8).

use std::path::Path;

use bytes::Bytes;

use super::body::{Piece, no_file};
use super::request::{Part, PartContent};
use crate::error::{Code, Error};

/// A boundary no content holds by accident.
pub(super) fn boundary() -> String {
    format!("sluice-{}", uuid::Uuid::new_v4().simple())
}

/// The pieces of a body with these parts.
pub(super) fn pieces(parts: &[Part], boundary: &str) -> Result<Vec<Piece>, Error> {
    let mut pieces = Vec::new();
    let mut text = Vec::new();
    for part in parts.iter().filter(|part| part.enabled) {
        text.extend_from_slice(head(part, boundary)?.as_bytes());
        match &part.content {
            PartContent::Text { text: content } => text.extend_from_slice(content.as_bytes()),
            PartContent::File { path } if path.as_os_str().is_empty() => {
                return Err(no_file(&format!("The part “{}”", part.name)));
            }
            PartContent::File { path } => {
                pieces.push(Piece::Bytes(Bytes::from(std::mem::take(&mut text))));
                pieces.push(Piece::File(path.clone()));
            }
        }
        text.extend_from_slice(b"\r\n");
    }
    text.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    pieces.push(Piece::Bytes(Bytes::from(text)));
    Ok(pieces)
}

fn head(part: &Part, boundary: &str) -> Result<String, Error> {
    let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&part.name));
    if let PartContent::File { path } = &part.content {
        head.extend(["; filename=\"", &quoted(&file_name(path)), "\""]);
    }
    head.push_str("\r\n");
    if let Some(media_type) = media_type(part)? {
        head.extend(["Content-Type: ", media_type, "\r\n"]);
    }
    head.push_str("\r\n");
    Ok(head)
}

fn media_type(part: &Part) -> Result<Option<&str>, Error> {
    match part.content_type.as_deref().map(str::trim).filter(|given| !given.is_empty()) {
        Some(given) if given.contains(char::is_control) => Err(Error::new(
            Code::InvalidInput,
            format!(
                "The content type of the part “{}” holds a control character. Nothing was sent.",
                part.name
            ),
        )
        .hint("Write it on one line, such as application/xml.")),
        Some(given) => Ok(Some(given)),
        None if matches!(part.content, PartContent::File { .. }) => Ok(Some("application/octet-stream")),
        None => Ok(None),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Quotes and line breaks would end the value; other text goes as UTF-8.
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
