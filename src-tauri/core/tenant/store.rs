use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use uuid::Uuid;

use super::record::{KeyRecord, TenantRecord, parse, word};
use super::renewal::strike;
use crate::database::{Database, DatabaseError};

/// The tenants and keys in the database; names are unique without regard to case.
#[derive(Clone)]
pub struct TenantStore {
    database: Database,
}

impl TenantStore {
    /// The store in this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }

    pub(super) fn read<T>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        self.database.read(question)
    }

    pub(super) fn transaction<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        self.database.transaction(change)
    }

    /// All tenants by group and name, each with its keys.
    pub fn list(&self) -> Result<Vec<TenantRecord>, DatabaseError> {
        self.database.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, name, stage, color, listed_under, runtime_url_override FROM tenant
                 ORDER BY listed_under IS NULL, listed_under COLLATE NOCASE, name",
            )?;
            let mut rows = statement.query([])?;
            let mut tenants = Vec::new();
            while let Some(row) = rows.next()? {
                tenants.push(tenant(connection, row)?);
            }
            Ok(tenants)
        })
    }

    /// The tenant of this name.
    pub fn find(&self, name: &str) -> Result<Option<TenantRecord>, DatabaseError> {
        self.database.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, name, stage, color, listed_under, runtime_url_override FROM tenant WHERE name = ?1",
            )?;
            let mut rows = statement.query([name])?;
            rows.next()?.map(|row| tenant(connection, row)).transpose()
        })
    }

    /// Adds a tenant without keys.
    pub fn add(&self, tenant: &TenantRecord) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| add_tenant(transaction, tenant))
    }

    /// Adds a key, and its tenant if that is new: both or nothing.
    pub fn add_key(&self, tenant: &TenantRecord, key: &KeyRecord) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| {
            let known = transaction
                .query_row("SELECT 1 FROM tenant WHERE id = ?1", [tenant.id.to_string()], |_| Ok(()))
                .optional()?;
            if known.is_none() {
                add_tenant(transaction, tenant)?;
            }
            add_key(transaction, tenant.id, key)
        })
    }

    /// Writes the changed facts of a tenant; its keys stay as they are, and one removed meanwhile stays removed.
    pub fn change(&self, tenant: &TenantRecord) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| change_tenant(transaction, tenant))
    }

    /// Writes the changed facts of a key; one removed meanwhile stays removed.
    pub fn change_key(&self, key: &KeyRecord) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| change_key(transaction, key))
    }

    /// Removes a tenant with its keys.
    pub fn remove(&self, tenant: Uuid) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| {
            transaction.execute("DELETE FROM tenant WHERE id = ?1", [tenant.to_string()])?;
            Ok(())
        })
    }

    /// The origins beside its own that may have the tenant's credentials.
    pub fn allowed_hosts(&self, tenant: Uuid) -> Result<Vec<String>, DatabaseError> {
        self.database.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT origin FROM allowed_host WHERE tenant = ?1 ORDER BY origin")?;
            let origins = statement.query_map([tenant.to_string()], |row| row.get(0))?;
            Ok(origins.collect::<Result<_, _>>()?)
        })
    }

    /// Lets an origin have the tenant's credentials.
    pub fn allow_host(&self, tenant: Uuid, origin: &str) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| {
            transaction.execute(
                "INSERT OR IGNORE INTO allowed_host (tenant, origin) VALUES (?1, ?2)",
                [tenant.to_string().as_str(), origin],
            )?;
            Ok(())
        })
    }

    /// Takes that back; one that was never allowed is fine.
    pub fn forbid_host(&self, tenant: Uuid, origin: &str) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| {
            transaction.execute(
                "DELETE FROM allowed_host WHERE tenant = ?1 AND origin = ?2",
                [tenant.to_string().as_str(), origin],
            )?;
            Ok(())
        })
    }

    /// Removes a key.
    pub fn remove_key(&self, key: Uuid) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| {
            transaction.execute("DELETE FROM service_key WHERE id = ?1", [key.to_string()])?;
            Ok(())
        })
    }
}

fn change_tenant(connection: &Connection, tenant: &TenantRecord) -> Result<(), DatabaseError> {
    let update =
        "UPDATE tenant SET name = ?2, stage = ?3, color = ?4, listed_under = ?5, runtime_url_override = ?6
         WHERE id = ?1";
    let changed = write_tenant(connection, update, tenant)?;
    if changed == 0 { Err(DatabaseError::Gone) } else { Ok(()) }
}

