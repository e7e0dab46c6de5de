//! The body a command's data makes.

use super::super::postman::body_of_type;
use super::command::{Command, Data, FormPart};
use crate::http::{Body, Field, Part, PartContent};

const FORM: &str = "application/x-www-form-urlencoded";

/// The body; the header field that only names its kind goes where the kind says the same.
pub(super) fn body(command: &mut Command) -> Body {
    if let Some(path) = command.upload.take_if(|path| !path.is_empty()) {
        command.upload = Some(String::new());
        return Body::File { path: path.into() };
    }
    if !command.parts.is_empty() {
        return Body::Multipart { parts: parts(command) };
    }
    if command.data.is_empty() {
        return Body::None;
    }
    let declared = content_type(command);
    let data = std::mem::take(&mut command.data);
    if let [Data::File(path)] = data.as_slice() {
        let usual = if command.json { "application/json" } else { FORM };
        declare(command, declared.as_deref(), usual);
        return Body::File { path: path.into() };
    }
    let text = joined(command, data);
    if command.json {
        if !command.headers.iter().any(|field| field.name.eq_ignore_ascii_case("accept")) {
            command.headers.push(Field::new("Accept", "application/json"));
        }
        return if declared.is_some() { of_declared(declared.as_deref(), text) } else { Body::Json { text } };
    }
    match declared.as_deref() {
        Some(kind) if !kind.to_ascii_lowercase().starts_with(FORM) => of_declared(declared.as_deref(), text),
        Some(_) => form(&text).map_or(Body::Text { text }, |fields| Body::Form { fields }),
        None => undeclared(command, text),
    }
}

fn undeclared(command: &mut Command, text: String) -> Body {
    let start = text.trim_start();
    if start.starts_with(['{', '['])
        && !start.starts_with("{{")
        && serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok()
    {
        // curl would call it a form, which no receiver of JSON means.
        command
            .left_out
            .push("The JSON body is sent as application/json, not as a form as curl would.".to_owned());
        return Body::Json { text };
    }
    if let Some(fields) = form(&text) {
        return Body::Form { fields };
    }
    command.headers.push(Field::new("Content-Type", FORM));
    Body::Text { text }
}

fn of_declared(declared: Option<&str>, text: String) -> Body {
    body_of_type(declared.unwrap_or_default(), text)
}

fn declare(command: &mut Command, declared: Option<&str>, usual: &str) {
    if declared.is_none() {
        command.headers.push(Field::new("Content-Type", usual));
    }
}

fn content_type(command: &Command) -> Option<String> {
    let field = command.headers.iter().find(|field| field.name.eq_ignore_ascii_case("content-type"));
    field.map(|field| field.value.clone())
}

fn joined(command: &mut Command, data: Vec<Data>) -> String {
    let mut pieces = Vec::with_capacity(data.len());
    for piece in data {
        match piece {
            Data::Text(text) | Data::Encoded(text) => pieces.push(text),
            Data::File(path) => command.left_out.push(format!("The part of the body in {path} is left out.")),
        }
    }
    pieces.join(if command.json { "" } else { "&" })
}

/// The fields of a form; none when sending them would not say the same text.
fn form(text: &str) -> Option<Vec<Field>> {
    if text.contains(['\n', '\r', '"', '<']) || !text.contains('=') {
        return None;
    }
    let pairs = url::form_urlencoded::parse(text.as_bytes());
    Some(pairs.map(|(name, value)| Field::new(name, value)).collect())
}

fn parts(command: &mut Command) -> Vec<Part> {
    let forms = std::mem::take(&mut command.parts);
    // The boundary belongs to the one who writes the parts.
    command.headers.retain(|field| {
        !(field.name.eq_ignore_ascii_case("content-type")
            && field.value.to_ascii_lowercase().contains("boundary="))
    });
    forms.iter().map(|form| part(form, &mut command.left_out)).collect()
}

fn part(form: &FormPart, left_out: &mut Vec<String>) -> Part {
    let (name, content) = form.text.split_once('=').unwrap_or((&form.text, ""));
    if form.literal {
        let content = PartContent::Text { text: content.to_owned() };
        return Part { name: name.to_owned(), content, content_type: None, enabled: true };
    }
    let (file, content) = match content.strip_prefix(['@', '<']) {
        Some(path) => (true, path),
        None => (false, content),
    };
    if form.text.contains("=<") && file {
        left_out.push(format!("The part {name} is sent with the name of its file."));
    }
    let (text, content_type) = attributes(content, left_out);
    let content = if file { PartContent::File { path: text.into() } } else { PartContent::Text { text } };
    Part { name: name.to_owned(), content, content_type, enabled: true }
}

/// What is sent, and its media type.
fn attributes(content: &str, left_out: &mut Vec<String>) -> (String, Option<String>) {
    let Some((text, rest)) = quoted(content) else {
        let (content, content_type) = taken_off(content, left_out);
        return (content.to_owned(), content_type);
    };
    (text, taken_off(rest, left_out).1)
}

/// A text in quotes, where `\\` and `\"` stand for themselves, and what follows it.
fn quoted(content: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut signs = content.strip_prefix('"')?.char_indices();
    while let Some((place, sign)) = signs.next() {
        match sign {
            '"' => {
                let rest = content.get(place + 2..)?;
                return (rest.is_empty() || rest.starts_with(';')).then_some((text, rest));
            }
            '\\' => match signs.next()?.1 {
                escaped @ ('"' | '\\') => text.push(escaped),
                other => text.extend(['\\', other]),
            },
            other => text.push(other),
        }
    }
    None
}

/// Takes `;type=…`, `;filename=…` and their relatives off the end.
fn taken_off<'a>(content: &'a str, left_out: &mut Vec<String>) -> (&'a str, Option<String>) {
    let mut content = content;
    let mut content_type = None;
    while let Some((rest, attribute)) = content.rsplit_once(';') {
        let Some((name, value)) = attribute.split_once('=') else {
            break;
        };
        match name.trim() {
            "type" => content_type = Some(unquoted(value.trim()).to_owned()),
            "filename" | "headers" | "encoder" => {
                left_out.push(format!("“{}=” of a form part is left out.", name.trim()));
            }
            "charset" => {
                // Belongs to the media type before it.
                let Some((before, kind)) = rest.rsplit_once(";type=") else {
                    break;
                };
                content_type = Some(format!("{kind}; charset={value}"));
                content = before;
                continue;
            }
            _ => break,
        }
        content = rest;
    }
    (content, content_type)
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}
