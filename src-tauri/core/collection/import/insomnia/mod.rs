//! Insomnia's exports: version 4 is a flat list of resources, version 5 a tree.

mod request;
mod template;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::Import;
use super::json::{first_text, list, plain, text};
use super::losses::{DEEPEST, Losses};
use crate::collection::{Collection, Environment, FolderItem, Item, Variable};
use crate::error::{Code, Error};
use crate::http::Authorization;

/// Whether this is an export of Insomnia.
pub fn is(value: &Value) -> bool {
    text(value, "_type") == "export" && value.get("__export_format").is_some()
        || text(value, "type").contains(".insomnia.rest/")
}

/// Reads an export of Insomnia, version 4 or 5.
pub fn read(value: &Value) -> Result<Import, Error> {
    let kind = text(value, "type");
    if text(value, "_type") == "export" {
        let version = text(value, "__export_format");
        return match version.as_str() {
            "4" => Ok(import("Insomnia export 4", &as_tree(value))),
            other => Err(refused(&format!("The file is an Insomnia export of format {other}"))),
        };
    }
    match kind.split_once(".insomnia.rest/") {
        Some(("collection" | "spec", version)) if version.starts_with("5.") => {
            Ok(import("Insomnia 5", value))
        }
        Some(_) => Err(refused(&format!("The file is of Insomnia's type `{kind}`"))),
        None => Err(refused("This is no export of Insomnia")),
    }
}

fn refused(what: &str) -> Error {
    Error::new(Code::InvalidInput, format!("{what}; collections of format 4 and 5 can be read"))
        .hint("Export the collection in Insomnia again, as a collection of version 5 or 4.")
}

fn import(format: &str, value: &Value) -> Import {
    let mut losses = Losses::default();
    let base = value.get("environments").unwrap_or(&Value::Null);
    let root = FolderItem {
        name: text(value, "name"),
        authorization: Authorization::None,
        variables: variables(base.get("data").unwrap_or(&Value::Null), &mut losses),
        docs: request::docs(value),
        ..FolderItem::default()
    };
    let environments =
        list(base, "subEnvironments").iter().map(|found| environment(found, &mut losses)).collect();
    if !list(value.get("cookieJar").unwrap_or(&Value::Null), "cookies").is_empty() {
        losses.note("The cookies are not kept.");
    }
    for name in list(value, "left_out") {
        losses.note(plain(name));
    }
    for key in
        ["testSuites", "spec"].into_iter().filter(|key| value.get(key).is_some_and(|part| !is_empty(part)))
    {
        losses.note(format!("`{key}` is not kept."));
    }
    let items = items(list(value, "collection"), &mut losses);
    Import {
        format: format.to_owned(),
        collection: Collection { root, environments, items },
        losses: losses.finish(),
        ..Import::default()
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        other => other.is_null(),
    }
}

fn items(found: &[Value], losses: &mut Losses) -> Vec<Item> {
    let mut ordered: Vec<(f64, &Value)> = found.iter().map(|value| (sort_key(value), value)).collect();
    ordered.sort_by(|left, right| left.0.total_cmp(&right.0));
    ordered.into_iter().filter_map(|(_, value)| item(value, losses)).collect()
}

fn sort_key(value: &Value) -> f64 {
    let key = value.get("metaSortKey").or_else(|| value.pointer("/meta/sortKey"));
    key.and_then(Value::as_f64).unwrap_or(0.0)
}

fn item(value: &Value, losses: &mut Losses) -> Option<Item> {
    let name = text(value, "name");
    if losses.depth() >= DEEPEST {
        losses.note(format!("`{name}` is nested too deeply and was left out."));
        return None;
    }
    losses.within(&name, |losses| {
        let id = first_text(value.get("meta").unwrap_or(&Value::Null), &["id"]);
        if value.get("children").is_some() || id.starts_with("fld_") {
            let folder = folder(&without_children(value), losses);
            return Some(Item::Folder(folder, items(list(value, "children"), losses)));
        }
        let strange = ["ws-req", "greq", "socketio", "mcp"].into_iter().find(|kind| id.starts_with(kind));
        if strange.is_some() || value.get("protoFileId").is_some() || value.get("protoMethodName").is_some() {
            losses.note("Only HTTP requests can be sent by Sluice; this item was left out.");
            return None;
        }
        Some(Item::Request(Box::new(request::read(&template::rendered(value, losses), losses))))
    })
}

fn without_children(value: &Value) -> Value {
    let fields = value.as_object().into_iter().flatten().filter(|(key, _)| *key != "children");
    Value::Object(fields.map(|(key, value)| (key.clone(), value.clone())).collect())
}

fn folder(value: &Value, losses: &mut Losses) -> FolderItem {
    let variables = variables(value.get("environment").unwrap_or(&Value::Null), losses);
    let value = template::rendered(value, losses);
    FolderItem {
        name: text(&value, "name"),
        headers: request::fields(list(&value, "headers")),
        authorization: request::authorization(value.get("authentication"), losses),
        variables,
        scripts: request::scripts(&value),
        docs: request::docs(&value),
    }
}

