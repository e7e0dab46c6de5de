//! Bruno collections as folders of `.bru` files.

mod blocks;
mod language;
mod meaning;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

use super::json::text;
use super::losses::{DEEPEST, Losses};
use super::{FoundSecret, Import, bruno_json};
use crate::collection::{Collection, Environment, FolderItem, Item};
use crate::error::{Code, Error};
use language::Broken;

/// The files of one folder, and the folders in it.
#[derive(Default)]
struct Folder<'a> {
    files: BTreeMap<&'a str, &'a str>,
    folders: BTreeMap<&'a str, Folder<'a>>,
}

/// Whether these files, each with its path below the collection's folder, are a `.bru` collection.
pub fn is(files: &[(String, String)]) -> bool {
    let named = |name: &str| files.iter().any(|(path, _)| path == name);
    named("bruno.json") && !named("opencollection.yml")
}

/// Reads a `.bru` collection: each file with its path below the collection's folder, parted by `/`.
pub fn read(files: &[(String, String)]) -> Result<Import, Error> {
    if !files.iter().any(|(path, _)| path == "bruno.json" || path.strip_suffix(".bru").is_some()) {
        return Err(Error::new(Code::InvalidInput, "The folder has no `bruno.json` and no `.bru` file")
            .hint("Choose the folder of a Bruno collection: the one with the file `bruno.json`."));
    }
    let mut losses = Losses::default();
    let mut secrets = Vec::new();
    let mut tree = arranged(files, &mut losses);
    let config = config(tree.files.remove("bruno.json"), &mut losses);
    bruno_json::settings(&config, &mut losses);
    let environments = tree.folders.remove("environments").unwrap_or_default();
    let environments = read_environments(&environments, &mut losses, &mut secrets);
    let own = tree.files.remove("collection.bru");
    let (meta, root) = folder_file("collection.bru", own, &mut losses);
    let name = Some(text(&config, "name")).filter(|name| !name.is_empty()).unwrap_or(meta);
    let root = FolderItem { name, ..root };
    let items = items(&tree, "", &mut losses);
    Ok(Import {
        format: "Bruno collection (.bru)".to_owned(),
        collection: Collection { root, environments, items },
        secrets,
        globals: Vec::new(),
        losses: losses.finish(),
    })
}

fn arranged<'a>(files: &'a [(String, String)], losses: &mut Losses) -> Folder<'a> {
    let mut tree = Folder::default();
    for (path, content) in files {
        let mut steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty() && *step != ".").collect();
        let Some(name) = steps.pop() else { continue };
        if steps.len() >= DEEPEST {
            losses.note(format!("The file `{path}` is nested too deeply and was left out."));
            continue;
        }
        let folder =
            steps.into_iter().fold(&mut tree, |folder, step| folder.folders.entry(step).or_default());
        folder.files.insert(name, content);
    }
    tree
}

fn config(content: Option<&str>, losses: &mut Losses) -> Value {
    let Some(content) = content else { return Value::Null };
    serde_json::from_str(content).unwrap_or_else(|error| {
        losses.note(format!("`bruno.json` cannot be read: {error}."));
        Value::Null
    })
}

fn folder_file(path: &str, content: Option<&str>, losses: &mut Losses) -> (String, FolderItem) {
    let Some(content) = content else {
        return (String::new(), bruno_json::folder("", &Value::Null, losses));
    };
    match language::parse(content) {
        Ok(blocks) => {
            note_unknown(path, &blocks, losses);
            let value = meaning::folder(&blocks);
            let name = value["meta"]["name"].as_str().unwrap_or_default().to_owned();
            (name, bruno_json::folder("", &value, losses))
        }
        Err(broken) => {
            note_broken(path, &broken, losses);
            let docs = format!("The file `{path}` could not be read:\n\n```\n{content}\n```");
            (String::new(), FolderItem { docs, ..bruno_json::folder("", &Value::Null, losses) })
        }
    }
}

fn items(folder: &Folder, above: &str, losses: &mut Losses) -> Vec<Item> {
    let mut ordered = Vec::new();
    for (name, inner) in
        folder.folders.iter().filter(|(name, inner)| !name.starts_with('.') && has_requests(inner))
    {
        let path = format!("{above}{name}/");
        ordered.push(losses.within(name, |losses| read_folder(name, inner, &path, losses)));
    }
    for (name, content) in &folder.files {
        let path = format!("{above}{name}");
        match name.strip_suffix(".bru") {
            Some("folder" | "collection") => {}
            Some(stem) => {
                ordered.extend(losses.within(stem, |losses| read_request(stem, &path, content, losses)));
            }
            None => {
                losses.note(format!("The file `{path}` is not part of the requests and was left out."));
            }
        }
    }
    bruno_json::in_order(ordered)
}

fn has_requests(folder: &Folder) -> bool {
    folder.files.keys().any(|name| name.strip_suffix(".bru").is_some())
        || folder.folders.values().any(has_requests)
}

fn read_folder(name: &str, folder: &Folder, path: &str, losses: &mut Losses) -> (bool, f64, Item) {
    let file = folder.files.get("folder.bru").copied();
    let seq = file.and_then(|content| language::parse(content).ok());
    let seq = seq.and_then(|blocks| meaning::folder(&blocks)["meta"]["seq"].as_f64()).unwrap_or(f64::MAX);
    let (meta, item) = folder_file(&format!("{path}folder.bru"), file, losses);
    let called = if meta.is_empty() { name.to_owned() } else { meta };
    (false, seq, Item::Folder(FolderItem { name: called, ..item }, items(folder, path, losses)))
}

fn read_request(stem: &str, path: &str, content: &str, losses: &mut Losses) -> Option<(bool, f64, Item)> {
    let mut value = match language::parse(content) {
        Ok(blocks) => {
            note_unknown(path, &blocks, losses);
            meaning::request(&blocks)
        }
        Err(broken) => {
            note_broken(path, &broken, losses);
            let docs = format!("The file `{path}` could not be read:\n\n```\n{content}\n```");
            serde_json::json!({"type": "http", "request": {"method": "GET", "docs": docs}})
        }
    };
    if text(&value, "name").is_empty() {
        value["name"] = Value::String(stem.to_owned());
    }
    let seq = value["seq"].as_f64().unwrap_or(f64::MAX);
    Some((true, seq, bruno_json::sendable(&value, losses)?))
}

fn read_environments(
    folder: &Folder,
    losses: &mut Losses,
    secrets: &mut Vec<FoundSecret>,
) -> Vec<Environment> {
    let mut environments = Vec::new();
    for (file, content) in &folder.files {
        let path = format!("environments/{file}");
        let Some(name) = file.strip_suffix(".bru") else { continue };
        match language::parse(content) {
            Ok(blocks) => {
                note_unknown(&path, &blocks, losses);
                let value = meaning::environment(name, &blocks);
                environments.push(bruno_json::environment(&value, losses, secrets));
            }
            Err(broken) => losses.within(name, |losses| note_broken(&path, &broken, losses)),
        }
    }
    environments
}

fn note_broken(path: &str, broken: &Broken, losses: &mut Losses) {
    losses.note(format!("`{path}`, line {}: {}.", broken.line, broken.message));
}

fn note_unknown(path: &str, blocks: &[language::Block], losses: &mut Losses) {
    for name in meaning::unknown(blocks) {
        losses.note(format!("The block `{name}` of `{path}` is not known and was left out."));
    }
}
