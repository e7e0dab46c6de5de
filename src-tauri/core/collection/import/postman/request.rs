//! What a request sends.

use serde_json::Value;

use super::super::json::{member, some, written};
use super::{Findings, authorization, body, parts, url};
use crate::http::{Authorization, Body, CsrfMode, Request, RequestOptions};

/// Method and URL, for a request without a name.
pub(super) fn summary(sent: &Value) -> String {
    let url = url::read(url_of(sent)).text;
    let url = url.split('?').next().unwrap_or_default();
    format!("{} {url}", method(sent)).trim_end().to_owned()
}

fn url_of(sent: &Value) -> &Value {
    if sent.is_string() { sent } else { sent.get("url").unwrap_or(&Value::Null) }
}

fn method(sent: &Value) -> String {
    let method = member(sent, "method");
    if method.trim().is_empty() { "GET".to_owned() } else { method.trim().to_owned() }
}

/// Reads a request, whether it is an object or only a URL.
pub(super) fn read(sent: &Value, place: &str, found: &mut Findings) -> Request {
    let target = url::read(url_of(sent));
    let mut headers = parts::headers(sent.get("header"));
    let body = some(sent, "body").map_or(Body::None, |value| body::read(value, &mut headers, place, found));
    for unheard in ["proxy", "certificate"] {
        if some(sent, unheard).is_some_and(|value| written(value) != "{}") {
            found.lose(
                place,
                format!("Its {unheard} is left out; that belongs to the settings of the workbench."),
            );
        }
    }
    Request {
        method: method(sent),
        url: target.text,
        parameters: target.parameters,
        path_parameters: target.path_parameters,
        headers,
        body,
        authorization: authorization::read(sent.get("auth"), place, found).unwrap_or(Authorization::Inherit),
        csrf: CsrfMode::default(),
        options: RequestOptions::default(),
    }
}
