use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use serde::Serialize;
use x509_parser::certificate::X509Certificate;

use super::chain::Chain;
use super::facts::{self, CertificateError, CertificateFacts, ChainFacts};
use super::trusted;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum CertificateAspect {
    /// The time it is valid for, and that of its issuers.
    Validity,
    /// Whether each certificate is there and in order, up to the root.
    Chain,
    /// Whether it is made for clients: clientAuth in its extended key usage.
    ClientAuth,
    /// Whether SAP's token server trusts its root.
    TokenServerTrust,
    /// Whether SAP's load balancer trusts its root.
    LoadBalancerTrust,
    /// Whether the private key belongs to it.
    PrivateKey,
    /// Algorithm and length of its key.
    KeyStrength,
    /// The algorithms it and its issuers are signed with.
    Signature,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// It is refused like this.
    Bad,
    /// It works, but not for long or not everywhere.
    Warning,
    /// It cannot be known from here.
    Unknown,
    /// In order.
    Good,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CertificateCheck {
    /// What was looked at.
    pub aspect: CertificateAspect,
    /// What came of it.
    pub state: CheckState,
    /// The finding, one sentence.
    pub message: String,
    /// The next step, where one is needed.
    pub hint: Option<String>,
    /// Where the rule is published, with the date it was read.
    pub source: Option<String>,
    /// The certificate concerned, counted from the leaf; absent when it is all of them.
    pub certificate: Option<u32>,
}

/// Who had a certificate made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// SAP, with the service key.
    Sap,
    /// The user, at an authority of their own.
    Own,
}

/// Puts certificates in order and looks at each aspect, worst first.
pub(super) fn all(
    certificates: &[Vec<u8>],
    origin: Origin,
    now: Timestamp,
) -> Result<(Chain, Vec<CertificateCheck>), CertificateError> {
    let given: Vec<CertificateDer<'static>> = certificates.iter().cloned().map(Into::into).collect();
    let sorted = Chain::sort(given.clone(), None)?;
    let mut checks = vec![
        validity(sorted.facts(), now),
        chain(&sorted, &given),
        client_auth(sorted.leaf()),
        token_server(sorted.facts(), origin),
        load_balancer(sorted.facts(), origin),
        key_strength(sorted.facts()),
        signature(sorted.certificates()),
    ];
    checks.sort_by_key(|check| check.state);
    Ok((sorted, checks))
}

impl CertificateCheck {
    fn good(aspect: CertificateAspect, message: impl Into<String>) -> Self {
        Self {
            aspect,
            state: CheckState::Good,
            message: message.into(),
            hint: None,
            source: None,
            certificate: None,
        }
    }

    fn found(
        aspect: CertificateAspect,
        state: CheckState,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self { state, hint: Some(hint.into()), ..Self::good(aspect, message) }
    }

    fn by(self, source: &str) -> Self {
        Self { source: Some(source.to_owned()), ..self }
    }

    fn at(self, index: usize) -> Self {
        Self { certificate: u32::try_from(index).ok(), ..self }
    }

    /// Whether it compares the root with what SAP publishes, which only a call can prove.
    pub const fn is_about_trust(&self) -> bool {
        matches!(self.aspect, CertificateAspect::TokenServerTrust | CertificateAspect::LoadBalancerTrust)
    }

    /// What is known of the private key: whether it is at hand, and was found to belong to the leaf.
    pub fn private_key(at_hand: bool) -> Self {
        const ASPECT: CertificateAspect = CertificateAspect::PrivateKey;
        if at_hand {
            return Self::good(
                ASPECT,
                "The private key belongs to the certificate; that was checked when it was saved.",
            );
        }
        let message = "The private key is not at hand: it was held for an earlier run only.";
        Self::found(ASPECT, CheckState::Bad, message, "Import the service key again.")
    }
}

fn day(at: Timestamp) -> String {
    at.strftime("%-d %B %Y").to_string()
}

const RENEW: &str = "Renew it in time; a certificate cannot be extended.";

