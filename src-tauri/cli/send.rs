//! `sluice send`

use std::io::Read as _;
use std::path::PathBuf;

use sluice_core::error::{Code, Error, Result};
use sluice_core::http::{
    Authorization, Body, CsrfMode, Exchange, ExchangeId, Field, Header, Part, PartContent, Request,
    RequestOptions,
};
use sluice_core::operation::{BodySave, ExchangeName, RequestResolve, RequestSend};
use sluice_core::redact::Segment;
use sluice_core::tenant::Stage;
use sluice_core::workbench::Workbench;

use crate::arguments::{AuthWord, CsrfWord, Global, SendOptions};
use crate::exit_code::{Exit, of_exchange};
use crate::output::Output;
use crate::{prompt, session};

pub async fn run(options: &SendOptions, global: &Global, output: &Output) -> Result<Exit> {
    let tenant = session::tenant(global, options.tenant.as_deref()).map(str::to_owned);
    let request = request(options, tenant.is_some())?;
    let workbench = session::open(global).await?;
    guard_production(&workbench, options, tenant.as_ref(), &request).await?;
    let id = ExchangeId::new_v4();
    let order = RequestSend { id, tenant, request };
    let sending = workbench.send(order, &|_| {});
    tokio::pin!(sending);
    let exchange = tokio::select! {
        exchange = &mut sending => exchange?,
        _ = tokio::signal::ctrl_c() => {
            workbench.request_cancel(ExchangeName { exchange: id }).await?;
            sending.await?
        }
    };
    show(&workbench, options, &exchange, output).await?;
    if let Some(failure) = &exchange.failure {
        output.failure(failure);
    } else if let Some(refusal) = &exchange.refusal {
        output.failure(refusal);
    }
    Ok(of_exchange(&exchange))
}

async fn guard_production(
    workbench: &Workbench,
    options: &SendOptions,
    tenant: Option<&String>,
    request: &Request,
) -> Result<()> {
    if options.yes || tenant.is_none() {
        return Ok(());
    }
    let resolve = RequestResolve { tenant: tenant.cloned(), request: request.clone() };
    let resolved = workbench.request_resolve(resolve).await?;
    if resolved.stage != Some(Stage::Prod) || !resolved.writes || resolved.problem.is_some() {
        return Ok(());
    }
    let (tenant, url) = (resolved.tenant.unwrap_or_default(), resolved.url.unwrap_or_default());
    prompt::confirm(&format!("{tenant} is a production tenant. {} {url}?", request.method), false)
}

async fn show(
    workbench: &Workbench,
    options: &SendOptions,
    exchange: &Exchange,
    output: &Output,
) -> Result<()> {
    let answered = exchange.answer().is_some();
    if let (Some(path), true) = (&options.output, answered) {
        workbench.exchange_save_body(BodySave { exchange: exchange.id, path: path.clone() }).await?;
    }
    if output.is_json() {
        let text = if options.output.is_none() { workbench.exchange_text(exchange.id)? } else { None };
        output.answer(&serde_json::json!({ "exchange": exchange, "body": text }), String::new);
        return Ok(());
    }
    if !answered {
        return Ok(());
    }
    if options.include {
        Output::line(&head(exchange));
    }
    if options.output.is_none() {
        let mut last = b'\n';
        workbench.exchange_stream(exchange.id, &mut |bytes| {
            last = bytes.last().copied().unwrap_or(last);
            Output::bytes(bytes);
        })?;
        if last != b'\n' {
            Output::end_line();
        }
    }
    Ok(())
}

fn head(exchange: &Exchange) -> String {
    let Some(answer) = exchange.answer() else { return String::new() };
    let status = format!("{} {} {}", answer.version, answer.status, answer.reason);
    let fields = answer.headers.iter().map(field);
    std::iter::once(status.trim_end().to_owned()).chain(fields).collect::<Vec<_>>().join("\n") + "\n"
}

fn field(header: &Header) -> String {
    let shown = |segment: &Segment| match segment {
        Segment::Text { text } => text.clone(),
        Segment::Masked { length, .. } => format!("•••• {length}"),
    };
    format!("{}: {}", header.name, header.value.iter().map(shown).collect::<String>())
}

