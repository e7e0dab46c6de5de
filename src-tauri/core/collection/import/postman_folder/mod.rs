//! Folders of Postman 3: a file for each request, `.resources/definition.yaml` for each folder.

mod shape;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::losses::DEEPEST;
use super::{Import, postman, structured};
use crate::collection::Loss;
use crate::error::{Code, Error, Result};

const DEFINITION: &str = ".resources/definition.yaml";
const ENDS: [&str; 2] = [".request.yaml", ".request.yml"];

/// One folder: its definition, its requests by file, and the folders in it.
#[derive(Default)]
struct Folder<'a> {
    definition: Option<&'a str>,
    requests: BTreeMap<&'a str, &'a str>,
    folders: BTreeMap<&'a str, Folder<'a>>,
}

/// Whether these files, each with its path, are a collection as Postman 3 keeps it in a folder.
pub fn is(files: &[(String, String)]) -> bool {
    files.iter().any(|(path, _)| request_name(path).is_some() || owner(path).is_some())
}

/// Reads the one collection in a folder, with the environments beside it.
pub fn read(files: &[(String, String)]) -> Result<Import> {
    let root = root(files)?;
    let mut losses = Vec::new();
    let tree = arranged(files, root, &mut losses);
    let definition = tree.definition.map_or(Value::Null, |text| parsed(DEFINITION, text, &mut losses));
    let name =
        text(&definition, "name").unwrap_or_else(|| root.rsplit('/').next().unwrap_or_default().to_owned());
    let mut value = shape::defaults(&definition);
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    let description = definition.get("description").cloned().unwrap_or_default();
    value["info"] = json!({"name": name, "schema": schema, "description": description});
    value["item"] = items(&tree, "", 0, &mut losses);
    let mut import = postman::read_collection(&value)?;
    "Postman collection 3 (folder)".clone_into(&mut import.format);
    for (path, content) in files.iter().filter(|(path, _)| is_environment(path)) {
        environment(path, content, &mut import, &mut losses);
    }
    losses.append(&mut import.losses);
    import.losses = losses;
    Ok(import)
}

/// The name of a request's file without its ending.
fn request_name(path: &str) -> Option<&str> {
    let file = path.rsplit('/').next()?;
    ENDS.iter().find_map(|end| file.strip_suffix(end))
}

/// The folder a definition belongs to.
fn owner(path: &str) -> Option<&str> {
    path.strip_suffix(DEFINITION)
        .filter(|owner| owner.is_empty() || owner.ends_with('/'))
        .map(|owner| owner.trim_end_matches('/'))
}

fn is_environment(path: &str) -> bool {
    [".environment.yaml", ".environment.yml", ".globals.yaml", ".globals.yml"]
        .iter()
        .any(|end| path.ends_with(end))
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The folder of the collection: the one definition above all others, or what Postman calls `collections/…`.
fn root(files: &[(String, String)]) -> Result<&str> {
    let requests = files.iter().filter(|(path, _)| request_name(path).is_some());
    let mut roots: BTreeSet<&str> = files.iter().filter_map(|(path, _)| owner(path)).collect();
    for (path, _) in requests {
        if !roots.iter().any(|root| is_below(path, root)) {
            roots.insert(named_root(path));
        }
    }
    let all = roots.clone();
    roots.retain(|root| !all.iter().any(|other| other != root && is_below(root, other)));
    let mut found = roots.iter();
    match (found.next(), found.next()) {
        (Some(root), None) => Ok(root),
        (None, _) => Err(Error::new(Code::InvalidInput, "The folder has no requests of Postman in it")
            .hint("Choose the folder of one collection below postman/collections")),
        (Some(_), Some(_)) => {
            let names: Vec<&str> =
                roots.iter().map(|root| root.rsplit('/').next().unwrap_or_default()).take(5).collect();
            let message = format!("The folder has several collections in it: {}", names.join(", "));
            Err(Error::new(Code::InvalidInput, message).hint("Choose the folder of one of them"))
        }
    }
}

fn named_root(path: &str) -> &str {
    let Some(start) = path.find("collections/").map(|start| start + "collections/".len()) else { return "" };
    let end = path.get(start..).and_then(|rest| rest.find('/')).map(|length| start + length);
    end.and_then(|end| path.get(..end)).unwrap_or_default()
}

fn arranged<'a>(files: &'a [(String, String)], root: &str, losses: &mut Vec<Loss>) -> Folder<'a> {
    let mut tree = Folder::default();
    let mut examples = 0_usize;
    for (path, content) in files.iter().filter(|(path, _)| is_below(path, root)) {
        let below = path.get(root.len()..).unwrap_or_default().trim_start_matches('/');
        if below.ends_with(".example.yaml") || below.ends_with(".example.yml") {
            examples += 1;
        } else if let Some(folder) = owner(below) {
            folder_at(&mut tree, folder).definition = Some(content);
        } else if let Some(name) = request_name(below) {
            let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
            folder_at(&mut tree, folder).requests.insert(name, content);
        }
    }
    if examples > 0 {
        losses.push(Loss {
            place: "Collection".to_owned(),
            what: format!("{examples} saved responses are left out."),
        });
    }
    tree
}