fn validity(chain: &ChainFacts, now: Timestamp) -> CertificateCheck {
    const ASPECT: CertificateAspect = CertificateAspect::Validity;
    for (index, certificate) in chain.certificates.iter().enumerate() {
        let whose = if index == 0 {
            "The certificate".to_owned()
        } else {
            format!("The issuer “{}”", certificate.name)
        };
        if certificate.expired(now) {
            let message = format!("{whose} expired on {}.", day(certificate.not_after));
            return CertificateCheck::found(ASPECT, CheckState::Bad, message, "Renew it now.").at(index);
        }
        if certificate.not_yet_valid(now) {
            let message = format!("{whose} is not valid before {}.", day(certificate.not_before));
            let hint = "Wait until then, or check this computer's clock.";
            return CertificateCheck::found(ASPECT, CheckState::Bad, message, hint).at(index);
        }
    }
    let first = chain.certificates.iter().enumerate().min_by_key(|(_, certificate)| certificate.not_after);
    let Some((index, first)) = first else {
        return CertificateCheck::found(ASPECT, CheckState::Unknown, "There is no certificate.", RENEW);
    };
    let days = first.days_left(now);
    let message = match (index, days) {
        (0, _) => format!("Valid until {}, {} left.", day(first.not_after), days_in_words(days)),
        _ => format!(
            "The issuer “{}” ends first, on {}, in {}.",
            first.name,
            day(first.not_after),
            days_in_words(days)
        ),
    };
    if days > 60 {
        return CertificateCheck::good(ASPECT, message);
    }
    CertificateCheck::found(ASPECT, CheckState::Warning, message, RENEW).at(index)
}

