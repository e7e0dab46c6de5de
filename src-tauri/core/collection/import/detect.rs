#[cfg(test)]
mod tests;

use std::path::Path;

use serde_json::Value;

use super::misread::Misread;
use super::source::Source;
use super::{
    Import, bru, bruno_json, curl, har, insomnia, openapi, opencollection, postman, postman_folder,
    structured, wsdl,
};
use crate::error::{Code, Error, Result};

const KNOWN: &str = "Sluice imports Postman collections, environments and folders, Bruno, OpenCollection, Insomnia, \
                     OpenAPI 3, WSDL 1.1, HAR and curl";

/// Whether a file is of a tool, and how it is read then.
type Reader = (fn(&Value) -> bool, fn(&Value) -> Result<Import>);

/// Reads a file or folder of whatever tool wrote it.
pub fn read(source: &Source) -> Result<Import> {
    match source {
        Source::Folder { path, files } => folder(path, files),
        Source::File { path, text } => file(path, text).map_err(|wrong| wrong.of_file(&file_name(path))),
    }
}

fn folder(path: &Path, files: &[(String, String)]) -> Result<Import> {
    let has = |name: &str| files.iter().any(|(file, _)| file == name);
    if has("opencollection.yml") || has("opencollection.yaml") {
        return Err(Error::new(Code::InvalidInput, format!("{} is a collection already", path.display()))
            .hint("Open it, nothing needs to be imported"));
    }
    if has("bruno.json") {
        return bru::read(files);
    }
    if postman_folder::is(files) {
        return postman_folder::read(files);
    }
    Err(Error::new(Code::InvalidInput, format!("{} is no collection of a tool Sluice knows", path.display()))
        .hint(KNOWN))
}

fn file(path: &Path, text: &str) -> std::result::Result<Import, Misread> {
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Error::new(Code::InvalidInput, format!("{} is empty", path.display()))
            .hint("Export it again in the tool it comes from")
            .into());
    }
    if start.starts_with('<') {
        return markup(path, text);
    }
    if curl::is_script(text) {
        return Ok(curl::read_file(text)?);
    }
    let ending = path.extension().unwrap_or_default();
    let is_named = ["json", "yml", "yaml", "har"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    let value = structured::parse(text).map_err(|wrong| if is_named { wrong } else { wrong.hint(KNOWN) })?;
    Ok(of_tool(path, &value)?)
}

/// A WSDL, also one that is broken; pages and other XML are none.
fn markup(path: &Path, text: &str) -> std::result::Result<Import, Misread> {
    if wsdl::is(text) || text.contains("schemas.xmlsoap.org/wsdl/") {
        return wsdl::read(text, &neighbours(path));
    }
    let what = format!("{} is XML or HTML, but no WSDL", path.display());
    Err(Error::new(Code::InvalidInput, what).hint(KNOWN).into())
}

fn of_tool(path: &Path, value: &Value) -> Result<Import> {
    if postman::is_collection(value) {
        return postman::read_collection(value);
    }
    if postman::is_environment(value) {
        return postman::read_environment(value);
    }
    let readers: [Reader; 5] = [
        (opencollection::is, opencollection::read),
        (insomnia::is, insomnia::read),
        (openapi::is, openapi::read),
        (bruno_json::is, bruno_json::read),
        (har::is, har::read),
    ];
    if let Some((_, read)) = readers.iter().find(|(is, _)| is(value)) {
        return read(value);
    }
    let hint = if is_service_key(value) {
        "This looks like a service key: add it to a tenant instead"
    } else {
        KNOWN
    };
    Err(Error::new(Code::InvalidInput, format!("{} is of no tool Sluice knows", path.display())).hint(hint))
}

fn is_service_key(value: &Value) -> bool {
    let part = value.get("oauth").or_else(|| value.get("uaa")).unwrap_or(value);
    part.get("clientid").is_some()
}

/// What a WSDL may import: the schemas and definitions beside it.
fn neighbours(path: &Path) -> Vec<(String, String)> {
    let Some(folder) = path.parent() else { return Vec::new() };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let schemas = entries.flatten().map(|entry| entry.path()).filter(|file| {
        let ending = file.extension().unwrap_or_default();
        file != path && (ending.eq_ignore_ascii_case("xsd") || ending.eq_ignore_ascii_case("wsdl"))
    });
    // One that cannot be read is missing when it is asked for, and that is told then.
    let read = schemas.filter_map(|file| match Source::read(&file) {
        Ok(Source::File { path, text }) => {
            path.file_name().map(|name| (name.to_string_lossy().into_owned(), text))
        }
        _ => None,
    });
    read.take(200).collect()
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
