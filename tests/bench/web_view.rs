use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::ground::Failure;
use super::machine;

/// How long something may take in the window before it counts as broken.
const PATIENCE: Duration = Duration::from_mins(2);
const EVERY: Duration = Duration::from_millis(50);

/// The real window with its page, driven as its tests drive it.
pub struct WebView {
    client: Client,
    driver: Child,
}

impl WebView {
    /// Opens the window of this home.
    pub async fn open(home: &Path, authority: &Path) -> Result<Self, Failure> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = Command::new("WebKitWebDriver");
        command
            .args([&format!("--port={port}"), "--host=127.0.0.1"])
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("SLUICE_DATA_DIR", home.join("sluice"))
            .env("SSL_CERT_FILE", authority);
        for name in ["DATA", "CONFIG", "CACHE", "STATE"] {
            command.env(format!("XDG_{name}_HOME"), home.join(name.to_lowercase()));
        }
        let driver = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let client = connect(port).await?;
        let view = Self { client, driver };
        view.until(
            "return document.querySelector('main') !== null && !document.querySelector('[aria-busy=true]')",
        )
        .await?;
        Ok(view)
    }

    /// Runs a script in the page; what it returns.
    pub async fn run(&self, script: &str) -> Result<Value, Failure> {
        Ok(self.client.execute(script, vec![]).await?)
    }

    /// Runs a script that calls `done` with its result.
    pub async fn run_until_done(&self, script: &str) -> Result<Value, Failure> {
        let script = format!("const done = arguments[arguments.length - 1];\n{script}");
        Ok(self.client.execute_async(&script, vec![]).await?)
    }

    /// Waits until a script returns true.
    pub async fn until(&self, script: &str) -> Result<(), Failure> {
        let since = Instant::now();
        while self.run(script).await? != Value::Bool(true) {
            if since.elapsed() > PATIENCE {
                return Err(format!("in vain: {script}").into());
            }
            tokio::time::sleep(EVERY).await;
        }
        Ok(())
    }

    /// The memory of the page's own process in kibibytes, shared pages in proportion.
    pub fn memory(&self) -> Result<u32, Failure> {
        let page =
            machine::descendant(self.driver.id(), "WebKitWebProces").ok_or("there is no web process")?;
        let text = std::fs::read_to_string(format!("/proc/{page}/smaps_rollup"))?;
        let line =
            text.lines().find_map(|line| line.strip_prefix("Pss:")).ok_or("the kernel does not count")?;
        Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
    }

    /// Closes the window.
    pub async fn close(mut self) -> Result<(), Failure> {
        // The program may end before it answers.
        let _ = self.client.clone().close().await;
        self.driver.kill()?;
        self.driver.wait()?;
        Ok(())
    }
}

async fn connect(port: u16) -> Result<Client, Failure> {
    let program = machine::target().join("debug/sluice-desktop");
    let capabilities = json!({
        "browserName": "wry",
        "timeouts": { "script": 120_000 },
        "webkitgtk:browserOptions": { "binary": program, "args": [] },
    });
    let Value::Object(capabilities) = capabilities else { return Err("it is an object".into()) };
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities);
    let since = Instant::now();
    loop {
        match builder.connect(&format!("http://127.0.0.1:{port}")).await {
            Ok(client) => return Ok(client),
            Err(error) if since.elapsed() > PATIENCE => return Err(error.into()),
            Err(_) => tokio::time::sleep(EVERY).await,
        }
    }
}
