//! Postman collections 2.1 and 2.0, environments and globals.

mod authorization;
mod body;
mod item;
mod parts;
mod request;
#[cfg(test)]
mod tests;
mod url;

pub(super) use body::of_type as body_of_type;

use serde_json::Value;

use super::json::{flag, list, member, some};
use super::{FoundSecret, Import};
use crate::collection::{Collection, Environment, FolderItem, Loss, Variable};
use crate::error::{Code, Error};
use crate::secret::Secret;

/// What is found on the way beside the collection itself.
#[derive(Default)]
struct Findings {
    secrets: Vec<FoundSecret>,
    losses: Vec<Loss>,
}

impl Findings {
    fn lose(&mut self, place: &str, what: impl Into<String>) {
        self.losses.push(Loss { place: place.to_owned(), what: what.into() });
    }

    /// Takes the value of a secret variable out of it.
    fn keep(&mut self, environment: Option<&str>, place: &str, variable: &mut Variable) {
        if !variable.secret || variable.value.is_empty() {
            return;
        }
        let value = std::mem::take(&mut variable.value);
        let taken = |secret: &FoundSecret| {
            secret.name == variable.name && secret.environment.as_deref() == environment
        };
        if let Some(other) = self.secrets.iter().find(|secret| taken(secret)) {
            if *other.value.expose() != value {
                let what =
                    format!("The secret variable {} has another value above, which stays.", variable.name);
                self.lose(place, what);
            }
            return;
        }
        let environment = environment.map(str::to_owned);
        let value = Secret::new(value);
        self.secrets.push(FoundSecret { environment, name: variable.name.clone(), value });
    }
}

/// Whether this is a Postman collection of any version.
pub fn is_collection(value: &Value) -> bool {
    let value = unwrapped(value);
    let schema = value.pointer("/info/schema").and_then(Value::as_str);
    schema.is_some_and(|schema| schema.contains("getpostman.com") || schema.contains("postman.com"))
        || value.pointer("/info/_postman_id").is_some()
        || is_first_version(value)
}

/// Whether this is a Postman environment, or its globals.
pub fn is_environment(value: &Value) -> bool {
    match value.get("_postman_variable_scope").and_then(Value::as_str) {
        Some(scope) => scope == "environment" || scope == "globals",
        None => value.get("values").is_some_and(Value::is_array) && value.get("name").is_some(),
    }
}

/// Whether these are Postman's globals.
pub fn is_globals(value: &Value) -> bool {
    value.get("_postman_variable_scope").and_then(Value::as_str) == Some("globals")
}

/// Reads a collection of the versions 2.1 and 2.0.
pub fn read_collection(value: &Value) -> Result<Import, Error> {
    let value = unwrapped(value);
    let version = version(value)?;
    let mut found = Findings::default();
    let name = some(value, "info").map(|info| member(info, "name")).filter(|name| !name.trim().is_empty());
    let name = name.unwrap_or_else(|| "Imported collection".to_owned());
    let context = item::Context::of_root(value);
    let docs = value.get("info").map(parts::description).unwrap_or_default();
    let root = FolderItem {
        headers: Vec::new(),
        authorization: authorization::read(value.get("auth"), &name, &mut found)
            .unwrap_or(crate::http::Authorization::None),
        variables: parts::variables(list(value, "variable"), &name, &mut found),
        scripts: parts::scripts(value, &name, &mut found),
        docs,
        name,
    };
    let items = item::read(list(value, "item"), &context, &mut found)?;
    Ok(Import {
        format: format!("Postman collection {version}"),
        collection: Collection { root, environments: Vec::new(), items },
        secrets: found.secrets,
        globals: Vec::new(),
        losses: found.losses,
    })
}

/// Reads an environment or the globals; the values of its secret variables are taken out.
pub fn read_environment(value: &Value) -> Result<Import, Error> {
    let Some(values) = value.get("values").and_then(Value::as_array) else {
        return Err(Error::new(
            Code::InvalidInput,
            "The file is no Postman environment: it has no list “values”",
        )
        .hint("Export the environment again in Postman: Environments, …, Export"));
    };
    let globals = is_globals(value);
    let name = Some(member(value, "name")).filter(|name| !name.trim().is_empty());
    let name = name.unwrap_or_else(|| "Imported environment".to_owned());
    let color =
        some(value, "color").and_then(Value::as_str).filter(|color| is_color(color)).map(str::to_owned);
    let mut found = Findings::default();
    let mut variables: Vec<Variable> = values.iter().filter_map(parts::variable).collect();
    for variable in &mut variables {
        found.keep((!globals).then_some(name.as_str()), &name, variable);
    }
    let mut import = Import { secrets: found.secrets, losses: found.losses, ..Import::default() };
    if globals {
        "Postman globals".clone_into(&mut import.format);
        import.globals = variables;
    } else {
        "Postman environment".clone_into(&mut import.format);
        import.collection.environments.push(Environment { name, color, variables });
    }
    Ok(import)
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

/// Postman's own interface puts the collection into an envelope.
fn unwrapped(value: &Value) -> &Value {
    value.get("collection").filter(|inner| inner.get("info").is_some()).unwrap_or(value)
}

fn is_first_version(value: &Value) -> bool {
    value.get("requests").is_some_and(Value::is_array)
        && (value.get("order").is_some() || value.get("folders").is_some())
}

fn version(value: &Value) -> Result<&'static str, Error> {
    let export = "In Postman choose Export on the collection, and there “Collection v2.1”";
    let refuse = |message: String| Err(Error::new(Code::InvalidInput, message).hint(export));
    if !value.is_object() {
        return refuse("The file is no Postman collection: it does not hold an object".to_owned());
    }
    if is_first_version(value) {
        return refuse("This is a Postman collection of version 1, which is not read".to_owned());
    }
    let schema = value.pointer("/info/schema").and_then(Value::as_str).unwrap_or_default();
    if schema.contains("/v2.1") {
        return Ok("2.1");
    }
    if schema.contains("/v2.0") {
        return Ok("2.0");
    }
    if schema.is_empty() && value.get("item").is_some_and(Value::is_array) && value.get("info").is_some() {
        return Ok("2.1");
    }
    match schema
        .split('/')
        .find(|part| part.starts_with('v') && part[1..].starts_with(|sign: char| sign.is_ascii_digit()))
    {
        Some(other) => {
            refuse(format!("This is a Postman collection of version {}, which is not read", &other[1..]))
        }
        None => {
            refuse("The file is no Postman collection: it does not say its version in info.schema".to_owned())
        }
    }
}

/// Whether something is switched on, by either of Postman's two words for it.
fn is_enabled(value: &Value) -> bool {
    !flag(value, "disabled") && value.get("enabled").and_then(Value::as_bool).unwrap_or(true)
}
