//! `sluice check`

use sluice_core::collection::Finding;
use sluice_core::error::Result;
use sluice_core::operation::CheckFolder;

use crate::arguments::{CheckOptions, Global};
use crate::exit_code::Exit;
use crate::output::{Output, visible};
use crate::session;

pub async fn run(options: &CheckOptions, global: &Global, output: &Output) -> Result<Exit> {
    let workbench = session::open(global).await?;
    let findings = workbench.folder_check(CheckFolder { folder: options.folder.clone() }).await?;
    output.answer(&findings, || match findings.len() {
        0 => "Nothing found.".to_owned(),
        _ => findings.iter().map(line).collect::<Vec<_>>().join("\n"),
    });
    Ok(if findings.is_empty() { Exit::Good } else { Exit::Failed })
}

/// As compilers write it, so that editors find the place.
fn line(finding: &Finding) -> String {
    let problem = &finding.problem;
    let place = [Some(visible(&problem.path)), number(problem.line), number(problem.column)];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let hint = problem.hint.as_deref().map(|hint| format!(" {}", visible(hint))).unwrap_or_default();
    format!("{}: {}{hint}", place.join(":"), visible(&problem.message))
}

fn number(number: Option<u32>) -> Option<String> {
    number.map(|number| number.to_string())
}
