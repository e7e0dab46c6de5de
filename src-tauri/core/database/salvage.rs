//! A damaged file is moved aside, and what can be read of it is carried over into a new one.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};

use super::migration::{back_ups, beside};
use super::{Database, DatabaseError, is_damage};
use crate::error::{Code, Error};

/// What is carried over, in an order foreign keys allow, and what the user calls it.
pub(super) const TABLES: [(&str, &str); 11] = [
    ("tenant", "tenants"),
    ("allowed_host", "allowed hosts"),
    ("service_key", "keys"),
    ("setting", ""),
    ("draft", "open tabs"),
    ("collection", "collections"),
    ("global_variable", "variables"),
    ("secret_variable", ""),
    ("exchange", "exchanges of the history"),
    ("exchange_record", ""),
    ("loose_secret", ""),
];
/// The header of the file; what is behind it on the first page may be whole when it is not.
const HEADER: usize = 100;
/// Where the header says how many pages there are; without it they are counted.
const PAGES: std::ops::Range<usize> = 28..32;

/// Remembers that damage was met.
pub(super) fn mark_suspect(file: &Path) {
    // Without the mark it is met again.
    let _ = fs::write(beside(file, ".suspect"), "");
}

/// Looks through the whole file if damage was met in it.
pub(super) fn check_suspect(connection: &Connection, file: &Path) -> Result<(), DatabaseError> {
    let mark = beside(file, ".suspect");
    if !mark.exists() {
        return Ok(());
    }
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" {
        let _ = fs::remove_file(mark);
        return Ok(());
    }
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    Err(rusqlite::Error::SqliteFailure(code, Some(found)).into())
}

/// Reads what everything else needs, so that damage shows at the start.
pub(super) fn probe(connection: &Connection) -> Result<(), DatabaseError> {
    for (table, _) in TABLES.iter().take(8) {
        connection.query_row(&format!("SELECT count(*) FROM {table} NOT INDEXED"), [], |_| Ok(()))?;
    }
    Ok(())
}

/// Moves the damaged file aside and opens a new one with what could be read.
pub(super) fn replace(file: &Path, damage: &rusqlite::Error) -> Result<Database, DatabaseError> {
    let aside = move_aside(file).map_err(|error| {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CANTOPEN);
        rusqlite::Error::SqliteFailure(code, Some(error.to_string()))
    })?;
    let mut database = Database::open_once(file)?;
    let saved = database.transaction(|new| {
        let mut saved = vec![0; TABLES.len()];
        let sources = std::iter::once(aside.clone()).chain(back_ups(file).into_iter().map(|(_, path)| path));
        for source in sources {
            // A copy from before a migration stands in only for what nothing could be read of.
            carry_over(&source, file, new, &mut saved);
        }
        new.execute("UPDATE exchange SET indexed = 0", [])?;
        Ok(saved)
    })?;
    let _ = fs::remove_file(beside(file, ".suspect"));
    database.remark = Some(remark(&aside, &saved, damage).into());
    Ok(database)
}

/// The log first: a new file must not find it.
fn move_aside(file: &Path) -> std::io::Result<PathBuf> {
    let time = Timestamp::now().strftime("%Y%m%dT%H%M%S").to_string();
    let mut aside = beside(file, &format!(".damaged-{time}"));
    for number in 2..100 {
        if !aside.exists() {
            break;
        }
        aside = beside(file, &format!(".damaged-{time}-{number}"));
    }
    for ending in ["-wal", "-shm", ""] {
        match fs::rename(beside(file, ending), beside(&aside, ending)) {
            Err(error) if ending.is_empty() => return Err(error),
            _ => {}
        }
    }
    Ok(aside)
}

fn carry_over(source: &Path, file: &Path, new: &Connection, saved: &mut [usize]) {
    let opened = open(source).or_else(|_| with_new_header(source, file));
    let Ok(old) = opened else { return };
    for ((table, _), count) in TABLES.iter().zip(saved) {
        if *count == 0 {
            *count = carry_table(&old, new, table);
        }
    }
}