fn request(options: &SendOptions, has_tenant: bool) -> Result<Request> {
    let key = options.key.clone();
    let as_whom = options.auth.unwrap_or(if has_tenant { AuthWord::Bearer } else { AuthWord::None });
    Ok(Request {
        method: options.method.clone(),
        url: options.url.clone(),
        parameters: options
            .parameters
            .iter()
            .map(|text| pair(text, '=', "--query"))
            .collect::<Result<_>>()?,
        headers: options.headers.iter().map(|text| pair(text, ':', "--header")).collect::<Result<_>>()?,
        body: body(options)?,
        authorization: match as_whom {
            AuthWord::Bearer => Authorization::Bearer { key },
            AuthWord::Basic => Authorization::Basic { key },
            AuthWord::Certificate => Authorization::Certificate { key },
            AuthWord::None => Authorization::None,
        },
        csrf: match options.csrf {
            CsrfWord::Auto => CsrfMode::Auto,
            CsrfWord::Always => CsrfMode::Always,
            CsrfWord::Never => CsrfMode::Never,
        },
        options: RequestOptions {
            timeout_ms: options.timeout.map(milliseconds).transpose()?,
            follow_redirects: options.no_redirects.then_some(false),
            http1_only: options.http1_only,
        },
    })
}

fn body(options: &SendOptions) -> Result<Body> {
    if !options.form.is_empty() {
        let fields = options.form.iter().map(|text| pair(text, '=', "--form")).collect::<Result<_>>()?;
        return Ok(Body::Form { fields });
    }
    if !options.multipart.is_empty() {
        return Ok(Body::Multipart {
            parts: options.multipart.iter().map(|text| part(text)).collect::<Result<_>>()?,
        });
    }
    let Some(data) = &options.data else { return Ok(Body::None) };
    match data.strip_prefix('@') {
        Some("-") => {
            let mut text = String::new();
            std::io::stdin().lock().read_to_string(&mut text).map_err(|error| {
                Error::new(Code::InvalidInput, "Standard input is not text")
                    .hint("Name a file with -d @FILE to send bytes")
                    .detail(error.to_string())
            })?;
            Ok(guess(text))
        }
        Some(path) => file(path),
        None => Ok(guess(data.clone())),
    }
}

/// A text file is sent as what its name says; anything else byte for byte.
fn file(path: &str) -> Result<Body> {
    let known = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    if !known.is_some_and(|ending| matches!(ending.as_str(), "json" | "xml" | "txt")) {
        return Ok(Body::File { path: PathBuf::from(path) });
    }
    let bytes = std::fs::read(path).map_err(|error| {
        Error::new(Code::InvalidInput, format!("{path} cannot be read")).detail(error.to_string())
    })?;
    Ok(String::from_utf8(bytes).map_or_else(|_| Body::File { path: PathBuf::from(path) }, guess))
}

/// What the text looks like decides the media type, unless a header says it.
fn guess(text: String) -> Body {
    match text.trim_start().chars().next() {
        Some('{' | '[') => Body::Json { text },
        Some('<') => Body::Xml { text },
        _ => Body::Text { text },
    }
}

fn part(text: &str) -> Result<Part> {
    let Field { name, value, .. } = pair(text, '=', "--multipart")?;
    let content = match value.strip_prefix('@') {
        Some(path) => PartContent::File { path: PathBuf::from(path) },
        None => PartContent::Text { text: value },
    };
    Ok(Part { name, content, content_type: None, enabled: true })
}

fn pair(text: &str, separator: char, option: &str) -> Result<Field> {
    let (name, value) = text.split_once(separator).ok_or_else(|| {
        Error::new(Code::InvalidInput, format!("{option} needs a name and a value"))
            .hint(format!("Write it as {option} 'name{separator}value'"))
    })?;
    let value = if separator == ':' { value.trim() } else { value };
    Ok(Field { name: name.trim().to_owned(), value: value.to_owned(), enabled: true })
}

fn milliseconds(seconds: f64) -> Result<u32> {
    let whole = std::time::Duration::try_from_secs_f64(seconds).ok().filter(|time| !time.is_zero());
    whole.and_then(|time| u32::try_from(time.as_millis()).ok()).ok_or_else(|| {
        Error::new(Code::InvalidInput, "--timeout must be a number of seconds above 0")
            .hint("For example --timeout 30")
    })
}
