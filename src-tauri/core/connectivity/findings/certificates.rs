//! What is wrong with the certificates of a server.

use jiff::Timestamp;

use super::super::greeting::Greeted;
use super::super::model::{Connectivity, ConnectivityFinding, HostFacts, RootFacts, RootOrigin, ServerChain};
use super::finding;
use crate::certificate::CertificateFacts;
use crate::service_key::Severity;

/// A renewal is overdue.
const URGENT_DAYS: i64 = 7;
/// A renewal is due.
const SOON_DAYS: i64 = 30;
const NAMES_SHOWN: usize = 5;

/// Everything that is wrong, whatever strict verification stumbles over first.
pub(super) fn of(report: &Connectivity, usual: Option<&Greeted>) -> Vec<ConnectivityFinding> {
    let Some(tls) = &report.tls else { return Vec::new() };
    let Some(chain) = &tls.chain else { return Vec::new() };
    let now = Timestamp::now();
    let mut findings = Vec::new();
    if let Some(leaf) = chain.certificates.first() {
        findings.extend(validity(report, leaf, true, now));
        findings.extend(name(report, chain, leaf));
        findings.extend(usage(tls, leaf));
    }
    findings
        .extend(chain.certificates.iter().skip(1).filter_map(|other| validity(report, other, false, now)));
    findings.extend(trust(tls, chain));
    findings.extend(shape(tls, chain));
    findings.extend(unproved(usual));
    let is_explained = findings.iter().any(|finding| finding.severity == Severity::Bad);
    if let Some(refusal) = tls.refusal.as_ref().filter(|_| !is_explained) {
        let title = format!("Strict verification refuses the certificate of {}", report.host);
        let next = "The raw text says what is wrong with it; its owner has to replace it.";
        findings.push(finding("refused", Severity::Bad, title, refusal, next));
    }
    findings
}

fn validity(
    report: &Connectivity,
    certificate: &CertificateFacts,
    is_leaf: bool,
    now: Timestamp,
) -> Option<ConnectivityFinding> {
    let whose = if is_leaf {
        format!("The certificate of {}", report.host)
    } else {
        format!("The certificate “{}” of the chain", certificate.name)
    };
    let (from, until) = (day(certificate.not_before), day(certificate.not_after));
    let days = certificate.days_left(now);
    let evidence = format!("“{}” is valid from {from} until {until}.{}", certificate.name, clock(report));
    let rule = |leaf: &'static str, other| if is_leaf { leaf } else { other };
    if certificate.expired(now) {
        let title = format!("{whose} ended {}", ago(days.saturating_neg()));
        return Some(finding(rule("expired", "issuer_expired"), Severity::Bad, title, evidence, RENEW));
    }
    if certificate.not_yet_valid(now) {
        let title = format!("{whose} is not valid before {from}");
        let next = "Check the clock of this computer, or wait until it begins.";
        return Some(finding(
            rule("not_yet_valid", "issuer_not_yet_valid"),
            Severity::Bad,
            title,
            evidence,
            next,
        ));
    }
    if days > SOON_DAYS {
        return None;
    }
    let severity = if days > URGENT_DAYS { Severity::Info } else { Severity::Warning };
    let title = format!("{whose} ends in {}", in_days(days));
    Some(finding(rule("ends_soon", "issuer_ends_soon"), severity, title, evidence, RENEW_SOON))
}

const RENEW: &str = "Its owner has to renew it. Check the clock of this computer too.";
const RENEW_SOON: &str = "Its owner should renew it now; whoever pinned it needs the new one.";

/// What the server's clock says, where a date is the question.
fn clock(report: &Connectivity) -> String {
    let ahead = report.http.as_ref().and_then(|http| http.ahead_s).unwrap_or_default();
    if ahead.abs() < 86_400 {
        return String::new();
    }
    let days = ahead.abs() / 86_400;
    let side = if ahead > 0 { "behind" } else { "ahead of" };
    format!(" The clock of this computer is {} {side} the server's.", in_days(days))
}

fn name(report: &Connectivity, chain: &ServerChain, leaf: &CertificateFacts) -> Option<ConnectivityFinding> {
    if chain.host_matches {
        return None;
    }
    let (title, evidence) = if chain.names.is_empty() {
        (
            format!("The certificate of {} names no host", report.host),
            format!("It has no subject alternative name; “{}” as its subject does not count.", leaf.name),
        )
    } else {
        (
            format!("The certificate of {} is for other names", report.host),
            format!("It is for {}.", some(&chain.names)),
        )
    };
    let next = "Check how the host is written; the address may lead to another server.";
    Some(finding("wrong_host", Severity::Bad, title, evidence, next))
}

fn usage(tls: &HostFacts, leaf: &CertificateFacts) -> Option<ConnectivityFinding> {
    let usage = &leaf.extended_key_usage;
    let serves =
        usage.is_empty() || usage.iter().any(|usage| usage == "serverAuth" || usage == "anyExtendedKeyUsage");
    if !serves {
        let evidence = format!("It is for {} only.", usage.join(", "));
        let next = "Its owner has to replace it with one whose extended key usage has serverAuth.";
        let title = "The certificate is not made for servers";
        return Some(finding("no_server_auth", Severity::Bad, title, evidence, next));
    }
    if tls.refusal.as_ref().is_some_and(|refusal| refusal.contains("CaUsedAsEndEntity")) {
        let title = "The server shows the certificate of an authority as its own";
        let evidence =
            format!("“{}” says of itself that it issues others (basicConstraints CA:TRUE).", leaf.name);
        let next =
            "Make a server certificate: with openssl req add -addext basicConstraints=critical,CA:FALSE.";
        return Some(finding("authority_as_server", Severity::Bad, title, evidence, next));
    }
    leaf.weak_key().then(|| {
        let next =
            "Its owner should replace it with one of at least 2048 bits; more and more clients refuse it.";
        finding(
            "weak_key",
            Severity::Warning,
            "The key of the certificate is too short",
            leaf.key.as_str(),
            next,
        )
    })
}

