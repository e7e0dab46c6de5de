use std::path::PathBuf;

use serde::Deserialize;
use sluice_core::certificate::CertificateRequest;
use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::{CertificateAnswer, CertificateExport};
use sluice_core::secret::Secret;
use tauri::{AppHandle, State};

use super::file::{choose_files, choose_target};
use crate::desk::Desk;

/// What of a certificate request is saved as PEM.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestPart {
    /// What the authority signs.
    Request,
    /// What it answered, without its issuers.
    Certificate,
}

/// Lets the user choose where a certificate request, or its certificate, goes and writes it there; answers where.
#[tauri::command]
pub async fn certificate_request_save_choose(
    app: AppHandle,
    desk: State<'_, Desk>,
    name: String,
    part: RequestPart,
) -> Result<Option<PathBuf>> {
    let workbench = desk.workbench()?;
    let request = workbench.certificate_request_facts(&name)?;
    let (title, ending, text) = match part {
        RequestPart::Request => ("Save the certificate request", "csr", request.request_pem),
        RequestPart::Certificate => {
            let pem = request.certificate_pem.ok_or_else(|| unanswered(&request.name))?;
            ("Save the certificate", "pem", pem)
        }
    };
    let file = format!("{}.{ending}", workbench.certificate_request_file_name(&name)?);
    let Some(path) = choose_target(&app, title, &file).await else { return Ok(None) };
    workbench.export_write(path.clone(), text).await?;
    Ok(Some(path))
}

/// Lets the user choose what the authority sent back and takes it in; answers which request it completes.
#[tauri::command]
pub async fn certificate_request_answer_choose(
    app: AppHandle,
    desk: State<'_, Desk>,
) -> Result<Option<CertificateRequest>> {
    let files = choose_files(&app, "Choose the authority's answer (PEM, DER or P7B)").await;
    if files.is_empty() {
        return Ok(None);
    }
    desk.workbench()?.certificate_request_answer(CertificateAnswer { files }).await.map(Some)
}

/// Lets the user choose a file and writes a certificate with its private key there as PKCS#12; answers where.
#[tauri::command]
pub async fn certificate_request_export_choose(
    app: AppHandle,
    desk: State<'_, Desk>,
    name: String,
    passphrase: Secret<String>,
) -> Result<Option<PathBuf>> {
    let workbench = desk.workbench()?;
    let file = format!("{}.p12", workbench.certificate_request_file_name(&name)?);
    let Some(path) = choose_target(&app, "Export as PKCS#12", &file).await else { return Ok(None) };
    // The system's dialog asked before it answered with a file that is there.
    let export = CertificateExport { name, path: path.clone(), passphrase, replace: true };
    workbench.certificate_request_export(export).await?;
    Ok(Some(path))
}

fn unanswered(name: &str) -> Error {
    Error::new(Code::NotFound, format!("{name} is still waiting for its signed certificate"))
        .hint("Take in the authority's answer first")
}
