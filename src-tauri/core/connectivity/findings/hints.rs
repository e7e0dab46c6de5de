//! What is good to know about a host that works.

use super::super::model::{
    ClientCertificateDemand, Connectivity, ConnectivityFinding, ConnectivityReach, HostFacts, RootFacts,
    RootOrigin,
};
use super::finding;
use crate::http::Network;
use crate::service_key::Severity;

/// Tokens and signatures allow for a few minutes; a clock further off breaks them.
const CLOCK_TOLERANCE_S: i64 = 5 * 60;

/// All hints.
pub(super) fn of(report: &Connectivity, network: &Network) -> Vec<ConnectivityFinding> {
    let Some(tls) = &report.tls else { return Vec::new() };
    let client = tls.client_certificate.as_ref();
    let client = client.and_then(|request| client_certificate(report, request.demand, request.issuers.len()));
    [
        client,
        interception(report, tls),
        versions(tls),
        silence(report),
        clock(report),
        unverified(report, network),
        addresses(report),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn info(
    rule: &str,
    title: impl Into<String>,
    evidence: impl Into<String>,
    next: &str,
) -> ConnectivityFinding {
    finding(rule, Severity::Info, title, evidence, next)
}

fn client_certificate(
    report: &Connectivity,
    demand: ClientCertificateDemand,
    issuers: usize,
) -> Option<ConnectivityFinding> {
    let host = &report.host;
    let named = match issuers {
        0 => "It names no issuers it accepts.".to_owned(),
        1 => "It names one issuer it accepts.".to_owned(),
        more => format!("It names {more} issuers it accepts."),
    };
    match demand {
        ClientCertificateDemand::None => None,
        ClientCertificateDemand::Required => {
            let title = format!("{host} wants a client certificate and refuses connections without one");
            Some(info(
                "client_certificate_required",
                title,
                format!("It refused this test, which has none. {named}"),
                WANTED,
            ))
        }
        ClientCertificateDemand::Likely => {
            let status = report
                .http
                .as_ref()
                .map(|http| format!("It answered {} to a HEAD without one. ", http.status));
            let evidence =
                status.unwrap_or_else(|| "It closed the connection without an answer. ".to_owned()) + &named;
            Some(info(
                "client_certificate_likely",
                format!("{host} probably wants a client certificate"),
                evidence,
                WANTED,
            ))
        }
        ClientCertificateDemand::Optional => {
            let title = format!("{host} asks for a client certificate and goes on without one");
            Some(info("client_certificate_optional", title, named, OPTIONAL))
        }
        ClientCertificateDemand::Unclear => Some(info(
            "client_certificate_unclear",
            format!("{host} asks for a client certificate"),
            named,
            OPTIONAL,
        )),
    }
}

const WANTED: &str = "Use a certificate key of the tenant for calls to it, with its whole chain.";
const OPTIONAL: &str = "Calls with a secret need none. A 401 to a call with a certificate means that TLS took it, but no key has it, or that \
the load balancer does not trust its root.";

/// A root of one's own vouches, where a public one is to be expected.
fn interception(report: &Connectivity, tls: &HostFacts) -> Option<ConnectivityFinding> {
    let root = tls.chain.as_ref()?.root.as_ref()?;
    let RootFacts { certificate, origin, .. } = root;
    let whence = match origin {
        RootOrigin::Company => "is trusted by this computer, but is on no public list",
        RootOrigin::Added => "was added to Sluice and is on no public list",
        RootOrigin::Public | RootOrigin::Sandbox | RootOrigin::Untrusted => return None,
    };
    let evidence = format!("The root “{}” {whence}.", certificate.name);
    let title = if is_of_sap(&report.host) || report.proxy.is_some() {
        format!("Something on the way opens the TLS of {}", report.host)
    } else {
        "The certificates come from an authority of your own, not from a public one".to_owned()
    };
    Some(info("own_root", title, evidence, INTERCEPTED))
}

const INTERCEPTED: &str = "Right for a server of your own. For any other host a proxy opens TLS and encrypts anew: client certificates do not \
get through it, so ask your network team for an exception if you use certificate keys.";

/// Hosts that show public certificates (sap-domain 4.10).
fn is_of_sap(host: &str) -> bool {
    host.ends_with(".hana.ondemand.com")
}

fn versions(tls: &HostFacts) -> Option<ConnectivityFinding> {
    let offers = |version: &str| {
        tls.versions.iter().find(|offer| offer.version == version).and_then(|offer| offer.offered)
    };
    match (offers("TLS 1.2"), offers("TLS 1.3")) {
        (Some(true), Some(false)) => Some(info(
            "only_tls12",
            "The server offers TLS 1.2 only",
            "TLS 1.3 was refused.",
            "It works everywhere today; its owner should offer TLS 1.3 too.",
        )),
        (Some(false), Some(true)) => Some(info(
            "only_tls13",
            "The server offers TLS 1.3 only",
            "TLS 1.2 was refused.",
            "Check that every system that has to reach it speaks TLS 1.3; older Java and ABAP systems do not.",
        )),
        _ => None,
    }
}

fn silence(report: &Connectivity) -> Option<ConnectivityFinding> {
    if report.reached != ConnectivityReach::Tls {
        return None;
    }
    let request = report.tls.as_ref().and_then(|tls| tls.client_certificate.as_ref());
    if request.is_some_and(|request| request.demand == ClientCertificateDemand::Required) {
        return None;
    }
    Some(info(
        "no_http",
        "TLS works, but HEAD got no HTTP answer",
        "No status line came back.",
        "Nothing to do if the host speaks another protocol than HTTP.",
    ))
}

/// Only a hint: the header may come from a cache or a proxy.
fn clock(report: &Connectivity) -> Option<ConnectivityFinding> {
    let ahead = report.http.as_ref()?.ahead_s.filter(|ahead| ahead.abs() > CLOCK_TOLERANCE_S)?;
    let side = if ahead > 0 { "behind" } else { "ahead of" };
    let minutes = ahead.abs() / 60;
    Some(info(
        "clock",
        format!("The clock of this computer seems to be {minutes} minutes {side} the server's"),
        "Seen by the Date header of the answer.",
        "Check the clock of this computer: tokens and certificates are judged by it.",
    ))
}

fn unverified(report: &Connectivity, network: &Network) -> Option<ConnectivityFinding> {
    let listed = network.unverified_hosts.iter().any(|host| host.trim().eq_ignore_ascii_case(&report.host));
    listed.then(|| {
        info(
            "not_verified",
            format!("Sluice does not verify the certificates of {}", report.host),
            "The settings say so. This test says what strict verification would say.",
            "Take the host out of that list in the settings when its certificates are in order.",
        )
    })
}

fn addresses(report: &Connectivity) -> Option<ConnectivityFinding> {
    let silent: Vec<&str> = report
        .attempts
        .iter()
        .filter(|attempt| attempt.failure.is_some())
        .map(|attempt| attempt.address.as_str())
        .collect();
    if silent.is_empty() || report.failure.is_some() || crate::http::is_localhost(&report.host) {
        return None;
    }
    Some(info(
        "silent_addresses",
        "Not every address of the name answers",
        format!("{} did not.", silent.join(", ")),
        "Calls take another address; if they are slow now and then, this may be why.",
    ))
}
