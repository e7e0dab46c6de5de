use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::store::{HistoryStore, LARGEST_IN_ROW, sqlite};
use super::{HistoryLimits, HistoryUsage};
use crate::database::DatabaseError;
use crate::http::ExchangeId;

/// Exchanges looked at together.
const AT_ONCE: usize = 200;

/// As the index `exchange_bodies` says it.
const LARGE: &str = "kept_size > 0 OR record_size > 65536";
/// What counts: bodies of answers, and records that hold a large request.
const SIZE: &str = "coalesce(kept_size, 0) + iif(record_size > 65536, record_size, 0)";

/// An exchange that takes more than its line.
struct Large {
    number: i64,
    id: String,
    size: i64,
    is_request: bool,
}

impl HistoryLimits {
    /// Until when something that began then is kept.
    pub fn kept_until(&self, began: Timestamp) -> Option<Timestamp> {
        began.checked_add(age(self.days?)).ok()
    }
}

fn age(days: u32) -> SignedDuration {
    SignedDuration::from_hours(i64::from(days) * 24)
}

fn oldest(connection: &Connection) -> Result<Vec<Large>, DatabaseError> {
    let sql = format!(
        "SELECT number, id, {SIZE}, record_size > 65536 FROM exchange WHERE pinned = 0 AND ({LARGE})
         ORDER BY number LIMIT {AT_ONCE}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| {
        Ok(Large { number: row.get(0)?, id: row.get(1)?, size: row.get(2)?, is_request: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl HistoryStore {
    /// Removes what is too old, and of the oldest exchanges what takes too much; pinned ones stay and count for nothing.
    pub fn prune(&self, limits: &HistoryLimits, now: Timestamp) -> Result<(), DatabaseError> {
        if let Some(oldest) = limits.days.and_then(|days| now.checked_sub(age(days)).ok()) {
            let numbers = self.reader.read(|connection| {
                let sql = "SELECT number FROM exchange WHERE number < ?1 AND pinned = 0";
                let mut statement = connection.prepare_cached(sql)?;
                let numbers = statement.query_map([oldest.as_microsecond()], |row| row.get(0))?;
                Ok(numbers.collect::<Result<Vec<i64>, _>>()?)
            })?;
            self.remove_numbers(&numbers)?;
        }
        let Some(most) = limits.mebibytes.map(|mebibytes| i64::from(mebibytes) * 1024 * 1024) else {
            return Ok(());
        };
        while self.give_up_oldest(most)? {}
        Ok(())
    }

    /// Gives up some of the oldest while all that is large and not pinned takes more than this: an answer's body, or
    /// the whole exchange whose request is large. Answers whether there is more to do.
    fn give_up_oldest(&self, most: i64) -> Result<bool, DatabaseError> {
        let (over, oldest) = self.reader.read(|connection| {
            let sum = format!("SELECT coalesce(sum({SIZE}), 0) FROM exchange WHERE pinned = 0 AND ({LARGE})");
            let over = connection.prepare_cached(&sum)?.query_row([], |row| row.get::<_, i64>(0))? - most;
            Ok((over, if over > 0 { oldest(connection)? } else { Vec::new() }))
        })?;
        let mut left = over;
        let enough = oldest.iter().take_while(|large| {
            let is_needed = left > 0;
            left -= large.size;
            is_needed
        });
        let (requests, answers): (Vec<_>, Vec<_>) = enough.partition(|large| large.is_request);
        self.remove_numbers(&requests.iter().map(|large| large.number).collect::<Vec<_>>())?;
        self.give_up_bodies(&answers)?;
        Ok(oldest.len() == AT_ONCE && requests.len() + answers.len() == AT_ONCE)
    }

    fn give_up_bodies(&self, answers: &[&Large]) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| {
            for large in answers {
                for sql in [
                    "UPDATE exchange SET kept_size = NULL, indexed = 0 WHERE number = ?1",
                    "UPDATE exchange_record SET body = NULL WHERE number = ?1",
                ] {
                    transaction.prepare_cached(sql)?.execute(params![large.number])?;
                }
            }
            Ok(())
        })?;
        for id in answers.iter().filter_map(|large| large.id.parse::<ExchangeId>().ok()) {
            let _ = std::fs::remove_file(self.body_file(id));
        }
        Ok(())
    }

    /// How much there is, and since when.
    pub fn usage(&self) -> Result<HistoryUsage, DatabaseError> {
        self.reader.read(|connection| {
            let sql = "SELECT count(*), min(number) FROM exchange";
            let (count, oldest) =
                connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?)))?;
            let sql = "SELECT coalesce(sum(kept_size), 0) FROM exchange WHERE kept_size > ?1";
            let files: i64 = connection.query_row(sql, [sqlite(LARGEST_IN_ROW)], |row| row.get(0))?;
            let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
            let database: i64 = connection.query_row(sql, [], |row| row.get(0))?;
            Ok(HistoryUsage {
                count,
                bytes: files.unsigned_abs().saturating_add(database.unsigned_abs()),
                oldest: oldest.and_then(|number| Timestamp::from_microsecond(number).ok()),
            })
        })
    }
}
