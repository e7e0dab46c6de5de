//! Every exchange of every door, kept until its age or the space it takes says otherwise.
//!
//! ```text
//! Exchange ─redaction→ record (row, body) ─index→ full text        Query (words, terms) ─search→ page, facets
//! ```

mod background;
mod found;
pub mod har;
mod index;
mod limits;
mod model;
mod query;
pub(crate) mod redaction;
mod removal;
mod search;
mod store;
#[cfg(test)]
mod tests;
mod tidying;
mod words;

pub use background::Caretaker;
pub(crate) use index::request as request_text;
pub use model::{
    ExchangeKept, HistoryChange, HistoryCount, HistoryEntry, HistoryExport, HistoryFacets, HistoryFound,
    HistoryLimits, HistoryPage, HistoryQuery, HistoryRemove, HistoryTerm, HistoryUsage,
};
pub use store::{HistoryStore, Kept, RecordError, Recording};
