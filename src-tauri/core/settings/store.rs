use rusqlite::{OptionalExtension, params};

use super::Settings;
use crate::database::{Database, DatabaseError};

const NAME: &str = "settings";

/// The settings in the database.
#[derive(Clone)]
pub struct SettingsStore {
    database: Database,
}

impl SettingsStore {
    /// The store in this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }

    /// The settings, the defaults while none were changed.
    pub fn read(&self) -> Result<Settings, DatabaseError> {
        self.database.read(|connection| {
            let value: Option<String> = connection
                .query_row("SELECT value FROM setting WHERE name = ?1", [NAME], |row| row.get(0))
                .optional()?;
            value.map_or_else(|| Ok(Settings::default()), |value| Ok(serde_json::from_str(&value)?))
        })
    }

    /// Replaces the settings.
    pub fn write(&self, settings: &Settings) -> Result<(), DatabaseError> {
        let value = serde_json::to_string(settings)?;
        self.database.transaction(|transaction| {
            transaction.execute(
                "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
                params![NAME, value],
            )?;
            Ok(())
        })
    }
}