fn add_tenant(connection: &Connection, tenant: &TenantRecord) -> Result<(), DatabaseError> {
    let insert = "INSERT INTO tenant (id, name, stage, color, listed_under, runtime_url_override)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    write_tenant(connection, insert, tenant).map(drop)
}

/// How many rows a statement over the columns of a tenant wrote.
fn write_tenant(
    connection: &Connection,
    statement: &str,
    tenant: &TenantRecord,
) -> Result<usize, DatabaseError> {
    Ok(connection.prepare_cached(statement)?.execute(params![
        tenant.id.to_string(),
        tenant.name,
        word(&tenant.stage)?,
        tenant.color,
        tenant.group,
        tenant.runtime_url_override,
    ])?)
}

fn change_key(connection: &Connection, key: &KeyRecord) -> Result<(), DatabaseError> {
    let changed = connection
        .prepare_cached(
            "UPDATE service_key SET name = ?2, plan = ?3, token_url_override = ?4, method = ?5 WHERE id = ?1",
        )?
        .execute(params![
            key.id.to_string(),
            key.name,
            word(&key.plan)?,
            key.token_url_override,
            word(&key.method)?,
        ])?;
    if changed == 0 { Err(DatabaseError::Gone) } else { Ok(()) }
}

fn add_key(connection: &Connection, tenant: Uuid, key: &KeyRecord) -> Result<(), DatabaseError> {
    // Something refers to its secret now.
    strike(connection, &key.secret_name())?;
    connection
        .prepare_cached(
            "INSERT INTO service_key (id, tenant, name, kind, plan, client_id, host_url, token_url,
                 token_url_override, stated_token_url, method, custody, certificates, added_at, secret)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .execute(params![
            key.id.to_string(),
            tenant.to_string(),
            key.name,
            word(&key.kind)?,
            word(&key.plan)?,
            key.client_id,
            key.host_url,
            key.token_url,
            key.token_url_override,
            key.stated_token_url,
            word(&key.method)?,
            word(&key.custody)?,
            certificates(key)?,
            key.added_at.to_string(),
            key.secret.to_string(),
        ])?;
    Ok(())
}

/// The certificates of a key as they are stored.
pub(super) fn certificates(key: &KeyRecord) -> Result<String, DatabaseError> {
    let coded: Vec<String> = key.certificates.iter().map(|der| STANDARD.encode(der)).collect();
    Ok(serde_json::to_string(&coded)?)
}

fn tenant(connection: &Connection, row: &Row<'_>) -> Result<TenantRecord, DatabaseError> {
    let id: String = row.get(0)?;
    Ok(TenantRecord {
        keys: keys(connection, &id)?,
        id: parse(id)?,
        name: row.get(1)?,
        stage: parse(row.get(2)?)?,
        color: row.get(3)?,
        group: row.get(4)?,
        runtime_url_override: row.get(5)?,
    })
}

fn keys(connection: &Connection, tenant: &str) -> Result<Vec<KeyRecord>, DatabaseError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name, kind, plan, client_id, host_url, token_url, token_url_override, stated_token_url,
             method, custody, certificates, added_at, coalesce(secret, id)
         FROM service_key WHERE tenant = ?1 ORDER BY rowid",
    )?;
    let mut rows = statement.query([tenant])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        keys.push(key(row)?);
    }
    Ok(keys)
}

fn key(row: &Row<'_>) -> Result<KeyRecord, DatabaseError> {
    let certificates: Vec<String> = serde_json::from_str(&row.get::<_, String>(11)?)?;
    let decode = |coded: &String| STANDARD.decode(coded).map_err(serde::de::Error::custom);
    Ok(KeyRecord {
        id: parse(row.get(0)?)?,
        name: row.get(1)?,
        kind: parse(row.get(2)?)?,
        plan: parse(row.get(3)?)?,
        client_id: row.get(4)?,
        host_url: row.get(5)?,
        token_url: row.get(6)?,
        token_url_override: row.get(7)?,
        stated_token_url: row.get(8)?,
        method: parse(row.get(9)?)?,
        custody: parse(row.get(10)?)?,
        certificates: certificates.iter().map(decode).collect::<Result<_, serde_json::Error>>()?,
        added_at: parse(row.get(12)?)?,
        secret: parse(row.get(13)?)?,
    })
}
