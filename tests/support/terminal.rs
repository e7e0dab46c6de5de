use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A terminal of a user with a data folder of its own; nothing of the real user is touched.
pub struct Terminal {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

/// What a program said and how it ended.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    pub bytes: Vec<u8>,
}

impl Terminal {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut environment = vec![("SLUICE_KEYRING_SECONDS".to_owned(), "10".to_owned())];
        // The keyring of the test session is the only one a test may reach.
        if std::env::var_os("SLUICE_TEST_SESSION").is_some() {
            let bus = std::env::var("DBUS_SESSION_BUS_ADDRESS").expect("the test session has a bus");
            environment.push(("DBUS_SESSION_BUS_ADDRESS".to_owned(), bus));
        }
        Self { folder, environment }
    }

    /// The same with a variable more, or another value of one.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The folder the program keeps its data in.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A file of the user's with this content.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("the temporary folder can be written to");
        path
    }

    /// A path of the user's where nothing is yet.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with these words, ready to be started.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sluice"));
        command
            .args(words)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("SLUICE_DATA_DIR", self.data())
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, words: &[&str]) -> Run {
        Run::of(self.command(words).output().expect("the program starts"))
    }

    /// Runs the program with something on its standard input.
    pub fn run_with_input(&self, words: &[&str], input: impl AsRef<[u8]>) -> Run {
        let mut command = self.command(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut pipe = child.stdin.take().expect("there is a pipe");
        // A program that needs no more input may close the pipe early.
        let _ = pipe.write_all(input.as_ref());
        drop(pipe);
        Run::of(child.wait_with_output().expect("the program ends"))
    }
}

impl Run {
    fn of(output: std::process::Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            bytes: output.stdout,
        }
    }

    /// The same run, which must have ended like this.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "exit code of\n{self:#?}");
        self
    }

    /// The JSON on standard output.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in\n{self:#?}"))
    }

    /// The same run, whose failure must be told in at most three lines with these words and a next step.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        let lines = self.stderr.lines().count();
        assert!(self.stderr.contains(words), "“{words}” is missing in\n{self:#?}");
        assert!(lines <= 3, "{lines} lines instead of three in\n{self:#?}");
        assert!(self.stderr.contains("hint: "), "no next step in\n{self:#?}");
        assert!(!self.stderr.contains("panicked"), "a panic in\n{self:#?}");
        self
    }
}
