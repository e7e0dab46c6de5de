//! The body of a request, built so that it can be sent again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;

use super::multipart;
use super::request::{Body, Field};
use crate::error::{Code, Error};

/// A request body that can be sent any number of times; files are opened anew for each.
#[derive(Clone, Debug, Default)]
pub struct Payload {
    pub(super) pieces: Arc<[Piece]>,
    content_type: Option<String>,
}

/// A stretch of a body.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// In memory.
    Bytes(Bytes),
    /// A whole file.
    File(PathBuf),
}

impl Payload {
    /// The payload of a body as the user wrote it.
    pub fn new(body: &Body) -> Result<Self, Error> {
        Ok(match body {
            Body::None => Self::default(),
            Body::Json { text } => Self::text(text, "application/json"),
            Body::Xml { text } => Self::text(text, "application/xml"),
            Body::Text { text } => Self::text(text, "text/plain; charset=utf-8"),
            Body::Sparql { text } => Self::text(text, "application/sparql-query"),
            Body::Form { fields } => Self::text(&form(fields), "application/x-www-form-urlencoded"),
            Body::Multipart { parts } => {
                let boundary = multipart::boundary();
                let content_type = format!("multipart/form-data; boundary={boundary}");
                Self::pieces(multipart::pieces(parts, &boundary)?, content_type)
            }
            Body::File { path } if path.as_os_str().is_empty() => return Err(no_file("The body")),
            Body::File { path } => {
                Self::pieces(vec![Piece::File(path.clone())], "application/octet-stream".to_owned())
            }
        })
    }

    /// A payload of these bytes.
    pub fn bytes(bytes: impl Into<Bytes>, content_type: &str) -> Self {
        Self::pieces(vec![Piece::Bytes(bytes.into())], content_type.to_owned())
    }

    /// The media type it has unless the user set another.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Whether there is no body at all, which is something else than an empty one.
    pub fn is_none(&self) -> bool {
        self.pieces.is_empty()
    }

    fn text(text: &str, content_type: &str) -> Self {
        Self::bytes(Bytes::copy_from_slice(text.as_bytes()), content_type)
    }

    fn pieces(pieces: Vec<Piece>, content_type: String) -> Self {
        Self { pieces: pieces.into(), content_type: Some(content_type) }
    }
}

fn form(fields: &[Field]) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for field in fields.iter().filter(|field| field.enabled && !field.name.is_empty()) {
        form.append_pair(&field.name, &field.value);
    }
    form.finish()
}

pub(super) fn no_file(what: &str) -> Error {
    Error::new(Code::InvalidInput, format!("{what} is a file, but none is chosen. Nothing was sent."))
        .hint("Choose the file, or another kind of body.")
}

/// The failure of a file that was to be sent.
pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    let name = path.display();
    let (code, message) = match error.kind() {
        std::io::ErrorKind::NotFound => (Code::NotFound, format!("The file {name} is not there.")),
        std::io::ErrorKind::PermissionDenied => {
            (Code::InvalidInput, format!("The file {name} may not be read by this user."))
        }
        _ => (Code::InvalidInput, format!("The file {name} cannot be read.")),
    };
    Error::new(code, format!("{message} Nothing was sent."))
        .hint("Bring the file back, or name another one in the body of the request.")
        .detail(error.to_string())
}
