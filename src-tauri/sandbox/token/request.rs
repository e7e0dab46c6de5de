use crate::call::Call;
use crate::caller::basic;
use crate::form::{decoded, fields};
use crate::key::{Key, Plan};
use crate::tenant::Tenant;

use super::Refusal;

/// A token request, read but not yet believed.
pub(super) struct TokenRequest<'call> {
    call: &'call Call,
    fields: Vec<(String, String)>,
    mutual: bool,
}

/// A token request that is granted.
pub(super) struct Grant<'tenant> {
    pub(super) key: &'tenant Key,
    pub(super) roles: Vec<String>,
    /// The SHA-256 of the certificate the token is bound to.
    pub(super) thumbprint: Option<[u8; 32]>,
}

/// A scope every token has; the others are the roles of the key's instance.
const COMMON_SCOPE: &str = "uaa.resource";

const KNOWN_GRANTS: [&str; 5] = [
    "authorization_code",
    "password",
    "refresh_token",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
];

impl<'call> TokenRequest<'call> {
    pub(super) fn read(call: &'call Call, mutual: bool) -> Self {
        let mut all = call.query();
        let form = call.header("content-type").is_some_and(|kind| kind.starts_with("application/x-www-form"));
        if form {
            all.extend(fields(&String::from_utf8_lossy(&call.body)));
        }
        Self { call, fields: all, mutual }
    }

    /// A name for "the first call of this client".
    pub(super) fn mark(&self, fault: &str) -> String {
        let client_id = self.basic().map(|(client_id, _)| client_id);
        let client_id = client_id.or_else(|| self.field("client_id").map(str::to_owned)).unwrap_or_default();
        format!("{fault} {client_id}")
    }

    pub(super) fn grant<'tenant>(&self, tenant: &'tenant Tenant) -> Result<Grant<'tenant>, Refusal> {
        let (key, thumbprint) = self.client(tenant)?;
        if tenant.faults.is_deleted(key.name) {
            return Err(Refusal::bad_credentials());
        }
        match self.field("grant_type") {
            Some("client_credentials") => {}
            Some(grant) if KNOWN_GRANTS.contains(&grant) => return Err(Refusal::unauthorized_grant(grant)),
            Some(grant) if !grant.is_empty() => return Err(Refusal::unsupported_grant(grant)),
            _ => return Err(Refusal::missing_grant()),
        }
        Ok(Grant { key, roles: self.roles(key)?, thumbprint })
    }

    fn client<'tenant>(&self, tenant: &'tenant Tenant) -> Result<(&'tenant Key, Option<[u8; 32]>), Refusal> {
        if let Some((client_id, secret)) = self.basic() {
            return with_secret(tenant, &client_id, &secret);
        }
        let client_id = self.field("client_id").ok_or_else(Refusal::nothing_sent)?;
        match self.field("client_secret") {
            Some(secret) => with_secret(tenant, client_id, secret),
            None if self.mutual => self.with_certificate(tenant, client_id),
            None => Err(Refusal::bad_credentials()),
        }
    }

    fn with_certificate<'tenant>(
        &self,
        tenant: &'tenant Tenant,
        client_id: &str,
    ) -> Result<(&'tenant Key, Option<[u8; 32]>), Refusal> {
        let leaf = self.call.connection.client_leaf.as_ref().ok_or_else(Refusal::bad_credentials)?;
        let key = tenant.keys.with_certificate(leaf).filter(|key| key.client_id == client_id);
        let key = key.ok_or_else(Refusal::bad_credentials)?;
        Ok((key, Some(crate::encoding::sha256(leaf))))
    }

    fn roles(&self, key: &Key) -> Result<Vec<String>, Refusal> {
        let held = key.name.roles().iter().map(|&role| role.to_owned());
        let Some(asked) = self.field("scope").filter(|scope| !scope.is_empty()) else {
            return Ok(held.collect());
        };
        let prefix = format!("{}.", key.name.plan().application());
        let allowed = |scope: &str| {
            scope == COMMON_SCOPE
                || scope.strip_prefix(&prefix).is_some_and(|role| key.name.roles().contains(&role))
        };
        if let Some(scope) = asked.split_whitespace().find(|scope| !allowed(scope)) {
            return Err(Refusal::invalid_scope(scope));
        }
        Ok(asked
            .split_whitespace()
            .filter_map(|scope| scope.strip_prefix(&prefix))
            .map(str::to_owned)
            .collect())
    }

    fn basic(&self) -> Option<(String, String)> {
        let (client_id, secret) = basic(self.call.header("authorization")?)?;
        let encoded = self.call.header("x-cf-encoded-credentials").is_some_and(|value| value == "true");
        Some(if encoded { (decoded(&client_id), decoded(&secret)) } else { (client_id, secret) })
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

impl Grant<'_> {
    pub(super) fn plan(&self) -> Plan {
        self.key.name.plan()
    }

    pub(super) fn scopes(&self) -> Vec<String> {
        let prefix = self.plan().application();
        let mut scopes: Vec<_> = self.roles.iter().map(|role| format!("{prefix}.{role}")).collect();
        scopes.push(COMMON_SCOPE.to_owned());
        scopes
    }
}

fn with_secret<'tenant>(
    tenant: &'tenant Tenant,
    client_id: &str,
    secret: &str,
) -> Result<(&'tenant Key, Option<[u8; 32]>), Refusal> {
    let key = tenant.keys.with_client_id(client_id);
    // An empty secret is one that was sent, and it is wrong, with a certificate too.
    let key = key.filter(|key| key.secret.as_deref() == Some(secret));
    key.map(|key| (key, None)).ok_or_else(Refusal::bad_credentials)
}