/// Opened for reading with its log; nothing in it is changed.
fn open(source: &Path) -> Result<Connection, DatabaseError> {
    let old = Connection::open_with_flags(source, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    old.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(old)
}

/// A copy whose header is that of the new file.
fn with_new_header(source: &Path, file: &Path) -> Result<Connection, DatabaseError> {
    let unreadable = |_| DatabaseError::Sqlite(rusqlite::Error::InvalidQuery);
    let mut bytes = fs::read(source).map_err(unreadable)?;
    let header: Vec<u8> = fs::read(file).map_err(unreadable)?.into_iter().take(HEADER).collect();
    let (Some(own), HEADER) = (bytes.get_mut(..HEADER), header.len()) else {
        return Err(DatabaseError::Sqlite(rusqlite::Error::InvalidQuery));
    };
    own.copy_from_slice(&header);
    own[PAGES].fill(0);
    let copy = beside(source, "-repaired");
    fs::write(&copy, bytes).map_err(unreadable)?;
    let old = Connection::open_in_memory()?;
    // Read into memory, so that the copy can go at once.
    let read = Connection::open_with_flags(&copy, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|repaired| {
        repaired.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        copy_tables(&repaired, &old)
    });
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(beside(&copy, ending));
    }
    read?;
    Ok(old)
}

fn copy_tables(from: &Connection, to: &Connection) -> rusqlite::Result<()> {
    for (table, _) in TABLES {
        let schema: rusqlite::Result<String> =
            from.query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [table], |row| row.get(0));
        if let Ok(schema) = schema {
            to.execute_batch(&schema)?;
            carry_table(from, to, table);
        }
    }
    Ok(())
}

/// Copies row by row, from both ends where something unreadable lies between; answers how many.
fn carry_table(old: &Connection, new: &Connection, table: &str) -> usize {
    let (theirs, ours) = (columns(old, table), columns(new, table));
    let shared: Vec<_> = theirs.into_iter().filter(|column| ours.contains(column)).collect();
    if shared.is_empty() {
        return 0;
    }
    let (names, places) = (shared.join(", "), vec!["?"; shared.len()].join(", "));
    let insert = format!("INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})");
    let mut count = 0;
    for order in ["", "ORDER BY rowid DESC"] {
        let select = format!("SELECT {names} FROM {table} NOT INDEXED {order}");
        match copy_rows(old, new, &select, &insert, shared.len(), &mut count) {
            Err(error) if is_damage(&error) => {}
            _ => break,
        }
    }
    count
}

fn copy_rows(
    old: &Connection,
    new: &Connection,
    select: &str,
    insert: &str,
    width: usize,
    count: &mut usize,
) -> rusqlite::Result<()> {
    let mut select = old.prepare(select)?;
    let mut insert = new.prepare(insert)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let values = (0..width).map(|column| row.get::<_, Value>(column)).collect::<Result<Vec<_>, _>>();
        // A row that no longer fits (its tenant is gone, a value was overwritten) is left behind.
        *count += values.and_then(|values| insert.execute(params_from_iter(values))).unwrap_or(0);
    }
    Ok(())
}

fn columns(connection: &Connection, table: &str) -> Vec<String> {
    let names = || {
        let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
        let names = statement.query_map([table], |row| row.get(0))?;
        names.collect::<rusqlite::Result<Vec<String>>>()
    };
    names().unwrap_or_default()
}

fn remark(aside: &Path, saved: &[usize], damage: &rusqlite::Error) -> Error {
    let counted = TABLES.iter().zip(saved).filter(|((_, name), count)| !name.is_empty() && **count > 0);
    let saved: Vec<String> = counted.map(|((_, name), count)| format!("{count} {name}")).collect();
    let saved = if saved.is_empty() {
        "Nothing in it could be read.".to_owned()
    } else {
        format!("Saved from it: {}.", saved.join(", "))
    };
    Error::new(
        Code::StorageFailed,
        format!("Sluice's data file was damaged. It was moved aside, and a new one was begun. {saved}"),
    )
    .hint(format!("Look whether something is missing; the damaged file is {}", aside.display()))
    .detail(damage.to_string())
}
