//! The body of an answer as it is looked at: by rows, whatever its size, without ever being in memory as a whole.
//!
//! ```text
//! Source (bytes, perhaps still arriving) ─index→ rows of a form ─find, filter, fold, place→ what the view asks for
//! ```

mod charset;
mod checkpoint;
pub mod filter;
pub mod find;
mod hex;
mod index;
mod json;
mod kind;
mod layout;
mod open;
pub mod part;
mod path;
mod place;
mod preview;
mod printed;
mod printer;
mod source;
pub mod table;
#[cfg(test)]
mod tests;
mod trail;
mod view;
mod watch;
mod xml;

pub(crate) use charset::{decoded, encoding};
pub use open::OpenBody;
pub use path::NodePath;
pub use preview::Preview;
pub use source::{Slice, Source, SourceReader};
pub use view::{
    BodyFacts, BodyKind, BodyName, BodyPart, BodyTable, BodyTableQuery, BodyTrouble, FilterQuery, Filtered,
    Find, FindQuery, FoldQuery, Found, Hit, HitFrom, HitQuery, HitsQuery, LineQuery, Match, PlaceOfRow,
    PlaceQuery, Row, Rows, RowsQuery, Shown, Span, SpanKind,
};
