//! `OpenAPI` 3.0 and 3.1: a request for each operation, with samples of what it takes.

mod operation;
mod schema;
mod security;
#[cfg(test)]
mod tests;

use serde_json::Value;

use super::Import;
use super::json::{list, plain, text, truth};
use super::losses::Losses;
use crate::collection::{Collection, Environment, FolderItem, Item, RequestDetails, RequestItem, Variable};
use crate::error::{Code, Error};
use crate::http::{Authorization, CsrfMode, Field, Request, RequestOptions};
use schema::Definitions;

const METHODS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];

/// Whether this is an `OpenAPI` description, of any version.
pub fn is(value: &Value) -> bool {
    value.get("openapi").is_some() || value.get("swagger").is_some()
}

/// Reads an `OpenAPI` 3 description.
pub fn read(value: &Value) -> Result<Import, Error> {
    let version = text(value, "openapi");
    if !version.starts_with("3.") {
        return Err(refused(value, &version));
    }
    let definitions = Definitions::new(value);
    let mut losses = Losses::default();
    let servers = servers(list(value, "servers"));
    let mut variables = vec![base_url(servers.first(), &mut losses)];
    let none = Value::Null;
    let requirements = value.get("security").unwrap_or(&none);
    let authorization = security::read(requirements, &definitions, &mut variables, &mut losses);
    let mut reader = Reader { definitions, variables, losses, folders: declared(value) };
    for (path, operations) in value.get("paths").and_then(Value::as_object).into_iter().flatten() {
        reader.path(path, operations);
    }
    let Reader { variables, mut losses, folders, .. } = reader;
    if value.get("webhooks").is_some() {
        losses.note("Webhooks are calls the other way round and were left out.");
    }
    let info = value.get("info").unwrap_or(&none);
    let root = FolderItem {
        name: text(info, "title"),
        authorization,
        variables,
        docs: text(info, "description"),
        ..FolderItem::default()
    };
    let items = folders.into_iter().filter(|(_, items)| !items.is_empty());
    Ok(Import {
        format: format!("OpenAPI {version}"),
        collection: Collection {
            root,
            environments: environments(servers),
            items: items.map(|(folder, items)| Item::Folder(folder, items)).collect(),
        },
        losses: losses.finish(),
        ..Import::default()
    })
}

fn refused(value: &Value, version: &str) -> Error {
    let found = match value.get("swagger") {
        Some(swagger) => format!("The file is Swagger {}", plain(swagger)),
        None if version.is_empty() => "This is no OpenAPI description".to_owned(),
        None => format!("The file is OpenAPI {version}"),
    };
    Error::new(Code::InvalidInput, format!("{found}; OpenAPI 3.0 and 3.1 can be read"))
        .hint("Convert it to OpenAPI 3.0, for example in Swagger Editor (editor.swagger.io) with Edit, Convert to OpenAPI 3; then import the converted file")
}

/// Name and address of each server, its variables filled in.
fn servers(found: &[Value]) -> Vec<(String, String)> {
    found
        .iter()
        .map(|server| {
            let mut url = text(server, "url");
            for (name, variable) in server.get("variables").and_then(Value::as_object).into_iter().flatten() {
                url = url.replace(&format!("{{{name}}}"), &text(variable, "default"));
            }
            (text(server, "description"), url.trim_end_matches('/').to_owned())
        })
        .collect()
}

fn base_url(server: Option<&(String, String)>, losses: &mut Losses) -> Variable {
    let value = server.map(|(_, url)| url.clone()).unwrap_or_default();
    if !value.contains("://") {
        losses.note("The description names no host; put the address into the variable `baseUrl`.");
    }
    Variable { name: "baseUrl".to_owned(), value, enabled: true, ..Variable::default() }
}

/// An environment for each server, when there are several.
fn environments(servers: Vec<(String, String)>) -> Vec<Environment> {
    if servers.len() < 2 {
        return Vec::new();
    }
    let mut made: Vec<Environment> = Vec::new();
    for (description, url) in servers {
        let taken = |name: &str, made: &[Environment]| made.iter().any(|one| one.name == name);
        let mut name = if description.is_empty() { url.clone() } else { description };
        if taken(&name, &made) {
            name = format!("{name} {}", made.len() + 1);
        }
        let variable =
            Variable { name: "baseUrl".to_owned(), value: url, enabled: true, ..Variable::default() };
        made.push(Environment { name, color: None, variables: vec![variable] });
    }
    made
}

