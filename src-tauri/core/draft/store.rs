use rusqlite::params;
use uuid::Uuid;

use super::Draft;
use crate::database::{Database, DatabaseError};
use crate::http::{mask_variables, masked_request};

/// The drafts in the database. Values of secret-like rows and variables are not written: they live in the tab only.
#[derive(Clone)]
pub struct DraftStore {
    database: Database,
}

impl DraftStore {
    /// The store in this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }

    /// All drafts in the order of their tabs.
    pub fn list(&self) -> Result<Vec<Draft>, DatabaseError> {
        self.database.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT content FROM draft ORDER BY position, id")?;
            let contents = statement.query_map([], |row| row.get::<_, String>(0))?;
            // One that cannot be read, from a newer version perhaps, keeps its row and takes no other tab along.
            let readable = |content: String| serde_json::from_str(&content).ok();
            contents
                .filter_map(|content| content.map(readable).transpose())
                .collect::<Result<_, _>>()
                .map_err(Into::into)
        })
    }

    /// Keeps a draft, new or changed.
    pub fn keep(&self, mut draft: Draft) -> Result<(), DatabaseError> {
        draft.request = masked_request(draft.request);
        mask_variables(&mut draft.details.variables);
        let content = serde_json::to_string(&draft)?;
        self.database.transaction(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO draft (id, position, content) VALUES (?1, ?2, ?3)
                     ON CONFLICT (id) DO UPDATE SET position = ?2, content = ?3",
                )?
                .execute(params![draft.id.to_string(), draft.position, content])?;
            Ok(())
        })
    }

    /// Lets the drafts of a renamed tenant follow it.
    pub fn rename_tenant(&self, old: &str, new: &str) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| {
            transaction.execute(
                "UPDATE draft SET content = json_set(content, '$.tenant', ?2)
                 WHERE json_extract(content, '$.tenant') = ?1",
                params![old, new],
            )?;
            Ok(())
        })
    }

    /// Forgets a draft; none of this name is fine.
    pub fn remove(&self, draft: Uuid) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| {
            transaction.execute("DELETE FROM draft WHERE id = ?1", [draft.to_string()])?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_secret_that_was_typed_into_a_request_is_in_the_database() {
        let database = Database::in_memory().unwrap();
        let store = DraftStore::new(database.clone());
        let row = |name: &str, value: &str| json!({ "name": name, "value": value, "enabled": true });
        let draft: Draft = serde_json::from_value(json!({
            "id": "00000000-0000-0000-0000-000000000001",
            "position": 1.0,
            "request": {
                "method": "GET",
                "url": "/http/:token/:order",
                "path_parameters": [row("token", "hunter2"), row("order", "4711")],
            },
            "details": { "variables": [row("password", "hunter2"), row("secret", "{{other}}"), row("a", "b")] },
        }))
        .unwrap();
        store.keep(draft).unwrap();
        let content: String = database
            .read(|connection| Ok(connection.query_row("SELECT content FROM draft", [], |row| row.get(0))?))
            .unwrap();
        assert!(!content.contains("hunter2"), "{content}");
        let kept = store.list().unwrap().remove(0);
        let values: Vec<_> =
            kept.details.variables.iter().map(|one| (one.value.as_str(), one.enabled)).collect();
        assert_eq!(values, [("", false), ("{{other}}", true), ("b", true)]);
        assert_eq!(kept.request.path_parameters[1].value, "4711");
    }
}
