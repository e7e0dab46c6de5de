use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

use super::store::{HistoryStore, LARGEST_IN_ROW, sqlite};
use super::{HistoryLimits, HistoryUsage};
use crate::database::DatabaseError;
use crate::http::ExchangeId;

/// Bodies given up at once.
const AT_ONCE: usize = 200;

impl HistoryLimits {
    /// Until when something that began then is kept.
    pub fn kept_until(&self, began: Timestamp) -> Option<Timestamp> {
        began.checked_add(age(self.days?)).ok()
    }
}

fn age(days: u32) -> SignedDuration {
    SignedDuration::from_hours(i64::from(days) * 24)
}

impl HistoryStore {
    /// Removes what is too old and the bodies of the oldest exchanges that take too much; pinned ones stay.
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
        while self.give_up_bodies(most)? {}
        Ok(())
    }

    /// Gives up some of the oldest bodies while all of them take more than this; answers whether there is more to do.
    fn give_up_bodies(&self, most: i64) -> Result<bool, DatabaseError> {
        let (over, oldest) = self.reader.read(|connection| {
            let sql = "SELECT coalesce(sum(kept_size), 0) FROM exchange WHERE kept_size > 0";
            let over: i64 = connection.prepare_cached(sql)?.query_row([], |row| row.get::<_, i64>(0))? - most;
            if over <= 0 {
                return Ok((over, Vec::new()));
            }
            let sql = "SELECT number, id, kept_size FROM exchange WHERE kept_size > 0 AND pinned = 0
                 ORDER BY number LIMIT ?1";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement
                .query_map([sqlite(AT_ONCE as u64)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            Ok((over, rows.collect::<Result<Vec<(i64, String, i64)>, _>>()?))
        })?;
        let mut left = over;
        let enough = oldest.iter().take_while(|(_, _, size)| {
            let is_needed = left > 0;
            left -= size;
            is_needed
        });
        let given_up: Vec<_> = enough.collect();
        self.database.transaction(|transaction| {
            for (number, _, _) in &given_up {
                for sql in [
                    "UPDATE exchange SET kept_size = NULL, indexed = 0 WHERE number = ?1",
                    "UPDATE exchange_record SET body = NULL WHERE number = ?1",
                ] {
                    transaction.prepare_cached(sql)?.execute(params![number])?;
                }
            }
            Ok(())
        })?;
        for id in given_up.iter().filter_map(|(_, id, _)| id.parse::<ExchangeId>().ok()) {
            let _ = std::fs::remove_file(self.body_file(id));
        }
        Ok(oldest.len() == AT_ONCE && given_up.len() == AT_ONCE)
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
