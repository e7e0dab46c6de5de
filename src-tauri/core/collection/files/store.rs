use std::path::{Path, PathBuf};

use rusqlite::{OptionalExtension, Row, params};

use crate::collection::CollectionId;
use crate::database::{Database, DatabaseError};

/// An open collection as the database knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectionRecord {
    /// Which one.
    pub id: CollectionId,
    /// Its folder on this computer.
    pub folder: PathBuf,
    /// The chosen environment.
    pub environment: Option<String>,
    /// Whether it is open, or only known for the values of its secret variables.
    pub is_open: bool,
}

/// The open collections in the database.
#[derive(Clone)]
pub struct CollectionStore {
    database: Database,
}

impl CollectionStore {
    /// The store in this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }

    /// All open collections in the order they were opened.
    pub fn list(&self) -> Result<Vec<CollectionRecord>, DatabaseError> {
        self.database.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT id, folder, environment, position IS NOT NULL FROM collection WHERE position IS NOT NULL ORDER BY position, folder")?;
            let records = statement.query_map([], record)?.collect::<Result<Vec<_>, _>>()?;
            Ok(records)
        })
    }

    /// The open collection of this name.
    pub fn find(&self, id: CollectionId) -> Result<Option<CollectionRecord>, DatabaseError> {
        self.database.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, folder, environment, position IS NOT NULL FROM collection WHERE id = ?1",
            )?;
            Ok(statement.query_row([id.to_string()], record).optional()?)
        })
    }

    /// Adds a folder, last; one that is open already keeps its name.
    pub fn add(&self, folder: &Path) -> Result<CollectionId, DatabaseError> {
        let folder = folder.to_string_lossy().into_owned();
        self.database.transaction(|transaction| {
            transaction.execute(
                "INSERT INTO collection (id, folder, position)
                 VALUES (?1, ?2, (SELECT COALESCE(MAX(position), 0) + 1 FROM collection))
                 ON CONFLICT (folder) DO UPDATE SET position = COALESCE(position, excluded.position)",
                params![CollectionId::new_v4().to_string(), folder],
            )?;
            let select =
                "SELECT id, folder, environment, position IS NOT NULL FROM collection WHERE folder = ?1";
            Ok(transaction.query_row(select, [folder], record)?.id)
        })
    }

    /// The name of a folder, whether it is open or not.
    pub fn know(&self, folder: &Path) -> Result<CollectionId, DatabaseError> {
        let folder = folder.to_string_lossy().into_owned();
        self.database.transaction(|transaction| {
            transaction.execute(
                "INSERT INTO collection (id, folder) VALUES (?1, ?2) ON CONFLICT (folder) DO NOTHING",
                params![CollectionId::new_v4().to_string(), folder],
            )?;
            let select =
                "SELECT id, folder, environment, position IS NOT NULL FROM collection WHERE folder = ?1";
            Ok(transaction.query_row(select, [folder], record)?.id)
        })
    }

    /// Closes a collection; its files and the values of its secret variables stay.
    pub fn close(&self, id: CollectionId) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| {
            transaction.execute("UPDATE collection SET position = NULL WHERE id = ?1", [id.to_string()])?;
            Ok(())
        })
    }

    /// Remembers the chosen environment.
    pub fn choose(&self, id: CollectionId, environment: Option<&str>) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| {
            let changed = transaction.execute(
                "UPDATE collection SET environment = ?2 WHERE id = ?1",
                params![id.to_string(), environment],
            )?;
            if changed == 0 { Err(DatabaseError::Gone) } else { Ok(()) }
        })
    }
}

fn record(row: &Row<'_>) -> rusqlite::Result<CollectionRecord> {
    let id: String = row.get(0)?;
    let id = id.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })?;
    Ok(CollectionRecord {
        id,
        folder: row.get::<_, String>(1)?.into(),
        environment: row.get(2)?,
        is_open: row.get(3)?,
    })
}
