use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::http::{Exchange, ExchangeId};
use crate::operation::{Door, SendContext};
use crate::redact::Segment;
use crate::tenant::Stage;

/// An exchange as the history lists it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HistoryEntry {
    /// The exchange.
    pub id: ExchangeId,
    /// When it began.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub started_at: Timestamp,
    /// Which door sent it.
    pub door: Door,
    /// The tenant, if one was chosen.
    pub tenant: Option<String>,
    /// The tenant's stage then.
    pub stage: Option<Stage>,
    /// The name of the request's file, if it was sent from one.
    pub title: Option<String>,
    /// The method.
    pub method: String,
    /// The URL as resolved, secrets masked.
    pub url: String,
    /// Status of the answer; absent when none came.
    pub status: Option<u16>,
    /// How long all of it took, in milliseconds.
    pub took_ms: f64,
    /// Bytes of the answer's body after decoding.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub body_size: u64,
    /// Whether it is kept whatever the limits say.
    pub pinned: bool,
    /// What the user noted.
    pub note: Option<String>,
    /// Where a searched word stands; empty without a search.
    pub found: Vec<HistoryFound>,
}

/// A place in an exchange where a searched word stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HistoryFound {
    /// `Request`, `Answer`, `URL`, `Headers` or `Note`.
    pub place: String,
    /// The text before, at and behind the word, in turns: every second piece is a hit.
    pub pieces: Vec<String>,
}

/// Asks for a page of the history, newest first.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(default)]
pub struct HistoryQuery {
    /// Words and terms as people type them: `tenant:acme-dev status:5xx orders since:2d`.
    pub text: String,
    /// Entries to pass over.
    pub offset: u32,
    /// How many at most; never more than 500 are given.
    pub count: u32,
}

/// A page of the history.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HistoryPage {
    /// The entries, newest first.
    pub entries: Vec<HistoryEntry>,
    /// How many fit the query.
    pub count: u32,
    /// How many there are in all.
    pub total: u32,
    /// Milliseconds the search took.
    pub took_ms: f64,
    /// The query as understood.
    pub terms: Vec<HistoryTerm>,
}

/// One term of a query as understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HistoryTerm {
    /// `tenant`, `status`, `method`, `since`, …; absent for words of the text.
    pub field: Option<String>,
    /// What was asked for.
    pub value: String,
    /// Why it cannot be understood: it is left out of the search then.
    pub problem: Option<String>,
}

/// How many entries fit, by tenant, answer, door and time; each group as if it were not narrowed itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HistoryFacets {
    /// By tenant, with its stage.
    pub tenants: Vec<HistoryCount>,
    /// By answer: `2xx`, `3xx`, `4xx`, `5xx`, `none`.
    pub answers: Vec<HistoryCount>,
    /// By door.
    pub doors: Vec<HistoryCount>,
}

/// How many entries have a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HistoryCount {
    /// The value as it is written in a query.
    pub value: String,
    /// The stage of a tenant.
    pub stage: Option<Stage>,
    /// How many.
    pub count: u32,
}

/// An exchange as it was kept.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ExchangeKept {
    /// Its line in the list.
    pub entry: HistoryEntry,
    /// The whole record.
    pub exchange: Exchange,
    /// What it was sent in: collection, file and environment; without variables.
    pub context: Option<SendContext>,
    /// The request's body as it went out, if it is text or a form, up to 256 KiB.
    pub request_body: Option<Vec<Segment>>,
    /// Whether that is only its beginning.
    pub request_cut: bool,
    /// Whether a secret was typed into the request: it is not kept, and has to be typed again before it is sent again.
    pub lacks_secret: bool,
    /// When it will be forgotten by its age; absent for pinned ones and without a limit.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub kept_until: Option<Timestamp>,
    /// Whether the answer's body is still kept.
    pub has_body: bool,
}

/// What is to change about an entry; absent stays.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export, optional_fields))]
pub struct HistoryChange {
    /// Which exchange.
    pub exchange: ExchangeId,
    /// Whether it is kept whatever the limits say.
    pub pinned: Option<bool>,
    /// The note; an empty one removes it.
    pub note: Option<String>,
}

/// Which entries are to be forgotten.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HistoryRemove {
    /// These.
    Some {
        /// The exchanges.
        exchanges: Vec<ExchangeId>,
    },
    /// All that fit a query, pinned ones stay.
    Found {
        /// The query's text.
        text: String,
    },
    /// All, pinned ones too.
    All,
}

/// What is to be written as HAR.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HistoryExport {
    /// The exchanges.
    pub exchanges: Vec<ExchangeId>,
    /// Where to.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub path: PathBuf,
}

/// What the history takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct HistoryUsage {
    /// Entries.
    pub count: u32,
    /// Bytes of database and bodies.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
    /// The oldest entry.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub oldest: Option<Timestamp>,
}

/// How much is kept, part of the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(default)]
pub struct HistoryLimits {
    /// Days an exchange is kept; absent means for ever.
    pub days: Option<u32>,
    /// Mebibytes the bodies of all exchanges that are not pinned may take; the oldest go first. Absent means no limit.
    pub mebibytes: Option<u32>,
}

impl Default for HistoryLimits {
    fn default() -> Self {
        Self { days: Some(90), mebibytes: Some(5 * 1024) }
    }
}
