//! The user's own data in one SQLite file: tenants without secrets, drafts, settings.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode};

use crate::error::{Code, Error};

/// Every change of the schema, oldest first; a database knows how many it has seen.
const MIGRATIONS: &[&str] = &[
    include_str!("0001_tenants_drafts_settings.sql"),
    include_str!("0002_collections.sql"),
    include_str!("0003_variables.sql"),
    include_str!("0004_allowed_hosts.sql"),
];
/// How long a second program waits for the first to finish writing.
const PATIENCE: Duration = Duration::from_secs(5);
const BETWEEN_TRIES: Duration = Duration::from_millis(5);

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
}

impl Database {
    /// Opens the file, makes it when there is none, and brings it up to date.
    pub fn open(file: &Path) -> Result<Self, DatabaseError> {
        let begun = Instant::now();
        loop {
            match Self::open_once(file) {
                // The change to WAL does not wait for others as everything else does: two programs that start at once.
                Err(DatabaseError::Sqlite(error)) if is_busy(&error) && begun.elapsed() < PATIENCE => {
                    std::thread::sleep(BETWEEN_TRIES);
                }
                outcome => return outcome,
            }
        }
    }

    fn open_once(file: &Path) -> Result<Self, DatabaseError> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A crash of the program loses nothing in this mode; only a power cut may lose the last moment.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        Self::prepare(connection)
    }

    /// A database that ends with the program.
    pub fn in_memory() -> Result<Self, DatabaseError> {
        Self::prepare(Connection::open_in_memory()?)
    }

    fn prepare(mut connection: Connection) -> Result<Self, DatabaseError> {
        connection.pragma_update(None, "foreign_keys", true)?;
        migrate(&mut connection)?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)) })
    }

    /// Runs `work` in one transaction: all of it is kept, or nothing.
    pub fn transaction<T>(
        &self,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }

    /// Runs `work` that only reads.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        work(&self.connection.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn migrate(connection: &mut Connection) -> Result<(), DatabaseError> {
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if version(connection)? == known {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    if found > known {
        return Err(DatabaseError::Newer { found, known });
    }
    for migration in MIGRATIONS.iter().skip(found as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

fn version(connection: &Connection) -> Result<u32, DatabaseError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
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
            Error::new(Code::StorageFailed, "Sluice's data file is damaged")
                .hint("Move sluice.db out of the data folder; the keyring still holds the secrets")
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            Error::new(Code::StorageFailed, "Sluice's data folder cannot be written to")
                .hint("Check its permissions, or choose another folder with SLUICE_DATA_DIR")
        }
        _ => Error::new(Code::StorageFailed, "Sluice's data could not be read or written")
            .hint("Try again; if it stays, keep a copy of the data folder and report this"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_a_newer_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sluice.db");
        let connection = Connection::open(&file).unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        drop(connection);

        let refused = Database::open(&file).err().expect("it is refused");

        assert!(matches!(refused, DatabaseError::Newer { found: 99, .. }), "{refused}");
        let connection = Connection::open(&file).unwrap();
        assert_eq!(version(&connection).unwrap(), 99, "the version stays");
    }

    #[test]
    fn a_file_that_is_no_database_is_named_as_such() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sluice.db");
        std::fs::write(&file, "this is not SQLite, whatever its name says, and long enough to be read")
            .unwrap();

        let told = Error::from(Database::open(&file).err().expect("it is refused"));

        assert_eq!(told.code, Code::StorageFailed);
        assert!(told.message.contains("damaged"), "{}", told.message);
    }
}
