//! Bruno's own JSON: what it exports a collection as, and what its `.bru` files mean.

mod authorization;
mod body;
mod request;
#[cfg(test)]
mod tests;

use serde_json::Value;

use super::json::{description, list, text, truth};
use super::losses::{DEEPEST, Losses};
use super::{FoundSecret, Import};
use crate::collection::{Collection, Environment, FolderItem, Item, Script, ScriptPhase, Variable};
use crate::error::{Code, Error};
use crate::http::{Authorization, Field};
use crate::secret::Secret;

/// Whether this is a collection exported by Bruno.
pub fn is(value: &Value) -> bool {
    let versioned = value.get("version").is_some_and(Value::is_string);
    let items = value.get("items").is_some_and(Value::is_array);
    versioned
        && items
        && value.get("name").is_some_and(Value::is_string)
        && value.get("opencollection").is_none()
}

/// Reads a collection exported by Bruno.
pub fn read(value: &Value) -> Result<Import, Error> {
    if !is(value) {
        return Err(Error::new(Code::InvalidInput, "This is no collection exported by Bruno")
            .hint("Export the collection in Bruno as a JSON file and import that file."));
    }
    let version = text(value, "version");
    if version != "1" {
        return Err(Error::new(
            Code::InvalidInput,
            format!("The file is a Bruno collection of version {version}; version 1 can be read"),
        )
        .hint("Export the collection again with Bruno 1 or newer."));
    }
    let mut losses = Losses::default();
    let mut secrets = Vec::new();
    let name = text(value, "name");
    let root = folder(&name, value.get("root").unwrap_or(&Value::Null), &mut losses);
    let items = items(list(value, "items"), &mut losses);
    let environments = environments(list(value, "environments"), &mut losses, &mut secrets);
    settings(value.get("brunoConfig").unwrap_or(&Value::Null), &mut losses);
    Ok(Import {
        format: "Bruno collection (JSON)".to_owned(),
        collection: Collection { root, environments, items },
        secrets,
        globals: Vec::new(),
        losses: losses.finish(),
    })
}

fn items(found: &[Value], losses: &mut Losses) -> Vec<Item> {
    let mut ordered: Vec<(bool, f64, Item)> = Vec::new();
    for value in found {
        let seq = value.get("seq").and_then(Value::as_f64).unwrap_or(f64::MAX);
        let folder_seq = value.pointer("/root/meta/seq").and_then(Value::as_f64).unwrap_or(seq);
        if let Some(item) = item(value, losses) {
            let is_request = matches!(item, Item::Request(_));
            ordered.push((is_request, if is_request { seq } else { folder_seq }, item));
        }
    }
    in_order(ordered)
}

/// Folders before requests, each by their number: the order Bruno shows.
pub(super) fn in_order(mut items: Vec<(bool, f64, Item)>) -> Vec<Item> {
    items.sort_by(|left, right| left.0.cmp(&right.0).then(left.1.total_cmp(&right.1)));
    items.into_iter().map(|(_, _, item)| item).collect()
}

fn item(value: &Value, losses: &mut Losses) -> Option<Item> {
    let name = text(value, "name");
    if losses.depth() >= DEEPEST {
        losses.note(format!("`{name}` is nested too deeply and was left out."));
        return None;
    }
    losses.within(&name, |losses| match text(value, "type").as_str() {
        "folder" => {
            let root = folder(&name, value.get("root").unwrap_or(&Value::Null), losses);
            Some(Item::Folder(root, items(list(value, "items"), losses)))
        }
        _ => sendable(value, losses),
    })
}

/// A request, when it is one that can be sent.
pub(super) fn sendable(value: &Value, losses: &mut Losses) -> Option<Item> {
    match text(value, "type").as_str() {
        "http" | "http-request" | "graphql" | "graphql-request" => {
            Some(Item::Request(Box::new(request::read(value, losses))))
        }
        "js" => {
            losses.note("The JavaScript file was left out; scripts that load it would not find it.");
            None
        }
        kind => {
            losses.note(format!("Items of type `{kind}` cannot be sent by Sluice; it was left out."));
            None
        }
    }
}

