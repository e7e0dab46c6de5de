//! A connectivity test in words.

use std::fmt::Write as _;

use sluice_core::certificate::CertificateFacts;
use sluice_core::connectivity::{
    ClientCertificateDemand, ClientCertificateRequest, ConnectAttempt, Connectivity, ConnectivityFinding,
    HeadAnswer, HostFacts, NameLookup, ProxyPassage, RootFacts, RootOrigin, ServerChain, TlsVersionOffer,
};
use sluice_core::service_key::Severity;

use crate::output::visible;

/// Most certificates name a handful of hosts, some hundreds.
const NAMES_SHOWN: usize = 8;

/// Everything that was found, from the name to the findings.
pub fn describe(found: &Connectivity) -> String {
    let mut text = format!("{}, port {}\n\n", visible(&found.host), found.port);
    found.lookup.iter().for_each(|lookup| row(&mut text, "Name", &name(lookup)));
    found.proxy.iter().for_each(|proxy| row(&mut text, "Proxy", &passage(proxy)));
    let tried = if found.proxy.is_some() { "Proxy at" } else { "Address" };
    found.attempts.iter().for_each(|tries| row(&mut text, tried, &attempt(tries)));
    if let Some(tls) = &found.tls {
        facts(&mut text, tls);
    }
    found.http.iter().for_each(|http| row(&mut text, "HTTP", &answer(http)));
    if let Some(chain) = found.tls.as_ref().and_then(|tls| tls.chain.as_ref()) {
        certificates(&mut text, chain);
    }
    // Standard error says why a host was not reached.
    if found.failure.is_none() {
        findings(&mut text, &found.findings);
    }
    text
}

/// A label and what it stands for, one under the other.
fn row(text: &mut String, label: &str, value: &str) {
    let _ = writeln!(text, "{label:<19} {}", visible(value));
}

fn name(lookup: &NameLookup) -> String {
    match &lookup.failure {
        Some(failure) => format!("not found: {failure}"),
        None => format!("{} in {:.0} ms", lookup.addresses.join(", "), lookup.duration_ms),
    }
}

fn passage(proxy: &ProxyPassage) -> String {
    let answer = proxy.status.map(|status| format!(", CONNECT answered {status}"));
    let reason = proxy.reason.as_ref().map(|reason| format!(" {reason}"));
    let time = proxy.duration_ms.map(|time| format!(" in {time:.0} ms"));
    let failure = proxy.failure.as_ref().map(|failure| format!(": {failure}"));
    let parts = [answer, reason, time, failure].into_iter().flatten().collect::<String>();
    format!("{}{parts}", proxy.address)
}

fn attempt(tries: &ConnectAttempt) -> String {
    match &tries.failure {
        Some(failure) => format!("{} {failure} after {:.0} ms", tries.address, tries.duration_ms),
        None => format!("{} connected in {:.0} ms", tries.address, tries.duration_ms),
    }
}

fn facts(text: &mut String, tls: &HostFacts) {
    let agreed = [&tls.version, &tls.cipher, &tls.key_exchange, &tls.alpn];
    let agreed: Vec<&str> = agreed.into_iter().filter_map(Option::as_deref).collect();
    match (&tls.failure, tls.handshake_ms) {
        (Some(failure), _) => row(text, "TLS", &format!("failed: {failure}")),
        (None, time) => {
            row(text, "TLS", &format!("{} in {:.0} ms", agreed.join(", "), time.unwrap_or_default()));
        }
    }
    if !tls.versions.is_empty() {
        row(text, "Versions", &tls.versions.iter().map(version).collect::<Vec<_>>().join(", "));
    }
    tls.client_certificate.iter().for_each(|request| client_certificate(text, request));
    match (tls.trusted, &tls.refusal) {
        (Some(true), _) => row(text, "Verification", "passes"),
        (_, Some(refusal)) => row(text, "Verification", &format!("refuses: {refusal}")),
        _ => {}
    }
}

