//! `sluice send`

use std::path::Path;

use sluice_core::body::BodyName;
use sluice_core::collection::Variable;
use sluice_core::error::{Code, Error, Result};
use sluice_core::http::{Exchange, ExchangeId, Header, Received};
use sluice_core::operation::{
    BodySave, ExchangeName, RequestFileRead, RequestResolve, RequestSend, SendContext,
};
use sluice_core::redact::Segment;
use sluice_core::workbench::Workbench;
use tempfile::TempPath;

use crate::arguments::{Global, SendOptions};
use crate::exit_code::{Exit, of_exchange};
use crate::output::Output;
use crate::printer::{Ended, Printer, exchange};
use crate::{prompt, send_request, session};

/// What shells call a program ended by Ctrl C.
const INTERRUPTED: i32 = 130;

pub async fn run(options: &SendOptions, global: &Global, output: &Output) -> Result<Exit> {
    check_inputs(options, global)?;
    let workbench = session::open(global).await?;
    let mut piped = None;
    let order = order(&workbench, options, global, &mut piped).await?;
    let shown = Shown { to: file_target(options), include: options.include, yes: options.yes };
    send(&workbench, order, &shown, output).await
}

/// Sends what the history kept, and shows it like any other sending.
pub async fn again(workbench: &Workbench, order: RequestSend, yes: bool, output: &Output) -> Result<Exit> {
    let shown = Shown { to: None, include: false, yes };
    send(workbench, order, &shown, output).await
}

/// How a sending is shown, and whether its user has agreed to it.
struct Shown<'a> {
    /// The file the body goes to, if not to standard output.
    to: Option<&'a Path>,
    include: bool,
    yes: bool,
}

async fn send(workbench: &Workbench, order: RequestSend, shown: &Shown<'_>, output: &Output) -> Result<Exit> {
    let id = order.id;
    let confirmed = confirm_production(workbench, shown.yes, &order).await?;
    let watching = tokio::spawn(cancel_on_interrupt(workbench.clone(), id));
    let sending = tokio::spawn({
        let (workbench, order) = (workbench.clone(), RequestSend { confirmed, ..order });
        async move { workbench.send(order, &|_| {}).await }
    });
    let prints = !output.is_json() && shown.to.is_none();
    let mut printer = Printer::new(shown.include);
    let ended = if prints {
        printer.follow(workbench, id, sending).await
    } else {
        exchange(sending.await).map(Ended::Exchange)
    };
    watching.abort();
    // Only then it holds the workbench no more, whose bodies go with it.
    let _ = watching.await;
    // From here on Ctrl C ends the program at once again.
    tokio::spawn(end_on_interrupt());
    let Ended::Exchange(exchange) = ended? else { return Ok(Exit::NotSent) };
    if !prints {
        show(workbench, shown, &exchange, output).await?;
    } else if let Some(received) = exchange.answer()
        && !printer.finish(received, &workbench.exchange_source(id)?)
    {
        return Ok(Exit::NotSent);
    }
    if let Some(unrecorded) = &exchange.unrecorded {
        output.remark(&format!("remark: {}", unrecorded.message));
    }
    say_why(&exchange, output);
    Ok(of_exchange(&exchange))
}

/// Why it failed, or what the status of the answer means.
fn say_why(exchange: &Exchange, output: &Output) {
    let diagnosis = exchange.diagnosis.clone();
    if let Some(failure) = exchange.failure.as_ref().or(exchange.refusal.as_ref()) {
        output.failure(&Error { diagnosis: diagnosis.map(Box::new), ..failure.clone() });
    } else if let Some(diagnosis) = diagnosis {
        output.diagnosis(&diagnosis);
    }
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
async fn order(
    workbench: &Workbench,
    options: &SendOptions,
    global: &Global,
    piped: &mut Option<TempPath>,
) -> Result<RequestSend> {
    let named = session::tenant(global, options.tenant.as_deref())?.map(str::to_owned);
    let id = ExchangeId::new_v4();
    if let Some(url) = &options.url {
        if options.env.is_some() || !options.variables.is_empty() {
            return Err(Error::new(Code::InvalidInput, "--env and --var belong to the file of a request")
                .hint("Name the file instead of method and URL"));
        }
        let request = send_request::of_options(options, url, named.is_some(), piped)?;
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
    let over = send_request::over(opened.item.request, options, piped)?;
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

async fn confirm_production(workbench: &Workbench, yes: bool, order: &RequestSend) -> Result<bool> {
    if yes {
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

/// Shows an exchange to a machine, or writes its body to a file.
async fn show(workbench: &Workbench, shown: &Shown<'_>, exchange: &Exchange, output: &Output) -> Result<()> {
    if output.is_json() {
        let text = if shown.to.is_none() { workbench.exchange_text(exchange.id)? } else { None };
        output.answer(
            &serde_json::json!({ "exchange": exchange, "body": text, "diagnosis": exchange.diagnosis }),
            String::new,
        );
    }
    let Some(received) = exchange.answer() else { return Ok(()) };
    if let Some(path) = shown.to {
        let save =
            BodySave { body: BodyName { exchange: exchange.id, part: Vec::new() }, path: path.to_owned() };
        workbench.exchange_save_body(save).await.map_err(|error| after_answer(exchange, error))?;
    }
    if shown.include && !output.is_json() {
        Output::line(&head(received));
    }
    Ok(())
}

/// The same failure, saying that the flow has answered: sending again would run it twice.
fn after_answer(exchange: &Exchange, error: Error) -> Error {
    let status = exchange.answer().map_or(0, |answer| answer.status);
    Error { message: format!("{} The flow had answered {status}.", error.message), ..error }
}

/// Status and header fields of an answer.
pub fn head(answer: &Received) -> String {
    let status = format!("{} {} {}", answer.version, answer.status, answer.reason);
    let fields = answer.headers.iter().map(field);
    std::iter::once(status.trim_end().to_owned()).chain(fields).collect::<Vec<_>>().join("\n") + "\n"
}

/// A header field, secrets as dots.
pub fn field(header: &Header) -> String {
    let shown = |segment: &Segment| match segment {
        Segment::Text { text } => text.clone(),
        Segment::Masked { length, .. } => format!("•••• {length}"),
    };
    format!("{}: {}", header.name, header.value.iter().map(shown).collect::<String>())
}
