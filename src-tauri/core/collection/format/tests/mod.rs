mod changes;
mod leniency;
mod misfits;
mod queries;
mod round_trips;
mod sidecars;
mod ways;

use serde_json::{Value, json};

use crate::collection::format::{RequestFile, read_request};
use crate::http::Request;

/// A request's file with this `http` section.
fn file(http: &Value) -> Value {
    json!({"info": {"name": "A", "type": "http", "seq": 1}, "http": http})
}

fn read(http: &Value) -> Request {
    let RequestFile { item, .. } = read_request(&file(http)).unwrap();
    item.request
}
