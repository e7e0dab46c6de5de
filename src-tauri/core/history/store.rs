use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::HistoryEntry;
use crate::database::{Database, DatabaseError};
use crate::http::{Exchange, ExchangeId, SpooledBody};
use crate::operation::{Door, SendContext};
use crate::tenant::Stage;

/// A body up to this size is kept in the database, a larger one in a file.
pub(super) const LARGEST_IN_ROW: u64 = 64 * 1024;
/// The columns of [`entry`].
pub(super) const COLUMNS: &str = "exchange.number, id, door, tenant, stage, title, method, exchange.url, status, took_ms, \
     body_size, pinned, exchange.note";

/// The history in the database, and larger bodies in a folder beside it; a clone is the same one.
#[derive(Clone)]
pub struct HistoryStore {
    /// Writes.
    pub(super) database: Database,
    /// Searches, which keep no sending waiting.
    pub(super) reader: Database,
    pub(super) bodies: Arc<PathBuf>,
}

/// What is to be kept of an exchange; nothing in it is secret any more.
pub struct Recording<'a> {
    /// The record.
    pub exchange: &'a Exchange,
    /// The body of its answer; without one that is free of secrets none is kept.
    pub body: Result<&'a SpooledBody, io::ErrorKind>,
    /// How many bytes of it arrived.
    pub size: u64,
    /// Which door sent it.
    pub door: Door,
    /// The tenant's stage.
    pub stage: Option<Stage>,
    /// What it was sent in.
    pub context: Option<&'a SendContext>,
}

/// An exchange as it was kept.
pub struct Kept {
    /// Its line in the list.
    pub entry: HistoryEntry,
    /// The record.
    pub exchange: Exchange,
    /// What it was sent in.
    pub context: Option<SendContext>,
    /// The body of its answer, unless it was given up.
    pub body: Option<SpooledBody>,
}

impl HistoryStore {
    /// The history in this database, with this folder for larger bodies.
    pub fn new(database: Database, bodies: PathBuf) -> Result<Self, DatabaseError> {
        let reader = database.reader()?;
        Ok(Self { database, reader, bodies: Arc::new(bodies) })
    }

    /// Keeps an exchange. A body that cannot be kept leaves an entry without it, and is told.
    pub fn record(&self, recording: &Recording<'_>) -> Result<(), RecordError> {
        let id = recording.exchange.id;
        let small = recording.body.ok().filter(|body| body.size() <= LARGEST_IN_ROW).map(SpooledBody::head);
        let kept = match recording.body {
            Err(kind) => Err(kind.into()),
            Ok(_) if small.is_some() => Ok(()),
            Ok(body) => self.keep_body(id, body),
        };
        let kept_size = recording.body.ok().filter(|_| kept.is_ok()).map(SpooledBody::size);
        let written =
            self.database.transaction(|transaction| insert(transaction, recording, small, kept_size));
        if let Err(error) = written {
            // Without its row nobody would find it.
            let _ = std::fs::remove_file(self.body_file(id));
            return Err(RecordError::Database(error));
        }
        kept.map_err(RecordError::Body)
    }

    /// The folder of the larger bodies.
    pub fn bodies(&self) -> &Path {
        &self.bodies
    }

    fn keep_body(&self, id: ExchangeId, body: &SpooledBody) -> io::Result<()> {
        std::fs::create_dir_all(self.bodies.as_path())?;
        body.keep(&self.body_file(id))
    }

    /// Where the larger body of an exchange is kept.
    pub(super) fn body_file(&self, id: ExchangeId) -> PathBuf {
        self.bodies.join(id.to_string())
    }

    /// The line of an exchange.
    pub fn entry(&self, id: ExchangeId) -> Result<Option<HistoryEntry>, DatabaseError> {
        self.reader.read(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM exchange WHERE id = ?1");
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_row([id.to_string()], entry).optional()?)
        })
    }

    /// An exchange with everything that is kept of it.
    pub fn read(&self, id: ExchangeId) -> Result<Option<Kept>, DatabaseError> {
        let row = self.reader.read(|connection| row_of(connection, id))?;
        let Some(KeptRow { entry, record, context, body, kept_size }) = row else { return Ok(None) };
        let body = match kept_size {
            None => None,
            Some(size) if size <= LARGEST_IN_ROW => Some(SpooledBody::of(body.unwrap_or_default())),
            Some(_) => SpooledBody::at(self.body_file(id)).ok(),
        };
        Ok(Some(Kept {
            entry,
            exchange: serde_json::from_str(&record)?,
            context: context.and_then(|context| serde_json::from_str(&context).ok()),
            body,
        }))
    }

    /// The exchanges whose names begin so, newest first, no more than a few.
    pub fn find(&self, beginning: &str) -> Result<Vec<ExchangeId>, DatabaseError> {
        let is_name = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
        if beginning.is_empty() || !beginning.bytes().all(is_name) {
            return Ok(Vec::new());
        }
        let beginning = beginning.to_ascii_lowercase();
        self.reader.read(|connection| {
            let sql = "SELECT id FROM exchange WHERE id >= ?1 AND id < ?2 ORDER BY number DESC LIMIT 10";
            let mut statement = connection.prepare_cached(sql)?;
            let ids =
                statement.query_map([&beginning, &format!("{beginning}g")], |row| row.get::<_, String>(0))?;
            let ids: Vec<String> = ids.collect::<Result<_, _>>()?;
            Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
        })
    }

    /// Changes pin and note of an exchange; absent stays, an empty note goes.
    pub fn change(
        &self,
        id: ExchangeId,
        pinned: Option<bool>,
        note: Option<&str>,
    ) -> Result<Option<HistoryEntry>, DatabaseError> {
        self.database.transaction(|transaction| {
            if let Some(pinned) = pinned {
                transaction
                    .prepare_cached("UPDATE exchange SET pinned = ?2 WHERE id = ?1")?
                    .execute(params![id.to_string(), pinned])?;
            }
            if let Some(note) = note {
                let note = Some(note.trim()).filter(|note| !note.is_empty());
                transaction
                    .prepare_cached("UPDATE exchange SET note = ?2, indexed = 0 WHERE id = ?1")?
                    .execute(params![id.to_string(), note])?;
            }
            Ok(())
        })?;
        self.entry(id)
    }
}