/// Whether it leads to a root that is trusted here.
fn trust(tls: &HostFacts, chain: &ServerChain) -> Option<ConnectivityFinding> {
    let leaf = chain.certificates.first()?;
    match &chain.root {
        Some(RootFacts { origin: RootOrigin::Untrusted, certificate, .. }) if leaf.self_signed => {
            let evidence =
                format!("“{}” is its own issuer. SHA-256 {}", certificate.name, certificate.fingerprint);
            let title = "The certificate is self-signed, and not trusted here";
            Some(finding("self_signed", Severity::Bad, title, evidence, SELF_SIGNED))
        }
        Some(RootFacts { origin: RootOrigin::Untrusted, certificate, .. }) => {
            let evidence =
                format!("The chain ends at “{}”. SHA-256 {}", certificate.subject, certificate.fingerprint);
            let title = "The certificate comes from a root this computer does not trust";
            Some(finding("unknown_root", Severity::Bad, title, evidence, UNKNOWN_ROOT))
        }
        Some(_) => None,
        None => Some(incomplete(tls, chain)),
    }
}

const SELF_SIGNED: &str = "If you know the server, save its certificate and trust it: in the settings, or with --cacert for one run. \
Compare the fingerprint with its owner first.";
const UNKNOWN_ROOT: &str = "Does a company proxy intercept TLS? Then save the root, compare its fingerprint with your network team, \
and add it: in the settings, or with --cacert. If not, the trust store of this computer may lack it.";

/// The way up ends at an issuer nobody here has: an intermediate that was not sent, or a root that is not known.
fn incomplete(tls: &HostFacts, chain: &ServerChain) -> ConnectivityFinding {
    let issuer = chain.missing_issuer.as_deref().unwrap_or_default();
    // Some systems load what is missing; others refuse all the same.
    let severity = if tls.trusted == Some(true) { Severity::Warning } else { Severity::Bad };
    let evidence = format!("“{issuer}” was not sent and is no root known here.");
    let alone = chain.certificates.len().saturating_sub(chain.unrelated as usize) == 1;
    if alone {
        let title = "The chain is incomplete: the server does not send the certificate of its issuer";
        return finding("incomplete_chain", severity, title, evidence, INCOMPLETE);
    }
    let title = "The chain leads to an issuer this computer does not know";
    finding("unknown_root", severity, title, evidence, UNKNOWN_ISSUER)
}

const UNKNOWN_ISSUER: &str = "Does a company proxy intercept TLS, or is it a server of your company? Then ask your network team for this root and \
add it: in the settings, or with --cacert. If the issuer is an intermediate, the server has to send it.";

const INCOMPLETE: &str = "The owner of the server has to send the intermediate certificates too. If the issuer is a root of your \
company, add it: in the settings, or with --cacert.";

/// What a strict receiver would mind, even where this computer copes.
fn shape(tls: &HostFacts, chain: &ServerChain) -> Vec<ConnectivityFinding> {
    let mut findings = Vec::new();
    if !chain.ordered {
        let sent: Vec<&str> =
            chain.certificates.iter().map(|certificate| certificate.name.as_str()).collect();
        let evidence = format!("Sent as: {}.", sent.join(", "));
        let title = "The certificates are sent in the wrong order";
        let next = "The owner of the server should send the leaf, then each one's issuer: TLS 1.2 wants it so, and some clients refuse it.";
        findings.push(finding("wrong_order", Severity::Warning, title, evidence, next));
    }
    if chain.unrelated > 0 {
        let evidence = format!("{} of {}.", chain.unrelated, chain.certificates.len());
        let title = "The server sends certificates that do not belong to its own";
        let next = "They do no harm, but its owner should leave them out.";
        findings.push(finding("unrelated_certificates", Severity::Info, title, evidence, next));
    }
    if chain.unreadable > 0 {
        let evidence = tls.refusal.clone().unwrap_or_default();
        let title = "A certificate of the server does not read as X.509";
        let next = "Its owner has to replace it.";
        findings.push(finding("unreadable_certificate", Severity::Bad, title, evidence, next));
    }
    findings
}

fn unproved(usual: Option<&Greeted>) -> Option<ConnectivityFinding> {
    let proof = usual?.seen.unproved.as_ref()?;
    let title = "The server does not prove that the certificate is its own";
    let next = "Its owner should check that certificate and private key belong together, and that both are of a usual kind.";
    Some(finding("unproved", Severity::Bad, title, proof, next))
}

fn some(names: &[String]) -> String {
    let shown = names.iter().take(NAMES_SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMES_SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn day(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%d").to_string()
}

fn ago(days: i64) -> String {
    if days <= 1 { "less than a day ago".to_owned() } else { format!("{} ago", in_days(days - 1)) }
}

fn in_days(days: i64) -> String {
    match days {
        ..=0 => "less than a day".to_owned(),
        1 => "1 day".to_owned(),
        more => format!("{more} days"),
    }
}
