//! `sluice export`

use std::path::Path;

use sluice_core::collection::ExportFormat;
use sluice_core::error::Result;
use sluice_core::operation::ExportRead;

use crate::arguments::{ExportOptions, FormatWord, Global};
use crate::exit_code::Exit;
use crate::output::{Output, visible};
use crate::session;

pub async fn run(options: &ExportOptions, global: &Global, output: &Output) -> Result<Exit> {
    let workbench = session::open(global).await?;
    let wanted = ExportRead { source: options.source.clone(), format: format(options.format) };
    let export = workbench.export_read(wanted).await?;
    let file = options.output.as_deref().filter(|file| *file != Path::new("-"));
    if let Some(file) = file {
        workbench.export_write(file.to_owned(), export.text.clone()).await?;
    }
    if output.is_json() {
        output.answer(&export, String::new);
        return Ok(Exit::Good);
    }
    if file.is_none() {
        Output::bytes(export.text.as_bytes());
    }
    for loss in &export.losses {
        output.remark(&format!("not carried over: {}: {}", visible(&loss.place), visible(&loss.what)));
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
