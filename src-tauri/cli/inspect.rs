//! `sluice inspect`

use std::path::Path;

use sluice_core::connectivity::{
    CertificatesSave, CertificatesWanted, Connectivity, ConnectivityQuery, RootOrigin,
};
use sluice_core::error::{Code, Error, Result};
use sluice_core::workbench::Workbench;

use crate::arguments::{Global, InspectOptions};
use crate::exit_code::Exit;
use crate::inspect_report::describe;
use crate::output::Output;
use crate::session;

pub async fn run(options: &InspectOptions, global: &Global, output: &Output) -> Result<Exit> {
    let timeout_ms = options.timeout.map(milliseconds).transpose()?;
    let workbench = session::open(global).await?;
    let query = ConnectivityQuery { target: options.target.clone(), timeout_ms, id: None };
    let found = workbench.connectivity_test(query).await?;
    output.answer(&found, || describe(&found));
    if let Some(failure) = &found.failure {
        output.failure(failure);
        return Ok(failure.code.into());
    }
    let wanted = [
        (CertificatesWanted::Root, options.save_root.as_deref()),
        (CertificatesWanted::Chain, options.save_chain.as_deref()),
    ];
    for (wanted, path) in wanted {
        let Some(path) = path else { continue };
        save(&workbench, &found, wanted, path).await?;
        output.remark(&format!("saved: {}", path.display()));
        if wanted == CertificatesWanted::Root && !is_trusted(&found) {
            output.remark("remark: Nobody here trusts this root. Compare its fingerprint with its owner before you add it.");
        }
    }
    Ok(if found.is_sound() { Exit::Good } else { Exit::Failed })
}

fn is_trusted(found: &Connectivity) -> bool {
    let root = found.tls.as_ref().and_then(|tls| tls.chain.as_ref()).and_then(|chain| chain.root.as_ref());
    root.is_some_and(|root| root.origin != RootOrigin::Untrusted)
}

async fn save(
    workbench: &Workbench,
    found: &Connectivity,
    wanted: CertificatesWanted,
    path: &Path,
) -> Result<()> {
    let save = CertificatesSave { test: found.id, wanted, path: path.to_owned() };
    workbench.connectivity_certificates(save).await
}

fn milliseconds(seconds: f64) -> Result<u32> {
    let millis = (seconds * 1000.0).round();
    if !(1.0..=3_600_000.0).contains(&millis) {
        return Err(Error::new(Code::InvalidInput, "--timeout is not a time that can be waited")
            .hint("Write seconds, for example --timeout 5"));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 3,600,000")]
    Ok(millis as u32)
}