fn environment(value: &Value, losses: &mut Losses) -> Environment {
    let name = text(value, "name");
    let data = value.get("data").unwrap_or(&Value::Null);
    let variables = losses.within(&name, |losses| variables(data, losses));
    let color = Some(text(value, "color")).filter(|color| color.starts_with('#'));
    Environment { name, color, variables }
}

/// The data of an environment; nested objects become names with dots.
fn variables(data: &Value, losses: &mut Losses) -> Vec<Variable> {
    const VAULT: &str = "__insomnia_vault";
    let mut found = Vec::new();
    let rendered = template::rendered(data, losses);
    let own = rendered.as_object().into_iter().flatten().filter(|(key, _)| *key != VAULT);
    for (key, value) in own {
        flatten(key, value, 0, &mut found);
    }
    for name in data.get(VAULT).and_then(Value::as_object).into_iter().flat_map(Map::keys) {
        losses.note(format!("The value of the secret `{name}` is encrypted by Insomnia; type it in again."));
        found.push(Variable { name: name.clone(), enabled: true, secret: true, ..Variable::default() });
    }
    found
}

fn flatten(name: &str, value: &Value, depth: usize, found: &mut Vec<Variable>) {
    match value {
        Value::Object(fields) if depth < DEEPEST && !fields.is_empty() => {
            for (key, value) in fields {
                flatten(&format!("{name}.{key}"), value, depth + 1, found);
            }
        }
        Value::Object(_) | Value::Array(_) => found.push(row(name, value.to_string())),
        scalar => found.push(row(name, plain(scalar))),
    }
}

fn row(name: &str, value: String) -> Variable {
    Variable { name: name.to_owned(), value, enabled: true, ..Variable::default() }
}

/// The resources of version 4, arranged as the tree version 5 has.
fn as_tree(export: &Value) -> Value {
    let resources = list(export, "resources");
    let mut below: HashMap<String, Vec<&Value>> = HashMap::new();
    for resource in resources {
        below.entry(text(resource, "parentId")).or_default().push(resource);
    }
    let of_type =
        |kind: &str| resources.iter().filter(|found| text(found, "_type") == kind).collect::<Vec<_>>();
    let workspaces = of_type("workspace");
    let mut reached = 0;
    let mut tree = match workspaces.as_slice() {
        [one] => json!({"name": text(one, "name"), "description": text(one, "description"),
                        "collection": children(&text(one, "_id"), &below, 0, &mut reached)}),
        several => {
            let folders: Vec<Value> = several
                .iter()
                .map(|found| {
                    json!({"name": text(found, "name"), "description": text(found, "description"),
                                    "children": children(&text(found, "_id"), &below, 1, &mut reached)})
                })
                .collect();
            json!({"name": "Insomnia", "collection": folders})
        }
    };
    let cookies: Vec<&Value> =
        of_type("cookie_jar").into_iter().flat_map(|jar| list(jar, "cookies")).collect();
    tree["environments"] = base_environment(&of_type("environment"));
    tree["cookieJar"] = json!({"cookies": cookies});
    tree["left_out"] = json!(left_out(resources, reached));
    tree
}

fn children(id: &str, below: &HashMap<String, Vec<&Value>>, depth: usize, reached: &mut usize) -> Vec<Value> {
    if depth > DEEPEST {
        return Vec::new();
    }
    let mut found = Vec::new();
    for resource in below.get(id).into_iter().flatten() {
        match text(resource, "_type").as_str() {
            "request" => found.push((*resource).clone()),
            "request_group" => {
                let mut folder = (*resource).clone();
                folder["children"] = children(&text(resource, "_id"), below, depth + 1, reached).into();
                found.push(folder);
            }
            _ => continue,
        }
        *reached += 1;
    }
    found
}

fn base_environment(found: &[&Value]) -> Value {
    let is_sub = |one: &Value| text(one, "parentId").starts_with("env_");
    let mut base = Map::new();
    for one in found.iter().filter(|one| !is_sub(one)) {
        base.extend(one.get("data").and_then(Value::as_object).cloned().unwrap_or_default());
    }
    let subs: Vec<&&Value> = found.iter().filter(|one| is_sub(one)).collect();
    json!({"data": base, "subEnvironments": subs})
}

fn left_out(resources: &[Value], reached: usize) -> Vec<String> {
    const READ: [&str; 5] = ["workspace", "request", "request_group", "environment", "cookie_jar"];
    let kind = |resource: &Value| text(resource, "_type");
    let mut told: Vec<String> = resources
        .iter()
        .filter(|resource| !READ.contains(&kind(resource).as_str()))
        .filter(|resource| !(kind(resource) == "api_spec" && text(resource, "contents").is_empty()))
        .map(|resource| format!("`{}` of type `{}` was left out.", text(resource, "name"), kind(resource)))
        .collect();
    let items = resources.iter().filter(|found| matches!(kind(found).as_str(), "request" | "request_group"));
    let lost = items.count().saturating_sub(reached);
    if lost > 0 {
        told.push(format!("Items whose folder is missing or nested too deeply were left out ({lost})."));
    }
    told
}
