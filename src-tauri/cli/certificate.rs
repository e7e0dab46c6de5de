//! `sluice certificate`

use std::path::{Path, PathBuf};

use sluice_core::certificate::{CertificateRequest, ChainFacts, KeyPairKind};
use sluice_core::error::{Code, Error, Result};
use sluice_core::operation::{
    CertificateAnswer, CertificateExport, CertificateRequestAdd, CertificateRequestName,
};
use sluice_core::workbench::Workbench;

use crate::arguments::{CertificateVerb, Global, KeyPairWord};
use crate::exit_code::Exit;
use crate::output::{Output, table, visible};
use crate::{prompt, session};

pub async fn run(verb: &CertificateVerb, global: &Global, output: &Output) -> Result<Exit> {
    let workbench = session::open_own(global)?;
    match verb {
        CertificateVerb::Request { name, subject, key_type, dns_names, self_signed, output: file } => {
            let add = CertificateRequestAdd {
                name: name.clone(),
                subject: subject.clone(),
                kind: (*key_type).into(),
                dns_names: dns_names.clone(),
                self_signed: *self_signed,
                hold_for_run: false,
            };
            request(&workbench, add, file.as_deref(), output).await?;
        }
        CertificateVerb::Pending => {
            let requests = workbench.certificate_request_list(()).await?;
            output.answer(&requests, || list(&requests));
        }
        CertificateVerb::Import { files, output: file } => {
            import(&workbench, files, file.as_deref(), output).await?;
        }
        CertificateVerb::Export { name, output: file, force } => {
            let shown = file.display().to_string();
            let passphrase = prompt::new_passphrase(global.passphrase_env.as_deref(), &shown)?;
            let wanted =
                CertificateExport { name: name.clone(), path: file.clone(), passphrase, replace: *force };
            let request = workbench.certificate_request_export(wanted).await.map_err(say_force)?;
            output.answer(&request, || format!("Wrote {} and its private key to {shown}", request.name));
        }
        CertificateVerb::Remove { name, yes } => {
            prompt::confirm(&format!("Remove {name} and its private key in the keyring?"), *yes)?;
            workbench.certificate_request_remove(CertificateRequestName { name: name.clone() }).await?;
            output.answer(&serde_json::json!({ "removed": name }), || format!("Removed {name}"));
        }
    }
    Ok(Exit::Good)
}

fn say_force(error: Error) -> Error {
    let is_there = error.code == Code::AlreadyExists;
    if is_there { error.hint("Choose another name, or say --force to replace it") } else { error }
}

async fn request(
    workbench: &Workbench,
    add: CertificateRequestAdd,
    file: Option<&Path>,
    output: &Output,
) -> Result<()> {
    let request = workbench.certificate_request_add(add).await?;
    let pem = request.certificate_pem.as_ref().unwrap_or(&request.request_pem);
    output.remark(&format!("{} · {} · private key in the keyring", visible(&request.subject), request.kind));
    let next = if request.chain.is_some() {
        format!("next: sluice certificate export {} -o FILE", request.name)
    } else {
        "next: let your authority sign it, then: sluice certificate import FILE".to_owned()
    };
    output.remark(&next);
    let Some(file) = file.filter(|file| *file != Path::new("-")) else {
        output.answer(&request, || pem.clone());
        return Ok(());
    };
    // The key pair is kept by now: a file that cannot be written costs nothing but another look.
    workbench.export_write(file.to_owned(), pem.clone()).await.map_err(|error| Error {
        hint: Some(format!("{} was made; sluice certificate pending --json shows it again", request.name)),
        ..error
    })?;
    output.answer(&request, || format!("Wrote {}", file.display()));
    Ok(())
}

async fn import(
    workbench: &Workbench,
    files: &[PathBuf],
    file: Option<&Path>,
    output: &Output,
) -> Result<()> {
    let request = workbench.certificate_request_answer(CertificateAnswer { files: files.to_vec() }).await?;
    if let Some(chain) = &request.chain {
        describe(chain, output);
    }
    if let (Some(file), Some(pem)) = (file, &request.certificate_pem) {
        workbench.export_write(file.to_owned(), pem.clone()).await?;
    }
    output.answer(&request, || format!("{} is signed; its private key fits", visible(&request.name)));
    Ok(())
}

/// The chain and what is wrong with it, on standard error.
fn describe(chain: &ChainFacts, output: &Output) {
    for facts in &chain.certificates {
        let (from, to) = (facts.not_before.strftime("%Y-%m-%d"), facts.not_after.strftime("%Y-%m-%d"));
        output.remark(&format!("{}  {}  {from} to {to}", visible(&facts.subject), facts.key));
    }
    if !chain.complete {
        output.remark(
            "warning: the chain does not reach its root; import the missing issuers with the same command",
        );
    }
    if chain.leaf().is_some_and(|leaf| !leaf.client_auth) {
        output.remark("warning: it is not made for clients (clientAuth); SAP's load balancer may refuse it");
    }
}

fn list(requests: &[CertificateRequest]) -> String {
    if requests.is_empty() {
        return "No certificate was asked for. Begin with: sluice certificate request NAME --subject CN=NAME"
            .to_owned();
    }
    let row = |request: &CertificateRequest| {
        let leaf = request.chain.as_ref().and_then(ChainFacts::leaf);
        let until = |to: jiff::Timestamp| format!("signed until {}", to.strftime("%Y-%m-%d"));
        vec![
            visible(&request.name),
            request.kind.to_string(),
            request.created_at.strftime("%Y-%m-%d").to_string(),
            leaf.map_or_else(|| "waiting".to_owned(), |leaf| until(leaf.not_after)),
            visible(&request.subject),
        ]
    };
    table(&["NAME", "KEY", "MADE", "STATE", "SUBJECT"], &requests.iter().map(row).collect::<Vec<_>>())
}

impl From<KeyPairWord> for KeyPairKind {
    fn from(word: KeyPairWord) -> Self {
        match word {
            KeyPairWord::Rsa2048 => Self::Rsa2048,
            KeyPairWord::Rsa4096 => Self::Rsa4096,
            KeyPairWord::EcP256 => Self::EcP256,
            KeyPairWord::EcP384 => Self::EcP384,
        }
    }
}
