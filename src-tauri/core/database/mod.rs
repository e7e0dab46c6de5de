//! The user's own data in one SQLite file: tenants without secrets, drafts, settings.

mod migration;
mod salvage;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::{Code, Error};

/// How long a second program waits for the first to finish writing.
const PATIENCE: Duration = Duration::from_secs(5);
const BETWEEN_TRIES: Duration = Duration::from_millis(5);
/// Kibibytes of pages a connection that only reads keeps.
const READERS_CACHE: i32 = -16_384;

/// Why Sluice's own data could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// A newer Sluice has written it.
    #[error("the database has version {found}, this program knows {known}")]
    Newer {
        /// The version found.
        found: u32,
        /// The newest version known.
        known: u32,
    },
    /// What was to change is not there any more.
    #[error("another program removed it meanwhile")]
    Gone,
    /// SQLite said no.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// A stored value is not what the schema promises.
    #[error("a stored value cannot be read: {0}")]
    Content(#[from] serde_json::Error),
}

/// The open database; a clone is the same one.
#[derive(Clone)]
pub struct Database {
    connection: Arc<Mutex<Connection>>,
    file: Option<Arc<PathBuf>>,
    remark: Option<Arc<Error>>,
}

impl Database {
    /// Opens the file, makes it when there is none, and brings it up to date. A damaged one is moved aside, and what can be
    /// read of it goes into a new one.
    pub fn open(file: &Path) -> Result<Self, DatabaseError> {
        let begun = Instant::now();
        loop {
            match Self::open_once(file) {
                // The change to WAL does not wait for others as everything else does: two programs that start at once.
                Err(DatabaseError::Sqlite(error)) if is_busy(&error) && begun.elapsed() < PATIENCE => {
                    std::thread::sleep(BETWEEN_TRIES);
                }
                Err(DatabaseError::Sqlite(error)) if is_damage(&error) => {
                    return salvage::replace(file, &error);
                }
                outcome => return outcome,
            }
        }
    }

    fn open_once(file: &Path) -> Result<Self, DatabaseError> {
        let mut connection = Connection::open(file)?;
        connection.busy_timeout(PATIENCE)?;
        // Only a file without tables takes it on; an older one at its next migration.
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A crash of the program loses nothing in this mode; only a power cut may lose the last moment.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        // What is removed is overwritten: the history may be asked to forget.
        connection.pragma_update(None, "secure_delete", true)?;
        salvage::check_suspect(&connection, file)?;
        migration::migrate(&mut connection, Some(file))?;
        salvage::probe(&connection)?;
        Self::prepared(connection, Some(file))
    }

    /// A database that ends with the program.
    pub fn in_memory() -> Result<Self, DatabaseError> {
        let mut connection = Connection::open_in_memory()?;
        migration::migrate(&mut connection, None)?;
        Self::prepared(connection, None)
    }

    fn prepared(connection: Connection, file: Option<&Path>) -> Result<Self, DatabaseError> {
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_prepared_statement_cache_capacity(64);
        let file = file.map(|file| Arc::new(file.to_owned()));
        Ok(Self { connection: Arc::new(Mutex::new(connection)), file, remark: None })
    }

    /// Another connection to the same file, which only reads and keeps nobody waiting; one in memory is the same.
    pub fn reader(&self) -> Result<Self, DatabaseError> {
        let Some(file) = &self.file else { return Ok(self.clone()) };
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file.as_path(), flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "query_only", true)?;
        connection.pragma_update(None, "cache_size", READERS_CACHE)?;
        Self::prepared(connection, Some(file))
    }

    /// What the user should be told about how it was opened: that it was damaged, and what was saved of it.
    pub fn remark(&self) -> Option<&Error> {
        self.remark.as_deref()
    }

    /// Runs `work` in one transaction: all of it is kept, or nothing.
    pub fn transaction<T>(
        &self,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let run = |connection: &mut Connection| {
            let transaction =
                connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        run(&mut connection).inspect_err(|error| self.suspect(error))
    }

    /// Runs `work` that only reads, or that is no transaction.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        work(&connection).inspect_err(|error| self.suspect(error))
    }

    /// Damage that shows only now: the next start looks through the whole file.
    fn suspect(&self, error: &DatabaseError) {
        if let (DatabaseError::Sqlite(error), Some(file)) = (error, &self.file)
            && is_damage(error)
        {
            salvage::mark_suspect(file);
        }
    }
}

impl From<DatabaseError> for Error {
    fn from(error: DatabaseError) -> Self {
        let detail = error.to_string();
        let told = match error {
            DatabaseError::Newer { .. } => {
                Self::new(Code::StorageFailed, "Sluice's data was written by a newer version")
                    .hint("Update Sluice, or choose another folder with SLUICE_DATA_DIR")
            }
            DatabaseError::Gone => {
                Self::new(Code::NotFound, "It was removed meanwhile, so nothing was changed")
                    .hint("Look at the list again")
            }
            DatabaseError::Sqlite(error) => from_sqlite(&error),
            DatabaseError::Content(_) => {
                Self::new(Code::StorageFailed, "A value in Sluice's data is damaged")
                    .hint("Keep a copy of the data folder and report this")
            }
        };
        told.detail(detail)
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}

fn from_sqlite(error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::new(Code::DiskFull, "The disk is full, nothing was saved")
            .hint("Free some space and try again"),
        Some(ErrorCode::ConstraintViolation) => {
            Error::new(Code::AlreadyExists, "The name was taken meanwhile")
                .hint("Choose another name, or try again to use what is there now")
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::new(Code::StorageFailed, "Another Sluice is writing to the same data for too long")
                .hint("Close the other one, or wait and try again")
        }
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            Error::new(Code::StorageFailed, "Sluice's data file is damaged").hint(
                "Close every Sluice and start it again: it saves what can be read and begins a new file",
            )
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            Error::new(Code::StorageFailed, "Sluice's data folder cannot be written to")
                .hint("Check its permissions, or choose another folder with SLUICE_DATA_DIR")
        }
        _ => Error::new(Code::StorageFailed, "Sluice's data could not be read or written")
            .hint("Try again; if it stays, keep a copy of the data folder and report this"),
    }
}
