//! Why a handshake failed.

use std::time::Duration;

use rustls::AlertDescription;

use super::super::greeting::{Greeted, Refusal};
use super::super::model::{ClientCertificateDemand, Connectivity, ConnectivityFinding};
use super::finding;
use crate::service_key::Severity;

/// What the failure of the usual handshake means; nothing when it did not fail, or only for want of a client certificate.
pub(super) fn of(report: &Connectivity, usual: &Greeted, patience: Duration) -> Option<ConnectivityFinding> {
    let refusal = usual.outcome.as_ref().err()?;
    let tls = report.tls.as_ref()?;
    let request = tls.client_certificate.as_ref();
    if request.is_some_and(|request| request.demand == ClientCertificateDemand::Required) {
        return None;
    }
    let place = format!("{}, port {}", report.host, report.port);
    let bad = |rule, title: String, next_step| finding(rule, Severity::Bad, title, refusal.text(), next_step);
    Some(match refusal {
        Refusal::NotConnected(_) => bad("connection_lost", format!("{place} connected only once"), NETWORK),
        Refusal::Silent => {
            let title = format!(
                "{place} connects, but says nothing to a TLS greeting within {} s",
                patience.as_secs()
            );
            bad("tls_silent", title, SILENT)
        }
        Refusal::Closed(_) => bad(
            "tls_closed",
            format!("{place} connects, but closes the connection at the TLS greeting"),
            CLOSED,
        ),
        Refusal::Tls(rustls::Error::InvalidMessage(_)) => {
            bad("not_tls", format!("{place} does not speak TLS"), NOT_TLS)
        }
        Refusal::Tls(_) if is_incompatible(refusal) => bad(
            "no_common_tls",
            format!("{place} and Sluice have no TLS version or cipher in common"),
            OLD_TLS,
        ),
        Refusal::Tls(_) if refusal.alert() == Some(AlertDescription::UnrecognisedName) => {
            bad("unknown_name", format!("The server at {place} does not know this name"), NAME)
        }
        Refusal::Tls(_) => bad("tls_failed", format!("TLS with {place} failed"), NETWORK),
    })
}

fn is_incompatible(refusal: &Refusal) -> bool {
    use AlertDescription as Alert;
    let by_alert = matches!(
        refusal.alert(),
        Some(Alert::ProtocolVersion | Alert::InsufficientSecurity | Alert::HandshakeFailure)
    );
    by_alert || matches!(refusal, Refusal::Tls(rustls::Error::PeerIncompatible(_)))
}

const NETWORK: &str = "Test again; if it stays, a firewall or a proxy on the way may interfere.";
const SILENT: &str = "Check the port. A firewall may let the connection through and swallow what follows; a port that waits for \
plain text stays silent too.";
const CLOSED: &str =
    "Check the port, and whether a firewall or a proxy on the way ends connections to this host.";
const NOT_TLS: &str = "Check the port, or call it with http:// if it is meant to be called without TLS.";
const OLD_TLS: &str =
    "The server must offer TLS 1.2 or 1.3 with a usual cipher; SAP Integration Suite wants no less either.";
const NAME: &str = "Check how the host is written; the address may belong to another service.";
