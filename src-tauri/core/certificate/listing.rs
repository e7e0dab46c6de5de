use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha1::{Digest as _, Sha1};

use super::check::{self, CertificateCheck, Origin};
use super::facts::{self, CertificateError, CertificateFacts, ChainFacts};

/// How near the end of a certificate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ExpiryWarning {
    /// It has ended.
    Expired,
    /// A week or less.
    Week,
    /// 30 days or less.
    Month,
    /// 60 days or less.
    TwoMonths,
    /// More than that.
    None,
}

/// One way to a certificate that lasts longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Renewal {
    /// When this way is the one to take, in a few words; absent when there is no other.
    pub applies: Option<String>,
    /// What to do, in order.
    pub steps: Vec<String>,
}

/// Everything worth knowing of the certificates one client presents, from bytes alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct CertificateReport {
    /// SHA-1 over the whole leaf, upper-case hexadecimal pairs: what older tools show.
    pub sha1_fingerprint: String,
    /// The certificates from the leaf to the root, as far as they are there.
    pub chain: ChainFacts,
    /// Whole days until the leaf ends; negative once it has ended.
    pub days_left: i64,
    /// How near that is.
    pub warning: ExpiryWarning,
    /// The ways to a longer one.
    pub renewals: Vec<Renewal>,
    /// What was looked at and what came of it, worst first.
    pub checks: Vec<CertificateCheck>,
}

impl ExpiryWarning {
    /// How near the end is for a certificate at this time.
    pub fn of(certificate: &CertificateFacts, now: Timestamp) -> Self {
        match certificate.days_left(now) {
            _ if certificate.expired(now) => Self::Expired,
            ..=7 => Self::Week,
            8..=30 => Self::Month,
            31..=60 => Self::TwoMonths,
            _ => Self::None,
        }
    }
}

impl CertificateReport {
    /// Looks at certificates in DER, in any order.
    pub fn of(certificates: &[Vec<u8>], origin: Origin, now: Timestamp) -> Result<Self, CertificateError> {
        let (chain, checks) = check::all(certificates, origin, now)?;
        let facts = chain.facts().clone();
        let leaf = chain.leaf();
        Ok(Self {
            sha1_fingerprint: chain.certificates().first().map(|der| sha1(der)).unwrap_or_default(),
            days_left: leaf.days_left(now),
            warning: ExpiryWarning::of(leaf, now),
            renewals: renewals(origin),
            chain: facts,
            checks,
        })
    }

    /// Facts of the leaf.
    pub fn leaf(&self) -> Option<&CertificateFacts> {
        self.chain.leaf()
    }
}

fn sha1(der: &[u8]) -> String {
    facts::pairs(&Sha1::digest(der))
}

/// The ways SAP documents (sap-domain 1.3, 5.4); a key does not tell whether it is pinned.
fn renewals(origin: Origin) -> Vec<Renewal> {
    let way = |applies: Option<&str>, steps: &[&str]| Renewal {
        applies: applies.map(str::to_owned),
        steps: steps.iter().map(|step| (*step).to_owned()).collect(),
    };
    match origin {
        Origin::Sap => vec![way(
            None,
            &[
                "Create a new service key of the type Certificate at the same service instance; the old one cannot be \
                 extended, and both are valid side by side.",
                "Add the new key to this tenant and check it.",
                "Delete the old service key in the BTP cockpit; that is the only way to block its certificate.",
            ],
        )],
        Origin::Own => vec![
            way(
                Some("“Pin Certificate” was on when the service key was created (the default)"),
                &[
                    "Get a new certificate from your authority, with clientAuth in its extended key usage.",
                    "Create a new service key of the type External Certificate with it; a certificate may be used only \
                     once over all service instances.",
                    "Add the new key with its private key to this tenant, check it, then delete the old service key.",
                ],
            ),
            way(
                Some("“Pin Certificate” was off"),
                &[
                    "Get a new certificate with exactly the same subject and issuer, and a later issue date.",
                    "Add it with its private key to this tenant; the service key itself stays.",
                    "Switch every client: as soon as the new certificate was used, the older one is refused.",
                ],
            ),
        ],
    }
}
