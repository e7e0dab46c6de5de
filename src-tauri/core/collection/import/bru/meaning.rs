//! What the blocks of a `.bru` file mean, in Bruno's own JSON.

use serde_json::{Map, Value as Json, json};

use super::blocks::{camel, dictionary, flat, number, pairs_of, row, rows, string, text};
use super::language::{Block, Content, Pair};

/// A request's file.
pub(super) fn request(blocks: &[Block]) -> Json {
    let mut request = parts(blocks);
    let meta = dictionary(blocks, "meta");
    let method = blocks.iter().find(|block| is_method(&block.name));
    let line = method.map(|block| flat(pairs_of(block))).unwrap_or_default();
    let verb = match method.map(|block| block.name.as_str()) {
        Some("http") => string(&line, "method"),
        Some(verb) => verb.to_uppercase(),
        None => "GET".to_owned(),
    };
    request.insert("method".to_owned(), json!(verb));
    request.insert("url".to_owned(), json!(string(&line, "url")));
    request.insert("body".to_owned(), body(blocks, &string(&line, "body")));
    mode(&mut request, &string(&line, "auth"));
    let examples: Vec<Json> =
        blocks.iter().filter(|block| block.name == "example").map(|_| Json::Null).collect();
    json!({
        "type": kind(blocks, &meta),
        "name": meta.get("name").cloned().unwrap_or_default(),
        "seq": number(&meta, "seq"),
        "tags": meta.get("tags").filter(|tags| tags.is_array()).cloned().unwrap_or_else(|| json!([])),
        "request": request,
        "docs": text(blocks, "docs"),
        "settings": settings(blocks),
        "examples": examples,
    })
}

/// A folder's file, or the collection's own.
pub(super) fn folder(blocks: &[Block]) -> Json {
    let mut request = parts(blocks);
    let chosen = dictionary(blocks, "auth");
    if chosen.contains_key("mode") {
        mode(&mut request, &string(&chosen, "mode"));
    }
    let meta = dictionary(blocks, "meta");
    json!({
        "meta": {"name": meta.get("name").cloned().unwrap_or_default(), "seq": number(&meta, "seq")},
        "request": request,
        "docs": text(blocks, "docs"),
    })
}

/// An environment's file.
pub(super) fn environment(name: &str, blocks: &[Block]) -> Json {
    let mut variables = Vec::new();
    let mut color = Json::Null;
    for block in blocks {
        match (block.name.as_str(), &block.content) {
            ("vars", Content::Pairs(pairs)) => variables.extend(pairs.iter().map(row)),
            ("vars:secret", Content::Words(words)) => variables.extend(words.iter().map(|word| secret(word))),
            ("vars:secret", Content::Pairs(pairs)) => {
                variables.extend(pairs.iter().map(secret_with_description));
            }
            ("color", Content::Words(words)) => color = json!(words.first()),
            _ => {}
        }
    }
    json!({"name": name, "color": color, "variables": variables})
}

fn secret(word: &str) -> Json {
    let name = word.strip_prefix('~');
    json!({"name": name.unwrap_or(word), "value": "", "enabled": name.is_none(), "secret": true})
}

fn secret_with_description(pair: &Pair) -> Json {
    let mut row = row(pair);
    row["secret"] = json!(true);
    row
}

fn parts(blocks: &[Block]) -> Map<String, Json> {
    let mut params: Vec<Json> = rows(blocks, "params:query").chain(rows(blocks, "query")).collect();
    params.extend(rows(blocks, "params:path").map(|mut row| {
        row["type"] = json!("path");
        row
    }));
    let parts = json!({
        "headers": rows(blocks, "headers").collect::<Vec<_>>(),
        "params": params,
        "auth": authorizations(blocks),
        "script": {"req": text(blocks, "script:pre-request"), "res": text(blocks, "script:post-response")},
        "tests": text(blocks, "tests"),
        "vars": {
            "req": rows(blocks, "vars:pre-request").map(without_at).collect::<Vec<_>>(),
            "res": rows(blocks, "vars:post-response").map(without_at).collect::<Vec<_>>(),
        },
        "assertions": rows(blocks, "assert").collect::<Vec<_>>(),
        "docs": text(blocks, "docs"),
    });
    match parts {
        Json::Object(parts) => parts,
        _ => Map::new(),
    }
}

/// A `@` before a variable's name marked it as local in old files.
fn without_at(mut row: Json) -> Json {
    if let Some(name) = row["name"].as_str().and_then(|name| name.strip_prefix('@')) {
        row["name"] = json!(name);
    }
    row
}

