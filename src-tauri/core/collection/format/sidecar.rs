use serde::{Deserialize, Serialize};

use crate::http::{Authorization, CsrfMode, Request};

/// What Bruno's layout has no place for, kept per request in `sluice.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sidecar {
    /// Whether the key's client certificate is used at the called host.
    #[serde(skip_serializing_if = "is_off")]
    pub certificate: bool,
    /// The name of the tenant's key, when not the first integration-flow key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What to do about CSRF protection.
    #[serde(skip_serializing_if = "is_auto")]
    pub csrf: CsrfMode,
    /// Whether only HTTP/1.1 is spoken.
    #[serde(skip_serializing_if = "is_off")]
    pub http1_only: bool,
}

/// What a request needs beside its file; nothing when the file says it all.
pub fn needs_sidecar(request: &Request) -> Option<Sidecar> {
    let (certificate, key) = match &request.authorization {
        Authorization::Certificate { key } => (true, key.clone()),
        Authorization::Bearer { key } | Authorization::Basic { key } => (false, key.clone()),
        _ => (false, None),
    };
    let sidecar = Sidecar { certificate, key, csrf: request.csrf, http1_only: request.options.http1_only };
    (sidecar != Sidecar::default()).then_some(sidecar)
}

/// Puts what stands beside a request's file into the request; a way the file says since then wins.
pub fn apply_sidecar(request: &mut Request, sidecar: &Sidecar) {
    match &mut request.authorization {
        authorization @ Authorization::None if sidecar.certificate => {
            *authorization = Authorization::Certificate { key: sidecar.key.clone() };
        }
        Authorization::Bearer { key } | Authorization::Basic { key } if !sidecar.certificate => {
            key.clone_from(&sidecar.key);
        }
        _ => {}
    }
    request.csrf = sidecar.csrf;
    request.options.http1_only = sidecar.http1_only;
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_off(value: &bool) -> bool {
    !*value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_auto(csrf: &CsrfMode) -> bool {
    *csrf == CsrfMode::Auto
}
