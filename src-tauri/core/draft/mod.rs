//! Drafts: the open request tabs, kept as they are typed.

mod store;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::collection::{CollectionId, RequestDetails};
use crate::http::Request;

pub use store::DraftStore;

/// An open request tab.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Draft {
    /// Its name.
    pub id: Uuid,
    /// Its place among the tabs; fractions fall between.
    pub position: f64,
    /// What the tab is called; absent means method and path.
    pub title: Option<String>,
    /// The tenant it is sent to.
    pub tenant: Option<String>,
    /// The request itself.
    pub request: Request,
    /// What its file would keep beside it.
    #[serde(default)]
    pub details: RequestDetails,
    /// The collection's file it was opened from.
    #[serde(default)]
    pub file: Option<DraftFile>,
}

/// The file of a collection a draft was opened from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct DraftFile {
    /// Which collection.
    pub collection: CollectionId,
    /// The path below its folder.
    pub path: String,
    /// The state of the file the draft started from.
    pub version: String,
    /// Whether the draft differs from that state.
    pub changed: bool,
}
