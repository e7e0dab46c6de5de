use sluice_core::error::{Code, Error, Result};
use sluice_core::secret::Secret;
use sluice_core::tenant::Tenant;
use sluice_core::workbench::SandboxKey;
use sluice_sandbox::{KeyName, Options, Sandbox};
use tauri::State;

use crate::desk::Desk;

/// The keys a newcomer gets: one of each plan, and one with a certificate.
const KEYS: [KeyName; 3] = [KeyName::Secret, KeyName::Certificate, KeyName::ApiSecret];

/// Starts the embedded tenant, once, and answers it with its keys.
#[tauri::command]
pub async fn sandbox_start(desk: State<'_, Desk>) -> Result<Tenant> {
    let mut running = desk.sandbox.lock().await;
    let sandbox = match running.take() {
        Some(sandbox) => sandbox,
        None => Sandbox::start(Options::default()).await.map_err(|error| not_started(&error))?,
    };
    let key = |name: KeyName| SandboxKey {
        name: name.to_string(),
        text: Secret::new(sandbox.service_key(name).json.to_string()),
    };
    let attached = desk.workbench()?.sandbox_attach(sandbox.authority_pem(), KEYS.map(key).into()).await;
    *running = Some(sandbox);
    attached
}

fn not_started(error: &sluice_sandbox::Error) -> Error {
    Error::new(Code::ConnectFailed, "The sandbox could not be started on this computer")
        .hint("Something may forbid local servers; a real service key works without it")
        .detail(error.to_string())
}
