//! `sluice import`

use sluice_core::collection::ImportReport;
use sluice_core::error::Result;
use sluice_core::operation::{ImportRead, ImportWrite};

use crate::arguments::{Global, ImportOptions};
use crate::exit_code::Exit;
use crate::output::Output;
use crate::session;

pub async fn run(options: &ImportOptions, global: &Global, output: &Output) -> Result<Exit> {
    let workbench = session::open(global).await?;
    let files = options.files.clone();
    let report = match options.into.as_ref().filter(|_| !options.dry_run) {
        None => workbench.import_read(ImportRead { files }).await?,
        Some(into) => {
            let (into, without_secrets) = (into.clone(), options.without_secrets);
            workbench.import_write(ImportWrite { files, into, without_secrets }).await?
        }
    };
    output.answer(&report, || text(&report, options));
    Ok(Exit::Good)
}

fn text(report: &ImportReport, options: &ImportOptions) -> String {
    let place = options.into.as_ref().filter(|_| !options.dry_run);
    let place = place.map(|into| format!(" into {}", into.display())).unwrap_or_default();
    let verb = if options.dry_run { "Would import" } else { "Imported" };
    let counts = [
        count(report.requests, "request"),
        count(report.folders, "folder"),
        count(report.environments, "environment"),
    ];
    let mut lines =
        vec![format!("{verb} {}{place} ({}): {}.", report.name, report.format, counts.join(", "))];
    if report.scripts > 0 {
        lines.push(format!("{} kept in the files; nothing runs them yet.", count(report.scripts, "script")));
    }
    if !report.secrets.is_empty() {
        let verb = match (options.dry_run, options.without_secrets) {
            (_, true) => "Left out, to be set on this computer",
            (true, false) => "Would go to the keyring",
            (false, false) => "In the keyring",
        };
        lines.push(format!("{verb}: {}.", report.secrets.join(", ")));
    }
    if !report.losses.is_empty() {
        lines.push(format!("Not carried over ({}):", report.losses.len()));
        lines.extend(report.losses.iter().map(|loss| format!("  {}: {}", loss.place, loss.what)));
    }
    lines.join("\n")
}

fn count(number: u32, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
