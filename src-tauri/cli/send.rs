//! `sluice send`

use std::path::Path;

use sluice_core::collection::Variable;
use sluice_core::error::{Code, Error, Result};
use sluice_core::http::{Exchange, ExchangeId, Header};
use sluice_core::operation::{
    BodySave, ExchangeName, RequestFileRead, RequestResolve, RequestSend, SendContext,
};
use sluice_core::redact::Segment;
use sluice_core::workbench::Workbench;

use crate::arguments::{Global, SendOptions};
use crate::exit_code::{Exit, of_exchange};
use crate::output::Output;
use crate::{prompt, send_request, session};

/// What shells call a program ended by Ctrl C.
const INTERRUPTED: i32 = 130;

pub async fn run(options: &SendOptions, global: &Global, output: &Output) -> Result<Exit> {
    check_inputs(options, global)?;
    let workbench = session::open(global).await?;
    let order = order(&workbench, options, global).await?;
    let id = order.id;
    let confirmed = confirm_production(&workbench, options, &order).await?;
    let watching = tokio::spawn(cancel_on_interrupt(workbench.clone(), id));
    let exchange = workbench.send(RequestSend { confirmed, ..order }, &|_| {}).await;
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

/// What is to be sent: a URL with options, or the file of a request with options over it.
async fn order(workbench: &Workbench, options: &SendOptions, global: &Global) -> Result<RequestSend> {
    let named = session::tenant(global, options.tenant.as_deref())?.map(str::to_owned);
    let id = ExchangeId::new_v4();
    if let Some(url) = &options.url {
        if options.env.is_some() || !options.variables.is_empty() {
            return Err(Error::new(Code::InvalidInput, "--env and --var belong to the file of a request")
                .hint("Name the file instead of method and URL"));
        }
        let request = send_request::of_options(options, url, named.is_some())?;
        let files = send_request::files(&request.body);
        return Ok(RequestSend { id, tenant: named, request, confirmed: false, context: None, files });
    }
    let file = Path::new(&options.method);
    if !file.exists() {
        return Err(Error::new(
            Code::InvalidInput,
            format!("{} is neither a file nor a method with a URL", options.method),
        )
        .hint("Write sluice send METHOD URL, or sluice send FILE"));
    }
    let read = RequestFileRead { file: file.to_owned(), environment: options.env.clone() };
    let opened = workbench.request_file(read).await?;
    let given = options.variables.iter().map(|text| send_request::pair(text, '=', "--var"));
    let given = given.map(|field| field.map(Variable::from)).collect::<Result<Vec<_>>>()?;
    let variables = given.into_iter().chain(opened.context.variables).collect();
    let over = send_request::over(opened.item.request, options)?;
    // A body of the options is the user's own choice; one of the file is not.
    let is_chosen = options.data.is_some() || !options.multipart.is_empty();
    let files = if is_chosen { send_request::files(&over.body) } else { Vec::new() };
    Ok(RequestSend {
        id,
        tenant: named.or(opened.tenant),
        request: over,
        files,
        confirmed: false,
        context: Some(SendContext { variables, ..opened.context }),
    })
}

async fn confirm_production(
    workbench: &Workbench,
    options: &SendOptions,
    order: &RequestSend,
) -> Result<bool> {
    if options.yes {
        return Ok(true);
    }
    let RequestSend { tenant, request, context, .. } = order.clone();
    let method = request.method.clone();
    let resolved = workbench.request_resolve(RequestResolve { tenant, request, context }).await?;
    let Some(tenant) = resolved.production.filter(|_| resolved.writes && resolved.problem.is_none()) else {
        return Ok(false);
    };
    let url = resolved.url.unwrap_or_default();
    prompt::confirm(&format!("{tenant} is a production tenant. {method} {url}?"), false)?;
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