/// A folder's or the collection's own file; what it does not say about authorization is inherited.
pub(super) fn folder(name: &str, root: &Value, losses: &mut Losses) -> FolderItem {
    let request = root.get("request").unwrap_or(&Value::Null);
    let written = request.pointer("/auth/mode").is_some_and(|mode| !mode.is_null());
    let authorization =
        if written { authorization::read(&request["auth"], losses) } else { Authorization::Inherit };
    let mut scripts = scripts(request);
    scripts.extend(request::response_variables(request));
    FolderItem {
        name: name.to_owned(),
        headers: fields(list(request, "headers")),
        authorization,
        variables: variables(
            request.pointer("/vars/req").and_then(Value::as_array).map_or(&[], Vec::as_slice),
        ),
        scripts,
        docs: text(root, "docs"),
    }
}

fn scripts(request: &Value) -> Vec<Script> {
    let code = |pointer: &str| request.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    [
        (ScriptPhase::BeforeRequest, code("/script/req")),
        (ScriptPhase::AfterResponse, code("/script/res")),
        (ScriptPhase::Tests, code("/tests")),
    ]
    .into_iter()
    .filter(|(_, code)| !code.trim().is_empty())
    .map(|(phase, code)| Script { phase, code: code.to_owned() })
    .collect()
}

fn fields(rows: &[Value]) -> Vec<Field> {
    rows.iter()
        .map(|row| Field {
            name: text(row, "name"),
            value: text(row, "value"),
            enabled: truth(row, "enabled").unwrap_or(true),
            description: description(row),
        })
        .collect()
}

fn variables(rows: &[Value]) -> Vec<Variable> {
    rows.iter().map(variable).collect()
}

fn variable(row: &Value) -> Variable {
    let value = row.get("value").filter(|value| value.is_object() || value.is_array());
    Variable {
        name: text(row, "name"),
        value: value.map_or_else(|| text(row, "value"), Value::to_string),
        enabled: truth(row, "enabled").unwrap_or(true),
        secret: truth(row, "secret").unwrap_or(false),
        description: description(row),
    }
}

fn environments(found: &[Value], losses: &mut Losses, secrets: &mut Vec<FoundSecret>) -> Vec<Environment> {
    found.iter().map(|value| environment(value, losses, secrets)).collect()
}

/// An environment; the values of its secret variables go to the secrets.
pub(super) fn environment(value: &Value, losses: &mut Losses, secrets: &mut Vec<FoundSecret>) -> Environment {
    let name = text(value, "name");
    let mut rows = variables(list(value, "variables"));
    for row in rows.iter_mut().filter(|row| row.secret) {
        let secret = std::mem::take(&mut row.value);
        if !secret.is_empty() {
            let environment = Some(name.clone());
            secrets.push(FoundSecret { environment, name: row.name.clone(), value: Secret::new(secret) });
        }
    }
    if value.get("externalSecrets").is_some_and(|external| !external.is_null()) {
        losses.within(&name, |losses| losses.note("Secrets of an external provider are not read."));
    }
    let color = Some(text(value, "color")).filter(|color| !color.is_empty());
    Environment { name, color, variables: rows }
}

/// Notes what `bruno.json` configures and a collection here has no place for.
pub(super) fn settings(config: &Value, losses: &mut Losses) {
    const KNOWN: [&str; 8] =
        ["version", "name", "type", "ignore", "size", "filesCount", "opencollection", "uid"];
    let Some(config) = config.as_object() else { return };
    for (key, value) in config.iter().filter(|(key, _)| !KNOWN.contains(&key.as_str())) {
        if says_something(value) {
            losses.note(format!("The setting `{key}` of the collection is not kept."));
        }
    }
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => false,
        Value::String(text) => !text.is_empty() && text != "inherit",
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::Array(items) => items.iter().any(says_something),
        Value::Object(fields) => {
            let off = fields.get("enabled").is_some_and(|on| on == false || on == "global");
            !off && fields.values().any(says_something)
        }
    }
}
