use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use super::Home;

const PATIENCE: Duration = Duration::from_mins(1);

/// The driver and the program it started, with all their helpers: one process group.
pub struct Program {
    driver: Child,
}

impl Program {
    /// Starts the program in this home.
    pub async fn start(home: &Home) -> (Self, Client) {
        let port = free_port();
        let driver = home
            .command("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .arg("--host=127.0.0.1")
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("WebKitWebDriver starts");
        let program = Self { driver };
        let client = connect(port).await;
        (program, client)
    }

    /// Ends everything as a power cut would.
    pub fn kill(&mut self) {
        let group = format!("-{}", self.driver.id());
        // Everything may be gone already.
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.driver.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

fn free_port() -> u16 {
    let socket = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    socket.local_addr().expect("it has an address").port()
}

/// Opens a session as soon as the driver listens.
async fn connect(port: u16) -> Client {
    let capabilities = json!({
        "browserName": "wry",
        // The page is loaded again and must be reached before it is whole; see `watch.rs`.
        "pageLoadStrategy": "none",
        "webkitgtk:browserOptions": { "binary": env!("CARGO_BIN_EXE_sluice-desktop"), "args": [] },
    });
    let serde_json::Value::Object(capabilities) = capabilities else { unreachable!("it is an object") };
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities);
    let since = Instant::now();
    loop {
        match builder.connect(&format!("http://127.0.0.1:{port}")).await {
            Ok(client) => return client,
            Err(error) => assert!(since.elapsed() < PATIENCE, "no session with the window: {error}"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
