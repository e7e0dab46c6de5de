//! HTTP archives 1.2: the requests a browser or a proxy recorded.

#[cfg(test)]
mod tests;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::Import;
use super::json::{list, member, some};
use super::postman::body_of_type;
use crate::collection::{Collection, FolderItem, Item, Loss, RequestDetails, RequestItem};
use crate::error::{Code, Error, Result};
use crate::http::{Authorization, Body, Field, Part, PartContent, Request};

/// Header fields the sender of a request writes itself.
const OF_BROWSERS: [&str; 13] = [
    "host",
    "content-length",
    "accept-encoding",
    "connection",
    "proxy-connection",
    "keep-alive",
    "transfer-encoding",
    "te",
    "upgrade-insecure-requests",
    "dnt",
    "priority",
    "if-none-match",
    "if-modified-since",
];

/// Whether this is an HTTP archive.
pub fn is(value: &Value) -> bool {
    value.pointer("/log/entries").is_some_and(Value::is_array)
}

/// Reads an HTTP archive: a request for each of its entries, in folders when several hosts were called.
pub fn read(value: &Value) -> Result<Import> {
    if !is(value) {
        return Err(Error::new(
            Code::InvalidInput,
            "The file is no HTTP archive: it has no list “log.entries”",
        )
        .hint("Save it again in the browser's network panel: Save all as HAR"));
    }
    let log = value.get("log").unwrap_or(&Value::Null);
    let mut found = Findings::default();
    let mut requests = Vec::new();
    for (index, entry) in list(log, "entries").iter().enumerate() {
        let sent = entry.get("request").unwrap_or(&Value::Null);
        if member(sent, "url").trim().is_empty() {
            found.lose(&format!("Entry {}", index + 1), "It has no URL and is left out.");
            continue;
        }
        found.responses += usize::from(answered(entry));
        requests.push((host(&member(sent, "url")), request(entry, sent, &mut found)));
    }
    let title = log.pointer("/pages/0/title").and_then(Value::as_str).map(str::trim).unwrap_or_default();
    // Browsers write the address of the page as its title.
    let name = if title.contains("://") { host(title) } else { title.to_owned() };
    let root = FolderItem { name, authorization: Authorization::None, ..FolderItem::default() };
    let collection = Collection { root, environments: Vec::new(), items: arranged(requests) };
    let losses = found.finish(&collection.root.name);
    Ok(Import { format: "HTTP archive 1.2".to_owned(), collection, losses, ..Import::default() })
}

#[derive(Default)]
struct Findings {
    losses: Vec<Loss>,
    headers: usize,
    responses: usize,
}

impl Findings {
    fn lose(&mut self, place: &str, what: &str) {
        self.losses.push(Loss { place: place.to_owned(), what: what.to_owned() });
    }

    fn finish(mut self, name: &str) -> Vec<Loss> {
        let place = if name.is_empty() { "Archive" } else { name };
        if self.headers > 0 {
            let what = format!("{} header fields browsers write themselves are left out.", self.headers);
            self.lose(place, &what);
        }
        if self.responses > 0 {
            let what = format!("{} recorded responses are left out.", self.responses);
            self.lose(place, &what);
        }
        self.losses
    }
}

fn answered(entry: &Value) -> bool {
    entry.pointer("/response/status").and_then(Value::as_u64).is_some_and(|status| status > 0)
}

/// In the order recorded; folders for the hosts, by their first request, when there are several.
fn arranged(requests: Vec<(String, RequestItem)>) -> Vec<Item> {
    let mut hosts: Vec<(String, Vec<Item>)> = Vec::new();
    for (host, request) in requests {
        let request = Item::Request(Box::new(request));
        match hosts.iter_mut().find(|(known, _)| *known == host) {
            Some((_, items)) => items.push(request),
            None => hosts.push((host, vec![request])),
        }
    }
    if hosts.len() < 2 {
        return hosts.into_iter().flat_map(|(_, items)| items).collect();
    }
    let folder = |(name, items)| {
        let folder = FolderItem { name, authorization: Authorization::Inherit, ..FolderItem::default() };
        Item::Folder(folder, items)
    };
    hosts.into_iter().map(folder).collect()
}

fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit_once('@').map_or(authority, |(_, host)| host).to_ascii_lowercase()
}

fn request(entry: &Value, sent: &Value, found: &mut Findings) -> RequestItem {
    let url = member(sent, "url");
    let method = Some(member(sent, "method")).filter(|method| !method.trim().is_empty());
    let method = method.unwrap_or_else(|| "GET".to_owned());
    let name = named(&method, &url);
    let (url, parameters) = target(&url);
    let mut headers = headers(list(sent, "headers"), found);
    let body = some(sent, "postData").map_or(Body::None, |data| body(data, &mut headers, &name, found));
    let request = Request { parameters, headers, body, ..Request::new(method, url) };
    RequestItem {
        name,
        request,
        details: RequestDetails { docs: member(entry, "comment"), ..Default::default() },
    }
}

/// Method and path, as the same path is often called in several ways.
fn named(method: &str, url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once('/').map_or("", |(_, path)| path);
    format!("{method} /{}", decoded(path))
}

/// The URL, and its query where a table can say the same.
fn target(url: &str) -> (String, Vec<Field>) {
    let (front, _) = url.split_once('#').unwrap_or((url, ""));
    let Some((base, query)) = front.split_once('?') else { return (front.to_owned(), Vec::new()) };
    if query.split('&').any(|pair| !pair.contains('=')) {
        return (front.to_owned(), Vec::new());
    }
    let plain = |text: &str| decoded(&text.replace('+', " "));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    (base.to_owned(), pairs.map(|(name, value)| Field::new(plain(name), plain(value))).collect())
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

fn headers(rows: &[Value], found: &mut Findings) -> Vec<Field> {
    let mut headers = Vec::new();
    for row in rows {
        let name = member(row, "name");
        let lower = name.to_ascii_lowercase();
        let own =
            lower.starts_with([':']) || lower.starts_with("sec-") || OF_BROWSERS.contains(&lower.as_str());
        if own {
            found.headers += 1;
        } else if !name.is_empty() {
            headers.push(Field::new(name, member(row, "value")));
        }
    }
    headers
}

fn body(data: &Value, headers: &mut Vec<Field>, place: &str, found: &mut Findings) -> Body {
    let mime = member(data, "mimeType");
    let essence = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (rows, text) = (list(data, "params"), member(data, "text"));
    if essence == "multipart/form-data" {
        // The boundary belongs to the one who writes the parts.
        headers.retain(|field| !field.name.eq_ignore_ascii_case("content-type"));
        if rows.is_empty() && !text.is_empty() {
            found.lose(place, "The parts of its form were recorded as raw text and are left out.");
        }
        return Body::Multipart { parts: rows.iter().map(part).collect() };
    }
    if essence == "application/x-www-form-urlencoded" {
        return Body::Form { fields: if text.is_empty() { fields(rows) } else { parsed(&text) } };
    }
    if member(data, "encoding").eq_ignore_ascii_case("base64") {
        found.lose(place, "Its binary body is left out.");
        return Body::None;
    }
    if text.is_empty() {
        return Body::None;
    }
    let declared = headers.iter().any(|field| field.name.eq_ignore_ascii_case("content-type"));
    let body = body_of_type(&essence, text);
    if !declared && matches!(body, Body::Text { .. }) && !essence.is_empty() && essence != "text/plain" {
        headers.push(Field::new("Content-Type", mime));
    }
    body
}

fn parsed(text: &str) -> Vec<Field> {
    url::form_urlencoded::parse(text.as_bytes()).map(|(name, value)| Field::new(name, value)).collect()
}

/// Rows of a form, which browsers leave encoded.
fn fields(rows: &[Value]) -> Vec<Field> {
    let plain = |text: String| decoded(&text.replace('+', " "));
    rows.iter().map(|row| Field::new(plain(member(row, "name")), plain(member(row, "value")))).collect()
}

fn part(row: &Value) -> Part {
    let file = member(row, "fileName");
    let content = if file.is_empty() {
        PartContent::Text { text: member(row, "value") }
    } else {
        PartContent::File { path: file.into() }
    };
    let content_type = Some(member(row, "contentType")).filter(|kind| !kind.is_empty());
    Part { name: member(row, "name"), content, content_type, enabled: true }
}
