//! The full text, filled after the row was written.

use std::fmt::Write as _;
use std::io::Read as _;

use rusqlite::{OptionalExtension as _, params};

use super::store::{HistoryStore, LARGEST_IN_ROW, sqlite};
use super::words;
use crate::body::decoded;
use crate::database::DatabaseError;
use crate::http::{Body, Exchange, Header, PartContent, SpooledBody};
use crate::redact::Segment;

/// As much of a body is looked up.
pub(super) const MOST_TEXT: usize = 256 * 1024;
/// Texts of one transaction: others wait while it lasts.
const MOST_AT_ONCE: usize = 64 * 1024;
const MOST_ROWS_AT_ONCE: usize = 64;

/// The texts of an exchange, by place.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub(super) url: String,
    pub(super) headers: String,
    pub(super) request: String,
    pub(super) answer: String,
    pub(super) note: String,
}

impl Texts {
    /// Everything that can be searched of an exchange.
    pub(super) fn of(exchange: &Exchange, body: Option<&SpooledBody>) -> Self {
        let mut url = exchange.url.clone();
        let mut headers = String::new();
        for call in &exchange.calls {
            if call.sent.url != exchange.url {
                let _ = write!(url, "\n{}", call.sent.url);
            }
            call.sent.headers.iter().for_each(|header| line(&mut headers, header));
            let received = call.received.iter().flat_map(|received| &received.headers);
            received.for_each(|header| line(&mut headers, header));
        }
        let names = [Some(&exchange.request.method), exchange.tenant.as_ref()];
        for name in names.into_iter().flatten() {
            let _ = write!(url, "\n{name}");
        }
        let content_type = exchange.answer().and_then(|answer| answer.content_type.as_deref());
        Self {
            url,
            headers,
            request: request(exchange.body_sent()),
            answer: body.map(|body| answer(body, content_type)).unwrap_or_default(),
            note: String::new(),
        }
    }

    fn size(&self) -> usize {
        self.url.len() + self.headers.len() + self.request.len() + self.answer.len() + self.note.len()
    }

    /// The words within words of the bodies, once each.
    fn parts(&self) -> String {
        let mut parts: Vec<&str> = words::parts(&self.request).chain(words::parts(&self.answer)).collect();
        parts.sort_unstable();
        parts.dedup();
        parts.join(" ")
    }
}

fn line(text: &mut String, header: &Header) {
    text.push_str(&header.name);
    text.push_str(": ");
    for segment in &header.value {
        if let Segment::Text { text: shown } = segment {
            text.push_str(shown);
        }
    }
    text.push('\n');
}

/// A request's body as text, a line for each field of a form, up to 256 KiB; none for files.
pub(crate) fn request(body: &Body) -> String {
    let mut text = String::new();
    let mut row = |name: &str, value: &str| {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{name}: {value}");
    };
    match body {
        Body::None | Body::File { .. } => {}
        Body::Json { text: own }
        | Body::Xml { text: own }
        | Body::Text { text: own }
        | Body::Sparql { text: own } => {
            text.clone_from(own);
        }
        Body::Form { fields } => {
            for field in fields {
                row(&field.name, &field.value);
            }
        }
        Body::Multipart { parts } => {
            for part in parts {
                match &part.content {
                    PartContent::Text { text } => row(&part.name, text),
                    PartContent::File { path } => row(&part.name, &path.to_string_lossy()),
                }
            }
        }
    }
    text.truncate(text.floor_char_boundary(MOST_TEXT));
    text
}

fn answer(body: &SpooledBody, content_type: Option<&str>) -> String {
    let is_cut = body.size() > MOST_TEXT as u64;
    let mut bytes = Vec::new();
    if body.size() <= LARGEST_IN_ROW {
        return decoded(body.head(), content_type, false).unwrap_or_default();
    }
    // What cannot be read back cannot be found; the entry stays.
    let _ = body.open().take(MOST_TEXT as u64).read_to_end(&mut bytes);
    decoded(&bytes, content_type, is_cut).unwrap_or_default()
}

impl HistoryStore {
    /// Looks through exchanges that are not in the full text yet, newest first; answers whether more are left.
    pub fn index_some(&self) -> Result<bool, DatabaseError> {
        let ids: Vec<String> = self.reader.read(|connection| {
            let sql = "SELECT id FROM exchange WHERE indexed = 0 ORDER BY number DESC LIMIT ?1";
            let mut statement = connection.prepare_cached(sql)?;
            let ids = statement.query_map([sqlite(MOST_ROWS_AT_ONCE as u64)], |row| row.get(0))?;
            Ok(ids.collect::<Result<_, _>>()?)
        })?;
        let mut texts = Vec::new();
        let mut size = 0;
        for id in &ids {
            let read = id.parse().ok().map(|id| self.read(id));
            let own = match read {
                Some(Ok(Some(kept))) => {
                    let mut own = Texts::of(&kept.exchange, kept.body.as_ref());
                    own.note = kept.entry.note.unwrap_or_default();
                    own.url.extend(kept.entry.title.iter().flat_map(|title| ["\n", title.as_str()]));
                    own
                }
                // Of a newer version or damaged: there is nothing to look up, and no use in trying again.
                Some(Err(DatabaseError::Content(_)) | Ok(None)) | None => Texts::default(),
                Some(Err(error)) => return Err(error),
            };
            size += own.size();
            texts.push((id, own));
            if size >= MOST_AT_ONCE {
                break;
            }
        }
        let is_rest = texts.len() < ids.len();
        self.write_texts(&texts)?;
        Ok(is_rest || ids.len() == MOST_ROWS_AT_ONCE)
    }

    fn write_texts(&self, texts: &[(&String, Texts)]) -> Result<(), DatabaseError> {
        if texts.is_empty() {
            return Ok(());
        }
        self.database.transaction(|transaction| {
            for (id, own) in texts {
                // It may have been removed or looked through by another program meanwhile.
                let number: Option<i64> = transaction
                    .prepare_cached("SELECT number FROM exchange WHERE id = ?1 AND indexed = 0")?
                    .query_row([id], |row| row.get(0))
                    .optional()?;
                let Some(number) = number else { continue };
                transaction
                    .prepare_cached("DELETE FROM exchange_text WHERE rowid = ?1")?
                    .execute([number])?;
                transaction
                    .prepare_cached(
                        "INSERT INTO exchange_text (rowid, url, headers, request, answer, note, parts)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    )?
                    .execute(params![
                        number,
                        own.url,
                        own.headers,
                        own.request,
                        own.answer,
                        own.note,
                        own.parts()
                    ])?;
                transaction
                    .prepare_cached("UPDATE exchange SET indexed = 1 WHERE number = ?1")?
                    .execute([number])?;
            }
            Ok(())
        })
    }

    /// Looks through all that is left.
    pub fn index_all(&self) -> Result<(), DatabaseError> {
        while self.index_some()? {}
        Ok(())
    }
}
