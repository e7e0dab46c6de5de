use serde_json::Value;

use super::authorization::{authorization_value, read_authorization};
use super::body::{body_value, read_body};
use super::field::{described, field_values, read_field, read_fields, read_variables, variable_values};
use super::mapping::{Mapping, sequence};
use super::place::{Place, is_enabled};
use super::script::{read_scripts, script_values};
use super::{Misfit, RequestFile, info, query};
use crate::collection::model::{Assertion, RequestDetails, RequestItem};
use crate::http::{Authorization, CsrfMode, Field, Request, RequestOptions};

const METHODS: [&str; 9] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"];

/// Reads a request (`info.type: http`).
pub fn read_request(value: &Value) -> Result<RequestFile, Misfit> {
    let top = Place::top(value);
    top.mapping("a request")?;
    let info = info::read(&top, "http")?;
    let Some(http) = top.section("http")? else {
        return Err(Misfit {
            pointer: String::new(),
            message: "This file has no `http` section, so there is no request in it.".to_owned(),
            hint: Some("Add `http:` with `method` and `url` below it.".to_owned()),
        });
    };
    let runtime = top.section("runtime")?;
    let name = info.some_text("name").unwrap_or_else(|| "Untitled Request".to_owned());
    let details = read_details(&top, &info, runtime.as_ref())?;
    let request = read_http(&top, &http, runtime.as_ref())?;
    Ok(RequestFile { item: RequestItem { name, request, details }, seq: info::seq(&info) })
}

fn read_http(top: &Place<'_>, http: &Place<'_>, runtime: Option<&Place<'_>>) -> Result<Request, Misfit> {
    let (parameters, path_parameters) = read_parameters(http)?;
    // Early files of Bruno 3 keep it under `runtime`.
    let auth = http.get("auth").or_else(|| runtime.and_then(|runtime| runtime.get("auth")));
    Ok(Request {
        method: method(&http.plain_text("method")?),
        url: query::separated(&http.plain_text("url")?, &parameters),
        parameters,
        path_parameters,
        headers: read_fields(http, "headers")?,
        body: read_body(http)?,
        authorization: auth.as_ref().and_then(read_authorization).unwrap_or(Authorization::None),
        csrf: CsrfMode::Auto,
        options: read_options(top)?,
    })
}

/// Usual methods in upper case; others as they are, since their case counts.
fn method(text: &str) -> String {
    let upper = text.trim().to_ascii_uppercase();
    if upper.is_empty() {
        return "GET".to_owned();
    }
    if METHODS.contains(&upper.as_str()) { upper } else { text.trim().to_owned() }
}

/// Query and path parameters: one list with types, or a list for each type.
fn read_parameters(http: &Place<'_>) -> Result<(Vec<Field>, Vec<Field>), Misfit> {
    let Some(params) = http.get("params") else { return Ok((Vec::new(), Vec::new())) };
    if params.value().is_object() {
        return Ok((read_fields(&params, "query")?, read_fields(&params, "path")?));
    }
    let (path, query): (Vec<_>, Vec<_>) =
        params.entries("params")?.into_iter().partition(|entry| entry.text("type") == "path");
    let rows = |entries: Vec<Place<'_>>| entries.iter().map(read_field).collect();
    Ok((rows(query), rows(path)))
}

/// Bruno writes its defaults into every file; they are nobody's decision.
fn read_options(top: &Place<'_>) -> Result<RequestOptions, Misfit> {
    let Some(settings) = top.section("settings")? else { return Ok(RequestOptions::default()) };
    let timeout = settings.text("timeout").trim().parse::<f64>().ok().filter(|timeout| *timeout >= 1.0);
    let is_off = |text: String| text.eq_ignore_ascii_case("false");
    Ok(RequestOptions {
        timeout_ms: timeout.map(milliseconds),
        follow_redirects: is_off(settings.text("followRedirects")).then_some(false),
        ..RequestOptions::default()
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of a float stops at the limits"
)]
const fn milliseconds(timeout: f64) -> u32 {
    timeout as u32
}

fn read_details(
    top: &Place<'_>,
    info: &Place<'_>,
    runtime: Option<&Place<'_>>,
) -> Result<RequestDetails, Misfit> {
    let mut details =
        RequestDetails { tags: info::tags(info), docs: top.text("docs"), ..RequestDetails::default() };
    if let Some(runtime) = runtime {
        details.variables = read_variables(runtime, "variables")?;
        details.scripts = read_scripts(runtime)?;
        details.assertions = runtime.list("assertions")?.iter().map(read_assertion).collect();
    }
    Ok(details)
}

fn read_assertion(entry: &Place<'_>) -> Assertion {
    Assertion {
        expression: entry.text("expression"),
        operator: entry.some_text("operator").unwrap_or_else(|| "eq".to_owned()),
        value: entry.text("value"),
        enabled: is_enabled(entry.value()),
    }
}

/// What Bruno 4 would write for a request.
pub fn request_value(file: &RequestFile) -> Value {
    let RequestItem { name, details, .. } = &file.item;
    let name = if name.trim().is_empty() { "Untitled Request" } else { name };
    let tags = details.tags.iter().map(|tag| Value::from(tag.as_str())).collect();
    let info = Mapping::new().with("name", name).with("type", "http");
    let info = info.with_some("seq", file.seq.and_then(sequence)).with_list("tags", tags);
    let runtime = Mapping::new()
        .with_list("variables", variable_values(&details.variables))
        .with_list("scripts", script_values(&details.scripts))
        .with_list("assertions", details.assertions.iter().map(assertion_value).collect());
    Mapping::new()
        .with("info", info)
        .with("http", http_value(&file.item.request))
        .with_some("runtime", runtime.or_nothing())
        .with("settings", settings_value(&file.item.request.options))
        .with_text("docs", &details.docs)
        .into()
}

fn http_value(request: &Request) -> Value {
    let method = if request.method.trim().is_empty() { "GET" } else { &request.method };
    let query = request.parameters.iter().map(|row| parameter_value(row, "query"));
    let path = request.path_parameters.iter().map(|row| parameter_value(row, "path"));
    Mapping::new()
        .with("method", method)
        .with("url", query::joined(&request.url, &request.parameters))
        .with_list("headers", field_values(&request.headers))
        .with_list("params", query.chain(path).collect())
        .with_some("body", body_value(&request.body))
        .with_some("auth", authorization_value(&request.authorization))
        .into()
}

fn parameter_value(row: &Field, kind: &str) -> Value {
    let named =
        Mapping::new().with("name", row.name.as_str()).with("value", row.value.as_str()).with("type", kind);
    described(named, row.description.as_deref()).with_enabled(row.enabled).into()
}

fn assertion_value(assertion: &Assertion) -> Value {
    let row = Mapping::new()
        .with("expression", assertion.expression.as_str())
        .with("operator", assertion.operator.as_str());
    let unary = Assertion::ALONE.contains(&assertion.operator.as_str());
    row.with_some("value", (!unary).then_some(assertion.value.as_str()))
        .with_enabled(assertion.enabled)
        .into()
}

/// Whole, as Bruno would add what is missing at its next save.
fn settings_value(options: &RequestOptions) -> Value {
    Mapping::new()
        .with("encodeUrl", true)
        .with("timeout", options.timeout_ms.unwrap_or_default())
        .with("followRedirects", options.follow_redirects.unwrap_or(true))
        .with("maxRedirects", 5)
        .with("forwardAuthorizationHeader", true)
        .into()
}