fn version(offer: &TlsVersionOffer) -> String {
    let verdict = match offer.offered {
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
        None => format!("not known ({})", offer.detail.as_deref().unwrap_or_default()),
    };
    format!("{} {verdict}", offer.version)
}

fn client_certificate(text: &mut String, request: &ClientCertificateRequest) {
    let demand = match request.demand {
        ClientCertificateDemand::None => "not asked for",
        ClientCertificateDemand::Optional => "asked for, not required",
        ClientCertificateDemand::Required => "required",
        ClientCertificateDemand::Likely => "asked for, probably required",
        ClientCertificateDemand::Unclear => "asked for",
    };
    row(text, "Client certificate", demand);
    request.issuers.iter().for_each(|issuer| row(text, "", &format!("accepted: {issuer}")));
}

fn answer(http: &HeadAnswer) -> String {
    let server = http.server.as_ref().map(|server| format!(" by {server}")).unwrap_or_default();
    format!("HEAD answered {} {}{server} in {:.0} ms", http.status, http.reason, http.duration_ms)
}

fn certificates(text: &mut String, chain: &ServerChain) {
    let order = match (chain.ordered, chain.complete) {
        (true, true) => "as sent, in order",
        (true, false) => "as sent, incomplete",
        (false, _) => "as sent, in the wrong order",
    };
    let _ = writeln!(text, "\nCertificates ({order})");
    for (index, certificate) in chain.certificates.iter().enumerate() {
        let _ = writeln!(text, "  {}  {}", index + 1, visible(&certificate.subject));
        details(text, certificate);
        if index == 0 {
            names(text, chain);
        }
    }
    if let Some(root) = &chain.root {
        describe_root(text, root);
    }
}

fn details(text: &mut String, certificate: &CertificateFacts) {
    let day = |moment: jiff::Timestamp| moment.strftime("%Y-%m-%d").to_string();
    let left = match certificate.days_left(jiff::Timestamp::now()) {
        days if days < 0 => "ended".to_owned(),
        days => format!("{days} days left"),
    };
    let (from, until) = (day(certificate.not_before), day(certificate.not_after));
    let _ = writeln!(text, "     issued by {}", visible(&certificate.issuer));
    let _ = writeln!(text, "     {}, {from} to {until} ({left})", visible(&certificate.key));
    let _ = writeln!(text, "     SHA-256 {}", certificate.fingerprint);
}

fn names(text: &mut String, chain: &ServerChain) {
    let shown = chain.names.iter().take(NAMES_SHOWN).map(|name| visible(name)).collect::<Vec<_>>().join(", ");
    let more = match chain.names.len().saturating_sub(NAMES_SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let verdict = if chain.host_matches { "the host is one of them" } else { "the host is none of them" };
    let _ = writeln!(text, "     for {shown}{more}: {verdict}");
}

fn describe_root(text: &mut String, root: &RootFacts) {
    let origin = match root.origin {
        RootOrigin::Public => "public, trusted by this computer",
        RootOrigin::Company => "trusted by this computer, not public",
        RootOrigin::Added => "added to Sluice",
        RootOrigin::Sandbox => "the sandbox's",
        RootOrigin::Untrusted => "not trusted here",
    };
    let _ = writeln!(text, "  root  {} ({origin})", visible(&root.certificate.subject));
    if !root.sent {
        details(text, &root.certificate);
    }
}

fn findings(text: &mut String, findings: &[ConnectivityFinding]) {
    if findings.is_empty() {
        text.push_str("\nNothing to be repaired.\n");
        return;
    }
    text.push_str("\nFindings\n");
    for finding in findings {
        let severity = match finding.severity {
            Severity::Bad => "bad",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let _ = writeln!(text, "  {severity:<8} {}", visible(&finding.title));
        for line in [&finding.evidence, &finding.next_step].into_iter().filter(|line| !line.is_empty()) {
            let _ = writeln!(text, "           {}", visible(line));
        }
    }
}
