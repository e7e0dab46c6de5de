use std::path::{Path, PathBuf};
use std::time::Duration;

use sluice_core::http::{Exchange, ExchangeId};
use sluice_core::operation::{KeyText, RequestSend};
use sluice_core::secret::Secret;
use sluice_core::service_key::KeySave;
use sluice_core::tenant::Stage;
use sluice_core::workbench::{Options, Storage, Workbench};
use sluice_sandbox::{IssuedKey, KeyName, Options as SandboxOptions, Sandbox};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Why something could not be measured.
pub type Failure = Box<dyn std::error::Error>;

/// What everything is measured on: the sandbox tenant on threads of its own, and a folder.
pub struct Ground {
    pub sandbox: Sandbox,
    pub folder: TempDir,
    // Dropped last: the sandbox lives in it.
    _runtime: Runtime,
}

impl Ground {
    pub fn new() -> Result<Self, Failure> {
        let runtime = runtime()?;
        let folder = tempfile::tempdir()?;
        let sandbox = runtime.block_on(Sandbox::start(SandboxOptions::default()))?;
        std::fs::write(folder.path().join("ca.pem"), sandbox.authority_pem())?;
        Ok(Self { sandbox, folder, _runtime: runtime })
    }

    /// The file with the root that all programs trust.
    pub fn authority(&self) -> PathBuf {
        self.path().join("ca.pem")
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A service key with a client secret.
    pub fn key(&self) -> IssuedKey {
        self.sandbox.service_key(KeyName::Secret)
    }

    /// A new workbench in memory whose tenant `bench` has that key; it has no token yet.
    pub async fn workbench(&self) -> Result<Workbench, Failure> {
        self.workbench_in(Storage::Memory).await
    }

    /// A new workbench whose data is there; its tenant `bench` has that key, and it has no token yet.
    pub async fn workbench_in(&self, storage: Storage) -> Result<Workbench, Failure> {
        let workbench = Workbench::open(Options {
            door: sluice_core::operation::Door::Terminal,
            storage,
            keyring_patience: Duration::from_secs(5),
            authorities: vec![self.sandbox.authority_pem().as_bytes().to_vec()],
            process: std::collections::BTreeMap::new(),
        })?;
        let text = Secret::new(self.key().json.to_string());
        let import = workbench.key_read(KeyText { text }).await?;
        let save = KeySave {
            import: import.id,
            tenant: "bench".to_owned(),
            stage: Some(Stage::Dev),
            name: None,
            hold_for_run: true,
        };
        workbench.key_save(save).await?;
        Ok(workbench)
    }
}

/// A runtime as the terminal's.
pub fn runtime() -> std::io::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()
}

/// A GET with the tenant's token.
pub fn order(path: &str) -> RequestSend {
    let request = serde_json::json!({ "method": "GET", "url": path, "authorization": { "kind": "bearer" } });
    RequestSend {
        id: ExchangeId::new_v4(),
        tenant: Some("bench".to_owned()),
        request: serde_json::from_value(request).expect("it is a request"),
        confirmed: false,
        context: None,
        files: Vec::new(),
    }
}

/// Whether the flow answered 200.
pub fn succeeded(exchange: &Exchange) -> bool {
    exchange.answer().is_some_and(|answer| answer.status == 200)
}
