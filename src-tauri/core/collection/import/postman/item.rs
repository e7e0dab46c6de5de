//! Folders and requests in their order.

use serde_json::Value;

use super::super::json::{list, member, some};
use super::{Findings, authorization, parts, request};
use crate::collection::{FolderItem, Item, RequestDetails, RequestItem};
use crate::error::{Code, Error};
use crate::http::Authorization;

/// Folders in folders beyond this are refused; no path on a disk would hold them.
const DEEPEST: usize = 64;

/// What the folders above say about the requests below.
#[derive(Clone, Default)]
pub(super) struct Context {
    path: String,
    depth: usize,
    follow_redirects: Option<bool>,
}

impl Context {
    /// What the collection itself says.
    pub(super) fn of_root(value: &Value) -> Self {
        Self { follow_redirects: follow_redirects(value), ..Self::default() }
    }

    fn place(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{} / {name}", self.path) }
    }

    fn below(&self, name: &str, value: &Value) -> Self {
        let follow_redirects = follow_redirects(value).or(self.follow_redirects);
        Self { path: self.place(name), depth: self.depth + 1, follow_redirects }
    }
}

fn follow_redirects(value: &Value) -> Option<bool> {
    value.pointer("/protocolProfileBehavior/followRedirects")?.as_bool()
}

/// Reads what a collection or a folder holds.
pub(super) fn read(values: &[Value], context: &Context, found: &mut Findings) -> Result<Vec<Item>, Error> {
    if context.depth > DEEPEST {
        let message = format!("The collection nests its folders more than {DEEPEST} levels deep");
        return Err(Error::new(Code::InvalidInput, message)
            .hint("Flatten its folders in Postman, and export it again"));
    }
    let mut items = Vec::with_capacity(values.len());
    for (number, value) in (1_usize..).zip(values) {
        if value.get("item").is_some_and(Value::is_array) {
            items.push(folder(value, context, found)?);
        } else if let Some(sent) = some(value, "request") {
            items.push(Item::Request(Box::new(read_request(value, sent, context, found))));
        } else {
            found.lose(
                &context.place(&named(value, &format!("Item {number}"))),
                "It is neither a folder nor a request and is left out.",
            );
        }
    }
    Ok(items)
}

fn named(value: &Value, fallback: &str) -> String {
    let name = member(value, "name");
    if name.trim().is_empty() { fallback.to_owned() } else { name }
}

fn folder(value: &Value, context: &Context, found: &mut Findings) -> Result<Item, Error> {
    let name = named(value, "Folder");
    let below = context.below(&name, value);
    let place = &below.path;
    let folder = FolderItem {
        headers: Vec::new(),
        authorization: authorization::read(value.get("auth"), place, found).unwrap_or(Authorization::Inherit),
        variables: parts::variables(list(value, "variable"), place, found),
        scripts: parts::scripts(value, place, found),
        docs: parts::description(value),
        name,
    };
    Ok(Item::Folder(folder, read(list(value, "item"), &below, found)?))
}

fn read_request(value: &Value, sent: &Value, context: &Context, found: &mut Findings) -> RequestItem {
    let name = named(value, &request::summary(sent));
    let place = context.place(&name);
    let mut request = request::read(sent, &place, found);
    if request.authorization == Authorization::Inherit
        && let Some(authorization) = authorization::read(value.get("auth"), &place, found)
    {
        request.authorization = authorization;
    }
    request.options.follow_redirects = context.follow_redirects;
    behave(value, &mut request, &place, found);
    let docs = Some(parts::description(sent)).filter(|docs| !docs.is_empty());
    let details = RequestDetails {
        variables: parts::variables(list(value, "variable"), &place, found),
        scripts: parts::scripts(value, &place, found),
        docs: docs.unwrap_or_else(|| parts::description(value)),
        ..RequestDetails::default()
    };
    match list(value, "response").len() {
        0 => {}
        1 => found.lose(&place, "1 saved response is left out."),
        count => found.lose(&place, format!("{count} saved responses are left out.")),
    }
    RequestItem { name, request, details }
}

fn behave(value: &Value, request: &mut crate::http::Request, place: &str, found: &mut Findings) {
    let Some(behavior) = value.get("protocolProfileBehavior").and_then(Value::as_object) else {
        return;
    };
    for (name, setting) in behavior {
        match (name.as_str(), setting) {
            ("followRedirects", Value::Bool(follow)) => request.options.follow_redirects = Some(*follow),
            // A body is always sent, whatever the method.
            ("disableBodyPruning", _) | (_, Value::Null) => {}
            ("disabledSystemHeaders", Value::Object(headers)) if headers.is_empty() => {}
            _ => found.lose(place, format!("The setting “{name}” is left out.")),
        }
    }
}
