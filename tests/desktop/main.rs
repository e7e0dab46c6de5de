//! What a user can observe in the real window: the built page, WebKit, the session's keyring and clipboard, and the
//! sandbox tenant over real TLS. Needs the session that `./dev test` makes.
//!
//! | file | what it is about |
//! |---|---|
//! | `first_run.rs` | from nothing to the first answer; data that cannot be opened |
//! | `import.rs` | pasting keys: good ones, refused ones, and what is no key |
//! | `private_key.rs` | external certificates: choosing their private key with the system's dialog |
//! | `request.rs` | what is sent, and what is seen of it |
//! | `diagnosis.rs` | what went wrong is named, and mended where Sluice can |
//! | `body.rs` | answers too large for a page, and arriving ones |
//! | `preview.rs` | pages, pictures, PDFs and archives as answers, hostile ones among them |
//! | `history.rs` | what was sent: found, opened, sent again, noted, exported, compared, deleted |
//! | `collection.rs` | collections: made, imported, sent from, changed by others meanwhile |
//! | `key_check.rs` | keys checked with a traffic light; the parameters to create one with |
//! | `certificate_request.rs` | asking for a client certificate, taking the answer in, exporting and using it |
//! | `certificates.rs` | the client certificates of all keys, and the warning before they end |
//! | `tree.rs` | the tree of a collection: moving by mouse and keys, deleting, and taking both back |
//! | `bruno.rs` | a folder of `.bru` files: converted, and left alone |
//! | `folder.rs` | what requests inherit from their folders |
//! | `secrets.rs` | secrets that were typed into requests: moved to the keyring, never exported |
//! | `variables.rs` | what variables are and where they come from; changing the environment |
//! | `production.rs` | nothing writes to production unasked |
//! | `kept.rs` | what a restart and a crash leave |
//! | `keyring.rs` | the keyring absent |
//! | `watching.rs` | that these tests notice what the page must not do |
//! | `pictures.rs` | a picture of each view in each theme, for people to look at |

mod body;
mod bruno;
mod certificate_request;
mod certificates;
mod collection;
mod diagnosis;
mod first_run;
mod folder;
mod history;
mod import;
mod kept;
mod key_check;
mod keyring;
mod pictures;
mod preview;
mod private_key;
mod production;
mod request;
mod secrets;
mod support;
mod tree;
mod variables;
mod watching;
