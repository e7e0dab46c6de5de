use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::flow::{Endpoint, endpoints};
use crate::host::{API_HOST, MUTUAL_TOKEN_HOST, RUNTIME_HOST, TOKEN_HOST};
use crate::key::KeyRing;
use crate::listener::listen;
use crate::runtime::Sessions;
use crate::tenant::Tenant;
use crate::tls::ServerTls;
use crate::token::Tokens;
use crate::{Error, Faults, IssuedKey, Journal, KeyName, Options};

/// A running tenant; dropping it ends it with all its connections.
pub struct Sandbox {
    tenant: Arc<Tenant>,
    address: SocketAddr,
    authority_pem: String,
    listener: JoinHandle<()>,
}

impl Sandbox {
    /// Starts a tenant in the running Tokio runtime.
    pub async fn start(options: Options) -> Result<Self, Error> {
        let wanted = SocketAddr::new(options.address, options.port);
        let bind_error = |source| Error::Bind { address: wanted, source };
        let socket = TcpListener::bind(wanted).await.map_err(bind_error)?;
        let address = socket.local_addr().map_err(bind_error)?;
        let keys = KeyRing::new()?;
        let tls = ServerTls::new(keys.client_root(), keys.revocations()?)?;
        let authority_pem = tls.authority_pem();
        let tenant = Arc::new(Tenant {
            journal: Journal::with_file(options.journal.as_deref())?,
            port: address.port(),
            options,
            keys,
            tokens: Tokens::default(),
            sessions: Sessions::default(),
            faults: Faults::default(),
        });
        let listener = tokio::spawn(listen(socket, tls, tenant.clone()));
        Ok(Self { tenant, address, authority_pem, listener })
    }

    /// Ends the tenant, and returns when its port is free again.
    pub async fn stop(mut self) {
        self.listener.abort();
        // The only outcome is the cancellation just asked for.
        let _ = (&mut self.listener).await;
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address it listens on; every host name of the tenant is reached there.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL of integration flows.
    pub fn runtime_url(&self) -> String {
        self.tenant.url(RUNTIME_HOST)
    }

    /// The base URL of the API.
    pub fn api_url(&self) -> String {
        self.tenant.url(API_HOST)
    }

    /// The token URL for client secrets.
    pub fn token_url(&self) -> String {
        format!("{}/oauth/token", self.tenant.url(TOKEN_HOST))
    }

    /// The token URL for client certificates.
    pub fn mutual_token_url(&self) -> String {
        format!("{}/oauth/token", self.tenant.url(MUTUAL_TOKEN_HOST))
    }

    /// The URL of any path on any host of the tenant, such as `limited.authentication.localhost`.
    pub fn url(&self, host: &str, path: &str) -> String {
        format!("{}{path}", self.tenant.url(host))
    }

    /// The certificate of the authority that the certificates of the good hosts lead to.
    pub fn authority_pem(&self) -> &str {
        &self.authority_pem
    }

    /// A service key; one with a certificate takes a moment when first asked for.
    pub fn service_key(&self, name: KeyName) -> IssuedKey {
        self.tenant.issue(name)
    }

    /// All service keys.
    pub fn issue(&self) -> Vec<IssuedKey> {
        self.tenant.keys.make_all();
        KeyName::ALL.into_iter().map(|name| self.tenant.issue(name)).collect()
    }

    /// The integration flows that can be called.
    pub fn endpoints(&self) -> Vec<Endpoint> {
        endpoints()
    }

    /// What was received so far, and will be.
    pub fn journal(&self) -> Journal {
        self.tenant.journal.clone()
    }

    /// The failures that can be switched on.
    pub fn faults(&self) -> &Faults {
        &self.tenant.faults
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.listener.abort();
    }
}
