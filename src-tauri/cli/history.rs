//! `sluice history`

use sluice_core::error::{Code, Error, Result};
use sluice_core::history::{
    ExchangeKept, HistoryEntry, HistoryExport, HistoryPage, HistoryQuery, HistoryRemove, HistoryTerm,
};
use sluice_core::http::{Exchange, ExchangeId};
use sluice_core::operation::ExchangeName;
use sluice_core::redact::Segment;
use sluice_core::workbench::Workbench;

use crate::arguments::{Global, HistoryOptions, HistoryVerb};
use crate::exit_code::Exit;
use crate::output::{Output, table, visible};
use crate::{prompt, send, session};

/// Letters of an exchange's name that are shown; the whole name is in the JSON.
const SHORT: usize = 8;
/// Letters of a request's body that are shown.
const MOST_SHOWN: usize = 4_000;

pub async fn run(options: &HistoryOptions, global: &Global, output: &Output) -> Result<Exit> {
    let workbench = session::open_own(global)?;
    match &options.verb {
        None => list(&workbench, options, output).await,
        Some(HistoryVerb::Show { exchange, body }) => show(&workbench, exchange, *body, output).await,
        Some(HistoryVerb::Resend { exchange, yes }) => resend(&workbench, exchange, *yes, output).await,
        Some(HistoryVerb::Remove { exchanges, found, all, yes }) => {
            let what = removed(&workbench, exchanges, found.as_deref(), *all).await?;
            remove(&workbench, what, *yes, output).await
        }
        Some(HistoryVerb::Export { exchanges, output: file }) => {
            let exchanges = find_all(&workbench, exchanges).await?;
            let count = exchanges.len();
            workbench.history_export(HistoryExport { exchanges, path: file.clone() }).await?;
            output.remark(&format!("Wrote {} to {}", counted(count), file.display()));
            Ok(Exit::Good)
        }
    }
}

async fn list(workbench: &Workbench, options: &HistoryOptions, output: &Output) -> Result<Exit> {
    let query = HistoryQuery { text: text(&options.query), offset: 0, count: options.limit };
    let page = workbench.history_search(query).await?;
    check(&page.terms)?;
    output.answer(&page, || lines(&page));
    Ok(Exit::Good)
}

/// The query as one text: a word the shell handed over with spaces in it was quoted there.
fn text(words: &[String]) -> String {
    let quoted = |word: &String| match word.split_once(':') {
        _ if !word.contains(' ') || word.contains('"') || words.len() == 1 => word.clone(),
        Some((field, value)) if field.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            format!("{field}:\"{value}\"")
        }
        _ => format!("\"{word}\""),
    };
    words.iter().map(quoted).collect::<Vec<_>>().join(" ")
}

/// A mistake in a query is one in the usage: a script must not take everything for what it asked for.
fn check(terms: &[HistoryTerm]) -> Result<()> {
    let Some((term, problem)) = terms.iter().find_map(|term| Some((term, term.problem.as_ref()?))) else {
        return Ok(());
    };
    let field = term.field.as_ref().map(|field| format!("{field}:")).unwrap_or_default();
    let message = format!("“{field}{}” cannot be understood. {problem}", term.value);
    Err(Error::new(Code::InvalidInput, message).hint("sluice history --help shows what can be asked"))
}

fn lines(page: &HistoryPage) -> String {
    if page.total == 0 {
        return "Nothing was sent yet".to_owned();
    }
    if page.entries.is_empty() {
        return format!("None of {} fits", counted(page.total as usize));
    }
    let rows: Vec<_> = page.entries.iter().map(row).collect();
    let table = table(&["ID", "WHEN", "TENANT", "STATUS", "TOOK", "METHOD", "URL"], &rows);
    let shown = page.entries.len();
    if shown < page.count as usize {
        return format!("{table}\n{shown} of {}; --limit shows more", page.count);
    }
    table
}

fn row(entry: &HistoryEntry) -> Vec<String> {
    let id: String = entry.id.to_string().chars().take(SHORT).collect();
    let local = entry.started_at.to_zoned(jiff::tz::TimeZone::system());
    vec![
        id,
        local.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        entry.tenant.clone().unwrap_or_default(),
        entry.status.map_or_else(|| "none".to_owned(), |status| status.to_string()),
        format!("{:.0} ms", entry.took_ms),
        entry.method.clone(),
        entry.url.clone(),
    ]
}

async fn show(workbench: &Workbench, beginning: &str, body: bool, output: &Output) -> Result<Exit> {
    let exchange = find(workbench, beginning).await?;
    let kept = workbench.history_read(ExchangeName { exchange }).await?;
    if output.is_json() {
        let text = if kept.has_body && body { workbench.exchange_text(exchange)? } else { None };
        output.answer(&serde_json::json!({ "kept": kept, "body": text }), String::new);
        return Ok(Exit::Good);
    }
    if body {
        workbench.exchange_stream(exchange, &mut |bytes| Output::bytes(bytes))?;
        Output::end_line();
        return Ok(Exit::Good);
    }
    Output::line(&record(&kept));
    if let Some(diagnosis) = &kept.exchange.diagnosis {
        output.diagnosis(diagnosis);
    }
    Ok(Exit::Good)
}

