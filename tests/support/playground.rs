use std::path::PathBuf;
use std::sync::{LazyLock, OnceLock};

use serde_json::Value;
use sluice_sandbox::{Options, Sandbox};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::Terminal;

/// A running sandbox with its keys written to a folder.
pub struct Playground {
    pub sandbox: Sandbox,
    folder: TempDir,
    // Dropped last: the sandbox lives in it.
    _runtime: Option<Runtime>,
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(runtime);

/// The sandbox all tests share that change nothing in it.
pub fn shared() -> &'static Playground {
    static SHARED: OnceLock<Playground> = OnceLock::new();
    // On a thread of its own: whoever asks first may be inside a runtime, which must not be blocked.
    let start = || std::thread::spawn(|| Playground::on(&RUNTIME, Options::default(), None)).join();
    SHARED.get_or_init(|| start().expect("the sandbox starts"))
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime can be made")
}

impl Playground {
    /// A sandbox of one's own, for tests that switch failures on or count what arrives.
    pub fn new(options: Options) -> Self {
        let runtime = runtime();
        let playground = Self::on(&runtime, options, None);
        Self { _runtime: Some(runtime), ..playground }
    }

    fn on(runtime: &Runtime, options: Options, own: Option<Runtime>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let sandbox = runtime.block_on(Sandbox::start(options)).expect("the sandbox starts");
        std::fs::write(folder.path().join("ca.pem"), sandbox.authority_pem()).expect("it can be written");
        for key in sandbox.issue() {
            key.write_to(folder.path()).expect("it can be written");
        }
        Self { sandbox, folder, _runtime: own }
    }

    /// The file of a service key, or one that belongs to it.
    pub fn file(&self, name: &str) -> String {
        let path: PathBuf = self.folder.path().join(name);
        assert!(path.exists(), "the sandbox writes no {name}");
        path.to_str().expect("temporary paths are text").to_owned()
    }

    /// The file of the sandbox's root certificate.
    pub fn authority(&self) -> String {
        self.file("ca.pem")
    }

    /// The service key of this name.
    pub fn key(&self, name: &str) -> Value {
        let text = std::fs::read_to_string(self.file(&format!("{name}.json"))).expect("it can be read");
        serde_json::from_str(&text).expect("it is JSON")
    }

    /// The private key of the external certificate with the chain that a real file has beside it.
    pub fn private_key_with_chain(&self, terminal: &Terminal) -> String {
        let parts =
            ["external.key.pem", "external.chain.pem"].map(|name| std::fs::read_to_string(self.file(name)));
        let text = parts.map(|part| part.expect("it can be read")).concat();
        terminal.file("private-key-with-chain.pem", text).to_string_lossy().into_owned()
    }

    /// The key of this name with its token server replaced, as a file of the terminal's.
    pub fn key_at(&self, terminal: &Terminal, name: &str, token_host: &str) -> String {
        let mut key = self.key(name);
        key["oauth"]["tokenurl"] = self.sandbox.url(token_host, "/oauth/token").into();
        let path = terminal.file(&format!("{name}-{token_host}.json"), key.to_string());
        path.to_str().expect("temporary paths are text").to_owned()
    }
}