/// Why an exchange is not kept, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// There is no entry.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// There is an entry without the body.
    #[error(transparent)]
    Body(io::Error),
}

fn insert(
    transaction: &Transaction<'_>,
    recording: &Recording<'_>,
    body: Option<&[u8]>,
    kept_size: Option<u64>,
) -> Result<(), DatabaseError> {
    let exchange = recording.exchange;
    let number = free_number(transaction, exchange.started_at)?;
    let answer = exchange.answer();
    let record = serde_json::to_string(exchange)?;
    transaction
        .prepare_cached(
            "INSERT INTO exchange (number, id, door, tenant, stage, title, method, url, host, status, took_ms, body_size, kept_size, record_size)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            number,
            exchange.id.to_string(),
            word(&recording.door),
            exchange.tenant,
            recording.stage.as_ref().map(word),
            recording.context.and_then(title),
            exchange.request.method,
            exchange.url,
            host(&exchange.url),
            answer.map(|answer| answer.status),
            exchange.took_ms,
            sqlite(recording.size),
            kept_size.map(sqlite),
            sqlite(record.len() as u64),
        ])?;
    let context = recording.context.map(|context| SendContext { variables: Vec::new(), ..context.clone() });
    transaction
        .prepare_cached(
            "INSERT INTO exchange_record (number, record, context, body) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            number,
            record,
            context.as_ref().map(serde_json::to_string).transpose()?,
            body.filter(|body| !body.is_empty()),
        ])?;
    Ok(())
}

/// The microsecond it began, or the next that no other took.
fn free_number(transaction: &Transaction<'_>, at: Timestamp) -> Result<i64, DatabaseError> {
    let mut number = at.as_microsecond();
    let mut taken = transaction.prepare_cached("SELECT 1 FROM exchange WHERE number = ?1")?;
    while taken.exists([number])? {
        number += 1;
    }
    Ok(number)
}

/// The name of the request's file; a request that was never saved has none.
fn title(context: &SendContext) -> Option<String> {
    let name = context.path.rsplit('/').next()?;
    let stem = name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml"))?;
    Some(stem.to_owned())
}

/// What stands between the scheme and the path.
fn host(url: &str) -> &str {
    let behind = url.split_once("://").map_or("", |(_, behind)| behind);
    let authority = behind.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}

/// SQLite has no unsigned numbers; no body is that large.
pub(super) fn sqlite(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// The word an enum is stored as: the same the doors use.
fn word<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

/// A stored word; one of a newer version is none.
pub(super) fn parse<T: DeserializeOwned>(word: Option<String>) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word?)).ok()
}

struct KeptRow {
    entry: HistoryEntry,
    record: String,
    context: Option<String>,
    body: Option<Vec<u8>>,
    kept_size: Option<u64>,
}

fn row_of(connection: &Connection, id: ExchangeId) -> Result<Option<KeptRow>, DatabaseError> {
    let sql = format!(
        "SELECT {COLUMNS}, record, context, body, kept_size FROM exchange JOIN exchange_record USING (number) WHERE id = ?1"
    );
    let read = |row: &Row<'_>| {
        Ok(KeptRow {
            entry: entry(row)?,
            record: row.get("record")?,
            context: row.get("context")?,
            body: row.get("body")?,
            kept_size: row.get::<_, Option<i64>>("kept_size")?.map(i64::unsigned_abs),
        })
    };
    Ok(connection.prepare_cached(&sql)?.query_row([id.to_string()], read).optional()?)
}

/// The line of a row with the [`COLUMNS`].
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<HistoryEntry> {
    let id: String = row.get(1)?;
    let unreadable = |error: uuid::Error| {
        rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, Box::new(error))
    };
    Ok(HistoryEntry {
        id: id.parse().map_err(unreadable)?,
        started_at: Timestamp::from_microsecond(row.get(0)?).unwrap_or(Timestamp::UNIX_EPOCH),
        door: parse(row.get(2)?).unwrap_or(Door::Terminal),
        tenant: row.get(3)?,
        stage: parse(row.get(4)?),
        title: row.get(5)?,
        method: row.get(6)?,
        url: row.get(7)?,
        status: row.get(8)?,
        took_ms: row.get(9)?,
        body_size: row.get::<_, i64>(10)?.unsigned_abs(),
        pinned: row.get(11)?,
        note: row.get(12)?,
        found: Vec::new(),
    })
}
