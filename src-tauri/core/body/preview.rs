use std::io;

use super::{BodyKind, OpenBody, Source};

/// A larger body is not previewed as a whole.
const MOST: u64 = 64 * 1024 * 1024;

/// A body as a picture, a page or a document.
pub struct Preview {
    /// What it is: an image, a PDF, HTML, or XML for SVG.
    pub kind: BodyKind,
    /// Media type of an image or a PDF, by its first bytes.
    pub content_type: &'static str,
    /// Its bytes; HTML and SVG as UTF-8.
    pub bytes: Vec<u8>,
}

impl OpenBody {
    /// The body for a preview, if it is of a kind that has one and not too large.
    pub fn preview(&self) -> io::Result<Option<Preview>> {
        let is_svg = self.content_type().is_some_and(|said| said.to_ascii_lowercase().contains("svg"));
        let text = self.text();
        let source: &dyn Source = match self.kind() {
            BodyKind::Image | BodyKind::Pdf => self.source().as_ref(),
            BodyKind::Html => text.as_ref(),
            BodyKind::Xml if is_svg => text.as_ref(),
            _ => return Ok(None),
        };
        if source.size() > MOST || !source.is_whole() {
            return Ok(None);
        }
        let bytes = super::filter::read(source, 0, source.size())?;
        Ok(Some(Preview { kind: self.kind(), content_type: image_type(&bytes), bytes }))
    }

    /// The ending of a file of this kind that the system opens with a viewer, never one it would run.
    pub fn safe_ending(&self) -> Option<&'static str> {
        match self.kind() {
            BodyKind::Json => Some("json"),
            BodyKind::Xml => Some("xml"),
            BodyKind::Csv => Some("csv"),
            BodyKind::Text | BodyKind::Events | BodyKind::Multipart => Some("txt"),
            BodyKind::Pdf => Some("pdf"),
            BodyKind::Zip => Some("zip"),
            BodyKind::Image => {
                let mut head = [0; 16];
                let read = self.source().read_at(&mut head, 0).unwrap_or_default();
                image_type(head.get(..read)?).strip_prefix("image/").map(|ending| match ending {
                    "x-icon" => "ico",
                    other => other,
                })
            }
            // A page would run its scripts in the browser, and nobody knows what other bytes are.
            BodyKind::Html | BodyKind::Binary => None,
        }
    }
}

fn image_type(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xFF, 0xD8, ..] => "image/jpeg",
        [b'G', b'I', b'F', ..] => "image/gif",
        [b'B', b'M', ..] => "image/bmp",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [0, 0, 1, 0, ..] => "image/x-icon",
        [b'%', b'P', b'D', b'F', ..] => "application/pdf",
        _ => "application/octet-stream",
    }
}
