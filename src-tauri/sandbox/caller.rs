use http::header::AUTHORIZATION;

use crate::call::Call;
use crate::encoding::from_base64;
use crate::key::{Key, KeyName, Plan};
use crate::tenant::Tenant;

/// Who calls a service, as its credentials say.
pub(crate) struct Caller {
    pub(crate) key: KeyName,
    pub(crate) client_id: String,
    pub(crate) means: Means,
    pub(crate) roles: Vec<String>,
}

/// How a caller proved who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    Bearer,
    Basic,
    Certificate,
}

impl Means {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Bearer => "bearer",
            Self::Basic => "basic",
            Self::Certificate => "certificate",
        }
    }
}

impl Caller {
    /// The caller, if its credentials are good; an `Authorization` header counts before a certificate.
    pub(crate) fn of(tenant: &Tenant, call: &Call) -> Option<Self> {
        let caller = match call.headers().get(AUTHORIZATION) {
            Some(header) => Self::of_header(tenant, header.to_str().ok()?)?,
            None => Self::of_certificate(tenant, call)?,
        };
        (!tenant.faults.is_deleted(caller.key)).then_some(caller)
    }

    pub(crate) fn plan(&self) -> Plan {
        self.key.plan()
    }

    pub(crate) fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|held| held == role)
    }

    fn of_header(tenant: &Tenant, header: &str) -> Option<Self> {
        if let Some(token) = after_scheme(header, "bearer") {
            let (key, roles) = tenant.tokens.holder(token, &tenant.faults)?;
            return Some(Self { roles, ..Self::with_key(tenant.keys.get(key), Means::Bearer) });
        }
        let (client_id, secret) = basic(header)?;
        let key = tenant.keys.with_client_id(&client_id)?;
        (key.secret.as_ref() == Some(&secret)).then(|| Self::with_key(key, Means::Basic))
    }

    fn of_certificate(tenant: &Tenant, call: &Call) -> Option<Self> {
        let leaf = call.connection.client_leaf.as_ref()?;
        Some(Self::with_key(tenant.keys.with_certificate(leaf)?, Means::Certificate))
    }

    fn with_key(key: &Key, means: Means) -> Self {
        let roles = key.name.roles().iter().map(|&role| role.to_owned()).collect();
        Self { key: key.name, client_id: key.client_id.clone(), means, roles }
    }
}

/// The user and password of a Basic header.
pub(crate) fn basic(header: &str) -> Option<(String, String)> {
    let text = String::from_utf8(from_base64(after_scheme(header, "basic")?)?).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

fn after_scheme<'header>(header: &'header str, scheme: &str) -> Option<&'header str> {
    let (found, rest) = header.split_once(' ')?;
    found.eq_ignore_ascii_case(scheme).then_some(rest.trim())
}
