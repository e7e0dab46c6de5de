//! `OpenCollection` in one file: the collection with its items and environments inside.

#[cfg(test)]
mod tests;

use serde_json::Value;

use super::Import;
use super::json::{list, text};
use super::losses::{DEEPEST, Losses};
use crate::collection::format::{self, Misfit};
use crate::collection::{Collection, FolderItem, Item, RequestDetails, RequestItem};
use crate::error::{Code, Error};
use crate::http::{Authorization, Request};

/// Whether this is an `OpenCollection` file with its items inside.
pub fn is(value: &Value) -> bool {
    value.get("opencollection").is_some() && (value.get("items").is_some() || value["bundled"] == true)
}

/// Reads an `OpenCollection` file with its items inside.
pub fn read(value: &Value) -> Result<Import, Error> {
    if !is(value) {
        return Err(Error::new(
            Code::InvalidInput,
            "This is no OpenCollection file with its requests inside",
        )
        .hint("Open the folder as a collection instead, or export it as one file."));
    }
    let version = text(value, "opencollection");
    if !version.starts_with("1.") && version != "1" {
        return Err(Error::new(
            Code::InvalidInput,
            format!("The file is OpenCollection {version}; version 1 can be read"),
        )
        .hint("Export the collection again as OpenCollection 1.0.0."));
    }
    let mut losses = Losses::default();
    let root = format::read_root(value).unwrap_or_else(|misfit| {
        losses.note(told(&misfit));
        FolderItem {
            name: text(&value["info"], "name"),
            authorization: Authorization::Inherit,
            ..FolderItem::default()
        }
    });
    let mut environments = Vec::new();
    for found in value.pointer("/config/environments").and_then(Value::as_array).into_iter().flatten() {
        match format::read_environment(found) {
            Ok(environment) => environments.push(environment),
            Err(misfit) => losses.within(&text(found, "name"), |losses| losses.note(told(&misfit))),
        }
    }
    note_config(value, &mut losses);
    let items = items(list(value, "items"), &mut losses);
    Ok(Import {
        format: format!("OpenCollection {version}"),
        collection: Collection { root, environments, items },
        losses: losses.finish(),
        ..Import::default()
    })
}

fn note_config(value: &Value, losses: &mut Losses) {
    for key in ["clientCertificates", "protobuf", "proxy"] {
        let found = &value["config"][key];
        let disabled = found["disabled"] == true || found["inherit"] == true;
        if !disabled && found.as_array().map_or(found.is_object(), |entries| !entries.is_empty()) {
            losses.note(format!("The setting `config.{key}` is not kept."));
        }
    }
}

fn items(found: &[Value], losses: &mut Losses) -> Vec<Item> {
    let mut items: Vec<(f64, Item)> = found
        .iter()
        .filter_map(|value| {
            let seq = value.pointer("/info/seq").and_then(Value::as_f64).unwrap_or(f64::MAX);
            item(value, losses).map(|item| (seq, item))
        })
        .collect();
    items.sort_by(|left, right| left.0.total_cmp(&right.0));
    items.into_iter().map(|(_, item)| item).collect()
}

fn item(value: &Value, losses: &mut Losses) -> Option<Item> {
    let name = text(&value["info"], "name");
    if losses.depth() >= DEEPEST {
        losses.note(format!("`{name}` is nested too deeply and was left out."));
        return None;
    }
    let kind = format::kind(value).or(value.get("items").map(|_| "folder")).unwrap_or("http").to_owned();
    losses.within(&name, |losses| match kind.as_str() {
        "folder" => Some(Item::Folder(folder(value, &name, losses), items(list(value, "items"), losses))),
        "http" => Some(Item::Request(Box::new(request(value, &name, losses)))),
        kind => {
            losses.note(format!("Items of type `{kind}` cannot be sent by Sluice; it was left out."));
            None
        }
    })
}

fn folder(value: &Value, name: &str, losses: &mut Losses) -> FolderItem {
    match format::read_folder(value) {
        Ok(file) => file.item,
        Err(misfit) => {
            losses.note(told(&misfit));
            FolderItem {
                name: name.to_owned(),
                authorization: Authorization::Inherit,
                ..FolderItem::default()
            }
        }
    }
}

/// A request; one that does not fit is kept as its text in the docs of an empty one.
fn request(value: &Value, name: &str, losses: &mut Losses) -> RequestItem {
    if !list(value, "examples").is_empty() {
        losses.note("Saved examples are not kept.");
    }
    format::read_request(value).map_or_else(
        |misfit| {
            losses.note(told(&misfit));
            let raw = serde_json::to_string_pretty(value).unwrap_or_default();
            let docs = format!("This request could not be read:\n\n```json\n{raw}\n```");
            RequestItem {
                name: name.to_owned(),
                request: Request::new("GET", ""),
                details: RequestDetails { docs, ..RequestDetails::default() },
            }
        },
        |file| file.item,
    )
}

fn told(misfit: &Misfit) -> String {
    match misfit.pointer.as_str() {
        "" => misfit.message.clone(),
        pointer => format!("{pointer}: {}", misfit.message),
    }
}