/// A folder for each tag that is declared, in that order.
fn declared(value: &Value) -> Vec<(FolderItem, Vec<Item>)> {
    list(value, "tags")
        .iter()
        .map(|tag| (folder(&text(tag, "name"), text(tag, "description")), Vec::new()))
        .collect()
}

fn folder(name: &str, docs: String) -> FolderItem {
    FolderItem { name: name.to_owned(), authorization: Authorization::Inherit, docs, ..FolderItem::default() }
}

struct Reader<'a> {
    definitions: Definitions<'a>,
    variables: Vec<Variable>,
    losses: Losses,
    folders: Vec<(FolderItem, Vec<Item>)>,
}

impl<'a> Reader<'a> {
    fn path(&mut self, path: &str, operations: &'a Value) {
        let operations = self.definitions.resolve(operations);
        if self.definitions.missed() {
            self.losses.note(format!("The path `{path}` stands in another file and was left out."));
        }
        for method in METHODS {
            let Some(operation) = operations.get(method) else { continue };
            let tags: Vec<String> = list(operation, "tags").iter().map(plain).collect();
            let first = path.split('/').find(|segment| !segment.is_empty()).unwrap_or("/");
            let place = tags.first().map_or(first, String::as_str).to_owned();
            let item = self.request(path, method, &place, operations, operation, tags);
            let at = self.folders.iter().position(|(folder, _)| folder.name == place);
            match at.and_then(|index| self.folders.get_mut(index)) {
                Some((_, items)) => items.push(item),
                None => self.folders.push((folder(&place, String::new()), vec![item])),
            }
        }
    }

    fn request(
        &mut self,
        path: &str,
        method: &str,
        place: &str,
        shared: &'a Value,
        operation: &'a Value,
        tags: Vec<String>,
    ) -> Item {
        let name = name(operation, method, path);
        let Self { definitions, variables, losses, .. } = self;
        let item = losses.within(&format!("{place} / {name}"), |losses| {
            let own = list(operation, "parameters");
            let mut parameters =
                operation::parameters(path, list(shared, "parameters"), own, definitions, losses);
            let (body, kind) = operation::body(operation, definitions, losses);
            parameters.headers.extend(kind.map(|kind| Field::new("Content-Type", kind)));
            parameters.variables.extend(own_server(shared, operation));
            let authorization = match operation.get("security") {
                Some(security) => security::read(security, definitions, variables, losses),
                None => Authorization::Inherit,
            };
            note_rest(operation, definitions, losses);
            RequestItem {
                name: name.clone(),
                request: Request {
                    method: method.to_ascii_uppercase(),
                    url: parameters.url,
                    parameters: parameters.query,
                    path_parameters: parameters.path,
                    headers: parameters.headers,
                    body,
                    authorization,
                    csrf: CsrfMode::default(),
                    options: RequestOptions::default(),
                },
                details: RequestDetails {
                    tags,
                    variables: parameters.variables,
                    docs: docs(operation),
                    ..RequestDetails::default()
                },
            }
        });
        Item::Request(Box::new(item))
    }
}

fn note_rest(operation: &Value, definitions: &Definitions, losses: &mut Losses) {
    if definitions.missed() {
        losses.note("A reference leads to another file or to nothing; what it describes was left out.");
    }
    if operation.get("callbacks").is_some() {
        losses.note("Callbacks are calls the other way round and were left out.");
    }
}

fn own_server(shared: &Value, operation: &Value) -> Option<Variable> {
    let own = list(operation, "servers");
    let found = servers(if own.is_empty() { list(shared, "servers") } else { own });
    let (_, value) = found.into_iter().next()?;
    Some(Variable { name: "baseUrl".to_owned(), value, enabled: true, ..Variable::default() })
}

fn name(operation: &Value, method: &str, path: &str) -> String {
    let said = [text(operation, "summary"), text(operation, "operationId")];
    let said = said.into_iter().map(|name| name.trim().to_owned()).find(|name| !name.is_empty());
    said.unwrap_or_else(|| format!("{} {path}", method.to_ascii_uppercase()))
}

fn docs(operation: &Value) -> String {
    let description = text(operation, "description");
    match truth(operation, "deprecated") {
        Some(true) => format!("**Deprecated.**\n\n{description}").trim_end().to_owned(),
        _ => description,
    }
}
