//! `sluice export`

use std::path::Path;

use sluice_core::collection::ExportFormat;
use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::ExportRead;

use crate::arguments::{ExportOptions, FormatWord, Global};
use crate::exit_code::Exit;
use crate::output::Output;
use crate::session;

pub async fn run(options: &ExportOptions, global: &Global, output: &Output) -> Result<Exit> {
    let workbench = session::open(global).await?;
    let wanted = ExportRead { source: options.source.clone(), format: format(options.format) };
    let export = workbench.export_read(wanted).await?;
    let file = options.output.as_deref().filter(|file| *file != Path::new("-"));
    if let Some(file) = file {
        std::fs::write(file, &export.text).map_err(|error| {
            Error::new(Code::InvalidInput, format!("{} cannot be written", file.display()))
                .hint("Name a file in a folder you may write to")
                .detail(error.to_string())
        })?;
    }
    if output.is_json() {
        output.answer(&export, String::new);
        return Ok(Exit::Good);
    }
    if file.is_none() {
        Output::bytes(export.text.as_bytes());
    }
    for loss in &export.losses {
        output.remark(&format!("not carried over: {}: {}", loss.place, loss.what));
    }
    Ok(Exit::Good)
}

const fn format(word: FormatWord) -> ExportFormat {
    match word {
        FormatWord::Postman => ExportFormat::Postman,
        FormatWord::Curl => ExportFormat::Curl,
        FormatWord::Hurl => ExportFormat::Hurl,
        FormatWord::Har => ExportFormat::Har,
        FormatWord::Opencollection => ExportFormat::Opencollection,
    }
}