fn folder_at<'a, 'b>(tree: &'b mut Folder<'a>, path: &'a str) -> &'b mut Folder<'a> {
    path.split('/')
        .filter(|name| !name.is_empty())
        .fold(tree, |folder, name| folder.folders.entry(name).or_default())
}

/// What a folder holds, by Postman's order and then by name.
fn items(folder: &Folder, above: &str, depth: usize, losses: &mut Vec<Loss>) -> Value {
    let place = |name: &str| if above.is_empty() { name.to_owned() } else { format!("{above} / {name}") };
    let mut found: Vec<(f64, Value)> = Vec::new();
    for (name, inner) in &folder.folders {
        let place = place(name);
        if depth >= DEEPEST {
            losses.push(Loss { place, what: "It is nested too deeply and was left out.".to_owned() });
            continue;
        }
        let definition = inner.definition.map_or(Value::Null, |text| parsed(&place, text, losses));
        let mut value = shape::defaults(&definition);
        value["name"] = text(&definition, "name").map_or_else(|| json!(name), Value::from);
        value["description"] = definition.get("description").cloned().unwrap_or_default();
        value["item"] = items(inner, &place, depth + 1, losses);
        found.push((order(&definition), value));
    }
    for (name, content) in &folder.requests {
        let place = place(name);
        let file = parsed(&place, content, losses);
        if file.get("$kind").is_some_and(|kind| kind != "http-request") {
            losses.push(Loss { place, what: "It is no HTTP request and is left out.".to_owned() });
        } else if file.is_object() {
            found.push((order(&file), shape::request(&file, name, &place, losses)));
        }
    }
    found.sort_by(|one, other| one.0.total_cmp(&other.0));
    found.into_iter().map(|(_, value)| value).collect()
}

fn order(value: &Value) -> f64 {
    value.get("order").and_then(Value::as_f64).unwrap_or(f64::MAX)
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

/// The content of a file; one that cannot be read is told and stands for nothing.
fn parsed(place: &str, content: &str, losses: &mut Vec<Loss>) -> Value {
    structured::parse(content).unwrap_or_else(|wrong| {
        losses.push(wrong.loss(place));
        Value::Null
    })
}

fn environment(path: &str, content: &str, import: &mut Import, losses: &mut Vec<Loss>) {
    let file = path.rsplit('/').next().unwrap_or_default();
    let mut value = parsed(file, content, losses);
    if !value.is_object() {
        return;
    }
    if text(&value, "name").is_none() {
        value["name"] = json!(file.split('.').next().unwrap_or_default());
    }
    if file.contains(".globals.") {
        value["_postman_variable_scope"] = json!("globals");
    }
    value["values"] = shape::rows(value.get("values").unwrap_or(&Value::Null));
    match postman::read_environment(&value) {
        Ok(mut read) => {
            import.collection.environments.append(&mut read.collection.environments);
            import.globals.append(&mut read.globals);
            import.secrets.append(&mut read.secrets);
            losses.append(&mut read.losses);
        }
        Err(error) => losses.push(Loss { place: file.to_owned(), what: error.message }),
    }
}
