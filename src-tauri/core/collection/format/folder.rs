use serde_json::Value;

use super::authorization::{authorization_value, read_authorization};
use super::field::{field_values, read_fields, read_variables, variable_values};
use super::mapping::{Mapping, sequence};
use super::place::Place;
use super::script::{read_scripts, script_values};
use super::{FolderFile, Misfit, info};
use crate::collection::model::FolderItem;
use crate::http::Authorization;

/// Reads `folder.yml`.
pub fn read_folder(value: &Value) -> Result<FolderFile, Misfit> {
    let top = Place::top(value);
    top.mapping("a folder")?;
    let info = info::read(&top, "folder")?;
    let name = info.some_text("name").unwrap_or_else(|| "Untitled Folder".to_owned());
    // A folder that says nothing lets the one above decide, in Bruno, too.
    let item = read_defaults(&top, name, Authorization::Inherit)?;
    Ok(FolderFile { item, seq: info::seq(&info) })
}

/// Reads `opencollection.yml`.
pub fn read_root(value: &Value) -> Result<FolderItem, Misfit> {
    let top = Place::top(value);
    top.mapping("a collection")?;
    let info = top.section("info")?;
    if info.is_none() && top.get("opencollection").is_none() {
        return Err(Misfit {
            pointer: String::new(),
            message: "This file has neither `opencollection` nor `info`, so it is no collection.".to_owned(),
            hint: Some("Begin it with `opencollection: 1.0.0` and `info:` with a `name`.".to_owned()),
        });
    }
    let name =
        info.and_then(|info| info.some_text("name")).unwrap_or_else(|| "Untitled Collection".to_owned());
    read_defaults(&top, name, Authorization::None)
}

fn read_defaults(top: &Place<'_>, name: String, unsaid: Authorization) -> Result<FolderItem, Misfit> {
    let docs = top.text("docs");
    let Some(request) = top.section("request")? else {
        return Ok(FolderItem { name, docs, authorization: unsaid, ..FolderItem::default() });
    };
    let said = request.get("auth").as_ref().and_then(read_authorization);
    Ok(FolderItem {
        name,
        headers: read_fields(&request, "headers")?,
        authorization: said.unwrap_or(unsaid),
        variables: read_variables(&request, "variables")?,
        scripts: read_scripts(&request)?,
        docs,
    })
}

/// What Bruno 4 would write as `folder.yml`.
pub fn folder_value(file: &FolderFile) -> Value {
    let name = or_untitled(&file.item.name, "Untitled Folder");
    let info = Mapping::new().with("name", name).with("type", "folder");
    // Saying nothing would mean the folder above.
    let auth = authorization_value(&file.item.authorization).unwrap_or_else(|| Value::from("none"));
    Mapping::new()
        .with("info", info.with_some("seq", file.seq.and_then(sequence)))
        .with_some("request", defaults_value(&file.item, Some(auth)))
        .with_some("docs", docs_value(&file.item.docs))
        .into()
}

/// What Bruno 4 would write as `opencollection.yml`.
pub fn root_value(item: &FolderItem) -> Value {
    Mapping::new()
        .with("opencollection", "1.0.0")
        .with("info", Mapping::new().with("name", or_untitled(&item.name, "Untitled Collection")))
        .with("config", Mapping::new().with("proxy", proxy_value()))
        .with_some("request", defaults_value(item, authorization_value(&item.authorization)))
        .with_some("docs", docs_value(&item.docs))
        .with("bundled", false)
        .with("extensions", Mapping::new())
        .into()
}

fn or_untitled<'a>(name: &'a str, untitled: &'a str) -> &'a str {
    if name.trim().is_empty() { untitled } else { name }
}

fn defaults_value(item: &FolderItem, auth: Option<Value>) -> Option<Value> {
    Mapping::new()
        .with_list("headers", field_values(&item.headers))
        .with_some("auth", auth)
        .with_list("variables", variable_values(&item.variables))
        .with_list("scripts", script_values(&item.scripts))
        .or_nothing()
}

fn docs_value(docs: &str) -> Option<Mapping> {
    let written = !docs.trim().is_empty();
    written.then(|| Mapping::new().with("content", docs).with("type", "text/markdown"))
}

/// Bruno adds this block to every collection it saves.
fn proxy_value() -> Mapping {
    let config = Mapping::new()
        .with("protocol", "http")
        .with("hostname", "")
        .with("port", "")
        .with("auth", Mapping::new().with("username", "").with("password", ""))
        .with("bypassProxy", "");
    Mapping::new().with("inherit", true).with("config", config)
}
