//! Drafts: the open request tabs, kept as they are typed.

mod store;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

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
}