fn days_in_words(days: i64) -> String {
    match days {
        0 => "less than a day".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

fn chain(chain: &Chain, given: &[CertificateDer<'_>]) -> CertificateCheck {
    const ASPECT: CertificateAspect = CertificateAspect::Chain;
    let facts = chain.facts();
    let last = facts.certificates.len().saturating_sub(1);
    if let Some(last_facts) = facts.certificates.last().filter(|_| !facts.complete) {
        let message = format!("The chain is not complete: the issuer “{}” is missing.", last_facts.issuer);
        let hint =
            "SAP's load balancer knows only roots, so it wants the whole chain. Add a file that contains it.";
        return CertificateCheck::found(ASPECT, CheckState::Warning, message, hint).at(last);
    }
    if let Some(index) = not_an_authority(chain.certificates()) {
        let name = facts.certificates.get(index).map_or("", |certificate| certificate.name.as_str());
        let message = format!("“{name}” issued a certificate but is not made for that: it is no authority.");
        let hint = "Servers refuse such a chain. Ask your authority for the right one.";
        return CertificateCheck::found(ASPECT, CheckState::Bad, message, hint).at(index);
    }
    let sorted = given.iter().ne(chain.certificates());
    let order = if sorted { "put in order" } else { "in order" };
    let message = match facts.certificates.len() {
        1 => "The certificate signed itself; there is no authority behind it.".to_owned(),
        many => format!("Complete, {many} certificates, {order}."),
    };
    CertificateCheck::good(ASPECT, message)
}

/// The first issuer that says it is none.
fn not_an_authority(certificates: &[CertificateDer<'_>]) -> Option<usize> {
    let is_authority = |der: &CertificateDer<'_>| facts::parse(der).is_ok_and(|parsed| parsed.is_ca());
    certificates.iter().enumerate().skip(1).find(|(_, der)| !is_authority(der)).map(|(index, _)| index)
}

fn client_auth(leaf: &CertificateFacts) -> CertificateCheck {
    const ASPECT: CertificateAspect = CertificateAspect::ClientAuth;
    const SOURCE: &str = "SAP Integration Suite documentation, “Connection Setup for Inbound Communication”, read in July 2026";
    if !leaf.client_auth {
        let message = "The certificate is not made for clients: its extended key usage lacks clientAuth.";
        let hint =
            "SAP's load balancer refuses it. Ask the authority for one with clientAuth (1.3.6.1.5.5.7.3.2).";
        return CertificateCheck::found(ASPECT, CheckState::Bad, message, hint).by(SOURCE).at(0);
    }
    if leaf.extended_key_usage.is_empty() {
        let message = "The certificate names no extended key usage; SAP says it must contain clientAuth.";
        let hint = "If SAP refuses it, ask the authority for one with clientAuth (1.3.6.1.5.5.7.3.2).";
        return CertificateCheck::found(ASPECT, CheckState::Warning, message, hint).by(SOURCE).at(0);
    }
    CertificateCheck::good(ASPECT, "Made for clients: clientAuth is in its extended key usage.").by(SOURCE)
}

fn token_server(chain: &ChainFacts, origin: Origin) -> CertificateCheck {
    const ASPECT: CertificateAspect = CertificateAspect::TokenServerTrust;
    if let Some(subject) = trusted::by_token_server(chain) {
        let message = format!(
            "SAP's token server lists “{subject}”, compared by name and end, for SAP publishes no fingerprints."
        );
        return CertificateCheck::good(ASPECT, message).by(trusted::TOKEN_SERVER_SOURCE);
    }
    if origin == Origin::Sap {
        return own_chain(ASPECT, chain);
    }
    let message = "The root is not in the list SAP publishes for its token server.";
    let hint = "The list may have grown since. Ask for a token: that shows it. If it is refused, use a certificate of \
                a listed authority.";
    CertificateCheck::found(ASPECT, CheckState::Warning, message, hint).by(trusted::TOKEN_SERVER_SOURCE)
}

/// The kind of a key says that SAP made its certificate; only its issuer shows it.
fn own_chain(aspect: CertificateAspect, chain: &ChainFacts) -> CertificateCheck {
    if let Some(issuer) = trusted::of_sap(chain) {
        let message = format!("“{issuer}” is SAP's, and SAP lets such chains end in a root it supports.");
        return CertificateCheck::good(aspect, message).by(trusted::OWN_CHAIN_SOURCE);
    }
    let top = chain.certificates.last().map_or("", |last| last.issuer.as_str());
    let message = format!("Whether SAP trusts “{top}” is unknown: SAP issued none of these certificates.");
    CertificateCheck::found(
        aspect,
        CheckState::Unknown,
        message,
        "Ask for a token and call a flow: that shows it.",
    )
    .by(trusted::OWN_CHAIN_SOURCE)
}

fn load_balancer(chain: &ChainFacts, origin: Origin) -> CertificateCheck {
    const ASPECT: CertificateAspect = CertificateAspect::LoadBalancerTrust;
    if origin == Origin::Sap {
        return own_chain(ASPECT, chain);
    }
    let message = "Whether SAP's load balancer trusts the root is unknown: its list is not public.";
    let hint = "Look the root up in SAP Note 2801396, or call a flow with the certificate.";
    CertificateCheck::found(ASPECT, CheckState::Unknown, message, hint).by(trusted::LOAD_BALANCER_SOURCE)
}

fn key_strength(chain: &ChainFacts) -> CertificateCheck {
    const ASPECT: CertificateAspect = CertificateAspect::KeyStrength;
    let weak = chain.certificates.iter().enumerate().find(|(_, certificate)| certificate.weak_key());
    if let Some((index, certificate)) = weak {
        let message = format!("The key of “{}” is too short: {}.", certificate.name, certificate.key);
        let hint = "Make a new certificate with RSA 2048 or longer.";
        return CertificateCheck::found(ASPECT, CheckState::Bad, message, hint).at(index);
    }
    let key = chain.leaf().map_or("", |leaf| leaf.key.as_str());
    let is_usual = key.starts_with("RSA ") || matches!(key, "EC P-256" | "EC P-384" | "EC P-521");
    if !is_usual {
        let message =
            format!("The key is of an unusual kind: {key}. SAP does not say whether it is accepted.");
        return CertificateCheck::found(
            ASPECT,
            CheckState::Unknown,
            message,
            "RSA 2048 is what SAP itself uses.",
        )
        .at(0);
    }
    CertificateCheck::good(ASPECT, format!("{key} is long enough."))
}

fn signature(certificates: &[CertificateDer<'_>]) -> CertificateCheck {
    const ASPECT: CertificateAspect = CertificateAspect::Signature;
    let parsed: Vec<X509Certificate<'_>> =
        certificates.iter().filter_map(|der| facts::parse(der).ok()).collect();
    // Nobody checks how a root signed itself; but a lone certificate is its own leaf.
    let signed =
        |index: &usize| *index == 0 || parsed[*index].subject().as_raw() != parsed[*index].issuer().as_raw();
    let weak =
        (0..parsed.len()).filter(signed).find_map(|index| Some((index, weak_algorithm(&parsed[index])?)));
    let Some((index, algorithm)) = weak else {
        return CertificateCheck::good(ASPECT, "Signed with algorithms that hold today.");
    };
    let message = format!("Signed with {algorithm}, which is broken.");
    let hint = "Servers of today refuse it. Ask your authority for a certificate signed with SHA-256.";
    CertificateCheck::found(ASPECT, CheckState::Bad, message, hint).at(index)
}

fn weak_algorithm(certificate: &X509Certificate<'_>) -> Option<&'static str> {
    match certificate.signature_algorithm.algorithm.to_id_string().as_str() {
        "1.2.840.113549.1.1.2" => Some("MD2"),
        "1.2.840.113549.1.1.3" => Some("MD4"),
        "1.2.840.113549.1.1.4" => Some("MD5"),
        "1.2.840.113549.1.1.5" | "1.2.840.10045.4.1" | "1.2.840.10040.4.3" => Some("SHA-1"),
        _ => None,
    }
}
