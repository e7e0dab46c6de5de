use std::path::PathBuf;

use serde_json::Value;

use crate::collection::import::json::{description, first_text, list, text, truth};
use crate::collection::import::losses::Losses;
use crate::collection::{RequestDetails, RequestItem, Script, ScriptPhase};
use crate::http::{
    ApiKeyPlacement, Authorization, Body, ClientPlacement, CsrfMode, Field, Part, PartContent, Request,
    RequestOptions,
};

/// Reads a request of either version.
pub(super) fn read(value: &Value, losses: &mut Losses) -> RequestItem {
    let (body, kind) = body(value.get("body").unwrap_or(&Value::Null), losses);
    let mut headers = fields(list(value, "headers"));
    let said = headers.iter().any(|field| field.name.eq_ignore_ascii_case("content-type"));
    if let Some(kind) = kind.filter(|_| !said) {
        headers.push(Field::new("Content-Type", kind));
    }
    let method = first_text(value, &["method"]);
    RequestItem {
        name: text(value, "name"),
        request: Request {
            method: if method.is_empty() { "GET".to_owned() } else { method },
            url: text(value, "url"),
            parameters: fields(list(value, "parameters")),
            path_parameters: fields(list(value, "pathParameters")),
            headers,
            body,
            authorization: authorization(value.get("authentication"), losses),
            csrf: CsrfMode::default(),
            options: RequestOptions { follow_redirects: redirects(value), ..RequestOptions::default() },
        },
        details: RequestDetails { scripts: scripts(value), docs: docs(value), ..RequestDetails::default() },
    }
}

fn redirects(value: &Value) -> Option<bool> {
    let setting = value.get("settingFollowRedirects").or_else(|| value.pointer("/settings/followRedirects"));
    match setting.and_then(Value::as_str) {
        Some("on") => Some(true),
        Some("off") => Some(false),
        _ => None,
    }
}

/// What an item is about.
pub(super) fn docs(value: &Value) -> String {
    let found = first_text(value, &["description"]);
    if found.is_empty() {
        value.get("meta").map(|meta| text(meta, "description")).unwrap_or_default()
    } else {
        found
    }
}

/// The scripts of a request or a folder.
pub(super) fn scripts(value: &Value) -> Vec<Script> {
    let scripts = value.get("scripts").unwrap_or(&Value::Null);
    let either = |own: &str, inner: &str| {
        let found = text(value, own);
        if found.is_empty() { text(scripts, inner) } else { found }
    };
    [
        (ScriptPhase::BeforeRequest, either("preRequestScript", "preRequest")),
        (ScriptPhase::AfterResponse, either("afterResponseScript", "afterResponse")),
    ]
    .into_iter()
    .filter(|(_, code)| !code.trim().is_empty())
    .map(|(phase, code)| Script { phase, code })
    .collect()
}

/// The rows of a table; Insomnia keeps empty ones.
pub(super) fn fields(rows: &[Value]) -> Vec<Field> {
    rows.iter()
        .filter(|row| !text(row, "name").is_empty())
        .map(|row| Field {
            name: text(row, "name"),
            value: text(row, "value"),
            enabled: truth(row, "disabled") != Some(true),
            description: description(row),
        })
        .collect()
}

/// Reads an `authentication` block; an empty one is inherited.
pub(super) fn authorization(block: Option<&Value>, losses: &mut Losses) -> Authorization {
    let Some(block) = block.filter(|block| block.as_object().is_some_and(|fields| !fields.is_empty())) else {
        return Authorization::Inherit;
    };
    let kind = text(block, "type");
    if truth(block, "disabled") == Some(true) && kind != "none" {
        losses.note(format!("The `{kind}` authorization is switched off; its settings are not kept."));
        return Authorization::None;
    }
    match kind.as_str() {
        "" | "inherit" => Authorization::Inherit,
        "none" => Authorization::None,
        "basic" => {
            Authorization::Login { username: text(block, "username"), password: text(block, "password") }
        }
        "digest" => {
            Authorization::Digest { username: text(block, "username"), password: text(block, "password") }
        }
        "bearer" => bearer(block, losses),
        "apikey" => api_key(block, losses),
        "oauth2" => oauth2(block, losses),
        other => unknown(other, losses),
    }
}

fn bearer(block: &Value, losses: &mut Losses) -> Authorization {
    let prefix = text(block, "prefix");
    if !prefix.is_empty() && prefix != "Bearer" {
        losses.note(format!("The token's prefix `{prefix}` is not kept; `Bearer` is sent."));
    }
    Authorization::Token { token: text(block, "token") }
}

fn api_key(block: &Value, losses: &mut Losses) -> Authorization {
    let placement = match text(block, "addTo").as_str() {
        "queryParams" => ApiKeyPlacement::Query,
        "cookie" => {
            losses.note("The API key goes into a header field instead of a cookie.");
            ApiKeyPlacement::Header
        }
        _ => ApiKeyPlacement::Header,
    };
    Authorization::ApiKey { name: text(block, "key"), value: text(block, "value"), placement }
}

fn oauth2(block: &Value, losses: &mut Losses) -> Authorization {
    let grant = text(block, "grantType");
    if grant != "client_credentials" {
        return unknown(&format!("oauth2 {grant}"), losses);
    }
    for key in ["audience", "resource", "tokenPrefix"] {
        let value = text(block, key);
        if !value.is_empty() && value != "Bearer" {
            losses.note(format!("The `{key}` of the OAuth 2.0 token request is not kept."));
        }
    }
    Authorization::ClientCredentials {
        token_url: text(block, "accessTokenUrl"),
        client_id: text(block, "clientId"),
        client_secret: text(block, "clientSecret"),
        scope: text(block, "scope"),
        placement: match truth(block, "credentialsInBody") {
            Some(true) => ClientPlacement::Body,
            _ => ClientPlacement::Header,
        },
    }
}

fn unknown(name: &str, losses: &mut Losses) -> Authorization {
    losses
        .note(format!("Authorization of kind `{name}` cannot be sent by Sluice; its settings are not kept."));
    Authorization::Other { name: name.to_owned() }
}

fn body(body: &Value, losses: &mut Losses) -> (Body, Option<String>) {
    let kind = text(body, "mimeType");
    let words = text(body, "text");
    let file = text(body, "fileName");
    let said = Some(kind.clone()).filter(|kind| !kind.is_empty());
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        _ if !file.is_empty() => (Body::File { path: PathBuf::from(file) }, said),
        "" if words.is_empty() => (Body::None, None),
        "application/x-www-form-urlencoded" => (Body::Form { fields: fields(list(body, "params")) }, None),
        "multipart/form-data" => (Body::Multipart { parts: parts(list(body, "params")) }, None),
        "application/graphql" => {
            losses.note("The GraphQL query became a JSON body.");
            (Body::Json { text: words }, Some("application/json".to_owned()))
        }
        json if json == "application/json" || json.ends_with("+json") => (Body::Json { text: words }, said),
        xml if xml.ends_with("/xml") || xml.ends_with("+xml") => (Body::Xml { text: words }, said),
        _ => (Body::Text { text: words }, said),
    }
}

fn parts(rows: &[Value]) -> Vec<Part> {
    let named = rows.iter().filter(|row| !text(row, "name").is_empty());
    named
        .map(|row| Part {
            name: text(row, "name"),
            content: match text(row, "type").as_str() {
                "file" => PartContent::File { path: PathBuf::from(text(row, "fileName")) },
                _ => PartContent::Text { text: text(row, "value") },
            },
            content_type: None,
            enabled: truth(row, "disabled") != Some(true),
        })
        .collect()
}
