use rustls::AlertDescription;

use super::greeting::{Greeted, Refusal};
use super::head::Asked;
use super::model::{ClientCertificateDemand, ClientCertificateRequest};
use crate::http::distinguished_names;

/// What nginx answers over HTTP to those without a certificate it wants, and its own names for it.
const HTTP_REFUSALS: [u16; 3] = [400, 495, 496];

/// What a server wants of the client, from the handshakes and the HEAD that were tried; nothing when none came so far.
pub(super) fn read(greeted: &[&Greeted], asked: Option<&Asked>) -> Option<ClientCertificateRequest> {
    let issuers = greeted.iter().find_map(|greeted| greeted.seen.requested.as_ref());
    let Some(issuers) = issuers else {
        let is_known = greeted.iter().any(|greeted| greeted.outcome.is_ok());
        return is_known.then(|| ClientCertificateRequest {
            demand: ClientCertificateDemand::None,
            issuers: Vec::new(),
        });
    };
    Some(ClientCertificateRequest { demand: demand(greeted, asked), issuers: distinguished_names(issuers) })
}

fn demand(greeted: &[&Greeted], asked: Option<&Asked>) -> ClientCertificateDemand {
    let refused = greeted.iter().filter(|greeted| greeted.seen.requested.is_some());
    let alert = refused.filter_map(|greeted| greeted.outcome.as_ref().err()).find_map(Refusal::alert);
    if alert.is_some_and(is_about_certificates) {
        return ClientCertificateDemand::Required;
    }
    match asked {
        Some(Asked::Refused(refusal)) if refusal.alert().is_some() => ClientCertificateDemand::Required,
        Some(Asked::Refused(Refusal::Silent)) => ClientCertificateDemand::Optional,
        Some(Asked::Refused(_) | Asked::NoHttp) => ClientCertificateDemand::Likely,
        Some(Asked::Answered(answer)) if HTTP_REFUSALS.contains(&answer.status) => {
            ClientCertificateDemand::Likely
        }
        Some(Asked::Answered(_)) => ClientCertificateDemand::Optional,
        None => ClientCertificateDemand::Unclear,
    }
}

/// Alerts by which servers refuse those who come without a certificate (sap-domain 5.5).
fn is_about_certificates(alert: AlertDescription) -> bool {
    matches!(
        alert,
        AlertDescription::CertificateRequired
            | AlertDescription::HandshakeFailure
            | AlertDescription::BadCertificate
            | AlertDescription::CertificateUnknown
            | AlertDescription::AccessDenied
    )
}
