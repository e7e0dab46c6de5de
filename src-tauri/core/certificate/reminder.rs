//! What the user was told of certificates that come to their end; each step is said once.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use super::ExpiryWarning;
use crate::database::{Database, DatabaseError};

const NAME: &str = "certificate.reminded";

/// A certificate that came nearer to its end than the user knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateReminder {
    /// What is the matter, in a line.
    pub title: String,
    /// Which certificate, and what to do.
    pub text: String,
}

/// The last step each certificate was spoken of, by its fingerprint.
#[derive(Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Told(BTreeMap<String, ExpiryWarning>);

/// What was said already, in the database.
#[derive(Clone)]
pub struct ReminderStore {
    database: Database,
}

impl ReminderStore {
    /// The store in this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }

    /// Those of these that have come a step nearer since they were spoken of; from now on they count as said.
    ///
    /// Certificates that are not among them are forgotten.
    pub fn tell(&self, now: &[(String, ExpiryWarning)]) -> Result<Vec<String>, DatabaseError> {
        self.database.transaction(|transaction| {
            let known: Option<String> = transaction
                .query_row("SELECT value FROM setting WHERE name = ?1", [NAME], |row| row.get(0))
                .optional()?;
            // What cannot be read is said once more.
            let known: Told = known.and_then(|value| serde_json::from_str(&value).ok()).unwrap_or_default();
            let is_nearer = |(of, warning): &&(String, ExpiryWarning)| {
                *warning != ExpiryWarning::None && known.0.get(of).is_none_or(|told| warning < told)
            };
            let due = now.iter().filter(is_nearer).map(|(of, _)| of.clone()).collect();
            let told = Told(now.iter().filter(|(_, warning)| *warning != ExpiryWarning::None).cloned().collect());
            transaction.execute(
                "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
                params![NAME, serde_json::to_string(&told)?],
            )?;
            Ok(due)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ExpiryWarning, ReminderStore};
    use crate::database::Database;

    #[test]
    fn each_step_is_said_once_and_a_renewed_certificate_begins_anew() {
        let store = ReminderStore::new(Database::in_memory().unwrap());
        let tell = |now: &[(&str, ExpiryWarning)]| {
            let now: Vec<_> = now.iter().map(|(of, warning)| ((*of).to_owned(), *warning)).collect();
            store.tell(&now).unwrap()
        };
        assert_eq!(tell(&[("a", ExpiryWarning::TwoMonths), ("b", ExpiryWarning::None)]), ["a"]);
        assert_eq!(tell(&[("a", ExpiryWarning::TwoMonths), ("b", ExpiryWarning::TwoMonths)]), ["b"]);
        assert_eq!(tell(&[("a", ExpiryWarning::Week), ("b", ExpiryWarning::TwoMonths)]), ["a"]);
        assert_eq!(tell(&[("a", ExpiryWarning::Expired), ("b", ExpiryWarning::Month)]), ["a", "b"]);
        assert_eq!(tell(&[("a", ExpiryWarning::Expired)]), Vec::<String>::new());
        assert_eq!(tell(&[("b", ExpiryWarning::Month)]), ["b"], "it was gone meanwhile");
    }
}
