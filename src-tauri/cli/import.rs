//! `sluice import`

use sluice_core::collection::ImportReport;
use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::{ImportRead, ImportWrite};

use crate::arguments::{Global, ImportOptions};
use crate::exit_code::Exit;
use crate::output::{Output, visible};
use crate::session;

pub async fn run(options: &ImportOptions, global: &Global, output: &Output) -> Result<Exit> {
    let workbench = session::open(global).await?;
    let files = options.files.clone();
    let report = match options.into.as_ref().filter(|_| !options.dry_run) {
        None => workbench.import_read(ImportRead { files }).await?,
        Some(into) => {
            let (into, without_secrets) = (into.clone(), options.without_secrets);
            let wanted = ImportWrite { files, into, without_secrets, hold_for_run: false };
            workbench.import_write(wanted).await.map_err(hinted)?
        }
    };
    output.answer(&report, || text(&report, options));
    Ok(Exit::Good)
}

/// A run of the terminal ends at once; holding secrets for it would help nobody.
fn hinted(error: Error) -> Error {
    if error.code != Code::SecretStoreMissing {
        return error;
    }
    error.hint("Start a keyring, or import with --without-secrets and type them in where they are needed")
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
        vec![format!("{verb} {}{place} ({}): {}.", visible(&report.name), report.format, counts.join(", "))];
    if report.scripts > 0 {
        lines.push(format!("{} kept in the files; nothing runs them yet.", count(report.scripts, "script")));
    }
    if !report.secrets.is_empty() {
        let verb = match (options.dry_run, options.without_secrets) {
            (_, true) => "Left out, to be set on this computer",
            (true, false) => "Would go to the keyring",
            (false, false) => "In the keyring",
        };
        lines.push(format!("{verb}: {}.", visible(&report.secrets.join(", "))));
    }
    if !report.losses.is_empty() {
        lines.push(format!("Not carried over ({}):", report.losses.len()));
        lines.extend(
            report.losses.iter().map(|loss| format!("  {}: {}", visible(&loss.place), visible(&loss.what))),
        );
    }
    lines.join("\n")
}

fn count(number: u32, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
