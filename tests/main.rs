//! What a user can observe at the terminal, against the sandbox tenant over real TLS.
//!
//! | file | what it is about |
//! |---|---|
//! | `key.rs` | importing service keys of every kind and shape |
//! | `renewal.rs` | a key that takes the place of another, killed at any moment |
//! | `certificate.rs` | asking for a client certificate, taking the answer in, exporting it |
//! | `tenant.rs` | tenants: add, list, show, remove; two programs at once |
//! | `token.rs` | tokens of every kind of key; the token server's failures |
//! | `send.rs` | calling flows: as whom, what, and what comes back |
//! | `arriving.rs` | answers that are printed while they arrive |
//! | `collection.rs` | sending the file of a request, looking a collection through |
//! | `formats.rs` | imports with their reports, exports |
//! | `csrf.rs` | CSRF protection, cookies and redirects on the wire |
//! | `diagnosis.rs` | every failure is named, with its next step |
//! | `history.rs` | what was sent is kept, found, shown, sent again and forgotten |
//! | `inspect.rs` | connectivity tests against real servers: OpenSSL, nginx, a proxy, the sandbox |
//! | `weather.rs` | bad input and bad weather: one message, a hint, the exit code |
//! | `keyring.rs` | the secret store absent, locked or slow |
//! | `window_way.rs` | what the window calls and the terminal does not: tests, changes, drafts, settings |
//! | `redaction.rs` | planted secrets appear in no byte written |
//! | `contract.rs` | every operation is offered by the doors that say so |

mod arriving;
mod certificate;
mod collection;
mod contract;
mod csrf;
mod diagnosis;
mod formats;
mod history;
mod inspect;
mod key;
mod keyring;
mod redaction;
mod renewal;
mod send;
mod support;
mod tenant;
mod token;
mod weather;
mod window_way;