/// The record for people: facts, then every call.
fn record(kept: &ExchangeKept) -> String {
    let ExchangeKept { entry, exchange, context, kept_until, has_body, .. } = kept;
    let mut lines = vec![format!("{} {}", entry.method, entry.url)];
    let stage = entry.stage.map(|stage| format!(" ({})", crate::tenant::word(stage))).unwrap_or_default();
    let facts = [
        ("id", Some(entry.id.to_string())),
        ("began", Some(entry.started_at.to_string())),
        ("tenant", entry.tenant.as_ref().map(|tenant| format!("{tenant}{stage}"))),
        ("file", context.as_ref().map(|context| context.path.clone())),
        ("took", Some(format!("{:.1} ms", entry.took_ms))),
        ("body", Some(size(entry.body_size, *has_body))),
        ("note", entry.note.clone()),
        ("pinned", entry.pinned.then(|| "yes".to_owned())),
        ("kept until", kept_until.map(|until| until.to_string())),
    ];
    lines.extend(facts.into_iter().filter_map(|(name, fact)| Some(format!("{name:<11}{}", fact?))));
    lines.extend(calls(exchange));
    lines.extend(posted(kept));
    let failures = exchange.failure.iter().chain(&exchange.refusal);
    lines.extend(failures.map(|failure| format!("\nerror: {}", failure.message)));
    lines.join("\n")
}

/// The request's body, as much of it as one reads in a terminal.
fn posted(kept: &ExchangeKept) -> Option<String> {
    let plain = |segment: &Segment| match segment {
        Segment::Text { text } => text.clone(),
        Segment::Masked { .. } => String::new(),
    };
    let text: String = kept.request_body.iter().flatten().map(plain).collect();
    let end = text.char_indices().nth(MOST_SHOWN).map(|(at, _)| at);
    let lines = text.get(..end.unwrap_or(text.len())).unwrap_or_default().lines();
    let shown = lines.map(visible).collect::<Vec<_>>().join("\n");
    let more = if end.is_some() || kept.request_cut { "\n… (--json has more)" } else { "" };
    (!text.is_empty()).then(|| format!("\n{shown}{more}"))
}

fn size(bytes: u64, has_body: bool) -> String {
    if has_body { format!("{bytes} bytes") } else { format!("{bytes} bytes, not kept any more") }
}

fn calls(exchange: &Exchange) -> Vec<String> {
    let mut lines = Vec::new();
    for call in &exchange.calls {
        lines.push(format!("\n> {} {}", call.sent.method, call.sent.url));
        lines.extend(call.sent.headers.iter().map(|header| format!("> {}", send::field(header))));
        if let Some(received) = &call.received {
            lines.push(format!("< {} {} {}", received.version, received.status, received.reason));
            lines.extend(received.headers.iter().map(|header| format!("< {}", send::field(header))));
        }
        lines.extend(call.failure.iter().map(|failure| format!("! {}", failure.message)));
    }
    lines
}

async fn resend(workbench: &Workbench, beginning: &str, yes: bool, output: &Output) -> Result<Exit> {
    let exchange = find(workbench, beginning).await?;
    let order = workbench.history_again(ExchangeName { exchange }).await?;
    send::again(workbench, order, yes, output).await
}

async fn removed(
    workbench: &Workbench,
    exchanges: &[String],
    found: Option<&str>,
    all: bool,
) -> Result<HistoryRemove> {
    if all {
        return Ok(HistoryRemove::All);
    }
    match found {
        Some(text) => Ok(HistoryRemove::Found { text: text.to_owned() }),
        None => Ok(HistoryRemove::Some { exchanges: find_all(workbench, exchanges).await? }),
    }
}

/// Those that are named are removed at once; of more than these the user is asked.
async fn remove(workbench: &Workbench, what: HistoryRemove, yes: bool, output: &Output) -> Result<Exit> {
    let query = |text: &str| HistoryQuery { text: text.to_owned(), offset: 0, count: 1 };
    match &what {
        HistoryRemove::Some { .. } => {}
        HistoryRemove::Found { text } => {
            let page = workbench.history_search(query(text)).await?;
            check(&page.terms)?;
            prompt::confirm(&format!("Forget {} that fit?", counted(page.count as usize)), yes)?;
        }
        HistoryRemove::All => {
            let page = workbench.history_search(query("")).await?;
            prompt::confirm(&format!("Forget all {}?", counted(page.total as usize)), yes)?;
        }
    }
    let removed = workbench.history_remove(what).await?;
    output.answer(&serde_json::json!({ "removed": removed }), || {
        format!("Forgot {}", counted(removed as usize))
    });
    Ok(Exit::Good)
}

async fn find_all(workbench: &Workbench, beginnings: &[String]) -> Result<Vec<ExchangeId>> {
    let mut found = Vec::with_capacity(beginnings.len());
    for beginning in beginnings {
        found.push(find(workbench, beginning).await?);
    }
    Ok(found)
}

/// The one exchange whose name begins so.
async fn find(workbench: &Workbench, beginning: &str) -> Result<ExchangeId> {
    let found = workbench.history_find(beginning.to_owned()).await?;
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(Error::new(Code::NotFound, format!("The history has no exchange {beginning}"))
            .hint("sluice history lists the newest ones; the first letters of an ID are enough")),
        several => {
            Err(Error::new(Code::InvalidInput, format!("{} exchanges begin with {beginning}", several.len()))
                .hint(format!(
                    "Write more of it, for example {}",
                    several.first().copied().unwrap_or_default()
                )))
        }
    }
}

fn counted(count: usize) -> String {
    if count == 1 { "1 exchange".to_owned() } else { format!("{count} exchanges") }
}
