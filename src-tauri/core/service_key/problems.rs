use jiff::Timestamp;

use super::facts::{KeyProblem, Severity};
use super::model::{Credential, Plan, PrivateKeyFault, ServiceKey};
use crate::certificate::{CertificateFacts, ChainFacts};

const SOON_DAYS: i64 = 30;

fn problem(severity: Severity, message: impl Into<String>, hint: &str) -> KeyProblem {
    KeyProblem { severity, message: message.into(), hint: Some(hint.to_owned()) }
}

/// A date as sentences say it: 2 March 2026, by UTC as certificates count.
pub(super) fn date(at: Timestamp) -> String {
    at.strftime("%-d %B %Y").to_string()
}

/// Everything worth saying about a key, worst first.
pub(super) fn of(key: &ServiceKey, now: Timestamp) -> Vec<KeyProblem> {
    let mut problems: Vec<KeyProblem> =
        [private_key(key), plan(key), host(key)].into_iter().flatten().collect();
    if let Some(facts) = key.chain_facts() {
        problems.extend(of_certificates(facts, now));
        problems.extend((!awaits_file(key)).then(|| incomplete(facts)).flatten());
    }
    problems.extend(unrelated(key));
    problems.sort_by_key(|problem| problem.severity);
    problems
}

/// Everything worth saying about the certificates of a saved key, worst first.
pub fn of_chain(facts: &ChainFacts, now: Timestamp) -> Vec<KeyProblem> {
    let mut problems = of_certificates(facts, now);
    problems.extend(incomplete(facts));
    problems.sort_by_key(|problem| problem.severity);
    problems
}

fn of_certificates(facts: &ChainFacts, now: Timestamp) -> Vec<KeyProblem> {
    let Some(leaf) = facts.leaf() else { return Vec::new() };
    [validity(leaf, now), usage(leaf), strength(leaf), issuers(facts, now)].into_iter().flatten().collect()
}

fn private_key(key: &ServiceKey) -> Option<KeyProblem> {
    let Credential::Unfit { fault, .. } = key.credential() else { return None };
    let (message, hint) = match fault {
        PrivateKeyFault::Mismatch => (
            "The private key in the service key does not belong to its certificate.",
            "Copy the service key again. If it stays like this, create a new one in the BTP cockpit.",
        ),
        PrivateKeyFault::Damaged => (
            "The private key in the service key is damaged or cut off.",
            "Copy the service key again, whole, from the first brace to the last.",
        ),
        PrivateKeyFault::Encrypted => (
            "The private key in the service key is encrypted.",
            "Add the file it came from, and give its passphrase there.",
        ),
        PrivateKeyFault::Unsupported => (
            "The private key in the service key is not usable for TLS: its algorithm or length is not supported.",
            "Create a new key in the BTP cockpit, with RSA and at least 2048 bits.",
        ),
    };
    Some(problem(Severity::Bad, message, hint))
}

fn plan(key: &ServiceKey) -> Option<KeyProblem> {
    if key.plans_differ {
        let message = match key.plan() {
            Plan::IntegrationFlow => {
                "The host is that of the runtime, but the client id belongs to an api key."
            }
            _ => "The host is that of the API, but the client id belongs to an integration-flow key.",
        };
        let hint = "Copy the key again from one service instance; parts of two seem to be mixed.";
        return Some(problem(Severity::Warning, message, hint));
    }
    (key.plan() == Plan::Other).then(|| {
        let message = "The plan is not recognised: neither host nor client id is one of Cloud Integration.";
        let hint = "It may be a key of another BTP service. Tokens work; flows need an integration-flow key, message \
                    logs an api key.";
        problem(Severity::Info, message, hint)
    })
}

fn host(key: &ServiceKey) -> Option<KeyProblem> {
    if key.host_url().is_some() || key.plan() == Plan::Other {
        return None;
    }
    let hint = "Old keys leave it out. Create a new key, or set the runtime's address on the tenant.";
    Some(problem(Severity::Warning, "The key names no service host.", hint))
}

fn validity(leaf: &CertificateFacts, now: Timestamp) -> Option<KeyProblem> {
    const RENEW: &str =
        "Create a new key in the BTP cockpit and add it here; a certificate cannot be extended.";
    if leaf.expired(now) {
        return Some(problem(
            Severity::Bad,
            format!("The certificate expired on {}.", date(leaf.not_after)),
            RENEW,
        ));
    }
    if leaf.not_yet_valid(now) {
        let message = format!("The certificate is not valid before {}.", date(leaf.not_before));
        return Some(problem(Severity::Bad, message, "Wait until then, or check this computer's clock."));
    }
    let left = match leaf.days_left(now) {
        0 => "in less than a day".to_owned(),
        1 => "in 1 day".to_owned(),
        days if days <= SOON_DAYS => format!("in {days} days"),
        _ => return None,
    };
    let message = format!("The certificate ends {left}, on {}.", date(leaf.not_after));
    Some(problem(Severity::Warning, message, RENEW))
}

fn usage(leaf: &CertificateFacts) -> Option<KeyProblem> {
    (!leaf.client_auth).then(|| {
        let message = "The certificate is not made for clients: its extended key usage lacks clientAuth.";
        let hint =
            "SAP's load balancer refuses it. Ask the authority for one with clientAuth (1.3.6.1.5.5.7.3.2).";
        problem(Severity::Bad, message, hint)
    })
}

fn strength(leaf: &CertificateFacts) -> Option<KeyProblem> {
    leaf.weak_key().then(|| {
        let message = format!("The key of the certificate is too short: {}.", leaf.key);
        problem(Severity::Bad, message, "Make a new certificate with RSA 2048 or longer.")
    })
}

/// Before its private key is there, the chain of an external certificate is not expected to be.
fn awaits_file(key: &ServiceKey) -> bool {
    matches!(key.credential(), Credential::External { identity: None, .. })
}

fn incomplete(facts: &ChainFacts) -> Option<KeyProblem> {
    let last = facts.certificates.last().filter(|_| !facts.complete)?;
    let message = format!("The certificate chain is not complete: the issuer “{}” is missing.", last.issuer);
    let hint =
        "SAP's load balancer knows only roots, so it wants the whole chain. Add a file that contains it.";
    Some(problem(Severity::Warning, message, hint))
}

fn issuers(facts: &ChainFacts, now: Timestamp) -> Option<KeyProblem> {
    let expired = facts.certificates.iter().skip(1).find(|issuer| issuer.expired(now))?;
    let message =
        format!("The certificate of the issuer “{}” expired on {}.", expired.name, date(expired.not_after));
    Some(problem(Severity::Bad, message, "Create a new key; its chain comes with current issuers."))
}

fn unrelated(key: &ServiceKey) -> Option<KeyProblem> {
    let message = match key.unrelated() {
        0 => return None,
        1 => "One certificate has nothing to do with the others and is left out.".to_owned(),
        many => format!("{many} certificates have nothing to do with the others and are left out."),
    };
    Some(KeyProblem { severity: Severity::Info, message, hint: None })
}
