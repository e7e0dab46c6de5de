use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use sluice_sandbox::KeyName;
use tempfile::TempDir;

use super::Tenant;

/// A Postman collection: a folder with two requests that sign in with the tenant's key.
pub const ORDERS: &str = include_str!("orders.json");

/// What a program of the session needs to find display and keyring; nothing else of the real user is passed on.
const PASSED_ON: [&str; 8] = [
    "PATH",
    "LANG",
    "DISPLAY",
    "XAUTHORITY",
    "XDG_RUNTIME_DIR",
    "DBUS_SESSION_BUS_ADDRESS",
    "GDK_BACKEND",
    "NO_AT_BRIDGE",
];

/// A user's home of its own; it outlives the window, so that a window can be opened in it again.
pub struct Home {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

impl Home {
    pub fn new() -> Self {
        assert!(
            std::env::var_os("SLUICE_TEST_SESSION").is_some(),
            "the window's tests need a display and a keyring of their own: run ./dev test"
        );
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        Self { folder, environment: Vec::new() }
    }

    /// A home whose programs trust the authority of this tenant.
    pub fn trusting(tenant: &Tenant) -> Self {
        Self::trusting_all(&[tenant])
    }

    /// A home whose programs trust the authorities of all these tenants.
    pub fn trusting_all(tenants: &[&Tenant]) -> Self {
        let home = Self::new();
        let authorities: Vec<&str> = tenants.iter().map(|tenant| tenant.sandbox.authority_pem()).collect();
        let file = home.file("ca.pem", authorities.join("\n"));
        let file = file.to_str().expect("temporary paths are text").to_owned();
        home.with("SSL_CERT_FILE", &file)
    }

    /// The same with a variable more, or another value of one.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A file of the user's with this content, in a folder that is made for it.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(&path))
            .expect("the temporary folder can be written to");
        std::fs::write(&path, content).expect("the temporary folder can be written to");
        path
    }

    /// The folder of a collection that the window has open, because the terminal imported it.
    pub fn collection(&self) -> PathBuf {
        self.file("orders.json", ORDERS);
        self.sluice(&["import", "orders.json", "--into", "orders"]);
        self.path().join("orders")
    }

    /// Adds the key of a tenant in the terminal.
    pub fn add_tenant(&self, tenant: &Tenant, name: &str) {
        self.add_key(tenant, KeyName::Secret, name);
    }

    /// The same with another of its keys.
    pub fn add_key(&self, tenant: &Tenant, key: KeyName, name: &str) {
        let file = self.file("key.json", tenant.key(key));
        self.sluice(&["key", "import", "key.json", "--tenant", name, "--stage", "dev"]);
        std::fs::remove_file(file).expect("the temporary folder can be written to");
    }

    /// The files of the home that hold this text, the program's own included.
    pub fn holds(&self, text: &str) -> Vec<PathBuf> {
        let mut all = files(self.path());
        all.retain(|_, content| contains(content, text.as_bytes()));
        all.into_keys().collect()
    }

    /// Runs the terminal's program.
    fn sluice(&self, arguments: &[&str]) {
        let run = self.command(env!("CARGO_BIN_EXE_sluice")).args(arguments).output();
        let run = run.expect("the program starts");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }

    /// A program as this user starts it.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let passed_on = PASSED_ON.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
        command
            .env_clear()
            .envs(passed_on)
            .env("HOME", self.path())
            .env("GSETTINGS_BACKEND", "memory")
            .env("XDG_DATA_HOME", self.path().join("share"))
            .env("XDG_CONFIG_HOME", self.path().join("config"))
            .env("XDG_CACHE_HOME", self.path().join("cache"))
            .env("SLUICE_DATA_DIR", self.path().join("data"))
            .env("SLUICE_KEYRING_SECONDS", "10")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(self.path());
        command
    }
}

/// Every file below a folder, with what stands in it.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(files(&path));
        } else if let Ok(content) = std::fs::read(&path) {
            found.insert(path, content);
        }
    }
    found
}

/// What stands in a file of text.
pub fn text(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}
