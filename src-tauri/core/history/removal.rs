use rusqlite::{OptionalExtension as _, Transaction, params_from_iter};

use jiff::Zoned;

use super::query::Query;
use super::search::narrowed;
use super::store::{HistoryStore, LARGEST_IN_ROW, sqlite};
use crate::database::DatabaseError;
use crate::http::ExchangeId;

/// Entries removed at once: others wait meanwhile.
const AT_ONCE: usize = 200;
/// Pages of the full text merged at once, and pages given back at once.
const PAGES: i32 = 256;
/// The note that words of removed entries may still be in the full text.
const SCRUB: &str = "history.scrub";

impl HistoryStore {
    /// Forgets these exchanges; answers how many there were.
    pub fn remove(&self, ids: &[ExchangeId]) -> Result<u32, DatabaseError> {
        let numbers = self.reader.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT number FROM exchange WHERE id = ?1")?;
            let mut numbers = Vec::new();
            for id in ids {
                numbers.extend(statement.query_row([id.to_string()], |row| row.get::<_, i64>(0)).optional()?);
            }
            Ok(numbers)
        })?;
        self.remove_numbers(&numbers)
    }

    /// Forgets what fits a query, except for pinned entries. A query with a mistake in it fits nothing.
    pub fn remove_found(&self, text: &str) -> Result<u32, DatabaseError> {
        let query = Query::parse(text, &Zoned::now());
        if query.terms.iter().any(|term| term.problem.is_some()) {
            return Ok(0);
        }
        if !query.words.is_empty() {
            self.index_all()?;
        }
        let narrowed = narrowed(&query, &[]);
        let sql = format!(
            "SELECT {} FROM {} WHERE {} AND pinned = 0",
            narrowed.number, narrowed.from, narrowed.condition
        );
        let numbers = self.reader.read(|connection| {
            let mut statement = connection.prepare(&sql)?;
            let numbers = statement.query_map(params_from_iter(&narrowed.values), |row| row.get(0))?;
            Ok(numbers.collect::<Result<Vec<i64>, _>>()?)
        })?;
        self.remove_numbers(&numbers)
    }

    /// Forgets everything, pinned entries too.
    pub fn remove_all(&self) -> Result<u32, DatabaseError> {
        let (count, files) = self.database.transaction(|transaction| {
            let files = files(transaction, "1", &[])?;
            transaction.execute("DELETE FROM exchange_record", [])?;
            let count = transaction.execute("DELETE FROM exchange", [])?;
            transaction.execute("INSERT INTO exchange_text (exchange_text) VALUES ('delete-all')", [])?;
            note_scrub(transaction)?;
            Ok((count, files))
        })?;
        self.remove_files(&files);
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    pub(super) fn remove_numbers(&self, numbers: &[i64]) -> Result<u32, DatabaseError> {
        let mut removed = 0;
        for some in numbers.chunks(AT_ONCE) {
            let (count, files) = self.database.transaction(|transaction| {
                let files = files(transaction, "number = ?1", some)?;
                let mut count = 0;
                for number in some {
                    for sql in [
                        "DELETE FROM exchange_text WHERE rowid = ?1",
                        "DELETE FROM exchange_record WHERE number = ?1",
                    ] {
                        transaction.prepare_cached(sql)?.execute([number])?;
                    }
                    count += transaction
                        .prepare_cached("DELETE FROM exchange WHERE number = ?1")?
                        .execute([number])?;
                }
                note_scrub(transaction)?;
                Ok((count, files))
            })?;
            // A file that stays behind is an orphan, which the next start removes.
            self.remove_files(&files);
            removed += u32::try_from(count).unwrap_or(u32::MAX);
        }
        Ok(removed)
    }

    fn remove_files(&self, ids: &[String]) {
        for id in ids.iter().filter_map(|id| id.parse().ok()) {
            let _ = std::fs::remove_file(self.body_file(id));
        }
    }

    /// Takes the words of removed entries out of the full text and gives free pages back; in steps, so that nobody waits long.
    pub fn scrub(&self) -> Result<(), DatabaseError> {
        let is_noted = |connection: &rusqlite::Connection| {
            let mut statement = connection.prepare_cached("SELECT 1 FROM setting WHERE name = ?1")?;
            Ok(statement.exists([SCRUB])?)
        };
        if !self.database.read(is_noted)? {
            return Ok(());
        }
        // Less than nothing means all of it: the whole index becomes one piece, without what was removed.
        let mut pages = -PAGES;
        loop {
            let changed = self.database.transaction(|transaction| {
                let before = transaction.total_changes();
                transaction
                    .prepare_cached("INSERT INTO exchange_text (exchange_text, rank) VALUES ('merge', ?1)")?
                    .execute([pages])?;
                Ok(transaction.total_changes() - before)
            })?;
            if pages > 0 && changed < 2 {
                break;
            }
            pages = PAGES;
        }
        self.database.transaction(|transaction| {
            transaction.execute("DELETE FROM setting WHERE name = ?1", [SCRUB])?;
            Ok(())
        })?;
        self.give_back()
    }

    fn give_back(&self) -> Result<(), DatabaseError> {
        loop {
            let left = self.database.read(|connection| {
                // Answers a row for every page.
                let mut statement = connection.prepare(&format!("PRAGMA incremental_vacuum({PAGES})"))?;
                let mut rows = statement.query([])?;
                let mut given = 0;
                while rows.next()?.is_some() {
                    given += 1;
                }
                Ok(given)
            })?;
            if left == 0 {
                break;
            }
        }
        self.database.read(|connection| {
            // What was removed stands in the log until it is emptied; while others read, it stays a little longer.
            let mut statement = connection.prepare("PRAGMA wal_checkpoint(TRUNCATE)")?;
            statement.query([])?.next()?;
            Ok(())
        })
    }
}

fn note_scrub(transaction: &Transaction<'_>) -> Result<(), DatabaseError> {
    let sql = "INSERT OR IGNORE INTO setting (name, value) VALUES (?1, '{}')";
    transaction.prepare_cached(sql)?.execute([SCRUB])?;
    Ok(())
}

/// The exchanges whose bodies lie in files.
fn files(
    transaction: &Transaction<'_>,
    condition: &str,
    numbers: &[i64],
) -> Result<Vec<String>, DatabaseError> {
    let limit = sqlite(LARGEST_IN_ROW);
    let sql = format!("SELECT id FROM exchange WHERE kept_size > {limit} AND {condition}");
    let mut statement = transaction.prepare_cached(&sql)?;
    let mut ids = Vec::new();
    if numbers.is_empty() {
        let all = statement.query_map([], |row| row.get(0))?;
        return Ok(all.collect::<Result<_, _>>()?);
    }
    for number in numbers {
        ids.extend(statement.query_row([number], |row| row.get::<_, String>(0)).optional()?);
    }
    Ok(ids)
}
