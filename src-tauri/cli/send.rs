//! `sluice send`

use std::io::Read as _;
use std::path::{Path, PathBuf};

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

/// What shells call a program ended by Ctrl C.
const INTERRUPTED: i32 = 130;

pub async fn run(options: &SendOptions, global: &Global, output: &Output) -> Result<Exit> {
    let tenant = session::tenant(global, options.tenant.as_deref())?.map(str::to_owned);
    check_inputs(options, global)?;
    let request = request(options, tenant.is_some())?;
    let workbench = session::open(global).await?;
    let confirmed = confirm_production(&workbench, options, tenant.as_ref(), &request).await?;
    let id = ExchangeId::new_v4();
    let watching = tokio::spawn(cancel_on_interrupt(workbench.clone(), id));
    let exchange = workbench.send(RequestSend { id, tenant, request, confirmed }, &|_| {}).await;
    watching.abort();
    // From here on Ctrl C ends the program at once again.
    tokio::spawn(end_on_interrupt());
    let exchange = exchange?;
    show(&workbench, options, &exchange, output).await?;
    if let Some(failure) = &exchange.failure {
        output.failure(failure);
    } else if let Some(refusal) = &exchange.refusal {
        output.failure(refusal);
    }
    Ok(of_exchange(&exchange))
}

/// The first Ctrl C cancels the call, so that what arrived is shown; the second ends the program.
async fn cancel_on_interrupt(workbench: Workbench, id: ExchangeId) {
    if tokio::signal::ctrl_c().await.is_ok() {
        // An exchange that is over needs no cancelling.
        let _ = workbench.request_cancel(ExchangeName { exchange: id }).await;
        end_on_interrupt().await;
    }
}

async fn end_on_interrupt() {
    if tokio::signal::ctrl_c().await.is_ok() {
        std::process::exit(INTERRUPTED);
    }
}

/// What can be known to be wrong before anything is sent.
fn check_inputs(options: &SendOptions, global: &Global) -> Result<()> {
    let reads_body = options.data.as_deref() == Some("@-");
    if reads_body && global.service_key.as_deref() == Some(Path::new("-")) {
        return Err(Error::new(
            Code::InvalidInput,
            "Service key and body cannot both come from standard input",
        )
        .hint("Name a file for one of them"));
    }
    let Some(path) = file_target(options) else { return Ok(()) };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is_possible = !path.is_dir()
        && folder.is_dir()
        && std::fs::metadata(folder).is_ok_and(|facts| !facts.permissions().readonly());
    if is_possible {
        return Ok(());
    }
    Err(Error::new(Code::InvalidInput, format!("{} cannot be written. Nothing was sent.", path.display()))
        .hint("Name a file in a folder you may write to"))
}

/// The file the body goes to, if not to standard output.
fn file_target(options: &SendOptions) -> Option<&Path> {
    options.output.as_deref().filter(|path| *path != Path::new("-"))
}

async fn confirm_production(
    workbench: &Workbench,
    options: &SendOptions,
    tenant: Option<&String>,
    request: &Request,
) -> Result<bool> {
    if options.yes || tenant.is_none() {
        return Ok(options.yes);
    }
    let resolve = RequestResolve { tenant: tenant.cloned(), request: request.clone() };
    let resolved = workbench.request_resolve(resolve).await?;
    if resolved.stage != Some(Stage::Prod) || !resolved.writes || resolved.problem.is_some() {
        return Ok(false);
    }
    let (tenant, url) = (resolved.tenant.unwrap_or_default(), resolved.url.unwrap_or_default());
    prompt::confirm(&format!("{tenant} is a production tenant. {} {url}?", request.method), false)?;
    Ok(true)
}

async fn show(
    workbench: &Workbench,
    options: &SendOptions,
    exchange: &Exchange,
    output: &Output,
) -> Result<()> {
    let answered = exchange.answer().is_some();
    let to_file = file_target(options);
    if output.is_json() {
        let text = if to_file.is_none() { workbench.exchange_text(exchange.id)? } else { None };
        output.answer(&serde_json::json!({ "exchange": exchange, "body": text }), String::new);
    }
    if let (Some(path), true) = (to_file, answered) {
        let save = BodySave { exchange: exchange.id, path: path.to_owned() };
        workbench.exchange_save_body(save).await.map_err(|error| after_answer(exchange, error))?;
    }
    if output.is_json() {
        return Ok(());
    }
    if !answered {
        return Ok(());
    }
    if options.include {
        Output::line(&head(exchange));
    }
    if to_file.is_none() {
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

/// The same failure, saying that the flow has answered: sending again would run it twice.
fn after_answer(exchange: &Exchange, error: Error) -> Error {
    let status = exchange.answer().map_or(0, |answer| answer.status);
    Error { message: format!("{} The flow had answered {status}.", error.message), ..error }
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
        method: standard(&options.method),
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
            any_host: options.any_host,
        },
    })
}

/// Methods are case-sensitive (RFC 9110), but nobody who types `get` means another one than GET.
fn standard(method: &str) -> String {
    const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"];
    let known = METHODS.iter().find(|known| known.eq_ignore_ascii_case(method));
    known.map_or_else(|| method.to_owned(), |known| (*known).to_owned())
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
