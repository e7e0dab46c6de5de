//! As whom a rendered request goes out.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderName;
use http::header::AUTHORIZATION;
use url::{Host, Url};

use super::Workbench;
use super::keys::UsableKey;
use super::token_sources::{ClientTokens, KeyTokens, digest};
use crate::error::{Code, Error, Result};
use crate::http::{Access, ApiKeyPlacement, Authorization, ClientPlacement, Field, bearer, sensitive};
use crate::secret::Secret;
use crate::token::Method;

/// As whom a request goes out.
pub(super) struct Signing {
    pub(super) access: Access,
    /// An API key that goes with the query.
    pub(super) parameter: Option<Field>,
    /// What keeps the cookies of this credential apart from those of others.
    pub(super) credential: String,
    /// What may not be in the record.
    pub(super) secret: Option<Secret<String>>,
}

impl Workbench {
    /// As whom: with the tenant's key, or with what the rendered authorization spells out.
    pub(super) fn signing(
        &self,
        key: Option<&Arc<UsableKey>>,
        authorization: &Authorization,
    ) -> Result<Signing> {
        match authorization {
            Authorization::Login { username, password } => {
                let secret = Secret::from(password.as_str());
                let access = Access::Basic { client_id: username.clone(), secret: secret.clone() };
                Ok(Signing::with(access, &["login", username, password], secret))
            }
            Authorization::Digest { username, password } => {
                let secret = Secret::from(password.as_str());
                let access = Access::Digest { username: username.clone(), password: secret.clone() };
                Ok(Signing::with(access, &["digest", username, password], secret))
            }
            Authorization::Token { token } => {
                let secret = Secret::from(token.trim());
                if secret.length() == 0 {
                    return Err(empty("token"));
                }
                let access = Access::Header { name: AUTHORIZATION, value: bearer(&secret)? };
                Ok(Signing::with(access, &["token", token], secret))
            }
            Authorization::ApiKey { name, value, placement } => api_key(name.trim(), value, *placement),
            Authorization::ClientCredentials { .. } => self.client(authorization),
            Authorization::Other { name } => Err(Error::new(
                Code::InvalidInput,
                format!("Sluice cannot sign in with {name} yet. Nothing was sent."),
            )
            .hint("Choose another way under Auth, or send without authorization")),
            _ => Ok(Signing {
                access: self.access(key, authorization)?,
                parameter: None,
                credential: key.map(|key| format!("{} {}", way(authorization), key.id)).unwrap_or_default(),
                secret: None,
            }),
        }
    }

    fn client(&self, authorization: &Authorization) -> Result<Signing> {
        let Authorization::ClientCredentials { token_url, client_id, client_secret, scope, placement } =
            authorization
        else {
            return Err(empty("token URL"));
        };
        let url = token_address(token_url)?;
        if client_id.is_empty() {
            return Err(empty("client id"));
        }
        let secret = Secret::from(client_secret.as_str());
        let method = match placement {
            ClientPlacement::Header => Method::Basic,
            ClientPlacement::Body => Method::Body,
        };
        let scope = Some(scope.trim().to_owned()).filter(|scope| !scope.is_empty());
        let asked = scope.clone().unwrap_or_default();
        let credential = ["client", url.as_str(), client_id, client_secret, &asked];
        let tokens = ClientTokens {
            workbench: self.clone(),
            token_url: url.to_string(),
            client_id: client_id.clone(),
            method,
            secret: secret.clone(),
            scope,
            given: Mutex::default(),
        };
        Ok(Signing::with(Access::Bearer(Arc::new(tokens)), &credential, secret))
    }

    fn access(&self, key: Option<&Arc<UsableKey>>, authorization: &Authorization) -> Result<Access> {
        let Some(key) = key else { return Ok(Access::None) };
        match authorization {
            Authorization::Bearer { .. } => Ok(Access::Bearer(Arc::new(KeyTokens {
                workbench: self.clone(),
                key: Arc::clone(key),
                given: Mutex::default(),
            }))),
            Authorization::Basic { .. } => {
                let secret = key.secret().cloned().ok_or_else(|| {
                    Error::new(
                        Code::WrongKey,
                        format!("{} has a certificate and no secret for Basic", key.name),
                    )
                    .hint("Send with a token or with the certificate, or choose a secret key")
                })?;
                Ok(Access::Basic { client_id: key.client_id.clone(), secret })
            }
            Authorization::Certificate { .. } => {
                let identity = key.identity().cloned().ok_or_else(|| {
                    Error::new(Code::WrongKey, format!("{} has a secret and no client certificate", key.name))
                        .hint("Send with a token or with Basic, or choose a certificate key")
                })?;
                Ok(Access::Certificate(identity))
            }
            _ => Ok(Access::None),
        }
    }
}

impl Signing {
    fn with(access: Access, credential: &[&str], secret: Secret<String>) -> Self {
        Self { access, parameter: None, credential: fingerprint(credential), secret: Some(secret) }
    }
}

fn api_key(name: &str, value: &str, placement: ApiKeyPlacement) -> Result<Signing> {
    if name.is_empty() {
        return Err(empty("name of the API key"));
    }
    let secret = Secret::from(value);
    let (access, parameter) = match placement {
        ApiKeyPlacement::Query => (Access::None, Some(Field::new(name, value))),
        ApiKeyPlacement::Header => {
            let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
                let message = format!(
                    "The name of the API key “{}” cannot be that of a header. Nothing was sent.",
                    name.escape_debug()
                );
                Error::new(Code::InvalidInput, message).hint("Use letters, digits and -")
            })?;
            (Access::Header { name: header, value: sensitive(&secret)? }, None)
        }
    };
    Ok(Signing { parameter, ..Signing::with(access, &["key", name, value], secret) })
}

/// Where a client's secret is sent: over TLS, or within this computer.
fn token_address(text: &str) -> Result<Url> {
    let wrong = |why: &str| {
        Error::new(Code::InvalidInput, format!("The token URL {why}. Nothing was sent."))
            .hint("It begins with https:// and often ends with /oauth/token")
    };
    if text.trim().is_empty() {
        return Err(empty("token URL"));
    }
    let url = Url::parse(text.trim()).map_err(|_| wrong("is no whole URL"))?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_this_computer(&url) => Ok(url),
        "http" => Err(wrong("would send the client secret unencrypted")),
        _ => Err(wrong("is none of the web")),
    }
}

fn is_this_computer(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn empty(what: &str) -> Error {
    Error::new(Code::InvalidInput, format!("The {what} is empty. Nothing was sent."))
        .hint("Set it under Auth, or choose another way to sign in")
}

fn fingerprint(parts: &[&str]) -> String {
    STANDARD.encode(digest(parts))
}

const fn way(authorization: &Authorization) -> &'static str {
    match authorization {
        Authorization::Bearer { .. } => "bearer",
        Authorization::Basic { .. } => "basic",
        Authorization::Certificate { .. } => "certificate",
        _ => "none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_secret_goes_over_tls_or_stays_on_this_computer() {
        for (url, is_good) in [
            ("https://auth.example/oauth/token", true),
            ("http://127.0.0.1:8080/oauth/token", true),
            ("http://[::1]/oauth/token", true),
            ("http://localhost:1/x", true),
            ("http://auth.example/oauth/token", false),
            ("http://localhost.example/oauth/token", false),
            ("http://192.168.1.2/oauth/token", false),
            ("ftp://127.0.0.1/", false),
        ] {
            assert_eq!(token_address(url).is_ok(), is_good, "{url}");
        }
    }
}
