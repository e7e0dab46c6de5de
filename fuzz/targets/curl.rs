//! curl commands as somebody pastes them.

use sluice_core::collection::Item;
use sluice_core::collection::export::curl::command;
use sluice_core::collection::import::curl::{is_script, read_file, read_with_losses};
use sluice_core::http::Request;

/// A text.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok((request, _)) = read_with_losses(text) {
        assert!(!request.url.trim().is_empty());
        written_again(&request);
    }
    let _ = is_script(text);
    if let Ok(import) = read_file(text) {
        assert!(import.collection.items.iter().all(|item| matches!(item, Item::Request(_))));
    }
}

/// What is written of a request is a command again.
fn written_again(request: &Request) {
    let written = command(request);
    let address = request.url.split(['#', '?']).next().unwrap_or_default();
    if address.trim().is_empty() || written.contains("{{") {
        return;
    }
    let again = read_with_losses(&written).map(|(request, _)| request);
    let again = again.unwrap_or_else(|error| panic!("{}: {written}", error.message));
    assert_eq!(again.method, request.method, "{written}");
}
