//! A whole request with values for names.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::render::Renderer;
use super::trouble::Spot;
use crate::error::{Code, Error, Result};
use crate::http::{Authorization, Body, Field, Part, PartContent, Request};

/// What stays as it is in a segment of a path, as `encodeURIComponent` of the web.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// The request as it is sent; relative files are those of `folder`. Rows that are switched off are left out.
pub fn render(renderer: &Renderer<'_>, request: &Request, folder: &Path) -> Result<Request> {
    let (url, parameters) = address(renderer, request)?;
    Ok(Request {
        method: renderer.text(&request.method, &Spot::Method)?,
        url,
        parameters,
        path_parameters: Vec::new(),
        headers: fields(renderer, &request.headers, Spot::Header)?,
        body: body(renderer, &request.body, folder)?,
        authorization: authorization(renderer, &request.authorization)?,
        csrf: request.csrf,
        options: request.options.clone(),
    })
}

/// Only where a request goes: URL with its path parameters, and query parameters.
pub fn address(renderer: &Renderer<'_>, request: &Request) -> Result<(String, Vec<Field>)> {
    let url = renderer.text(&request.url, &Spot::Url)?;
    let rows = fields(renderer, &request.path_parameters, Spot::PathParameter)?;
    Ok((with_path(&url, &rows)?, fields(renderer, &request.parameters, Spot::Parameter)?))
}

/// The files a request reads, as it would read them.
pub fn files(renderer: &Renderer<'_>, body: &Body, folder: &Path) -> Result<Vec<PathBuf>> {
    let paths: Vec<&Path> = match body {
        Body::File { path } => vec![path],
        Body::Multipart { parts } => parts
            .iter()
            .filter(|part| part.enabled)
            .filter_map(|part| match &part.content {
                PartContent::File { path } => Some(path.as_path()),
                PartContent::Text { .. } => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let chosen = paths.into_iter().filter(|path| !path.as_os_str().is_empty());
    chosen.map(|path| file(renderer, path, folder)).collect()
}

/// As whom, with values for names.
pub fn authorization(renderer: &Renderer<'_>, authorization: &Authorization) -> Result<Authorization> {
    let text = |text: &str, what| renderer.text(text, &Spot::Authorization(what));
    Ok(match authorization {
        Authorization::Login { username, password } => Authorization::Login {
            username: text(username, "user name")?,
            password: text(password, "password")?,
        },
        Authorization::Digest { username, password } => Authorization::Digest {
            username: text(username, "user name")?,
            password: text(password, "password")?,
        },
        Authorization::Token { token } => Authorization::Token { token: text(token, "token")? },
        Authorization::ApiKey { name, value, placement } => Authorization::ApiKey {
            name: text(name, "name of the API key")?,
            value: text(value, "API key")?,
            placement: *placement,
        },
        Authorization::ClientCredentials { token_url, client_id, client_secret, scope, placement } => {
            Authorization::ClientCredentials {
                token_url: text(token_url, "token URL")?,
                client_id: text(client_id, "client id")?,
                client_secret: text(client_secret, "client secret")?,
                scope: text(scope, "scope")?,
                placement: *placement,
            }
        }
        other => other.clone(),
    })
}

fn fields<'f>(
    renderer: &Renderer<'_>,
    fields: &'f [Field],
    spot: fn(&'f str) -> Spot<'f>,
) -> Result<Vec<Field>> {
    let enabled = fields.iter().filter(|field| field.enabled);
    enabled
        .map(|field| {
            let spot = spot(&field.name);
            Ok(Field::new(renderer.text(&field.name, &spot)?, renderer.text(&field.value, &spot)?))
        })
        .collect()
}

fn body(renderer: &Renderer<'_>, body: &Body, folder: &Path) -> Result<Body> {
    let text = |text: &str| renderer.text(text, &Spot::Body);
    Ok(match body {
        Body::None => Body::None,
        Body::Json { text: written } => Body::Json { text: text(written)? },
        Body::Xml { text: written } => Body::Xml { text: text(written)? },
        Body::Text { text: written } => Body::Text { text: text(written)? },
        Body::Sparql { text: written } => Body::Sparql { text: text(written)? },
        Body::Form { fields: rows } => Body::Form { fields: fields(renderer, rows, Spot::FormField)? },
        Body::Multipart { parts } => {
            let enabled = parts.iter().filter(|part| part.enabled);
            Body::Multipart { parts: enabled.map(|one| part(renderer, one, folder)).collect::<Result<_>>()? }
        }
        Body::File { path } => Body::File { path: file(renderer, path, folder)? },
    })
}

fn part(renderer: &Renderer<'_>, part: &Part, folder: &Path) -> Result<Part> {
    let spot = Spot::Part(&part.name);
    let content = match &part.content {
        PartContent::Text { text } => PartContent::Text { text: renderer.text(text, &spot)? },
        PartContent::File { path } => PartContent::File { path: file(renderer, path, folder)? },
    };
    let content_type = part.content_type.as_deref().map(|text| renderer.text(text, &spot)).transpose()?;
    Ok(Part { name: renderer.text(&part.name, &spot)?, content, content_type, enabled: true })
}

fn file(renderer: &Renderer<'_>, path: &Path, folder: &Path) -> Result<PathBuf> {
    let Some(text) = path.to_str() else { return Ok(folder.join(path)) };
    if text.is_empty() {
        return Ok(PathBuf::new());
    }
    Ok(folder.join(renderer.fixed(text, &Spot::File)?))
}

/// Values for the `:name` segments of the path, each one segment whatever it holds.
fn with_path(url: &str, rows: &[Field]) -> Result<String> {
    if rows.is_empty() {
        return Ok(url.to_owned());
    }
    let (address, rest) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let begin = address.find("://").map_or(0, |at| at + 3);
    let (origin, path) = address.split_at(begin);
    let mut segments = Vec::new();
    for (index, segment) in path.split('/').enumerate() {
        let row = segment.strip_prefix(':').and_then(|name| rows.iter().find(|row| row.name == name));
        segments.push(match row {
            Some(row) if index > 0 || begin == 0 => encoded(row)?,
            _ => segment.to_owned(),
        });
    }
    Ok(format!("{origin}{}{rest}", segments.join("/")))
}

/// An empty segment, `.` and `..` would call another address than the one that was meant.
fn encoded(row: &Field) -> Result<String> {
    if matches!(row.value.as_str(), "" | "." | "..") {
        let what = if row.value.is_empty() { "empty".to_owned() } else { format!("“{}”", row.value) };
        let message = format!("The path parameter {} is {what}. Nothing was sent.", row.name);
        return Err(Error::new(Code::InvalidInput, message)
            .hint("Give it a value; without one the URL names something else"));
    }
    Ok(utf8_percent_encode(&row.value, SEGMENT).to_string())
}
