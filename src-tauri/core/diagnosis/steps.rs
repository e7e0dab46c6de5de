//! What a rule offers, made into a step with what the signs hold.

use super::model::{NextStep, Place};
use super::roles::{Wanted, richer};
use super::signs::{Credential, OtherKey, Signs};
use crate::service_key::Plan;

/// What a rule offers; one that cannot be made from the signs is left out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Offer {
    FetchCsrf,
    FlowKey,
    ApiKey,
    /// A key whose token has this role; none when its name is not known.
    KeyWith(Wanted),
    OtherPrefix,
    LocalPrefix,
    Refresh,
    Certificate,
    Roles,
    Endpoints,
    Message,
    Import,
    Settings,
    /// Where the token address stands: in a key, or in the request itself.
    TokenAddress,
    /// A key whose certificate can be presented to the host.
    CertificateKey,
    Edit(&'static str, Place),
    Again,
}

impl Offer {
    pub(super) fn made(self, signs: &Signs) -> Option<NextStep> {
        let label = str::to_owned;
        Some(match self {
            Self::FetchCsrf => NextStep::FetchCsrf { label: label("Fetch token and send again") },
            Self::FlowKey => use_key(other(signs, Plan::IntegrationFlow)?),
            Self::ApiKey => use_key(other(signs, Plan::Api)?),
            Self::KeyWith(role) => use_key(richer(signs, role)?),
            Self::OtherPrefix => try_path(other_prefix(&signs.path)?, signs),
            Self::LocalPrefix => try_path(format!("/local{}", signs.path), signs),
            Self::Refresh => NextStep::RefreshToken { label: label("Fetch new token and send") },
            Self::Certificate => NextStep::OpenCertificate { label: label("Show the certificate") },
            Self::Roles => NextStep::ShowRoles {
                label: label("Show the roles of the token"),
                held: signs.circle.roles.clone(),
            },
            Self::Endpoints => NextStep::CheckEndpoints {
                label: label("Copy the path to look for on the tenant"),
                path: signs.path.clone(),
            },
            Self::Message => {
                NextStep::OpenMessage { label: label("Open the message"), id: signs.message()?.id }
            }
            Self::Import => NextStep::ImportKey { label: label("Import the current service key") },
            Self::Settings => NextStep::OpenSettings { label: label("Open the settings") },
            Self::TokenAddress => token_address(signs, label("Check the token address")),
            Self::CertificateKey => certificate_key(signs),
            Self::Edit(what, place) => NextStep::EditRequest { label: label(what), place },
            Self::Again if signs.is_alone => NextStep::SendAgain { label: label("Ask again") },
            Self::Again if signs.is_token_call() || signs.only_reads() => {
                NextStep::SendAgain { label: label("Send again") }
            }
            Self::Again => return None,
        })
    }
}

fn use_key(key: &OtherKey) -> NextStep {
    NextStep::UseKey {
        label: format!("Send with {}", key.name),
        key: key.name.clone(),
        with_certificate: false,
    }
}

fn certificate_key(signs: &Signs) -> NextStep {
    let known = signs.circle.other_keys.iter().find(|key| key.has_certificate && key.plan != Plan::Api);
    match known.filter(|_| !signs.is_token_call()) {
        Some(key) => NextStep::UseKey {
            label: format!("Send with the certificate of {}", key.name),
            key: key.name.clone(),
            with_certificate: true,
        },
        None => {
            NextStep::EditRequest { label: "Use a certificate key".to_owned(), place: Place::Authorization }
        }
    }
}

fn token_address(signs: &Signs, label: String) -> NextStep {
    match &signs.circle.key {
        Some(key) if signs.circle.credential != Credential::Own => {
            NextStep::ChangeKey { label, key: key.clone() }
        }
        _ => NextStep::EditRequest { label, place: Place::Authorization },
    }
}

fn try_path(path: String, signs: &Signs) -> NextStep {
    NextStep::TryAddress { label: format!("Try {path}"), path, from: signs.path.clone() }
}

fn other(signs: &Signs, plan: Plan) -> Option<&OtherKey> {
    signs.circle.other_keys.iter().find(|key| key.plan == plan)
}

/// SOAP senders listen below `/cxf`, all HTTPS senders below `/http` (sap-domain 4.1).
fn other_prefix(path: &str) -> Option<String> {
    if let Some(rest) = path.strip_prefix("/http/") {
        return Some(format!("/cxf/{rest}"));
    }
    if let Some(rest) = path.strip_prefix("/cxf/") {
        return Some(format!("/http/{rest}"));
    }
    Some(format!("/http/{}", path.trim_start_matches('/'))).filter(|_| path.len() > 1)
}