fn authorizations(blocks: &[Block]) -> Json {
    let mut found = Map::new();
    for block in blocks {
        let Some(kind) = block.name.strip_prefix("auth:") else { continue };
        if let Some(more) = kind.strip_prefix("oauth2:additional_params:") {
            let oauth2 = found.entry("oauth2").or_insert_with(|| json!({}));
            oauth2["additionalParameters"][more] = json!(true);
            continue;
        }
        let settings: Map<String, Json> =
            flat(pairs_of(block)).into_iter().map(|(name, value)| (camel(&name), value)).collect();
        let known = found.entry(kind).or_insert_with(|| json!({}));
        if let Some(known) = known.as_object_mut() {
            known.extend(settings);
        }
    }
    Json::Object(found)
}

fn mode(request: &mut Map<String, Json>, mode: &str) {
    if let Some(auth) = request.get_mut("auth") {
        auth["mode"] = json!(mode);
    }
}

fn body(blocks: &[Block], mode: &str) -> Json {
    let mut body = json!({"mode": mode});
    for block in blocks {
        match (block.name.as_str(), &block.content) {
            ("body" | "body:json", Content::Text(text)) => body["json"] = json!(text),
            ("body:xml", Content::Text(text)) => body["xml"] = json!(text),
            ("body:text", Content::Text(text)) => body["text"] = json!(text),
            ("body:sparql", Content::Text(text)) => body["sparql"] = json!(text),
            ("body:graphql", Content::Text(text)) => body["graphql"]["query"] = json!(text),
            ("body:graphql:vars", Content::Text(text)) => body["graphql"]["variables"] = json!(text),
            ("body:form-urlencoded", Content::Pairs(pairs)) => {
                body["formUrlEncoded"] = pairs.iter().map(row).collect();
            }
            ("body:multipart-form", Content::Pairs(pairs)) => {
                body["multipartForm"] = pairs.iter().map(part).collect();
            }
            ("body:file", Content::Pairs(pairs)) => body["file"] = pairs.iter().map(file).collect(),
            _ => {}
        }
    }
    body
}

fn part(pair: &Pair) -> Json {
    let mut row = row(pair);
    let whole = row["value"].as_str().unwrap_or_default().to_owned();
    let (value, kind) = content_type(&whole);
    row["contentType"] = json!(kind);
    match named_files(value) {
        Some(files) => {
            row["type"] = json!("file");
            row["value"] = files.split('|').filter(|file| !file.is_empty()).collect();
        }
        None => row["value"] = json!(value),
    }
    row
}

fn file(pair: &Pair) -> Json {
    let row = row(pair);
    let (value, kind) = content_type(row["value"].as_str().unwrap_or_default());
    let path = named_files(value).unwrap_or(value);
    json!({"filePath": path, "contentType": kind, "selected": pair.enabled})
}

fn named_files(value: &str) -> Option<&str> {
    value.trim().strip_prefix("@file(")?.strip_suffix(')')
}

fn content_type(value: &str) -> (&str, &str) {
    let found = value.rsplit_once("@contentType(");
    let parts = found.and_then(|(value, kind)| Some((value.trim_end(), kind.trim_end().strip_suffix(')')?)));
    parts.unwrap_or((value, ""))
}

fn settings(blocks: &[Block]) -> Json {
    let mut settings = dictionary(blocks, "settings");
    for name in ["timeout", "maxRedirects"] {
        if let Some(number) =
            settings.get(name).and_then(Json::as_str).and_then(|text| text.parse::<u64>().ok())
        {
            settings.insert(name.to_owned(), json!(number));
        }
    }
    Json::Object(settings)
}

fn kind(blocks: &[Block], meta: &Map<String, Json>) -> String {
    let said = string(meta, "type");
    let unsendable =
        ["grpc", "ws", "app"].into_iter().find(|name| blocks.iter().any(|block| block.name == *name));
    match (unsendable, said.as_str()) {
        (Some(kind), _) => kind.to_owned(),
        (None, "") => "http".to_owned(),
        (None, said) => said.to_owned(),
    }
}

fn is_method(name: &str) -> bool {
    const METHODS: [&str; 10] =
        ["get", "post", "put", "delete", "patch", "options", "head", "connect", "trace", "http"];
    METHODS.contains(&name)
}

/// The names of blocks this reader gives no meaning.
pub(super) fn unknown(blocks: &[Block]) -> Vec<&str> {
    const KNOWN: [&str; 30] = [
        "meta",
        "query",
        "params:query",
        "params:path",
        "headers",
        "auth",
        "body",
        "body:json",
        "body:text",
        "body:xml",
        "body:sparql",
        "body:graphql",
        "body:graphql:vars",
        "body:form-urlencoded",
        "body:multipart-form",
        "body:file",
        "vars",
        "vars:secret",
        "vars:pre-request",
        "vars:post-response",
        "assert",
        "script:pre-request",
        "script:post-response",
        "tests",
        "docs",
        "settings",
        "example",
        "grpc",
        "ws",
        "app",
    ];
    blocks
        .iter()
        .map(|block| block.name.as_str())
        .filter(|name| {
            !KNOWN.contains(name) && !is_method(name) && !name.starts_with("auth:") && *name != "color"
        })
        .collect()
}
