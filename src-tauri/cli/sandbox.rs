//! `sluice sandbox`

use sluice_core::error::{Code, Error, Result};
use sluice_sandbox::{Options, Sandbox};

use crate::arguments::SandboxOptions;
use crate::exit_code::Exit;
use crate::output::Output;

/// The file the sandbox's root certificate is written to, for `--cacert`.
const AUTHORITY_FILE: &str = "sandbox-ca.pem";

pub async fn run(options: &SandboxOptions, output: &Output) -> Result<Exit> {
    let start = Options { port: options.port, journal: options.journal.clone(), ..Options::default() };
    let sandbox = Sandbox::start(start).await.map_err(|error| not_started(&error))?;
    if let Some(folder) = &options.keys {
        write_keys(&sandbox, folder)?;
    }
    let facts = serde_json::json!({
        "port": sandbox.port(),
        "runtime_url": sandbox.runtime_url(),
        "api_url": sandbox.api_url(),
        "token_url": sandbox.token_url(),
        "keys": options.keys,
    });
    if output.is_json() {
        Output::line(&facts.to_string());
    } else {
        Output::line(&describe(&sandbox, options));
    }
    // Without signals the program runs until it is killed, which is an end as well.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
    sandbox.stop().await;
    Ok(Exit::Good)
}

fn write_keys(sandbox: &Sandbox, folder: &std::path::Path) -> Result<()> {
    let failed = |error: &dyn std::fmt::Display| {
        Error::new(Code::InvalidInput, format!("The keys cannot be written to {}", folder.display()))
            .hint("Name a folder you may write to")
            .detail(error.to_string())
    };
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    std::fs::write(folder.join(AUTHORITY_FILE), sandbox.authority_pem()).map_err(|error| failed(&error))?;
    for key in sandbox.issue() {
        key.write_to(folder).map_err(|error| failed(&error))?;
    }
    Ok(())
}

fn describe(sandbox: &Sandbox, options: &SandboxOptions) -> String {
    let mut lines = vec![
        format!("The sandbox tenant runs on port {}. Ctrl C ends it.", sandbox.port()),
        format!("runtime       {}", sandbox.runtime_url()),
        format!("api           {}", sandbox.api_url()),
        format!("token server  {}", sandbox.token_url()),
    ];
    if let Some(folder) = &options.keys {
        let folder = folder.display();
        lines.push(format!("keys          {folder}"));
        lines.push(String::new());
        lines.push(format!(
            "sluice send POST /http/orders -d '{{}}' --service-key {folder}/secret.json --cacert {folder}/{AUTHORITY_FILE}"
        ));
    }
    lines.join("\n")
}

fn not_started(error: &sluice_sandbox::Error) -> Error {
    Error::new(Code::InvalidInput, "The sandbox could not be started")
        .hint("Choose another port with --port; 0 takes any free one")
        .detail(error.to_string())
}
