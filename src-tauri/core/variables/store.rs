use rusqlite::{OptionalExtension as _, params};
use uuid::Uuid;

use crate::collection::{CollectionId, Variable};
use crate::database::{Database, DatabaseError};
use crate::tenant::Custody;

/// The variables of this installation, and the names of secret variables whose values the vault keeps.
#[derive(Clone)]
pub struct VariableStore {
    database: Database,
}

/// A secret variable whose value is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSecret {
    /// The variable's name.
    pub name: String,
    /// The environment; empty for one of the collection itself.
    pub environment: String,
    /// What its value is kept under; stays when collection or environment are renamed.
    pub entry: String,
    /// Where its value is.
    pub custody: Custody,
}

impl VariableStore {
    /// The store in this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }

    /// The global variables in the user's order.
    pub fn globals(&self) -> Result<Vec<Variable>, DatabaseError> {
        self.database.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT name, value, enabled, secret, description FROM global_variable ORDER BY position",
            )?;
            let rows = statement.query_map([], |row| {
                Ok(Variable {
                    name: row.get(0)?,
                    value: row.get(1)?,
                    enabled: row.get(2)?,
                    secret: row.get(3)?,
                    description: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Replaces the global variables; a secret one is written without a value.
    pub fn replace_globals(&self, variables: &[Variable]) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| {
            transaction.execute("DELETE FROM global_variable", [])?;
            let mut statement = transaction.prepare_cached(
                "INSERT INTO global_variable (position, name, value, enabled, secret, description)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?;
            for (position, variable) in (0_i64..).zip(variables) {
                let value = if variable.secret { "" } else { &variable.value };
                statement.execute(params![
                    position,
                    variable.name,
                    value,
                    variable.enabled,
                    variable.secret,
                    variable.description
                ])?;
            }
            Ok(())
        })
    }

    /// The secrets kept for a collection, or the global ones.
    pub fn kept(&self, collection: Option<CollectionId>) -> Result<Vec<KeptSecret>, DatabaseError> {
        self.database.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, environment, name, held_for_run FROM secret_variable WHERE collection = ?1 ORDER BY name",
            )?;
            let rows = statement.query_map([owner(collection)], |row| {
                Ok(KeptSecret {
                    entry: entry(&row.get::<_, String>(0)?),
                    environment: row.get(1)?,
                    name: row.get(2)?,
                    custody: if row.get(3)? { Custody::Run } else { Custody::Keyring },
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// What the value of a secret is kept under, noted as kept from now on.
    pub fn keep(
        &self,
        collection: Option<CollectionId>,
        environment: &str,
        name: &str,
        custody: Custody,
    ) -> Result<String, DatabaseError> {
        self.database.transaction(|transaction| {
            let id = Uuid::new_v4().to_string();
            let held = custody == Custody::Run;
            transaction.execute(
                "INSERT INTO secret_variable (id, collection, environment, name, held_for_run) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (collection, environment, name) DO UPDATE SET held_for_run = ?5",
                params![id, owner(collection), environment, name, held],
            )?;
            let id: String = transaction.query_row(
                "SELECT id FROM secret_variable WHERE collection = ?1 AND environment = ?2 AND name = ?3",
                params![owner(collection), environment, name],
                |row| row.get(0),
            )?;
            Ok(entry(&id))
        })
    }

    /// Forgets that a secret is kept.
    pub fn forget(
        &self,
        collection: Option<CollectionId>,
        environment: &str,
        name: &str,
    ) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| {
            transaction
                .query_row(
                    "DELETE FROM secret_variable WHERE collection = ?1 AND environment = ?2 AND name = ?3 RETURNING 1",
                    params![owner(collection), environment, name],
                    |_| Ok(()),
                )
                .optional()?;
            Ok(())
        })
    }

    /// Lets the secrets of a renamed environment follow it; those another one of the new name left behind go.
    pub fn rename(&self, collection: CollectionId, before: &str, after: &str) -> Result<(), DatabaseError> {
        if before == after {
            return Ok(());
        }
        self.database.transaction(|transaction| {
            transaction.execute(
                "UPDATE OR REPLACE secret_variable SET environment = ?3 WHERE collection = ?1 AND environment = ?2",
                params![collection.to_string(), before, after],
            )?;
            Ok(())
        })
    }
}

/// Global ones belong to no collection.
fn owner(collection: Option<CollectionId>) -> String {
    collection.map_or_else(|| "global".to_owned(), |collection| collection.to_string())
}

fn entry(id: &str) -> String {
    format!("variable/{id}")
}
