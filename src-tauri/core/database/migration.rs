//! Changes of the schema, each after a copy of what was there before.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::DatabaseError;

/// Every change of the schema, oldest first; a database knows how many it has seen.
const MIGRATIONS: &[&str] = &[
    include_str!("0001_tenants_drafts_settings.sql"),
    include_str!("0002_collections.sql"),
    include_str!("0003_variables.sql"),
    include_str!("0004_allowed_hosts.sql"),
    include_str!("0005_history.sql"),
    include_str!("0006_renewal.sql"),
    include_str!("0007_request_sizes.sql"),
];

/// Brings the schema up to date; a file that holds something is copied first.
pub(super) fn migrate(connection: &mut Connection, file: Option<&Path>) -> Result<(), DatabaseError> {
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    let found = version(connection)?;
    if found == known {
        return Ok(());
    }
    if found > known {
        return Err(DatabaseError::Newer { found, known });
    }
    if let (Some(file), 1..) = (file, found) {
        back_up(connection, file, found)?;
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another program may have done it meanwhile.
    let found = version(&transaction)?;
    if found > known {
        return Err(DatabaseError::Newer { found, known });
    }
    for migration in MIGRATIONS.iter().skip(found as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    shrinkable(connection);
    Ok(())
}

pub(super) fn version(connection: &Connection) -> Result<u32, DatabaseError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// A file made before there was a history cannot give pages back yet. While others use it, it stays like that.
fn shrinkable(connection: &Connection) {
    let is_fixed = connection.pragma_query_value(None, "auto_vacuum", |row| row.get::<_, i64>(0));
    if is_fixed == Ok(0) {
        let _ = connection.execute_batch("PRAGMA auto_vacuum = INCREMENTAL; VACUUM;");
    }
}

/// Writes `sluice.db.v3` beside the file, whole or not at all, and removes older copies.
fn back_up(connection: &Connection, file: &Path, version: u32) -> Result<(), DatabaseError> {
    let copy = beside(file, &format!(".v{version}"));
    let unfinished = beside(file, &format!(".v{version}-{}", uuid::Uuid::new_v4()));
    let written = connection.execute("VACUUM INTO ?1", [unfinished.to_string_lossy()]);
    if written.is_err() || std::fs::rename(&unfinished, &copy).is_err() {
        let _ = std::fs::remove_file(&unfinished);
        written?;
    }
    for older in back_ups(file).into_iter().filter(|(of, _)| *of < version) {
        let _ = std::fs::remove_file(older.1);
    }
    Ok(())
}

/// The copies beside a file with their versions, newest first.
pub(super) fn back_ups(file: &Path) -> Vec<(u32, PathBuf)> {
    let mut copies: Vec<_> = (1..u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX))
        .map(|version| (version, beside(file, &format!(".v{version}"))))
        .filter(|(_, path)| path.is_file())
        .collect();
    copies.reverse();
    copies
}

/// The file's path with something behind its name.
pub(super) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
