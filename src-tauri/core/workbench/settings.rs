use std::path::Path;

use rustls::pki_types::CertificateDer;

use super::{Workbench, lock};
use crate::certificate::authorities;
use crate::error::{Code, Error, Result};
use crate::http::Network;
use crate::secret::SecretStoreState;
use crate::settings::{Proxy, Settings};

/// All roots of a system are a few hundred kilobytes.
const LARGEST_AUTHORITIES: u64 = 16 * 1024 * 1024;

impl Workbench {
    /// Reads the settings.
    pub async fn settings_get(&self, (): ()) -> Result<Settings> {
        Ok(self.inner.settings.read()?)
    }

    /// Replaces the settings; calls that begin from now on follow them.
    pub async fn settings_change(&self, settings: Settings) -> Result<Settings> {
        check(&settings)?;
        let sandbox = lock(&self.inner.sandbox_authority).clone();
        let network = network(&settings, &self.inner.authorities, sandbox.as_deref(), Unreadable::Refuse)?;
        self.inner.settings.write(&settings)?;
        self.inner.engine.set_network(network);
        Ok(settings)
    }

    /// Says whether the operating system keeps secrets for us.
    pub async fn secret_store_state(&self, (): ()) -> Result<SecretStoreState> {
        Ok(self.inner.vault.state().await)
    }
}

/// What to do about a file with roots that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// Refuse: somebody has just chosen it.
    Refuse,
    /// Go on without it: a stick that was pulled out must not lock the user out of the settings.
    Skip,
}

fn check(settings: &Settings) -> Result<()> {
    check_proxy(&settings.proxy)?;
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

/// The address of a proxy without a login: settings are no place for a password.
fn check_proxy(proxy: &Proxy) -> Result<()> {
    let Proxy::Url { url, .. } = proxy else { return Ok(()) };
    let url = url::Url::parse(url.trim()).ok().filter(url::Url::has_host).ok_or_else(|| {
        Error::new(Code::InvalidInput, "This is no proxy address")
            .hint("Write it like http://proxy.acme.example:8080 or socks5://127.0.0.1:1080")
    })?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::new(
            Code::InvalidInput,
            "The proxy address has a login in it, which would be kept in clear",
        )
        .hint("Use a local proxy that signs in for you, or the system's proxy with HTTPS_PROXY"));
    }
    Ok(())
}

fn is_host(text: &str) -> bool {
    !text.is_empty() && !text.contains('/') && url::Host::parse(text).is_ok()
}

/// The network these settings describe; `files` and the sandbox's root are PEM text already read.
pub(super) fn network(
    settings: &Settings,
    files: &[Vec<u8>],
    sandbox: Option<&[u8]>,
    unreadable: Unreadable,
) -> Result<Network> {
    let mut roots = Vec::new();
    for file in files {
        roots.extend(authorities(file)?);
    }
    for path in &settings.authorities {
        match read_authorities(path) {
            Ok(found) => roots.extend(found),
            Err(error) if unreadable == Unreadable::Refuse => return Err(error),
            Err(_) => {}
        }
    }
    let mut network = Network::new(settings, roots);
    if let Some(sandbox) = sandbox {
        network.sandbox_roots = authorities(sandbox)?;
    }
    Ok(network)
}

fn read_authorities(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let is_sane =
        std::fs::metadata(path).is_ok_and(|facts| facts.is_file() && facts.len() <= LARGEST_AUTHORITIES);
    let unreadable = |detail: String| {
        Error::new(Code::InvalidInput, format!("The root certificates in {} cannot be read", path.display()))
            .hint("Choose the file again in the settings, or remove it there")
            .detail(detail)
    };
    if !is_sane {
        return Err(unreadable("It is missing, no file, or larger than 16 MB".to_owned()));
    }
    authorities(&std::fs::read(path).map_err(|error| unreadable(error.to_string()))?)
}
