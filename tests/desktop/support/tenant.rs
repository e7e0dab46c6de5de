use sluice_sandbox::{IssuedKey, KeyName, Options, Sandbox};

/// A tenant as a user has one: its keys are copied in the cockpit, and what it receives can be read.
pub struct Tenant {
    pub sandbox: Sandbox,
}

impl Tenant {
    pub async fn start() -> Self {
        Self { sandbox: Sandbox::start(Options::default()).await.expect("the sandbox starts") }
    }

    /// The service key as the cockpit shows it.
    pub fn key(&self, name: KeyName) -> String {
        format!("{:#}", self.issued(name).json)
    }

    pub fn issued(&self, name: KeyName) -> IssuedKey {
        self.sandbox.service_key(name)
    }

    /// The file that belongs to the key of the external certificate, by the end of its name.
    pub fn companion(&self, end: &str) -> Vec<u8> {
        let key = self.issued(KeyName::External);
        let file = key.companions.into_iter().find(|file| file.file_name == format!("external{end}"));
        file.expect("the sandbox writes such a file").content
    }

    /// The methods with which a flow was run.
    pub fn runs(&self, path: &str) -> Vec<String> {
        self.sandbox.journal().runs_of(path).into_iter().map(|request| request.method).collect()
    }
}
