use serde_json::Value;

use super::{authorization, body, fields, scripts, variables};
use crate::collection::import::json::{list, text, truth};
use crate::collection::import::losses::Losses;
use crate::collection::{Assertion, RequestDetails, RequestItem, Script, ScriptPhase};
use crate::http::{CsrfMode, Field, Request, RequestOptions};

/// Reads an HTTP or GraphQL request.
pub(super) fn read(value: &Value, losses: &mut Losses) -> RequestItem {
    let request = value.get("request").unwrap_or(&Value::Null);
    let (body, kind) = body::read(request.get("body").unwrap_or(&Value::Null), losses);
    let examples = list(value, "examples").len();
    if examples > 0 {
        losses.note(format!("Saved examples are not kept ({examples})."));
    }
    let rows = list(request, "params");
    let of = |path: bool| -> Vec<Value> {
        rows.iter().filter(|row| (text(row, "type") == "path") == path).cloned().collect()
    };
    let parameters = fields(&of(false));
    let method = Some(text(request, "method")).filter(|method| !method.is_empty());
    RequestItem {
        name: text(value, "name"),
        request: Request {
            method: method.map_or_else(|| "GET".to_owned(), |method| method.to_uppercase()),
            url: without_repeated_query(&text(request, "url"), &parameters),
            parameters,
            path_parameters: fields(&of(true)),
            headers: body::with_content_type(fields(list(request, "headers")), kind),
            body,
            authorization: authorization::read(request.get("auth").unwrap_or(&Value::Null), losses),
            csrf: CsrfMode::default(),
            options: options(value.get("settings").unwrap_or(&Value::Null), losses),
        },
        details: details(value, request),
    }
}

fn details(value: &Value, request: &Value) -> RequestDetails {
    let mut scripts = scripts(request);
    scripts.extend(response_variables(request));
    let own = request.pointer("/vars/req").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    RequestDetails {
        tags: list(value, "tags").iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        variables: variables(own),
        scripts,
        assertions: list(request, "assertions").iter().map(assertion).collect(),
        docs: text(request, "docs"),
    }
}

/// Bruno writes the query both into the URL and into the table; here the table is appended to the URL.
fn without_repeated_query(url: &str, parameters: &[Field]) -> String {
    let Some((path, rest)) = url.split_once('?') else { return url.to_owned() };
    let (query, fragment) = rest.split_once('#').map_or((rest, None), |(query, tail)| (query, Some(tail)));
    let mut repeated: Vec<&Field> = parameters.iter().filter(|field| field.enabled).collect();
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let same = repeated.iter().position(|field| field.name == name && field.value == value);
            same.map(|index| repeated.remove(index)).is_none()
        })
        .collect();
    let mut url = path.to_owned();
    if !kept.is_empty() {
        url = format!("{url}?{}", kept.join("&"));
    }
    fragment.map_or(url.clone(), |fragment| format!("{url}#{fragment}"))
}

/// What Bruno sets after an answer, as the script that does the same.
pub(super) fn response_variables(request: &Value) -> Option<Script> {
    let rows = request.pointer("/vars/res").and_then(Value::as_array)?;
    let code: Vec<String> = rows
        .iter()
        .map(|row| {
            let off = if truth(row, "enabled").unwrap_or(true) { "" } else { "// " };
            let value = text(row, "value").replace(['\r', '\n'], " ");
            format!("{off}bru.setVar({}, {value});", Value::String(text(row, "name")))
        })
        .collect();
    (!code.is_empty()).then(|| Script { phase: ScriptPhase::AfterResponse, code: code.join("\n") })
}

fn assertion(row: &Value) -> Assertion {
    let whole = text(row, "value");
    let (first, rest) = whole.trim().split_once(char::is_whitespace).unwrap_or((whole.trim(), ""));
    let is_operator = Assertion::COMPARING.contains(&first) || Assertion::ALONE.contains(&first);
    let (operator, value) = if is_operator { (first, rest.trim()) } else { ("eq", whole.trim()) };
    Assertion {
        expression: text(row, "name"),
        operator: operator.to_owned(),
        value: value.to_owned(),
        enabled: truth(row, "enabled").unwrap_or(true),
    }
}

fn options(settings: &Value, losses: &mut Losses) -> RequestOptions {
    if truth(settings, "encodeUrl") == Some(false) && settings.get("timeout").is_some() {
        losses.note("`encodeUrl: false` is not kept; check the URL for characters that need encoding.");
    }
    let redirects = settings.get("maxRedirects").and_then(Value::as_u64).unwrap_or(5);
    if redirects != 5 {
        losses.note(format!("The limit of {redirects} redirects is not kept."));
    }
    let timeout = settings.get("timeout").and_then(Value::as_u64).filter(|timeout| *timeout > 0);
    RequestOptions {
        timeout_ms: timeout.map(|timeout| u32::try_from(timeout).unwrap_or(u32::MAX)),
        follow_redirects: truth(settings, "followRedirects"),
        ..RequestOptions::default()
    }
}
