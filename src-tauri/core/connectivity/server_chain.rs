//! What the certificates a server sent amount to.

use std::net::IpAddr;

use rustls::client::verify_server_name;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::server::ParsedCertificate;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer as _;

use super::model::{RootFacts, RootOrigin, ServerChain};
use super::roots::{FoundRoot, Roots};
use crate::certificate::{CertificateFacts, Chain};

/// The certificates with what they amount to.
pub(super) struct ReadChain {
    pub(super) facts: ServerChain,
    /// The way from the leaf to the root, which is only in it when it was sent.
    pub(super) certificates: Vec<CertificateDer<'static>>,
    pub(super) root: Option<CertificateDer<'static>>,
}

/// Reads certificates as they were sent.
pub(super) fn read(sent: &[CertificateDer<'static>], roots: &Roots<'_>, name: &ServerName<'_>) -> ReadChain {
    let readable: Vec<CertificateDer<'static>> =
        sent.iter().filter(|der| CertificateFacts::read(der).is_ok()).cloned().collect();
    let (sorted, unrelated) = sort(&readable);
    let root = root(&sorted, roots, name);
    let facts = ServerChain {
        certificates: readable.iter().filter_map(|der| CertificateFacts::read(der).ok()).collect(),
        unreadable: count(sent.len() - readable.len()),
        ordered: is_ordered(&readable, &sorted),
        complete: root.is_some(),
        missing_issuer: missing_issuer(&sorted, root.as_ref()),
        unrelated: count(unrelated),
        names: readable.first().map(|leaf| names(leaf)).unwrap_or_default(),
        host_matches: sent.first().is_some_and(|leaf| matches(leaf, name)),
        root: root.as_ref().and_then(|found| {
            let certificate = CertificateFacts::read(&found.certificate).ok()?;
            Some(RootFacts { certificate, origin: found.origin, sent: sent.contains(&found.certificate) })
        }),
    };
    let mut certificates = sorted;
    if let Some(found) = &root {
        certificates.truncate(found.issued + 1);
    }
    ReadChain { facts, certificates, root: root.map(|found| found.certificate) }
}

/// The chain from the certificate that was sent first, and how many have nothing to do with it.
fn sort(readable: &[CertificateDer<'static>]) -> (Vec<CertificateDer<'static>>, usize) {
    let public_key = readable.first().and_then(|leaf| {
        let (_, certificate) = X509Certificate::from_der(leaf).ok()?;
        Some(certificate.public_key().raw.to_vec())
    });
    match Chain::sort(readable.to_vec(), public_key.as_deref()) {
        Ok(chain) => (chain.certificates().to_vec(), chain.unrelated().len()),
        Err(_) => (readable.first().cloned().into_iter().collect(), 0),
    }
}

/// Repeated and foreign certificates in between are no disorder.
fn is_ordered(readable: &[CertificateDer<'static>], sorted: &[CertificateDer<'static>]) -> bool {
    sorted.iter().map(|der| readable.iter().position(|other| other == der)).is_sorted()
}

/// The root they lead to: one that is known here, or else the one the server sent itself.
fn root(sorted: &[CertificateDer<'static>], roots: &Roots<'_>, name: &ServerName<'_>) -> Option<FoundRoot> {
    if let Some(found) = roots.find(sorted, name) {
        return Some(found);
    }
    let last = sorted.last()?;
    let is_root = CertificateFacts::read(last).is_ok_and(|facts| facts.self_signed);
    is_root.then(|| FoundRoot {
        certificate: last.clone(),
        origin: RootOrigin::Untrusted,
        issued: sorted.len() - 1,
    })
}

fn missing_issuer(sorted: &[CertificateDer<'static>], root: Option<&FoundRoot>) -> Option<String> {
    let last = sorted.last().filter(|_| root.is_none())?;
    CertificateFacts::read(last).ok().map(|facts| facts.issuer)
}

fn matches(leaf: &CertificateDer<'_>, name: &ServerName<'_>) -> bool {
    ParsedCertificate::try_from(leaf).is_ok_and(|parsed| verify_server_name(&parsed, name).is_ok())
}

/// The DNS names and addresses of a certificate.
fn names(leaf: &CertificateDer<'_>) -> Vec<String> {
    let Ok((_, certificate)) = X509Certificate::from_der(leaf) else { return Vec::new() };
    let Ok(Some(extension)) = certificate.subject_alternative_name() else { return Vec::new() };
    let name = |name: &GeneralName<'_>| match name {
        GeneralName::DNSName(name) => Some(name.chars().filter(|letter| !letter.is_control()).collect()),
        GeneralName::IPAddress(bytes) => address(bytes),
        _ => None,
    };
    extension.value.general_names.iter().filter_map(name).collect()
}

fn address(bytes: &[u8]) -> Option<String> {
    let of_four = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    of_four.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from)).ok().map(|address| address.to_string())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
