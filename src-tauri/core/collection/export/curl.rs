//! curl commands for POSIX shells; secrets are named, never written.

use std::collections::BTreeMap;

use super::flat;
use super::template::{Piece, pieces};
use super::{Export, request_without_secrets, target, without_secrets};
use crate::collection::{Collection, Loss};
use crate::http::{ApiKeyPlacement, Authorization, Body, Field, Part, PartContent, Request};

/// A request as one command; variables stay in double braces.
pub fn command(request: &Request) -> String {
    lines(&request_without_secrets(request))
        .iter()
        .map(|line| line.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join(" \\\n  ")
}

/// A shell script of all requests, whose variables are the shell's.
pub fn write(collection: &Collection) -> Export {
    let mut names = BTreeMap::new();
    let (collection, mut losses) = without_secrets(collection);
    let mut commands = String::new();
    for flat in flat::requests(&collection) {
        let lines = lines(&flat.request);
        let misread = misread(&flat.request).into_iter();
        losses.extend(misread.map(|what| Loss { place: flat.place.clone(), what }));
        let lines: Vec<String> = lines
            .iter()
            .map(|line| {
                line.iter().map(|word| with_shell_variables(word, &mut names)).collect::<Vec<_>>().join(" ")
            })
            .collect();
        let place = flat.place.replace(['\n', '\r'], " ");
        commands.extend(["\n# ", &place, "\n", &lines.join(" \\\n  "), "\n"]);
        if !(flat.item.details.scripts.is_empty() && flat.item.details.assertions.is_empty()) {
            losses.push(Loss {
                place: flat.place,
                what: "Its scripts and assertions are left out.".to_owned(),
            });
        }
    }
    let mut text = format!("#!/bin/sh\n# {}\n", collection.root.name.replace(['\n', '\r'], " "));
    if !names.is_empty() {
        text.push_str("# Set these variables first:\n");
    }
    for (shell, name) in &names {
        text.extend(["#   ", shell, "  ({{", name, "}})\n"]);
    }
    Export { text: text + &commands, losses }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn lines(request: &Request) -> Vec<Vec<String>> {
    let mut request = request.clone();
    let mut lines = Vec::new();
    authorize(&mut request, &mut lines);
    let url = target::url(&request);
    let mut first = words(&["curl", "--globoff"]);
    if !url.contains(['{', '[']) {
        first.pop();
    }
    if request.method.eq_ignore_ascii_case("head") {
        first.push("--head".to_owned());
    } else {
        first.extend(["--request".to_owned(), request.method.clone()]);
    }
    first.extend(["--url".to_owned(), url]);
    lines.insert(0, first);
    for field in request.headers.iter().filter(|field| field.enabled && !is_misread_header(field)) {
        lines.push(header(field));
    }
    data(&request, &mut lines);
    if request.options.follow_redirects == Some(true) {
        lines.push(words(&["--location"]));
    }
    if request.options.http1_only {
        lines.push(words(&["--http1.1"]));
    }
    if let Some(limit) = request.options.timeout_ms {
        lines.push(vec!["--max-time".to_owned(), format!("{}.{:03}", limit / 1000, limit % 1000)]);
    }
    lines
}

/// curl reads header fields from the file behind an `@`.
fn is_misread_header(field: &Field) -> bool {
    field.name.starts_with('@')
}

/// curl takes the first `=` for the end of a part's name, and what follows may be an `@` or `<` with a file.
fn is_misread_part(part: &Part) -> bool {
    part.name.contains('=')
}

/// What is left out because curl would take it for a file of the computer it runs on.
fn misread(request: &Request) -> Vec<String> {
    let headers = request.headers.iter().filter(|field| field.enabled && is_misread_header(field));
    let told = |what: &str, name: &str| {
        format!("The {what} {name} is left out: curl would take what follows for a file.")
    };
    let mut found: Vec<String> = headers.map(|field| told("header", &field.name)).collect();
    if let Body::Multipart { parts } = &request.body {
        let parts = parts.iter().filter(|part| part.enabled && is_misread_part(part));
        found.extend(parts.map(|part| told("part", &part.name)));
    }
    found
}

fn header(field: &Field) -> Vec<String> {
    let Field { name, value, .. } = field;
    let text = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
    words(&["--header", &text])
}

fn authorize(request: &mut Request, lines: &mut Vec<Vec<String>>) {
    let mut user =
        |user: &str, password: &str| lines.push(vec!["--user".to_owned(), format!("{user}:{password}")]);
    match request.authorization.clone() {
        Authorization::None
        | Authorization::Inherit
        | Authorization::Certificate { .. }
        | Authorization::Other { .. } => {}
        Authorization::Bearer { .. } | Authorization::ClientCredentials { .. } => {
            lines.push(words(&["--header", "Authorization: Bearer {{accessToken}}"]));
        }
        Authorization::Token { token } => {
            lines.push(vec!["--header".to_owned(), format!("Authorization: Bearer {token}")]);
        }
        Authorization::Basic { .. } => user("{{clientId}}", "{{clientSecret}}"),
        Authorization::Login { username, password } => user(&username, &password),
        Authorization::Digest { username, password } => {
            user(&username, &password);
            lines.push(words(&["--digest"]));
        }
        Authorization::ApiKey { name, value, placement } => {
            let field = Field::new(name, value);
            match placement {
                ApiKeyPlacement::Header => request.headers.push(field),
                ApiKeyPlacement::Query => request.parameters.push(field),
            }
        }
    }
}

pub(super) fn data(request: &Request, lines: &mut Vec<Vec<String>>) {
    let typed =
        request.headers.iter().any(|field| field.enabled && field.name.eq_ignore_ascii_case("content-type"));
    let mut text = |text: &str, kind: &str| {
        if !typed {
            lines.push(vec!["--header".to_owned(), format!("Content-Type: {kind}")]);
        }
        lines.push(words(&["--data-raw", text]));
    };
    match &request.body {
        Body::None => {}
        Body::Json { text: body } => text(body, "application/json"),
        Body::Xml { text: body } => text(body, "application/xml"),
        Body::Text { text: body } => text(body, "text/plain; charset=utf-8"),
        Body::Sparql { text: body } => text(body, "application/sparql-query"),
        Body::Form { fields } => {
            for field in fields.iter().filter(|field| field.enabled) {
                // curl takes an `@` before the equals sign for a file.
                let name = target::encoded(&field.name).replace('@', "%40");
                lines.push(vec!["--data-urlencode".to_owned(), format!("{name}={}", field.value)]);
            }
        }
        Body::Multipart { parts } => {
            lines.extend(parts.iter().filter(|part| part.enabled && !is_misread_part(part)).map(form));
        }
        Body::File { path } => {
            if !typed {
                lines.push(words(&["--header", "Content-Type: application/octet-stream"]));
            }
            lines.push(vec!["--data-binary".to_owned(), format!("@{}", path.display())]);
        }
    }
}

fn form(part: &Part) -> Vec<String> {
    let kind = part.content_type.as_ref().map(|kind| format!(";type={kind}")).unwrap_or_default();
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let content = match &part.content {
        PartContent::File { path } => format!("@{}", quoted(&path.to_string_lossy())),
        PartContent::Text { text } => quoted(text),
    };
    vec!["--form".to_owned(), format!("{}={content}{kind}", part.name)]
}

/// A word no POSIX shell expands.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-_./:@%+=,".contains(sign);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

pub(super) fn with_shell_variables(word: &str, names: &mut BTreeMap<String, String>) -> String {
    let mut result = String::new();
    for piece in pieces(word) {
        match piece {
            Piece::Text(text) => result.push_str(&quoted(text)),
            Piece::Variable(name) => {
                let shell = shell_name(name);
                result.extend(["\"${", &shell, "}\""]);
                names.insert(shell, name.to_owned());
            }
        }
    }
    if result.is_empty() { quoted("") } else { result }
}

fn shell_name(name: &str) -> String {
    let name: String =
        name.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '_' }).collect();
    if name.starts_with(|sign: char| sign.is_ascii_digit()) { format!("_{name}") } else { name }
}
