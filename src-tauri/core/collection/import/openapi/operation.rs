use std::path::PathBuf;

use serde_json::Value;

use super::schema::{Definitions, said, xml};
use crate::collection::Variable;
use crate::collection::import::json::{first_text, plain, text, truth};
use crate::collection::import::losses::Losses;
use crate::http::{Body, Field, Part, PartContent};

/// The parameters of an operation, by where they go.
#[derive(Default)]
pub(super) struct Parameters {
    pub url: String,
    pub path: Vec<Field>,
    pub query: Vec<Field>,
    pub headers: Vec<Field>,
    /// What stands inside a segment: `/Orders({id})`.
    pub variables: Vec<Variable>,
}

/// Reads the parameters of a path and of its operation, which count more.
pub(super) fn parameters<'a>(
    path: &str,
    shared: &'a [Value],
    own: &'a [Value],
    definitions: &Definitions<'a>,
    losses: &mut Losses,
) -> Parameters {
    let mut merged: Vec<&Value> = Vec::new();
    for parameter in shared.iter().chain(own).map(|found| definitions.resolve(found)) {
        let same = |one: &&Value| {
            text(one, "name") == text(parameter, "name") && text(one, "in") == text(parameter, "in")
        };
        merged.retain(|one| !same(one));
        merged.push(parameter);
    }
    let mut read = Parameters::default();
    let mut in_path = Vec::new();
    for parameter in merged {
        let field = field(parameter, definitions);
        match text(parameter, "in").as_str() {
            "path" => in_path.push(field),
            "query" => read.query.push(field),
            "header" if is_reserved(&field.name) => {}
            "header" => read.headers.push(field),
            "cookie" => losses.note(format!("The cookie parameter `{}` was left out.", field.name)),
            _ => {}
        }
    }
    place(path, in_path, &mut read);
    read
}

fn is_reserved(name: &str) -> bool {
    ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str())
}

fn field<'a>(parameter: &'a Value, definitions: &Definitions<'a>) -> Field {
    let schema = parameter.get("schema").unwrap_or(&Value::Null);
    let value = example(parameter, definitions).unwrap_or_else(|| definitions.sample(schema));
    let value = match &value {
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        Value::Object(_) => value.to_string(),
        scalar => plain(scalar),
    };
    let required = truth(parameter, "required") == Some(true) || text(parameter, "in") == "path";
    let description = Some(text(parameter, "description")).filter(|words| !words.is_empty());
    Field { name: text(parameter, "name"), value, enabled: required, description }
}

/// `{id}` as a whole segment becomes `:id`, inside a segment a variable of the request.
fn place(path: &str, mut fields: Vec<Field>, read: &mut Parameters) {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        let whole = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        if let Some(name) = whole.filter(|name| !name.contains(['{', '}'])) {
            segments.push(format!(":{name}"));
            let known = fields.iter().position(|field| field.name == name);
            read.path.push(known.map_or_else(|| Field::new(name, ""), |index| fields.remove(index)));
            continue;
        }
        segments.push(segment.replace('{', "{{").replace('}', "}}"));
    }
    read.url = format!("{{{{baseUrl}}}}{}", segments.join("/"));
    read.variables = fields
        .into_iter()
        .map(|field| Variable {
            name: field.name,
            value: field.value,
            enabled: true,
            secret: false,
            description: field.description,
        })
        .collect();
}

/// The example a parameter or a media type states.
fn example<'a>(holder: &'a Value, definitions: &Definitions<'a>) -> Option<Value> {
    let named = holder.get("examples").and_then(Value::as_object).and_then(|named| named.values().next());
    let named = named.and_then(|first| definitions.resolve(first).get("value"));
    holder.get("example").or(named).cloned()
}

/// Reads a request body; the second is the content type to send.
pub(super) fn body<'a>(
    operation: &'a Value,
    definitions: &Definitions<'a>,
    losses: &mut Losses,
) -> (Body, Option<String>) {
    let Some(request) = operation.get("requestBody").map(|body| definitions.resolve(body)) else {
        return (Body::None, None);
    };
    let kinds = request.get("content").and_then(Value::as_object);
    let Some((kind, media)) = kinds.and_then(|kinds| kinds.iter().min_by_key(|(kind, _)| rank(kind))) else {
        return (Body::None, None);
    };
    for other in kinds.into_iter().flatten().map(|(name, _)| name).filter(|name| *name != kind) {
        losses.note(format!("The body as `{other}` is not kept; the one as `{kind}` is."));
    }
    let schema = media.get("schema").unwrap_or(&Value::Null);
    let value = example(media, definitions).unwrap_or_else(|| definitions.sample(schema));
    let said = Some(kind.clone());
    match rank(kind) {
        0 => (Body::Json { text: pretty(&value) }, said.filter(|kind| kind != "application/json")),
        1 => (Body::Xml { text: as_xml(&value, schema, definitions) }, said),
        2 => (Body::Form { fields: form(&value) }, None),
        3 => (Body::Multipart { parts: parts(&value, schema, definitions) }, None),
        4 => (Body::Text { text: words(&value) }, said),
        _ => {
            losses.note(format!("Choose the file that is sent as `{kind}`."));
            (Body::File { path: PathBuf::new() }, said)
        }
    }
}

fn rank(kind: &str) -> u8 {
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" | "*/*" => 0,
        json if json.ends_with("+json") => 0,
        "application/x-www-form-urlencoded" => 2,
        "multipart/form-data" => 3,
        xml if xml.ends_with("/xml") || xml.ends_with("+xml") => 1,
        text if text.starts_with("text/") => 4,
        _ => 5,
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::Object(_) | Value::Array(_) => pretty(value),
        scalar => plain(scalar),
    }
}

fn pretty(value: &Value) -> String {
    if let Value::String(text) = value
        && text.trim_start().starts_with(['{', '['])
    {
        return text.clone();
    }
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn as_xml<'a>(value: &Value, schema: &'a Value, definitions: &Definitions<'a>) -> String {
    if let Value::String(text) = value {
        return text.clone();
    }
    let resolved = definitions.resolve(schema);
    let named = resolved.get("xml").map(|xml| text(xml, "name")).filter(|name| !name.is_empty());
    let referred =
        schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.rsplit('/').next());
    let name =
        named.or_else(|| referred.map(str::to_owned)).unwrap_or_else(|| first_text(resolved, &["title"]));
    let name = if name.is_empty() || name.contains(char::is_whitespace) { "root".to_owned() } else { name };
    xml(&name, value, 0).trim_end().to_owned()
}

fn form(value: &Value) -> Vec<Field> {
    let fields = value.as_object().into_iter().flatten();
    fields.map(|(name, value)| Field::new(name.as_str(), words(value))).collect()
}

fn parts<'a>(value: &Value, schema: &'a Value, definitions: &Definitions<'a>) -> Vec<Part> {
    let properties = definitions.resolve(schema).get("properties");
    let is_file = |name: &str| {
        let property =
            properties.and_then(|properties| properties.get(name)).map(|it| definitions.resolve(it));
        property.is_some_and(|it| {
            said(it).is_none() && (text(it, "format") == "binary" || it.get("contentMediaType").is_some())
        })
    };
    let fields = value.as_object().into_iter().flatten();
    fields
        .map(|(name, value)| Part {
            name: name.clone(),
            content: if is_file(name) {
                PartContent::File { path: PathBuf::new() }
            } else {
                PartContent::Text { text: words(value) }
            },
            content_type: (value.is_object() || value.is_array()).then(|| "application/json".to_owned()),
            enabled: true,
        })
        .collect()
}
