use jiff::Timestamp;
use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::facts::ChainFacts;
use super::request::KeyPairKind;
use crate::database::{Database, DatabaseError};
use crate::tenant::Custody;

/// Certificate requests are rows of the settings, as everything that is the user's and no file's, under this.
const PREFIX: &str = "certificate-request/";

/// A certificate that was asked for, and the answer once it came; the private key waits in the keyring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CertificateRequest {
    /// The name the user gave it.
    pub name: String,
    /// Distinguished name of the holder, most specific part first.
    pub subject: String,
    /// The kind of its key pair.
    pub kind: KeyPairKind,
    /// When the key pair was made.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub created_at: Timestamp,
    /// What the authority signs: PKCS#10 as PEM.
    pub request_pem: String,
    /// Where the private key is.
    pub custody: Custody,
    /// Whether the private key is there; one in the keyring is taken to be.
    pub usable: bool,
    /// The signed certificate up to its root; none while the answer is awaited.
    pub chain: Option<ChainFacts>,
    /// The signed certificate alone as PEM, as the cockpit wants it; none while the answer is awaited.
    pub certificate_pem: Option<String>,
}

/// A certificate request as it is stored: everything but the private key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRecord {
    /// Stays when the name changes; also names the private key.
    pub id: Uuid,
    /// The name the user gave it, unique whatever its case.
    pub name: String,
    /// The kind of its key pair.
    pub kind: KeyPairKind,
    /// When the key pair was made.
    pub created_at: Timestamp,
    /// Where the private key is.
    pub custody: Custody,
    /// The request, PKCS#10 in DER.
    pub request: Vec<u8>,
    /// The signed certificate and its issuers in DER, leaf first; empty while the answer is awaited.
    pub certificates: Vec<Vec<u8>>,
}

impl RequestRecord {
    /// The name its private key is kept under.
    pub fn secret_name(&self) -> String {
        format!("{PREFIX}{}", self.id)
    }
}

/// The certificate requests in the database.
#[derive(Clone)]
pub struct RequestStore {
    database: Database,
}

impl RequestStore {
    /// The store in this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }

    /// All requests, oldest first.
    pub fn list(&self) -> Result<Vec<RequestRecord>, DatabaseError> {
        self.database.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT value FROM setting WHERE substr(name, 1, length(?1)) = ?1")?;
            let rows = statement.query_map([PREFIX], |row| row.get::<_, String>(0))?;
            let mut records = Vec::new();
            for row in rows {
                records.push(serde_json::from_str::<RequestRecord>(&row?)?);
            }
            records.sort_by(|one, other| (one.created_at, &one.name).cmp(&(other.created_at, &other.name)));
            Ok(records)
        })
    }

    /// Keeps a new request; false when there is one of this name.
    pub fn add(&self, record: &RequestRecord) -> Result<bool, DatabaseError> {
        let value = serde_json::to_string(record)?;
        self.database.transaction(|transaction| {
            if is_taken(transaction, &record.name)? {
                return Ok(false);
            }
            let row = params![record.secret_name(), value];
            transaction.execute("INSERT INTO setting (name, value) VALUES (?1, ?2)", row)?;
            Ok(true)
        })
    }

    /// Replaces a request that is still there.
    pub fn replace(&self, record: &RequestRecord) -> Result<(), DatabaseError> {
        let value = serde_json::to_string(record)?;
        self.database.transaction(|transaction| {
            let row = params![record.secret_name(), value];
            match transaction.execute("UPDATE setting SET value = ?2 WHERE name = ?1", row)? {
                0 => Err(DatabaseError::Gone),
                _ => Ok(()),
            }
        })
    }

    /// Forgets a request; none is fine.
    pub fn remove(&self, record: &RequestRecord) -> Result<(), DatabaseError> {
        self.database.transaction(|transaction| {
            transaction.execute("DELETE FROM setting WHERE name = ?1", [record.secret_name()])?;
            Ok(())
        })
    }
}

fn is_taken(transaction: &Transaction<'_>, name: &str) -> Result<bool, DatabaseError> {
    let mut statement = transaction.prepare_cached(
        "SELECT COUNT(*) FROM setting
         WHERE substr(name, 1, length(?1)) = ?1 AND value ->> 'name' = ?2 COLLATE NOCASE",
    )?;
    Ok(statement.query_row([PREFIX, name], |row| row.get::<_, i64>(0))? > 0)
}
