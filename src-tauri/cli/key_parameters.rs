//! `sluice key parameters`

use std::io::Read as _;
use std::path::Path;

use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::{ParametersText, ServiceInstanceForms};
use sluice_core::service_instance::{GrantType, InstanceForm, KeyForm, KeyType, Names, ParameterFinding};
use sluice_core::service_key::Severity;
use sluice_core::workbench::Workbench;

use crate::arguments::{KeyTypeWord, ParameterOptions};
use crate::exit_code::Exit;
use crate::output::{Output, visible};

/// A service key is a few kilobytes; what is longer is something else.
const LONGEST: u64 = 1 << 20;

/// Writes parameters for the cockpit and for `cf` and `btp`, or checks those in a file.
pub async fn run(workbench: &Workbench, options: &ParameterOptions, output: &Output) -> Result<Exit> {
    if let Some(file) = &options.check {
        return check(workbench, options, file, output).await;
    }
    let lines = workbench.service_instance_write(forms(options)?).await?;
    remarks(&lines.findings, output);
    output.answer(&lines, || {
        format!(
            "Service instance:\n{}\n\nService key:\n{}\n\n{}\n\n{}",
            lines.instance_json,
            lines.key_json,
            lines.cf.join("\n"),
            lines.btp.join("\n")
        )
    });
    Ok(exit(&lines.findings))
}

async fn check(
    workbench: &Workbench,
    options: &ParameterOptions,
    file: &Path,
    output: &Output,
) -> Result<Exit> {
    let parameters = ParametersText { text: text(file)?, plan: options.plan.into() };
    let read = workbench.service_instance_read(parameters).await?;
    remarks(&read.findings, output);
    output.answer(&read, || {
        let json = read.instance.as_ref().map(InstanceForm::json).or(read.key.as_ref().map(KeyForm::json));
        json.map_or_else(String::new, |json| format!("{json:#}"))
    });
    Ok(exit(&read.findings))
}

fn forms(options: &ParameterOptions) -> Result<ServiceInstanceForms> {
    let mut instance = InstanceForm::usual(options.plan.into());
    if !options.roles.is_empty() {
        instance.roles.clone_from(&options.roles);
    }
    if !options.grant_types.is_empty() {
        instance.grant_types = options.grant_types.iter().cloned().map(GrantType::from).collect();
    }
    if !options.redirect_uris.is_empty() {
        instance.redirect_uris = Some(options.redirect_uris.clone());
    }
    instance.token_validity = options.token_validity;
    let key_type = match options.key_type {
        KeyTypeWord::Secret => KeyType::Secret,
        KeyTypeWord::Certificate => KeyType::Certificate,
        KeyTypeWord::External => KeyType::External,
    };
    let key = KeyForm {
        validity: options.validity,
        key_length: options.key_length,
        certificate: options.certificate.as_deref().map(text).transpose()?,
        pin: options.no_pin.then_some(false),
        ..KeyForm::new(key_type)
    };
    let names = Names {
        instance: options.instance.clone(),
        key: options.name.clone(),
        subaccount: options.subaccount.clone(),
    };
    Ok(ServiceInstanceForms { instance, key, names })
}

fn text(file: &Path) -> Result<String> {
    let mut text = String::new();
    let read = std::fs::File::open(file).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
    read.map(|_| text).map_err(|error| {
        Error::new(Code::InvalidInput, format!("{} cannot be read", file.display()))
            .hint("Check the path")
            .detail(error.to_string())
    })
}

fn remarks(findings: &[ParameterFinding], output: &Output) {
    for finding in findings {
        let word = match finding.severity {
            Severity::Bad => "problem",
            Severity::Warning => "warning",
            Severity::Info => "note",
        };
        let unverified = if finding.unverified { " (unverified)" } else { "" };
        output.remark(&format!(
            "{word:<8} {}: {}{unverified}",
            visible(&finding.parameter),
            visible(&finding.message)
        ));
    }
}

fn exit(findings: &[ParameterFinding]) -> Exit {
    let is_bad = findings.iter().any(|finding| finding.severity == Severity::Bad);
    if is_bad { Exit::Failed } else { Exit::Good }
}
