//! Parts of multipart bodies and entries of archives.

use sluice_core::body::{BodyKind, OpenBody, part};
use sluice_core::http::BodyForm;

use super::texts::{folder, halves, source, stretched};

/// A media type and a body; without one it is an archive.
pub fn run(data: &[u8]) {
    let (content_type, body) = halves(data);
    let Ok(content_type) = std::str::from_utf8(content_type) else { return };
    let (kind, body) = match content_type {
        "" => (BodyKind::Zip, body.to_vec()),
        _ => (BodyKind::Multipart, stretched(body).1),
    };
    let content_type = (kind == BodyKind::Multipart).then_some(content_type);
    let body = source(&body);
    let parts = part::list(&body, kind, content_type).unwrap_or_default();
    for part in parts.iter().take(6) {
        let Ok(open) = part::open(&body, kind, content_type, part.number, &folder()) else { continue };
        if kind == BodyKind::Multipart {
            assert!(open.source.size() <= body.size());
        }
        let inner = OpenBody::new(open.source, open.content_type, folder()).unwrap();
        inner.rows(BodyForm::Hex, 0, 5).unwrap();
        inner.rows(inner.forms()[0], 0, 5).unwrap();
    }
    let behind = parts.iter().map(|part| part.number).max().map_or(0, |last| last.saturating_add(1));
    let _ = part::open(&body, kind, content_type, behind, &folder());
    let _ = part::open(&body, kind, content_type, u32::MAX, &folder());
    let numbers: Vec<u32> = parts.iter().map(|part| part.number).collect();
    assert!(numbers.is_sorted_by(|one, next| one < next));
}
