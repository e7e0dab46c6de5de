//! What a kill may have left half done.

use std::collections::HashSet;
use std::fs::DirEntry;
use std::time::Duration;

use super::store::{HistoryStore, LARGEST_IN_ROW, sqlite};
use crate::database::DatabaseError;
use crate::http::{ExchangeId, UNFINISHED};

impl HistoryStore {
    /// Removes files nobody knows that are older than this (another program may be about to write a younger one's row), and
    /// notes which bodies are gone.
    pub fn tidy(&self, older_than: Duration) -> Result<(), DatabaseError> {
        let known = self.in_files()?;
        let mut there = HashSet::new();
        for file in std::fs::read_dir(self.bodies.as_path()).into_iter().flatten().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            let id: Option<ExchangeId> = name.parse().ok();
            match id {
                Some(id) if known.contains(&id) => {
                    there.insert(id);
                }
                Some(_) if is_older(&file, older_than) => drop(std::fs::remove_file(file.path())),
                None if name.starts_with(UNFINISHED) && is_older(&file, older_than) => {
                    drop(std::fs::remove_file(file.path()));
                }
                _ => {}
            }
        }
        let gone: Vec<&ExchangeId> = known.difference(&there).collect();
        let has_halves = self.reader.read(|connection| {
            let sql = "SELECT 1 FROM exchange WHERE number NOT IN (SELECT number FROM exchange_record)";
            Ok(connection.prepare_cached(sql)?.exists([])?)
        })?;
        if gone.is_empty() && !has_halves {
            return Ok(());
        }
        self.database.transaction(|transaction| {
            for id in gone {
                transaction
                    .prepare_cached("UPDATE exchange SET kept_size = NULL WHERE id = ?1")?
                    .execute([id.to_string()])?;
            }
            // Only out of a damaged file.
            let halves = "DELETE FROM exchange WHERE number NOT IN (SELECT number FROM exchange_record)";
            transaction.execute(halves, [])?;
            Ok(())
        })
    }

    fn in_files(&self) -> Result<HashSet<ExchangeId>, DatabaseError> {
        self.reader.read(|connection| {
            let sql = "SELECT id FROM exchange WHERE kept_size > ?1";
            let mut statement = connection.prepare_cached(sql)?;
            let ids = statement.query_map([sqlite(LARGEST_IN_ROW)], |row| row.get::<_, String>(0))?;
            let mut known = HashSet::new();
            for id in ids {
                known.extend(id?.parse::<ExchangeId>().ok());
            }
            Ok(known)
        })
    }
}

fn is_older(file: &DirEntry, than: Duration) -> bool {
    let changed = file.metadata().and_then(|facts| facts.modified());
    changed.is_ok_and(|changed| changed.elapsed().is_ok_and(|age| age >= than))
}
