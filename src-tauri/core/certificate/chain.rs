use rustls::pki_types::CertificateDer;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::ParsedExtension;

use super::facts::{self, CertificateError, CertificateFacts, ChainFacts};

/// Each is compared with each other, so the number must not be a way to keep the processor busy.
const MAX_CERTIFICATES: usize = 100;

/// Certificates in the order a server wants them: the leaf, then each one's issuer.
#[derive(Clone, Debug)]
pub struct Chain {
    certificates: Vec<CertificateDer<'static>>,
    unrelated: Vec<CertificateDer<'static>>,
    leaf: CertificateFacts,
    facts: ChainFacts,
}

impl Chain {
    /// Sorts certificates that came in any order, drops repeated ones and sets unrelated ones aside.
    ///
    /// The leaf is the one with this public key (SPKI), if it is given and there; else the one that issued no
    /// other.
    pub fn sort(
        mut certificates: Vec<CertificateDer<'static>>,
        public_key: Option<&[u8]>,
    ) -> Result<Self, CertificateError> {
        if certificates.len() > MAX_CERTIFICATES {
            return Err(CertificateError::TooMany);
        }
        let mut seen = std::collections::HashSet::new();
        certificates.retain(|der| seen.insert(der.to_vec()));
        let order = {
            let parsed = certificates.iter().map(|der| facts::parse(der)).collect::<Result<Vec<_>, _>>()?;
            order(&parsed, public_key)?
        };
        let mut slots: Vec<_> = certificates.into_iter().map(Some).collect();
        let certificates: Vec<_> = order.iter().filter_map(|index| slots[*index].take()).collect();
        let facts = ChainFacts::read(&certificates)?;
        let leaf = facts.leaf().cloned().ok_or(CertificateError::Missing)?;
        Ok(Self { certificates, unrelated: slots.into_iter().flatten().collect(), leaf, facts })
    }

    /// The chain, leaf first; never empty.
    pub fn certificates(&self) -> &[CertificateDer<'static>] {
        &self.certificates
    }

    /// Certificates that have nothing to do with the leaf.
    pub fn unrelated(&self) -> &[CertificateDer<'static>] {
        &self.unrelated
    }

    /// Facts of the leaf.
    pub const fn leaf(&self) -> &CertificateFacts {
        &self.leaf
    }

    /// Facts of the whole chain.
    pub const fn facts(&self) -> &ChainFacts {
        &self.facts
    }
}

/// Whether one certificate names the other as its issuer, by name and, where both say, by key identifier.
pub(super) fn issued_by(certificate: &[u8], issuer: &[u8]) -> bool {
    match (facts::parse(certificate), facts::parse(issuer)) {
        (Ok(certificate), Ok(issuer)) => names_issuer(&certificate, &issuer),
        _ => false,
    }
}

/// Whether a public key is that of a certificate; algorithm parameters may be written in two ways.
pub(super) fn same_public_key(certificate: &X509Certificate<'_>, public_key: &[u8]) -> bool {
    use x509_parser::prelude::FromDer as _;
    let Ok((_, other)) = x509_parser::x509::SubjectPublicKeyInfo::from_der(public_key) else { return false };
    let own = certificate.public_key();
    own.algorithm.algorithm == other.algorithm.algorithm
        && own.subject_public_key.data == other.subject_public_key.data
}

fn order(
    certificates: &[X509Certificate<'_>],
    public_key: Option<&[u8]>,
) -> Result<Vec<usize>, CertificateError> {
    let mut current = leaf(certificates, public_key).ok_or(CertificateError::Missing)?;
    let mut order = vec![current];
    while certificates[current].subject().as_raw() != certificates[current].issuer().as_raw() {
        let next = (0..certificates.len()).find(|index| {
            !order.contains(index) && names_issuer(&certificates[current], &certificates[*index])
        });
        let Some(next) = next else { break };
        order.push(next);
        current = next;
    }
    Ok(order)
}

fn leaf(certificates: &[X509Certificate<'_>], public_key: Option<&[u8]>) -> Option<usize> {
    let all = 0..certificates.len();
    if let Some(key) = public_key
        && let Some(index) = all.clone().find(|index| same_public_key(&certificates[*index], key))
    {
        return Some(index);
    }
    let issues_none = |index: &usize| {
        all.clone().all(|other| other == *index || !names_issuer(&certificates[other], &certificates[*index]))
    };
    let candidates: Vec<usize> = all.clone().filter(issues_none).collect();
    let holder = candidates.iter().find(|index| !certificates[**index].is_ca());
    holder.or(candidates.first()).copied().or(all.clone().next())
}

fn names_issuer(certificate: &X509Certificate<'_>, issuer: &X509Certificate<'_>) -> bool {
    if certificate.issuer().as_raw() != issuer.subject().as_raw() {
        return false;
    }
    match (authority_key(certificate), subject_key(issuer)) {
        (Some(wanted), Some(own)) => wanted == own,
        _ => true,
    }
}

fn authority_key<'c>(certificate: &'c X509Certificate<'_>) -> Option<&'c [u8]> {
    certificate.extensions().iter().find_map(|extension| match extension.parsed_extension() {
        ParsedExtension::AuthorityKeyIdentifier(key) => key.key_identifier.as_ref().map(|id| id.0),
        _ => None,
    })
}

fn subject_key<'c>(certificate: &'c X509Certificate<'_>) -> Option<&'c [u8]> {
    certificate.extensions().iter().find_map(|extension| match extension.parsed_extension() {
        ParsedExtension::SubjectKeyIdentifier(key) => Some(key.0),
        _ => None,
    })
}
