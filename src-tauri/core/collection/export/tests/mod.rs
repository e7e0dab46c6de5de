mod command;
mod hurl;
mod opencollection;
mod postman;
mod secrets;

use crate::collection::{Collection, Environment, FolderItem, Item, RequestDetails, RequestItem, Variable};
use crate::http::{Authorization, Field, Request};

/// A request that says nothing but its method and URL.
fn request(method: &str, url: &str) -> Request {
    Request::new(method, url)
}

fn item(name: &str, request: Request) -> RequestItem {
    RequestItem { name: name.into(), request, details: RequestDetails::default() }
}

fn collection(items: Vec<RequestItem>) -> Collection {
    let root =
        FolderItem { name: "Shop".into(), authorization: Authorization::None, ..FolderItem::default() };
    let items = items.into_iter().map(|item| Item::Request(Box::new(item))).collect();
    Collection { root, environments: Vec::new(), items }
}

fn variable(name: &str, value: &str) -> Variable {
    Variable { name: name.into(), value: value.into(), enabled: true, ..Variable::default() }
}

/// Texts that mean something to shells, YAML, JSON and Hurl.
const NASTY: [&str; 14] = [
    "it's \"quoted\"",
    "two\nlines\r\nand\ttab",
    "$HOME `id` $(id) ${x}",
    "!history",
    "-n --leading",
    "@file",
    "a\\b \\n \\",
    "# no comment",
    " blanks ",
    "```fence```",
    "{{#if x}} {a} {",
    "ünïcödé ✓",
    "a: b, [c] & *d",
    "%20+&=?;",
];

fn environment(name: &str, variables: Vec<Variable>) -> Environment {
    Environment { name: name.into(), color: Some("#2f7d32".into()), variables }
}

fn fields(names: &[(&str, &str)]) -> Vec<Field> {
    names.iter().map(|(name, value)| Field::new(*name, *value)).collect()
}
