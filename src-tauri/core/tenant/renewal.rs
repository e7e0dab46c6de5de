//! What the database keeps while the secret of a key takes the place of another.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::KeyRecord;
use super::record::word;
use super::store::{TenantStore, certificates};
use crate::database::DatabaseError;

impl TenantStore {
    /// Notes a secret that is about to be written: should nothing come to refer to it, it is found again.
    pub fn note_secret(&self, name: &str) -> Result<(), DatabaseError> {
        self.transaction(|connection| note(connection, name))
    }

    /// Strikes out a secret that is gone.
    pub fn strike_secret(&self, name: &str) -> Result<(), DatabaseError> {
        self.transaction(|connection| strike(connection, name).map(drop))
    }

    /// The secrets nothing has referred to for this long.
    pub fn loose_secrets(&self, older_than: Duration) -> Result<Vec<String>, DatabaseError> {
        let Ok(before) = Timestamp::now().checked_sub(older_than) else { return Ok(Vec::new()) };
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT name, since FROM loose_secret")?;
            let noted = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
            let noted: Vec<(String, String)> = noted.collect::<Result<_, _>>()?;
            let is_older = |since: &str| since.parse().is_ok_and(|since: Timestamp| since <= before);
            Ok(noted.into_iter().filter(|(_, since)| is_older(since)).map(|(name, _)| name).collect())
        })
    }

    /// Puts a key in the place of another in one step; one that was renewed or removed meanwhile stays as it is.
    ///
    /// The new secret must be noted; afterwards the old one is.
    pub fn renew_key(&self, old: &KeyRecord, new: &KeyRecord) -> Result<(), DatabaseError> {
        self.transaction(|connection| {
            let is_noted = strike(connection, &new.secret_name())?;
            let changed = replace(connection, old, new)?;
            if changed == 0 || !is_noted {
                return Err(DatabaseError::Gone);
            }
            note(connection, &old.secret_name())
        })
    }
}

fn note(connection: &Connection, name: &str) -> Result<(), DatabaseError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO loose_secret (name, since) VALUES (?1, ?2)")?
        .execute([name, &Timestamp::now().to_string()])?;
    Ok(())
}

/// Whether it was noted.
pub(super) fn strike(connection: &Connection, name: &str) -> Result<bool, DatabaseError> {
    Ok(connection.prepare_cached("DELETE FROM loose_secret WHERE name = ?1")?.execute([name])? > 0)
}

fn replace(connection: &Connection, old: &KeyRecord, new: &KeyRecord) -> Result<usize, DatabaseError> {
    Ok(connection
        .prepare_cached(
            "UPDATE service_key SET secret = ?3, kind = ?4, client_id = ?5, host_url = ?6, token_url = ?7,
                 token_url_override = ?8, stated_token_url = ?9, method = ?10, custody = ?11, certificates = ?12,
                 added_at = ?13
             WHERE id = ?1 AND coalesce(secret, id) = ?2",
        )?
        .execute(params![
            old.id.to_string(),
            old.secret.to_string(),
            new.secret.to_string(),
            word(&new.kind)?,
            new.client_id,
            new.host_url,
            new.token_url,
            new.token_url_override,
            new.stated_token_url,
            word(&new.method)?,
            word(&new.custody)?,
            certificates(new)?,
            new.added_at.to_string(),
        ])?)
}
