use super::{Workbench, lock};
use crate::certificate::authorities;
use crate::error::{Code, Error, Result};
use crate::http::Network;
use crate::secret::SecretStoreState;
use crate::settings::Settings;

impl Workbench {
    /// Reads the settings.
    pub async fn settings_get(&self, (): ()) -> Result<Settings> {
        Ok(self.inner.settings.read()?)
    }

    /// Replaces the settings; calls that begin from now on follow them.
    pub async fn settings_change(&self, settings: Settings) -> Result<Settings> {
        check(&settings)?;
        let sandbox = lock(&self.inner.sandbox_authority).clone();
        let network = network(&settings, &self.inner.authorities, sandbox.as_deref())?;
        self.inner.settings.write(&settings)?;
        self.inner.engine.set_network(network);
        Ok(settings)
    }

    /// Says whether the operating system keeps secrets for us.
    pub async fn secret_store_state(&self, (): ()) -> Result<SecretStoreState> {
        Ok(self.inner.vault.state().await)
    }
}

fn check(settings: &Settings) -> Result<()> {
    if settings.timeout_ms == 0 || settings.connect_timeout_ms == 0 {
        return Err(Error::new(Code::InvalidInput, "A time-out of 0 would stop every call")
            .hint("Choose at least 1 second"));
    }
    if let Some(host) = settings.unverified_hosts.iter().find(|host| !is_host(host)) {
        return Err(Error::new(Code::InvalidInput, format!("“{host}” is no host name"))
            .hint("Write the name alone, without https:// and path, for example dev.acme.example"));
    }
    Ok(())
}

fn is_host(text: &str) -> bool {
    !text.is_empty() && !text.contains('/') && url::Host::parse(text).is_ok()
}

/// The network these settings describe; `files` and the sandbox's root are PEM text already read.
pub(super) fn network(settings: &Settings, files: &[Vec<u8>], sandbox: Option<&[u8]>) -> Result<Network> {
    let mut roots = Vec::new();
    for file in files {
        roots.extend(authorities(file)?);
    }
    for path in &settings.authorities {
        let file = std::fs::read(path).map_err(|error| {
            Error::new(
                Code::InvalidInput,
                format!("The root certificates in {} cannot be read", path.display()),
            )
            .hint("Choose the file again in the settings, or remove it there")
            .detail(error.to_string())
        })?;
        roots.extend(authorities(&file)?);
    }
    let mut network = Network::new(settings, roots);
    if let Some(sandbox) = sandbox {
        network.sandbox_roots = authorities(sandbox)?;
    }
    Ok(network)
}
