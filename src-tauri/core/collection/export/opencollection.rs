//! `OpenCollection` in one file: the collection with its items and environments inside.

use serde_json::{Map, Value};

use super::{Export, without_secrets};
use crate::collection::format::{self, FolderFile, RequestFile};
use crate::collection::yaml::emit;
use crate::collection::{Collection, FolderItem, Item, Loss};
use crate::http::{Authorization, Request};

/// Writes a collection as one file; of secret variables only the names.
pub fn write(collection: &Collection) -> Export {
    let (collection, mut losses) = without_secrets(collection);
    let written = items(&collection.items, "", &mut losses);
    note_key(&collection.root.authorization, &collection.root.name, &mut losses);
    let mut bundle = Map::new();
    if let Value::Object(root) = format::root_value(&collection.root) {
        for (key, value) in root {
            bundle.insert(key, value);
        }
    }
    if let Some(Value::Object(config)) = bundle.get_mut("config")
        && !collection.environments.is_empty()
    {
        let environments = collection.environments.iter().map(format::environment_value).collect();
        config.insert("environments".to_owned(), environments);
    }
    bundle.insert("items".to_owned(), Value::Array(written));
    bundle.insert("bundled".to_owned(), Value::Bool(true));
    Export { text: emit(&Value::Object(bundle)), losses }
}

fn items(items: &[Item], above: &str, losses: &mut Vec<Loss>) -> Vec<Value> {
    let place = |name: &str| if above.is_empty() { name.to_owned() } else { format!("{above} / {name}") };
    let mut seq = 0.0;
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        seq += 1.0;
        values.push(match item {
            Item::Request(item) => {
                note_request(&item.request, &place(&item.name), losses);
                format::request_value(&RequestFile { item: (**item).clone(), seq: Some(seq) })
            }
            Item::Folder(own, inner) => folder(own, inner, seq, &place(&own.name), losses),
        });
    }
    values
}

fn folder(own: &FolderItem, inner: &[Item], seq: f64, place: &str, losses: &mut Vec<Loss>) -> Value {
    note_key(&own.authorization, place, losses);
    let mut value = format::folder_value(&FolderFile { item: own.clone(), seq: Some(seq) });
    let inner = items(inner, place, losses);
    if let Value::Object(keys) = &mut value {
        keys.insert("items".to_owned(), Value::Array(inner));
    }
    value
}

/// What Sluice keeps beside a request's file, no other tool knows.
fn note_request(request: &Request, place: &str, losses: &mut Vec<Loss>) {
    note_key(&request.authorization, place, losses);
    let beside = Request { authorization: Authorization::None, ..request.clone() };
    if format::needs_sidecar(&beside).is_some() {
        let what = "Its CSRF handling, HTTP version and allowed hosts are left out.".to_owned();
        losses.push(Loss { place: place.to_owned(), what });
    }
}

fn note_key(authorization: &Authorization, place: &str, losses: &mut Vec<Loss>) {
    let what = match authorization {
        Authorization::Certificate { .. } => "The client certificate is left out.",
        Authorization::Bearer { key: Some(_) } | Authorization::Basic { key: Some(_) } => {
            "The name of the tenant's key is left out."
        }
        Authorization::Other { .. } => "Of its authorization only the kind is written.",
        _ => return,
    };
    losses.push(Loss { place: place.to_owned(), what: what.to_owned() });
}
