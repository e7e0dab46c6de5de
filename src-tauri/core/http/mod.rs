//! Requests and exchanges.

mod exchange;
mod request;
mod resolved;
mod view;

pub use exchange::{Call, Exchange, Header, Phases, Progress, Purpose, Received, Sent, TlsFacts};
pub use request::{
    Authorization, Body, CsrfMode, ExchangeId, Field, Part, PartContent, Request, RequestOptions,
};
pub use resolved::Resolved;
pub use view::{BodyForm, BodyLanguage, BodyQuery, BodyView};
